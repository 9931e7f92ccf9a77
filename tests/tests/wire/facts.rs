//! The 30 operations according to the vendor's documentation: an independent check of the spec.
//!
//! The table was written without looking at the spec or the generated code. Every case is compared with its row, and
//! every row must have its cases.

use typefoundry_tests::{Extent, matches_route};

/// An operation according to the vendor.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// The method and the path. Names in braces are parameters.
    pub(crate) route: &'static str,
    /// The required parameters, apart from those of the path.
    required: &'static str,
    /// The optional parameters.
    optional: &'static str,
    /// Whether a request can be made on behalf of a session.
    pub(crate) has_session: bool,
}

impl Operation {
    pub(crate) fn named(name: &str) -> &'static Self {
        OPERATIONS.iter().find(|operation| operation.name == name).expect(name)
    }

    /// Returns the sorted query or body parameters that a request of this extent has.
    pub(crate) fn params(&self, extent: Extent) -> Vec<&'static str> {
        let optional = if extent == Extent::Everything { self.optional } else { "" };
        let mut names: Vec<_> = self.required.split(' ').chain(optional.split(' ')).collect();
        names.retain(|name| !name.is_empty());
        // Of alternative parameters exactly one is sent: the first in a minimal request, the last in a full one.
        for name in &mut names {
            let mut alternatives = name.split('|');
            let chosen =
                if extent == Extent::Everything { alternatives.next_back() } else { alternatives.next() };
            *name = chosen.unwrap_or(name);
        }
        names.sort_unstable();
        names
    }

    /// Whether the parameters are sent in a JSON body.
    pub(crate) fn has_body(&self) -> bool {
        self.route.starts_with("POST ") || self.route.starts_with("PUT ")
    }
}

