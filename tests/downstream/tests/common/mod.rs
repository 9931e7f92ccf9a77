//! What the server of the vendor would answer.

#![allow(dead_code, reason = "each test file uses its own part")]

use serde_json::{Value, json};

pub fn member(email_address: &str, status: &str) -> Value {
    json!({
        "organization_id": "organization-111",
        "member_id": "member-111",
        "email_address": email_address,
        "status": status,
        "name": "",
        "is_breakglass": false,
        "member_password_id": "",
        "email_address_verified": true,
        "mfa_phone_number_verified": false,
        "is_admin": false,
        "totp_registration_id": "",
        "mfa_enrolled": false,
        "mfa_phone_number": "",
        "default_mfa_method": "",
    })
}

pub fn organization() -> Value {
    json!({
        "organization_id": "organization-111",
        "organization_name": "Acme",
        "organization_logo_url": "",
        "organization_slug": "acme",
        "sso_jit_provisioning": "RESTRICTED",
        "email_jit_provisioning": "RESTRICTED",
        "email_invites": "ALL_ALLOWED",
        "auth_methods": "ALL_ALLOWED",
        "mfa_policy": "OPTIONAL",
        "mfa_methods": "ALL_ALLOWED",
        "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "first_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "third_party_connected_apps_allowed_type": "ALL_ALLOWED",
    })
}
