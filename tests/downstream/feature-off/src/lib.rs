//! Uses resources whose features are not named in the manifest.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

pub fn read(client: &Client, organization: OrganizationId) {
    let _request = client.organizations().get(organization);
}

/// This one compiles: `organizations` is named, and turns on what its own types name.
pub fn domains(
    organization: &workos_api::organizations::Organization,
) -> &[workos_api::organization_domains::OrganizationDomain] {
    &organization.domains
}

pub fn sign_out(client: &workos_api::Client, session: workos_api::user_management::users::SessionId) {
    let _request = client.user_management().authentication().revoke_session(session);
}
