//! Unions without a tag, whose variant is determined by their keys, and unions that are flattened into the parameters
//! of a request.

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::common::{ConnectionId, OrganizationId, UserId};
use workos_api::multi_factor_auth::NewAuthenticationFactor;
use workos_api::user_management::authentication::{AuthorizationProvider, AuthorizationSelector};
use workos_api::user_management::organization_memberships::{MembershipRole, OrganizationMembershipId};
use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType};
use workos_api::{Client, ErrorKind};

use super::{HUSH, kept, misfit, read, written};
use crate::case::call;

#[test]
fn password_variant_is_determined_by_its_keys() {
    let Password::Plaintext(password) = kept(&json!({"password": HUSH})) else { panic!("a password") };
    assert_eq!(password.expose(), HUSH);
    let value = json!({"password_hash": HUSH, "password_hash_type": "firebase-scrypt", "password_salt_position": "suffix"});
    let Password::Hashed(hash) = kept(&value) else { panic!("a hash") };
    assert_eq!(hash.password_hash.expose(), HUSH);
    assert_eq!(hash.password_hash_type, PasswordHashType::FirebaseScrypt);
    let hash = Password::Hashed(PasswordHash::new("h", PasswordHashType::Argon2));
    assert_eq!(written(&hash), r#"{"password_hash":"h","password_hash_type":"argon2"}"#);
    assert_eq!(written(&Password::plaintext("p")), r#"{"password":"p"}"#);
    // Values that miss a key or have an unknown shape.
    for value in [
        json!({"password": null}),
        json!({"password": [HUSH]}),
        json!({"password_hash": HUSH}),
        json!({"password_hash_type": "argon2", "secret": HUSH}),
        json!({"passkey": HUSH}),
        json!({}),
        json!([HUSH]),
        json!(HUSH),
        json!(7),
        json!(false),
    ] {
        let password = kept::<Password>(&value);
        assert!(!format!("{password:#?}").contains(HUSH));
        let Password::Unknown(variant) = password else { panic!("unknown: {value}") };
        assert_eq!(variant.as_value(), &value);
    }
    assert_eq!(misfit::<Password>(&json!(null)), "$");
}

#[test]
fn role_variant_is_determined_by_its_keys() {
    assert_eq!(kept::<MembershipRole>(&json!({"role_slug": "admin"})), MembershipRole::single("admin"));
    let both = json!({"role_slugs": ["admin", "member"]});
    assert_eq!(kept::<MembershipRole>(&both), MembershipRole::multiple(["admin", "member"]));
    assert_eq!(kept::<MembershipRole>(&json!({"role_slugs": []})), MembershipRole::Multiple(Vec::new()));
    // The first matching variant is used.
    let text = r#"{"role_slugs":["member"],"role_slug":"admin"}"#;
    assert_eq!(read::<MembershipRole>(text), MembershipRole::single("admin"));
    let text = r#"{"role_slug":null,"role_slugs":["member"]}"#;
    assert_eq!(read::<MembershipRole>(text), MembershipRole::multiple(["member"]));
    for value in [json!({"role_slug": ["admin"]}), json!({"role_slugs": "admin"}), json!({"role_slugs": [7]})]
    {
        assert!(matches!(kept(&value), MembershipRole::Unknown(_)), "{value}");
    }
}

#[test]
#[expect(deprecated, reason = "deprecated variants are accepted until they are removed")]
fn selector_variant_is_determined_by_its_keys() {
    for (value, selector) in [
        (json!({"provider": "authkit"}), AuthorizationSelector::Provider(AuthorizationProvider::AuthKit)),
        (json!({"connection_id": "c"}), AuthorizationSelector::connection(ConnectionId::new("c"))),
        (json!({"organization_id": "o"}), AuthorizationSelector::organization(OrganizationId::new("o"))),
        (json!({"connection": "c"}), AuthorizationSelector::old_connection(ConnectionId::new("c"))),
        (json!({"organization": "o"}), AuthorizationSelector::old_organization(OrganizationId::new("o"))),
    ] {
        assert_eq!(kept::<AuthorizationSelector>(&value), selector);
    }
    let AuthorizationSelector::Unknown(_) = kept(&json!({"domain": "zinc.example"})) else {
        panic!("unknown")
    };
}

/// A decoded unknown value can be sent.
#[tokio::test]
async fn unknown_value_is_sent_unchanged() {
    let factor: NewAuthenticationFactor = read(r#"{"type":"passkey","rp":{"id":"zinc.example"}}"#);
    let send = |client: &Client| {
        client.multi_factor_auth().enroll(factor).user_id(UserId::new("user_01grace")).send()
    };
    let (_, received) = call(CannedResponse::json(400, "{}"), send).await;
    let body: Value = serde_json::from_str(received[0].text()).expect("JSON");
    let expected = json!({"type": "passkey", "rp": {"id": "zinc.example"}, "user_id": "user_01grace"});
    assert_eq!(body, expected);

    let role: MembershipRole = read(r#"{"role_set":["a","b"]}"#);
    let send = |client: &Client| {
        let memberships = client.user_management().organization_memberships();
        memberships.update(OrganizationMembershipId::new("om_01grace")).role(role).send()
    };
    let (_, received) = call(CannedResponse::json(400, "{}"), send).await;
    assert_eq!(received[0].text(), r#"{"role_set":["a","b"]}"#);
}

/// The keys of a flattened value are sent beside the other parameters, so the value must be an object without
/// duplicate keys.
#[tokio::test]
async fn unknown_value_that_cannot_be_flattened_is_rejected() {
    let doubled: NewAuthenticationFactor = read(&json!({"type": "passkey", "user_id": HUSH}).to_string());
    let send = |client: &Client| {
        client.multi_factor_auth().enroll(doubled).user_id(UserId::new("user_01grace")).send()
    };
    let (response, received) = call(CannedResponse::json(200, "{}"), send).await;
    let error = response.expect_err("the value is rejected");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("user_id") && !format!("{error:#?}").contains(HUSH), "{error:#?}");
    assert!(received.is_empty());

    let MembershipRole::Unknown(_) = read(&json!(HUSH).to_string()) else { panic!("unknown") };
    let role: MembershipRole = read(&json!(HUSH).to_string());
    let send = |client: &Client| {
        let memberships = client.user_management().organization_memberships();
        memberships.update(OrganizationMembershipId::new("om_01grace")).role(role).send()
    };
    let (response, received) = call(CannedResponse::json(200, "{}"), send).await;
    let error = response.expect_err("the value is rejected");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(!format!("{error:#?}").contains(HUSH), "{error:#?}");
    assert!(received.is_empty());
}
