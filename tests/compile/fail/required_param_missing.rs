//! Required parameters are positional, so that none can be omitted.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub fn add(client: &Client, organization: OrganizationId) {
    let _request = client.organizations().members().create(organization);
}
