//! A member.

use serde_json::{Value, json};
use stytch_b2b::organizations::MfaMethod;
use stytch_b2b::organizations::members::{Member, MemberStatus, RoleSourceType};
use stytch_b2b::runtime::Object;
use stytch_b2b::scim::{Address, EnterpriseExtension, MultiValue, Name, ScimAttributes};

pub(crate) fn member() -> Value {
    json!({
        "organization_id": "organization-test-a2",
        "member_id": "member-test-a1",
        "email_address": "grace@nightingale.example",
        "status": "invited",
        "name": "Grace \"Amazing\" Hopper",
        "sso_registrations": [sso_registration()],
        "is_breakglass": true,
        "member_password_id": "member-password-test-c3",
        "oauth_registrations": [oauth_registration()],
        "email_address_verified": false,
        "mfa_phone_number_verified": true,
        "is_admin": false,
        "totp_registration_id": "member-totp-test-c5",
        "retired_email_addresses": [
            {"email_id": "email-test-c6", "email_address": "g.hopper@old.example"},
            {"email_id": "email-test-c7", "email_address": "grace@older.example"},
        ],
        "is_locked": true,
        "mfa_enrolled": false,
        "mfa_phone_number": "+12025550199",
        "default_mfa_method": "sms_otp",
        "roles": roles(),
        "trusted_metadata": {"rank": "rear admiral"},
        "untrusted_metadata": {"theme": {"dark": true}},
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "scim_registration": scim_registration(),
        "external_id": "hr-1906",
        "lock_created_at": "2033-04-05T06:07:08Z",
        "lock_expires_at": "2034-05-06T07:08:09Z",
    })
}

fn sso_registration() -> Value {
    json!({
        "connection_id": "saml-connection-test-c1",
        "external_id": "idp|7",
        "registration_id": "saml-member-registration-test-c2",
        "sso_attributes": {"groups": ["navy", "compilers"], "level": 3},
    })
}

fn oauth_registration() -> Value {
    json!({
        "provider_type": "Github",
        "provider_subject": "583231",
        "member_oauth_registration_id": "oauth-member-test-c4",
        "profile_picture_url": "https://img.example/grace.png",
        "locale": "en-US",
    })
}

fn roles() -> Value {
    json!([
        {"role_id": "stytch_member", "sources": [{"type": "direct_assignment", "details": {}}]},
        {"role_id": "admiral", "sources": [
            {"type": "email_assignment", "details": {"email_domain": "nightingale.example"}},
            {"type": "sso_connection"},
            {"type": "sso_connection_group"},
            {"type": "scim_connection_group"},
        ]},
    ])
}

fn scim_registration() -> Value {
    json!({
        "connection_id": "scim-connection-test-c8",
        "registration_id": "scim-registration-test-c9",
        "external_id": "00u1906",
        "scim_attributes": scim_attributes(),
    })
}

fn scim_attributes() -> Value {
    json!({
        "user_name": "grace",
        "id": "member-test-a1",
        "external_id": "00u1907",
        "active": true,
        "groups": [{"value": "scim-group-test-d1", "display": "Fleet"}],
        "display_name": "Grace H.",
        "nick_name": "Amazing",
        "profile_url": "https://people.example/grace",
        "user_type": "staff",
        "title": "Rear Admiral",
        "preferred_language": "en",
        "locale": "en-GB",
        "timezone": "America/New_York",
        "emails": [{"value": "grace@nightingale.example", "type": "work", "primary": true}],
        "phone_numbers": [{"value": "+12025550188", "type": "mobile", "primary": false}],
        "addresses": [scim_address()],
        "ims": [{"value": "grace#1", "type": "xmpp", "primary": false}],
        "photos": [{"value": "https://img.example/p.png", "type": "thumbnail", "primary": true}],
        "entitlements": [{"value": "ship", "type": "access", "primary": false}],
        "roles": [{"value": "captain", "type": "deck", "primary": true}],
        "x509certificates": [{"value": "MIIB", "type": "pem", "primary": false}],
        "name": scim_name(),
        "enterprise_extension": {
            "employee_number": "1906",
            "cost_center": "42",
            "division": "Navy",
            "department": "Compilers",
            "organization": "Fleet",
            "manager": {"value": "m-1", "ref": "https://scim.example/m-1", "display_name": "Howard"},
        },
    })
}

fn scim_address() -> Value {
    json!({
        "formatted": "1 Pier Road, Arlington",
        "street_address": "1 Pier Road",
        "locality": "Arlington",
        "region": "VA",
        "postal_code": "22201",
        "country": "US",
        "type": "home",
        "primary": true,
    })
}

fn scim_name() -> Value {
    json!({
        "formatted": "Dr. Grace Brewster Hopper PhD",
        "family_name": "Hopper",
        "given_name": "Grace",
        "middle_name": "Brewster",
        "honorific_prefix": "Dr.",
        "honorific_suffix": "PhD",
    })
}

