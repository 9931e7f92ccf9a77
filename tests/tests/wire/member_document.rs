//! The complete example of a member from the vendor's documentation.
//!
//! The original contains a missing comma, an unterminated string, an extra brace, an ellipsis, and a list in place of
//! an object. These errors are corrected in `fixtures/member.json`; every name and every value is unchanged.

use serde_json::{Value, json};
use stytch_b2b::organizations::MfaMethod;
use stytch_b2b::organizations::members::{Member, MemberStatus, RoleSourceType};
use stytch_b2b::runtime::Object;

const DOCUMENT: &str = include_str!("../../fixtures/member.json");
const SAML: &str = "saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9";
const SCIM: &str = "scim-connection-test-cdd5415a-c470-42be-8369-5c90cf7762dc";

fn document() -> Value {
    serde_json::from_str(DOCUMENT).expect("JSON")
}

fn member() -> Member {
    serde_json::from_str(DOCUMENT).expect("a member")
}

/// The fields of the vendor's table, in its order.
const FIELDS: [&str; 23] = [
    "organization_id",
    "member_id",
    "email_address",
    "email_address_verified",
    "status",
    "mfa_enrolled",
    "mfa_phone_number",
    "mfa_phone_number_verified",
    "default_mfa_method",
    "retired_email_addresses",
    "name",
    "trusted_metadata",
    "untrusted_metadata",
    "sso_registrations",
    "oauth_registrations",
    "scim_registration",
    "member_password_id",
    "totp_registration_id",
    "is_breakglass",
    "roles",
    "is_admin",
    "created_at",
    "updated_at",
];

#[test]
fn document_has_every_field_of_the_table() {
    let mut fields = FIELDS;
    fields.sort_unstable();
    let document = document();
    let keys = document.as_object().expect("an object").keys();
    assert!(keys.eq(fields.iter()));
}

#[test]
fn identity_fields_are_decoded() {
    let member = member();
    assert_eq!(member.organization_id.as_str(), "organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931");
    assert_eq!(member.member_id.as_str(), "member-test-32fc5024-9c09-4da3-bd2e-c9ce4da9375f");
    assert_eq!(member.name, "Test Member");
    assert_eq!(member.status, MemberStatus::Active);
    assert_eq!(member.email_address, "sandbox@stytch.com");
    assert!(member.email_address_verified && !member.is_breakglass && !member.is_admin);
    let [retired] = member.retired_email_addresses.as_slice() else { panic!("one address") };
    assert_eq!(retired.email_id.as_str(), "email-test-81bf03a8-86e1-4d95-bd44-bb3495224953");
    assert_eq!(retired.email_address, "sandbox@stytch.com");
    let created_at = member.created_at.expect("a time");
    assert_eq!(created_at.to_string(), "2023-01-01T00:00:00Z");
    assert_eq!(created_at.unix_seconds(), 1_672_531_200);
    assert_eq!(member.updated_at.expect("a time").unix_seconds(), 1_704_067_200);
    // Not in the document.
    assert!(!member.is_locked);
    assert_eq!((member.external_id, member.lock_created_at, member.lock_expires_at), (None, None, None));
}

#[test]
fn sign_in_fields_are_decoded() {
    let member = member();
    let password = "member-password-test-51861cbc-d3b9-428b-9761-227f5fb12be9";
    assert_eq!(member.member_password_id.as_str(), password);
    let totp = "member-totp-test-41920359-8bbb-4fe8-8fa3-aaa83f35f02c";
    assert_eq!(member.totp_registration_id.as_str(), totp);
    assert!(member.mfa_enrolled && member.mfa_phone_number_verified);
    assert_eq!(member.mfa_phone_number, "+12025550162");
    assert_eq!(member.default_mfa_method, MfaMethod::Totp);
    let [oauth] = member.oauth_registrations.as_slice() else { panic!("one registration") };
    let registration = "oauth-user-test-de86770c-911d-463f-80e7-f1b089cead14";
    assert_eq!(oauth.member_oauth_registration_id.as_str(), registration);
    assert_eq!(oauth.provider_subject, "10769150350006150715113082367");
    assert_eq!(oauth.provider_type, "Google");
    assert_eq!(oauth.profile_picture_url.as_deref(), Some("example.com"));
    assert_eq!(oauth.locale.as_deref(), Some("en"));
    let [sso] = member.sso_registrations.as_slice() else { panic!("one registration") };
    assert_eq!(sso.connection_id.as_str(), SAML);
    assert_eq!(sso.external_id, "sandbox@stytch.com");
    let registration = "saml-member-registration-test-9a6d293d-d8b3-42e8-abb4-220cc2060e93";
    assert_eq!(sso.registration_id.as_str(), registration);
    let attributes =
        json!({"email": ["sandbox@stytch.com"], "first_name": ["Test"], "last_name": ["Member"]});
    assert_eq!(sso.sso_attributes.as_ref(), attributes.as_object().cloned().map(Object::from).as_ref());
}

