//! Mutually exclusive and grouped parameters, which are flattened into the other parameters.

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::user_management::organization_memberships::requests::UpdateRequest;
use workos_api::user_management::organization_memberships::{MembershipRole, OrganizationMembershipId};
use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType, PasswordSaltPosition};
use workos_api::{Client, ErrorKind};

use crate::case::call;
use crate::request_values::{created, updated};
use crate::responses::user;

#[tokio::test]
async fn password_is_flattened_into_the_params() {
    let plain = created(|create| create.password(Password::plaintext("hunter2")).name("Ada")).await;
    let expected = json!({"email": "x@y.example", "password": "hunter2", "name": "Ada"});
    assert_eq!(serde_json::from_str::<Value>(&plain).expect("JSON"), expected);
    let plain = updated(|update| update.password(Password::plaintext(""))).await;
    assert_eq!(plain, r#"{"password":""}"#);
}

#[tokio::test]
async fn hash_is_flattened_into_the_params() {
    let hash = || PasswordHash::new("$2b$10$hash", PasswordHashType::Bcrypt);
    let body = updated(|update| update.password(Password::Hashed(hash()))).await;
    assert_eq!(body, r#"{"password_hash":"$2b$10$hash","password_hash_type":"bcrypt"}"#);
    let salted = hash().password_salt_position(PasswordSaltPosition::Prefix);
    let body = updated(|update| update.password(Password::Hashed(salted))).await;
    let expected = concat!(
        r#"{"password_hash":"$2b$10$hash","password_hash_type":"bcrypt","#,
        r#""password_salt_position":"prefix"}"#,
    );
    assert_eq!(body, expected);
}

/// Only the last of two alternatives is sent.
#[tokio::test]
async fn last_of_two_alternatives_is_sent() {
    let hash = Password::Hashed(PasswordHash::new("h", PasswordHashType::Ssha));
    let body = updated(|update| update.password(hash.clone()).password(Password::plaintext("p"))).await;
    assert_eq!(body, r#"{"password":"p"}"#);
    let body = updated(|update| update.password(Password::plaintext("p")).password(hash.clone())).await;
    assert_eq!(body, r#"{"password_hash":"h","password_hash_type":"ssha"}"#);
}

/// Every hash type has a name, and unknown ones are sent unchanged.
#[tokio::test]
async fn hash_types_have_names() {
    use PasswordHashType::{Argon2, Bcrypt, FirebaseScrypt, Pbkdf2, Scrypt, Ssha, Ssha256};
    let words = ["bcrypt", "firebase-scrypt", "ssha", "ssha256", "scrypt", "pbkdf2", "argon2"];
    let types = [Bcrypt, FirebaseScrypt, Ssha, Ssha256, Scrypt, Pbkdf2, Argon2];
    assert_eq!(types.each_ref().map(PasswordHashType::as_str), words);
    assert_eq!(words.map(PasswordHashType::from), types);
    let salts = [PasswordSaltPosition::Prefix, PasswordSaltPosition::Suffix];
    assert_eq!(["prefix", "suffix"].map(PasswordSaltPosition::from), salts);
    let hash = PasswordHash::new("h", PasswordHashType::from("balloon"));
    let hash = hash.password_salt_position(PasswordSaltPosition::from("middle"));
    let body = updated(|update| update.password(Password::Hashed(hash))).await;
    let expected =
        r#"{"password_hash":"h","password_hash_type":"balloon","password_salt_position":"middle"}"#;
    assert_eq!(body, expected);
}

/// A password of an unknown kind is sent with its own keys.
#[tokio::test]
async fn unknown_password_is_sent() {
    let password: Password = serde_json::from_value(json!({"password_vault": "v"})).expect("a password");
    assert!(matches!(password, Password::Unknown(_)));
    let body = updated(|update| update.password(password)).await;
    assert_eq!(body, r#"{"password_vault":"v"}"#);
}

/// A value is rejected if it repeats another parameter or has no keys.
#[tokio::test]
async fn password_that_cannot_be_flattened_is_rejected() {
    for unfit in [json!({"email": "other@y.example"}), json!("hunter2"), json!(["hunter2"])] {
        let password: Password = serde_json::from_value(unfit).expect("a password");
        let send = |client: &Client| {
            client.user_management().users().create("x@y.example").password(password).send()
        };
        let (response, received) = call(CannedResponse::json(201, user()), send).await;
        let error = response.expect_err("the password is rejected");
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        assert!(received.is_empty());
    }
}

/// Returns the body of an update of a membership.
async fn given(role: Option<MembershipRole>) -> String {
    let send = |client: &Client| {
        let id = OrganizationMembershipId::new("om_a1");
        let request = client.user_management().organization_memberships().update(id);
        role.into_iter().fold(request, UpdateRequest::role).send()
    };
    let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
    received[0].text().to_owned()
}

#[tokio::test]
async fn no_role_one_role_and_several_roles_are_sent() {
    assert_eq!(given(None).await, "{}");
    assert_eq!(given(Some(MembershipRole::single("editor"))).await, r#"{"role_slug":"editor"}"#);
    let several = MembershipRole::multiple(["editor", "reader"]);
    assert_eq!(given(Some(several)).await, r#"{"role_slugs":["editor","reader"]}"#);
    let one_of_a_list = MembershipRole::multiple(vec!["editor".to_owned()]);
    assert_eq!(given(Some(one_of_a_list)).await, r#"{"role_slugs":["editor"]}"#);
    let none_of_a_list = MembershipRole::multiple(Vec::<String>::new());
    assert_eq!(given(Some(none_of_a_list)).await, r#"{"role_slugs":[]}"#);
}