pub(crate) fn bare_member() -> Value {
    json!({
        "organization_id": "organization-test-b2",
        "member_id": "member-test-b1",
        "email_address": "bare@bare.example",
        "status": "pending",
        "name": "",
        "is_breakglass": false,
        "member_password_id": "",
        "email_address_verified": true,
        "mfa_phone_number_verified": false,
        "is_admin": true,
        "totp_registration_id": "",
        "mfa_enrolled": true,
        "mfa_phone_number": "",
        "default_mfa_method": "",
    })
}

pub(crate) fn check_member(member: &Member) {
    assert_eq!(member.organization_id.as_str(), "organization-test-a2");
    assert_eq!(member.member_id.as_str(), "member-test-a1");
    assert_eq!(member.external_id.as_deref(), Some("hr-1906"));
    assert_eq!(member.name, "Grace \"Amazing\" Hopper");
    assert_eq!(member.email_address, "grace@nightingale.example");
    assert_eq!(member.status, MemberStatus::Invited);
    assert!(member.is_breakglass && member.is_locked && member.mfa_phone_number_verified);
    assert!(!member.is_admin && !member.email_address_verified && !member.mfa_enrolled);
    assert_eq!(member.trusted_metadata, Some(Object::from([("rank", "rear admiral")])));
    assert_eq!(member.untrusted_metadata, Some(Object::from([("theme", json!({"dark": true}))])));
    let times = [member.created_at, member.updated_at, member.lock_created_at, member.lock_expires_at];
    let seconds = times.map(|time| time.expect("a time").unix_seconds());
    assert_eq!(seconds, [1_927_857_906, 1_961_989_567, 1_996_294_028, 2_030_512_089]);
    check_second_factor(member);
    check_registrations(member);
    check_roles(member);
    check_scim(member);
}

fn check_second_factor(member: &Member) {
    assert_eq!(member.member_password_id.as_str(), "member-password-test-c3");
    assert_eq!(member.totp_registration_id.as_str(), "member-totp-test-c5");
    assert_eq!(member.mfa_phone_number, "+12025550199");
    assert_eq!(member.default_mfa_method, MfaMethod::SmsOtp);
}

fn check_registrations(member: &Member) {
    let [sso] = member.sso_registrations.as_slice() else { panic!("one registration") };
    assert_eq!(sso.connection_id.as_str(), "saml-connection-test-c1");
    assert_eq!(sso.external_id, "idp|7");
    assert_eq!(sso.registration_id.as_str(), "saml-member-registration-test-c2");
    let attributes = json!({"groups": ["navy", "compilers"], "level": 3});
    assert_eq!(sso.sso_attributes.as_ref(), attributes.as_object().cloned().map(Object::from).as_ref());
    let [oauth] = member.oauth_registrations.as_slice() else { panic!("one registration") };
    assert_eq!(oauth.provider_type, "Github");
    assert_eq!(oauth.provider_subject, "583231");
    assert_eq!(oauth.member_oauth_registration_id.as_str(), "oauth-member-test-c4");
    assert_eq!(oauth.profile_picture_url.as_deref(), Some("https://img.example/grace.png"));
    assert_eq!(oauth.locale.as_deref(), Some("en-US"));
    let retired = member.retired_email_addresses.iter();
    let retired: Vec<_> = retired.map(|one| (one.email_id.as_str(), one.email_address.as_str())).collect();
    let expected = [("email-test-c6", "g.hopper@old.example"), ("email-test-c7", "grace@older.example")];
    assert_eq!(retired, expected);
}