#[test]
fn metadata_fields_are_decoded() {
    let member = member();
    let trusted = json!({"role": "admin", "teams": ["tech", "support"]});
    assert_eq!(member.trusted_metadata.as_ref(), trusted.as_object().cloned().map(Object::from).as_ref());
    let untrusted = json!({"job_title": "Business Analyst", "preferred_locales": ["en", "es"]});
    assert_eq!(member.untrusted_metadata.as_ref(), untrusted.as_object().cloned().map(Object::from).as_ref());
}

#[test]
fn role_sources_are_decoded() {
    let sso_group = json!({"connection_id": SAML, "group": "admins"});
    let group_id = "scim-group-test-5c44cc6a-8af7-48d6-8da7-ea821342f5a6";
    let scim_group = json!({"connection_id": SCIM, "group_id": group_id});
    let expected = [
        ("reader", vec![(RoleSourceType::EmailAssignment, json!({"email_domain": "example.com"}))]),
        ("contributor", vec![(RoleSourceType::SsoConnectionGroup, sso_group)]),
        ("reviewer", vec![(RoleSourceType::ScimConnectionGroup, scim_group)]),
        (
            "editor",
            vec![
                (RoleSourceType::DirectAssignment, json!({})),
                (RoleSourceType::SsoConnection, json!({"connection_id": SAML})),
            ],
        ),
        ("stytch_member", vec![(RoleSourceType::DirectAssignment, json!({}))]),
    ];
    let member = member();
    assert_eq!(member.roles.len(), expected.len());
    for (role, (role_id, sources)) in member.roles.iter().zip(&expected) {
        assert_eq!(role.role_id.as_str(), *role_id);
        assert_eq!(role.sources.len(), sources.len());
        for (source, (r#type, details)) in role.sources.iter().zip(sources) {
            assert_eq!(source.r#type, *r#type);
            assert_eq!(source.details.as_ref(), details.as_object().cloned().map(Object::from).as_ref());
        }
    }
}

/// The names in SCIM differ from the vendor's table of fields, so they are kept as additional fields.
#[test]
fn scim_attributes_are_decoded() {
    let registration = member().scim_registration.expect("a registration");
    assert_eq!(registration.connection_id.as_str(), SCIM);
    assert_eq!(registration.external_id.as_deref(), Some("00u8am9px8Ye2R0T55d2"));
    let id = "scim-registration-test-ase5425a-jh52-14jk-9324-era3swqw";
    assert_eq!(registration.registration_id.as_str(), id);
    let attributes = registration.scim_attributes.expect("attributes");
    assert!(attributes.active);
    assert_eq!(attributes.id, "member-test-32fc5024-9c09-4da3-bd2e-c9ce4da9375f");
    let rest = json!({
        "externalId": "00u8am9px8Ye2R0T55d2",
        "userName": "${exampleEmail}",
        "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        ],
    });
    assert_eq!(Some(&attributes.additional_fields), rest.as_object().cloned().map(Object::from).as_ref());
}

#[test]
fn document_round_trips() {
    let written = serde_json::to_value(member()).expect("JSON");
    check_kept("$", &document(), &written);
    let again: Member = serde_json::from_value(written).expect("a member");
    assert_eq!(again, member());
}

/// Checks that every key of the document is present with its value. Other keys are allowed, such as SCIM fields that
/// the document omits.
fn check_kept(path: &str, document: &Value, written: &Value) {
    match (document, written) {
        (Value::Object(document), Value::Object(written)) => {
            for (key, value) in document {
                let path = format!("{path}.{key}");
                check_kept(&path, value, written.get(key).expect(&path));
            }
        }
        (Value::Array(document), Value::Array(written)) => {
            assert_eq!(document.len(), written.len(), "{path}");
            for (index, (value, written)) in document.iter().zip(written).enumerate() {
                check_kept(&format!("{path}[{index}]"), value, written);
            }
        }
        _ => assert_eq!(document, written, "{path}"),
    }
}
