//! An organization.

use serde_json::{Value, json};
use stytch_b2b::organizations::{
    AuthMethod, ConnectedAppsAllowedType, EmailInvites, JitProvisioning, MethodPolicy, MfaMethod, MfaPolicy,
    Organization, SsoIdentityProvider, SsoJitProvisioning,
};
use stytch_b2b::runtime::Object;

pub(crate) fn organization() -> Value {
    json!({
        "organization_id": "organization-test-a2",
        "organization_name": "Nightingale & Söhne",
        "organization_logo_url": "https://img.example/nightingale.png",
        "organization_slug": "nightingale",
        "sso_jit_provisioning": "ALL_ALLOWED",
        "sso_jit_provisioning_allowed_connections": ["saml-connection-test-a3", "oidc-connection-test-a4"],
        "sso_active_connections": [{
            "connection_id": "saml-connection-test-a5",
            "display_name": "Head office",
            "identity_provider": "microsoft-entra",
        }],
        "email_allowed_domains": ["nightingale.example"],
        "email_jit_provisioning": "RESTRICTED",
        "email_invites": "NOT_ALLOWED",
        "auth_methods": "RESTRICTED",
        "allowed_auth_methods": [
            "sso", "magic_link", "email_otp", "password", "google_oauth", "microsoft_oauth", "slack_oauth",
            "github_oauth", "hubspot_oauth",
        ],
        "mfa_policy": "REQUIRED_FOR_ALL",
        "rbac_email_implicit_role_assignments": [{"domain": "ops.nightingale.example", "role_id": "operator"}],
        "mfa_methods": "ALL_ALLOWED",
        "allowed_mfa_methods": ["totp", "sms_otp"],
        "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "claimed_email_domains": ["claimed.example", "also-claimed.example"],
        "first_party_connected_apps_allowed_type": "NOT_ALLOWED",
        "allowed_first_party_connected_apps": ["connected-app-test-a6"],
        "third_party_connected_apps_allowed_type": "RESTRICTED",
        "allowed_third_party_connected_apps": ["connected-app-test-a7"],
        "custom_roles": [custom_role()],
        "trusted_metadata": {"plan": "gold", "seats": 12, "flags": [true, null]},
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "organization_external_id": "crm-4711",
        "sso_default_connection_id": "oidc-connection-test-a8",
        "scim_active_connection": scim_connection(),
        "allowed_oauth_tenants": {"slack": ["T0001"], "github": ["77", "78"]},
    })
}

fn scim_connection() -> Value {
    json!({
        "connection_id": "scim-connection-test-a9",
        "display_name": "Directory",
        "bearer_token_last_four": "7f3e",
        "bearer_token_expires_at": "2033-04-05T06:07:08Z",
    })
}

fn custom_role() -> Value {
    json!({
        "role_id": "night_watch",
        "description": "Guards the building at night",
        "permissions": [{"resource_id": "doors", "actions": ["open", "close"]}],
    })
}

pub(crate) fn bare_organization() -> Value {
    json!({
        "organization_id": "organization-test-b2",
        "organization_name": "Bare",
        "organization_logo_url": "",
        "organization_slug": "bare",
        "sso_jit_provisioning": "RESTRICTED",
        "email_jit_provisioning": "NOT_ALLOWED",
        "email_invites": "ALL_ALLOWED",
        "auth_methods": "ALL_ALLOWED",
        "mfa_policy": "OPTIONAL",
        "mfa_methods": "RESTRICTED",
        "oauth_tenant_jit_provisioning": "RESTRICTED",
        "first_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "third_party_connected_apps_allowed_type": "",
    })
}

pub(crate) fn check_organization(organization: &Organization) {
    let Organization { organization_id, organization_name, organization_slug, .. } = organization;
    assert_eq!(organization_id.as_str(), "organization-test-a2");
    assert_eq!(organization_name, "Nightingale & Söhne");
    assert_eq!(organization.organization_logo_url, "https://img.example/nightingale.png");
    assert_eq!(organization_slug, "nightingale");
    assert_eq!(organization.organization_external_id.as_deref(), Some("crm-4711"));
    check_sign_in(organization);
    check_second_factor(organization);
    check_sso_and_scim(organization);
    check_apps_and_roles(organization);
    let metadata = json!({"plan": "gold", "seats": 12, "flags": [true, null]});
    assert_eq!(
        organization.trusted_metadata.as_ref(),
        metadata.as_object().cloned().map(Object::from).as_ref()
    );
    assert_eq!(organization.created_at.map(|time| time.unix_seconds()), Some(1_927_857_906));
    assert_eq!(organization.updated_at.map(|time| time.unix_seconds()), Some(1_961_989_567));
}

fn check_sign_in(organization: &Organization) {
    assert_eq!(organization.email_allowed_domains, ["nightingale.example"]);
    assert_eq!(organization.email_jit_provisioning, JitProvisioning::Restricted);
    assert_eq!(organization.email_invites, EmailInvites::NotAllowed);
    assert_eq!(organization.claimed_email_domains, ["claimed.example", "also-claimed.example"]);
    assert_eq!(organization.auth_methods, MethodPolicy::Restricted);
    let methods = [
        AuthMethod::Sso,
        AuthMethod::MagicLink,
        AuthMethod::EmailOtp,
        AuthMethod::Password,
        AuthMethod::GoogleOAuth,
        AuthMethod::MicrosoftOAuth,
        AuthMethod::SlackOAuth,
        AuthMethod::GithubOAuth,
        AuthMethod::HubspotOAuth,
    ];
    assert_eq!(organization.allowed_auth_methods, methods);
    assert_eq!(organization.oauth_tenant_jit_provisioning, JitProvisioning::NotAllowed);
    let tenants = json!({"slack": ["T0001"], "github": ["77", "78"]});
    assert_eq!(
        organization.allowed_oauth_tenants.as_ref(),
        tenants.as_object().cloned().map(Object::from).as_ref()
    );
}

