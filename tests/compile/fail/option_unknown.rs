//! An operation that does not support sessions has no session option.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub fn read(client: &Client, organization: &OrganizationId) {
    let _request = client.organizations().get(organization).session_jwt("jwt-111");
}