static OPERATIONS: [Operation; 30] = [
    Operation {
        name: "organizations.connected_apps",
        route: "GET /v1/b2b/organizations/{organization_id}/connected_apps",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.create",
        route: "POST /v1/b2b/organizations",
        required: "organization_name",
        optional: "organization_slug organization_logo_url trusted_metadata organization_external_id \
                   sso_jit_provisioning email_allowed_domains email_jit_provisioning email_invites \
                   auth_methods allowed_auth_methods mfa_policy rbac_email_implicit_role_assignments \
                   mfa_methods allowed_mfa_methods oauth_tenant_jit_provisioning allowed_oauth_tenants \
                   claimed_email_domains first_party_connected_apps_allowed_type \
                   allowed_first_party_connected_apps third_party_connected_apps_allowed_type \
                   allowed_third_party_connected_apps",
        has_session: false,
    },
    Operation {
        name: "organizations.delete",
        route: "DELETE /v1/b2b/organizations/{organization_id}",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.delete_external_id",
        route: "DELETE /v1/b2b/organizations/{organization_id}/external_id",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.get",
        route: "GET /v1/b2b/organizations/{organization_id}",
        required: "",
        optional: "",
        has_session: false,
    },
    Operation {
        name: "organizations.get_connected_app",
        route: "GET /v1/b2b/organizations/{organization_id}/connected_apps/{connected_app_id}",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.metrics",
        route: "GET /v1/b2b/organizations/{organization_id}/metrics",
        required: "",
        optional: "",
        has_session: false,
    },
    Operation {
        name: "organizations.search",
        route: "POST /v1/b2b/organizations/search",
        required: "",
        optional: "cursor limit query",
        has_session: false,
    },
    Operation {
        name: "organizations.update",
        route: "PUT /v1/b2b/organizations/{organization_id}",
        required: "",
        optional: "organization_name organization_slug organization_logo_url trusted_metadata \
                   organization_external_id sso_default_connection_id sso_jit_provisioning \
                   sso_jit_provisioning_allowed_connections email_allowed_domains email_jit_provisioning \
                   email_invites auth_methods allowed_auth_methods mfa_policy \
                   rbac_email_implicit_role_assignments mfa_methods allowed_mfa_methods \
                   oauth_tenant_jit_provisioning allowed_oauth_tenants claimed_email_domains \
                   first_party_connected_apps_allowed_type allowed_first_party_connected_apps \
                   third_party_connected_apps_allowed_type allowed_third_party_connected_apps",
        has_session: true,
    },
    Operation {
        name: "organizations.members.create",
        route: "POST /v1/b2b/organizations/{organization_id}/members",
        required: "email_address",
        optional: "name trusted_metadata untrusted_metadata create_member_as_pending is_breakglass \
                   mfa_phone_number mfa_enrolled roles external_id",
        has_session: true,
    },
    Operation {
        name: "organizations.members.dangerously_get",
        route: "GET /v1/b2b/organizations/members/dangerously_get/{member_id}",
        required: "",
        optional: "include_deleted",
        has_session: false,
    },
    Operation {
        name: "organizations.members.delete",
        route: "DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.delete_external_id",
        route: "DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}/external_id",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.delete_mfa_phone_number",
        route: "DELETE /v1/b2b/organizations/{organization_id}/members/mfa_phone_numbers/{member_id}",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.delete_password",
        route: "DELETE /v1/b2b/organizations/{organization_id}/members/passwords/{member_password_id}",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.delete_totp",
        route: "DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}/totp",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.get",
        route: "GET /v1/b2b/organizations/{organization_id}/member",
        required: "member_id|email_address",
        optional: "",
        has_session: false,
    },
    Operation {
        name: "organizations.members.get_connected_apps",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.oidc_providers",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oidc_providers",
        required: "",
        optional: "include_refresh_token",
        has_session: false,
    },
    Operation {
        name: "organizations.members.reactivate",
        route: "PUT /v1/b2b/organizations/{organization_id}/members/{member_id}/reactivate",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.search",
        route: "POST /v1/b2b/organizations/members/search",
        required: "organization_ids",
        optional: "cursor limit query",
        has_session: true,
    },
    Operation {
        name: "organizations.members.start_email_update",
        route: "POST /v1/b2b/organizations/{organization_id}/members/{member_id}/start_email_update",
        required: "email_address",
        optional: "login_redirect_url locale login_template_id delivery_method",
        has_session: true,
    },
    Operation {
        name: "organizations.members.unlink_retired_email",
        route: "POST /v1/b2b/organizations/{organization_id}/members/{member_id}/unlink_retired_email",
        required: "",
        optional: "email_id email_address",
        has_session: true,
    },
    Operation {
        name: "organizations.members.update",
        route: "PUT /v1/b2b/organizations/{organization_id}/members/{member_id}",
        required: "",
        optional: "name trusted_metadata untrusted_metadata is_breakglass mfa_phone_number mfa_enrolled \
                   roles preserve_existing_sessions default_mfa_method email_address external_id \
                   unlink_email",
        has_session: true,
    },
    Operation {
        name: "organizations.members.connected_apps.revoke",
        route: "POST /v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps/{connected_app_id}/revoke",
        required: "",
        optional: "",
        has_session: true,
    },
    Operation {
        name: "organizations.members.oauth_providers.github",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/github",
        required: "",
        optional: "include_refresh_token",
        has_session: false,
    },
    Operation {
        name: "organizations.members.oauth_providers.google",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/google",
        required: "",
        optional: "include_refresh_token",
        has_session: false,
    },
    Operation {
        name: "organizations.members.oauth_providers.hubspot",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/hubspot",
        required: "",
        optional: "include_refresh_token",
        has_session: false,
    },
    Operation {
        name: "organizations.members.oauth_providers.microsoft",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/microsoft",
        required: "",
        optional: "include_refresh_token",
        has_session: false,
    },
    Operation {
        name: "organizations.members.oauth_providers.slack",
        route: "GET /v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/slack",
        required: "",
        optional: "",
        has_session: false,
    },
];

/// Each operation is called twice, and none can be forgotten.
#[test]
fn every_operation_has_its_cases() {
    let files = [
        crate::connected_apps::COVERED,
        crate::members::COVERED,
        crate::members_deletes::COVERED,
        crate::members_reads::COVERED,
        crate::oauth_providers::COVERED,
        crate::organizations::COVERED,
        crate::organizations_apps::COVERED,
    ];
    let mut covered = files.concat();
    covered.sort_unstable();
    let mut expected: Vec<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
    expected.sort_unstable();
    assert_eq!(covered, expected);
}

/// A case that matches two rows would prove less than it states.
#[test]
fn no_two_operations_share_a_route() {
    for operation in &OPERATIONS {
        let line = operation.route.replace(['{', '}'], "");
        let fitting = OPERATIONS.iter().filter(|other| matches_route(other.route, &line));
        assert_eq!(fitting.map(|other| other.name).collect::<Vec<_>>(), [operation.name]);
    }
}