fn check_second_factor(organization: &Organization) {
    assert_eq!(organization.mfa_policy, MfaPolicy::RequiredForAll);
    assert_eq!(organization.mfa_methods, MethodPolicy::AllAllowed);
    assert_eq!(organization.allowed_mfa_methods, [MfaMethod::Totp, MfaMethod::SmsOtp]);
}

fn check_sso_and_scim(organization: &Organization) {
    assert_eq!(organization.sso_jit_provisioning, SsoJitProvisioning::AllAllowed);
    let [first, second] = organization.sso_jit_provisioning_allowed_connections.as_slice() else {
        panic!("two connections")
    };
    assert_eq!((first.as_str(), second.as_str()), ("saml-connection-test-a3", "oidc-connection-test-a4"));
    let [active] = organization.sso_active_connections.as_slice() else { panic!("one connection") };
    assert_eq!(active.connection_id.as_str(), "saml-connection-test-a5");
    assert_eq!(active.display_name, "Head office");
    assert_eq!(active.identity_provider, SsoIdentityProvider::MicrosoftEntra);
    let default = organization.sso_default_connection_id.as_ref().expect("a default");
    assert_eq!(default.as_str(), "oidc-connection-test-a8");
    let scim = organization.scim_active_connection.as_ref().expect("a connection");
    assert_eq!(scim.connection_id.as_str(), "scim-connection-test-a9");
    assert_eq!(scim.display_name, "Directory");
    assert_eq!(scim.bearer_token_last_four, "7f3e");
    assert_eq!(scim.bearer_token_expires_at.map(|time| time.unix_seconds()), Some(1_996_294_028));
}

fn check_apps_and_roles(organization: &Organization) {
    let Organization { first_party_connected_apps_allowed_type, .. } = organization;
    assert_eq!(*first_party_connected_apps_allowed_type, ConnectedAppsAllowedType::NotAllowed);
    let [app] = organization.allowed_first_party_connected_apps.as_slice() else { panic!("one app") };
    assert_eq!(app.as_str(), "connected-app-test-a6");
    let Organization { third_party_connected_apps_allowed_type, .. } = organization;
    assert_eq!(*third_party_connected_apps_allowed_type, ConnectedAppsAllowedType::Restricted);
    let [app] = organization.allowed_third_party_connected_apps.as_slice() else { panic!("one app") };
    assert_eq!(app.as_str(), "connected-app-test-a7");
    let [role] = organization.custom_roles.as_slice() else { panic!("one role") };
    assert_eq!(role.role_id.as_str(), "night_watch");
    assert_eq!(role.description, "Guards the building at night");
    let [permission] = role.permissions.as_slice() else { panic!("one permission") };
    assert_eq!(permission.resource_id.as_str(), "doors");
    assert_eq!(permission.actions, ["open", "close"]);
    let [implicit] = organization.rbac_email_implicit_role_assignments.as_slice() else {
        panic!("one assignment")
    };
    assert_eq!(implicit.domain, "ops.nightingale.example");
    assert_eq!(implicit.role_id.as_str(), "operator");
}

pub(crate) fn check_bare_organization(organization: &Organization) {
    assert_eq!(organization.organization_id.as_str(), "organization-test-b2");
    assert_eq!(organization.organization_name, "Bare");
    assert_eq!(organization.organization_logo_url, "");
    assert_eq!(organization.organization_slug, "bare");
    assert_eq!(organization.sso_jit_provisioning, SsoJitProvisioning::Restricted);
    assert_eq!(organization.email_jit_provisioning, JitProvisioning::NotAllowed);
    assert_eq!(organization.email_invites, EmailInvites::AllAllowed);
    assert_eq!(organization.auth_methods, MethodPolicy::AllAllowed);
    assert_eq!(organization.mfa_policy, MfaPolicy::Optional);
    assert_eq!(organization.mfa_methods, MethodPolicy::Restricted);
    assert_eq!(organization.oauth_tenant_jit_provisioning, JitProvisioning::Restricted);
    let Organization { first_party_connected_apps_allowed_type, .. } = organization;
    assert_eq!(*first_party_connected_apps_allowed_type, ConnectedAppsAllowedType::AllAllowed);
    assert_eq!(organization.third_party_connected_apps_allowed_type.as_str(), "");
    check_lists_are_empty(organization);
    assert_eq!(organization.trusted_metadata, None);
    assert_eq!(organization.created_at, None);
    assert_eq!(organization.updated_at, None);
    assert_eq!(organization.organization_external_id, None);
    assert_eq!(organization.sso_default_connection_id, None);
    assert_eq!(organization.scim_active_connection, None);
    assert_eq!(organization.allowed_oauth_tenants, None);
}

fn check_lists_are_empty(organization: &Organization) {
    let lengths = [
        organization.sso_jit_provisioning_allowed_connections.len(),
        organization.sso_active_connections.len(),
        organization.email_allowed_domains.len(),
        organization.allowed_auth_methods.len(),
        organization.rbac_email_implicit_role_assignments.len(),
        organization.allowed_mfa_methods.len(),
        organization.claimed_email_domains.len(),
        organization.allowed_first_party_connected_apps.len(),
        organization.allowed_third_party_connected_apps.len(),
        organization.custom_roles.len(),
    ];
    assert_eq!(lengths, [0; 10]);
}