fn check_roles(member: &Member) {
    let [given, earned] = member.roles.as_slice() else { panic!("two roles") };
    assert_eq!(given.role_id.as_str(), "stytch_member");
    let [source] = given.sources.as_slice() else { panic!("one source") };
    assert_eq!(source.r#type, RoleSourceType::DirectAssignment);
    assert_eq!(source.details, Some(Object::new()));
    assert_eq!(earned.role_id.as_str(), "admiral");
    let types: Vec<_> = earned.sources.iter().map(|source| source.r#type.clone()).collect();
    let expected = [
        RoleSourceType::EmailAssignment,
        RoleSourceType::SsoConnection,
        RoleSourceType::SsoConnectionGroup,
        RoleSourceType::ScimConnectionGroup,
    ];
    assert_eq!(types, expected);
    let details: Vec<_> = earned.sources.iter().map(|source| source.details.as_ref()).collect();
    let of_email = Object::from([("email_domain", "nightingale.example")]);
    assert_eq!(details, [Some(&of_email), None, None, None]);
}

fn check_scim(member: &Member) {
    let registration = member.scim_registration.as_ref().expect("a registration");
    assert_eq!(registration.connection_id.as_str(), "scim-connection-test-c8");
    assert_eq!(registration.registration_id.as_str(), "scim-registration-test-c9");
    assert_eq!(registration.external_id.as_deref(), Some("00u1906"));
    let attributes = registration.scim_attributes.as_ref().expect("attributes");
    check_scim_texts(attributes);
    check_scim_lists(attributes);
    check_scim_name(attributes.name.as_ref().expect("a name"));
    check_scim_enterprise(attributes.enterprise_extension.as_ref().expect("an extension"));
    assert!(attributes.active);
    assert!(attributes.additional_fields.is_empty());
}

fn check_scim_texts(attributes: &ScimAttributes) {
    assert_eq!(attributes.user_name, "grace");
    assert_eq!(attributes.id, "member-test-a1");
    assert_eq!(attributes.external_id, "00u1907");
    assert_eq!(attributes.display_name, "Grace H.");
    assert_eq!(attributes.nick_name, "Amazing");
    assert_eq!(attributes.profile_url, "https://people.example/grace");
    assert_eq!(attributes.user_type, "staff");
    assert_eq!(attributes.title, "Rear Admiral");
    assert_eq!(attributes.preferred_language, "en");
    assert_eq!(attributes.locale, "en-GB");
    assert_eq!(attributes.timezone, "America/New_York");
}

fn check_scim_lists(attributes: &ScimAttributes) {
    let [group] = attributes.groups.as_slice() else { panic!("one group") };
    assert_eq!((group.value.as_str(), group.display.as_str()), ("scim-group-test-d1", "Fleet"));
    check_only(&attributes.emails, "grace@nightingale.example", "work", true);
    check_only(&attributes.phone_numbers, "+12025550188", "mobile", false);
    check_only(&attributes.ims, "grace#1", "xmpp", false);
    check_only(&attributes.photos, "https://img.example/p.png", "thumbnail", true);
    check_only(&attributes.entitlements, "ship", "access", false);
    check_only(&attributes.roles, "captain", "deck", true);
    check_only(&attributes.x509_certificates, "MIIB", "pem", false);
    let [address] = attributes.addresses.as_slice() else { panic!("one address") };
    check_scim_address(address);
}

fn check_only(values: &[MultiValue], value: &str, r#type: &str, primary: bool) {
    let [only] = values else { panic!("one value: {values:?}") };
    assert_eq!((only.value.as_str(), only.r#type.as_str(), only.primary), (value, r#type, primary));
}

fn check_scim_address(address: &Address) {
    assert_eq!(address.formatted, "1 Pier Road, Arlington");
    assert_eq!(address.street_address, "1 Pier Road");
    assert_eq!(address.locality, "Arlington");
    assert_eq!(address.region, "VA");
    assert_eq!(address.postal_code, "22201");
    assert_eq!(address.country, "US");
    assert_eq!(address.r#type, "home");
    assert!(address.primary);
}

fn check_scim_name(name: &Name) {
    assert_eq!(name.formatted, "Dr. Grace Brewster Hopper PhD");
    assert_eq!(name.family_name, "Hopper");
    assert_eq!(name.given_name, "Grace");
    assert_eq!(name.middle_name, "Brewster");
    assert_eq!(name.honorific_prefix, "Dr.");
    assert_eq!(name.honorific_suffix, "PhD");
}

fn check_scim_enterprise(extension: &EnterpriseExtension) {
    assert_eq!(extension.employee_number, "1906");
    assert_eq!(extension.cost_center, "42");
    assert_eq!(extension.division, "Navy");
    assert_eq!(extension.department, "Compilers");
    assert_eq!(extension.organization, "Fleet");
    let manager = extension.manager.as_ref().expect("a manager");
    assert_eq!(manager.value, "m-1");
    assert_eq!(manager.r#ref, "https://scim.example/m-1");
    assert_eq!(manager.display_name, "Howard");
}

pub(crate) fn check_bare_member(member: &Member) {
    assert_eq!(member.organization_id.as_str(), "organization-test-b2");
    assert_eq!(member.member_id.as_str(), "member-test-b1");
    assert_eq!(member.email_address, "bare@bare.example");
    assert_eq!(member.status, MemberStatus::Pending);
    assert_eq!((member.name.as_str(), member.mfa_phone_number.as_str()), ("", ""));
    assert!(!member.is_breakglass && !member.is_locked && !member.mfa_phone_number_verified);
    assert!(member.is_admin && member.email_address_verified && member.mfa_enrolled);
    assert_eq!(member.member_password_id.as_str(), "");
    assert_eq!(member.totp_registration_id.as_str(), "");
    // The server reports "no method" with an empty string, which is not a known method.
    assert_eq!(member.default_mfa_method.as_str(), "");
    assert!(member.sso_registrations.is_empty() && member.oauth_registrations.is_empty());
    assert!(member.retired_email_addresses.is_empty() && member.roles.is_empty());
    assert_eq!((&member.trusted_metadata, &member.untrusted_metadata), (&None, &None));
    assert_eq!((member.created_at, member.updated_at), (None, None));
    assert_eq!((member.lock_created_at, member.lock_expires_at), (None, None));
    assert_eq!((&member.scim_registration, &member.external_id), (&None, &None));
}
