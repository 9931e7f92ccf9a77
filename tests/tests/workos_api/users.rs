//! Users: the operations that create, get, update and delete users.

use serde_json::json;
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType, PasswordSaltPosition};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::responses::{bare_user, check_bare_user, check_user, user};

cases! {
    "user_management.users.create": create_required, create_everything;
    "user_management.users.get": get_required, get_everything;
    "user_management.users.get_by_external_id": get_by_external_id_required, get_by_external_id_everything;
    "user_management.users.update": update_required, update_everything;
    "user_management.users.delete": delete_required, delete_everything;
}

fn id() -> UserId {
    UserId::new("user_01zinc")
}

async fn create_required(case: Case) {
    let case =
        case.line("POST /user_management/users").raw_body(r#"{"email":"x@y.example"}"#).response(bare_user());
    let call = |client: &Client| client.user_management().users().create("x@y.example").send();
    let created = case.call(call).await;
    check_bare_user(&created);
    assert_eq!(created.radar_auth_attempt_id, None);
}

async fn create_everything(case: Case) {
    // Only this response contains the ID of the Radar attempt.
    let mut canned = user();
    canned["radar_auth_attempt_id"] = json!("radar_att_01zinc");
    let case = case
        .line("POST /user_management/users")
        .body(json!({
            "email": "grace@nightingale.example",
            "password_hash": "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
            "password_hash_type": "firebase-scrypt",
            "password_salt_position": "suffix",
            "first_name": "Grace \"Amazing\"",
            "last_name": "Hopper",
            "name": "Rear Admiral Hopper",
            "email_verified": true,
            "metadata": {"rank": "rear admiral", "": "é"},
            "external_id": "hr-1906",
            "ip_address": "2001:db8::7",
            "user_agent": "Mozilla/5.0 (X11; Linux x86_64)",
            "signals_id": "sig_01zinc",
        }))
        .response(canned);
    let hash = PasswordHash::new(
        "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
        PasswordHashType::FirebaseScrypt,
    );
    let call = |client: &Client| {
        client
            .user_management()
            .users()
            .create("grace@nightingale.example")
            .password(Password::Hashed(hash.password_salt_position(PasswordSaltPosition::Suffix)))
            .first_name("Grace \"Amazing\"")
            .last_name("Hopper")
            .name("Rear Admiral Hopper")
            .email_verified(true)
            .metadata([("rank", "rear admiral"), ("", "é")])
            .external_id("hr-1906")
            .ip_address("2001:db8::7")
            .user_agent("Mozilla/5.0 (X11; Linux x86_64)")
            .signals_id("sig_01zinc")
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let mut created = case.call(call).await;
    let attempt = created.radar_auth_attempt_id.take().expect("an attempt");
    assert_eq!(attempt.as_str(), "radar_att_01zinc");
    check_user(&created);
}

async fn get_required(case: Case) {
    let case = case.line("GET /user_management/users/user_01zinc").response(bare_user());
    check_bare_user(&case.call(|client| client.user_management().users().get(id()).send()).await);
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn get_everything(case: Case) {
    let case = case.line("GET /user_management/users/a%2Fb%3Fc%23d%25%20%C3%A9").response(user());
    let id = UserId::new("a/b?c#d% é");
    check_user(&case.call(|client| client.user_management().users().get(id).send()).await);
}

async fn get_by_external_id_required(case: Case) {
    let case = case.line("GET /user_management/users/external_id/hr-1906").response(bare_user());
    let call = |client: &Client| client.user_management().users().get_by_external_id("hr-1906").send();
    check_bare_user(&case.call(call).await);
}

/// External IDs can contain all ASCII characters.
async fn get_by_external_id_everything(case: Case) {
    let case = case
        .line("GET /user_management/users/external_id/hr%2F1906%3Fas%3D1%26x%2By~z%40y.example")
        .response(user());
    let call = |client: &Client| {
        let users = client.user_management().users();
        users.get_by_external_id("hr/1906?as=1&x+y~z@y.example").send()
    };
    check_user(&case.call(call).await);
}

async fn update_required(case: Case) {
    let case = case.line("PUT /user_management/users/user_01zinc").raw_body("{}").response(bare_user());
    check_bare_user(&case.call(|client| client.user_management().users().update(id()).send()).await);
}

async fn update_everything(case: Case) {
    let case = case
        .line("PUT /user_management/users/user_01zinc")
        .body(json!({
            "email": "ada@nightingale.example",
            "first_name": "Ada",
            "last_name": "King",
            "name": "Countess of Lovelace",
            "email_verified": false,
            "metadata": {"rank": null, "title": "Countess"},
            "external_id": "hr-1815",
            "locale": "en-GB",
            "password": "Correct \"horse\" battery",
        }))
        .response(user());
    let call = |client: &Client| {
        client
            .user_management()
            .users()
            .update(id())
            .email("ada@nightingale.example")
            .first_name("Ada")
            .last_name("King")
            .name("Countess of Lovelace")
            .email_verified(false)
            .metadata([("rank", None), ("title", Some("Countess"))])
            .external_id("hr-1815")
            .locale("en-GB")
            .password(Password::plaintext("Correct \"horse\" battery"))
            .send()
    };
    check_user(&case.call(call).await);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/users/user_01zinc");
    case.call(|client| client.user_management().users().delete(id()).send()).await;
}

/// No optional parameters. No character of an ID changes the path.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/users/..%2Fusers%2Fuser_b1");
    let id = UserId::new("../users/user_b1");
    case.call(|client| client.user_management().users().delete(id).send()).await;
}
