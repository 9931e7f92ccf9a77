//! Optional parameters are set by name, not by position.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub fn add(client: &Client, organization: OrganizationId) {
    let _request = client.organizations().members().create(organization, "ada@example.com", "Ada Lovelace");
}
