//! The items of a list of IDs are as strictly typed as a single ID.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub fn add(client: &Client, organization: &OrganizationId) {
    let _request = client.organizations().members().create(organization, "ada@example.com").roles(["reader"]);
}
