//! Without distinct types, swapped IDs would be detected by the server or not at all.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::MemberId;

fn main() {}

pub fn remove(client: &Client, organization: OrganizationId, member: MemberId) {
    let _request = client.organizations().members().delete(member, organization);
}
