//! Uses a resource whose feature is not named in the manifest.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

pub fn read(client: &Client, organization: OrganizationId) {
    let _request = client.organizations().get(organization);
}
