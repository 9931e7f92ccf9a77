//! Uses resources whose features are not enabled.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

pub fn read(client: &Client, organization: OrganizationId) {
    let _request = client.organizations().get(organization);
}

/// Compiles: `organizations` is enabled, and enables the resources that its types refer to.
pub fn domains(
    organization: &workos_api::organizations::Organization,
) -> &[workos_api::organization_domains::OrganizationDomain] {
    &organization.domains
}

pub fn sign_out(client: &workos_api::Client, session: workos_api::user_management::users::SessionId) {
    let _request = client.user_management().authentication().revoke_session(session);
}
