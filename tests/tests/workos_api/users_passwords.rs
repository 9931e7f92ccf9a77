//! Password resets.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::user_management::invitations::Locale;
use workos_api::user_management::users::{PasswordReset, PasswordResetId};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::responses::{bare_user, check_bare_user, check_user, user};

cases! {
    "user_management.users.create_password_reset":
        create_password_reset_required, create_password_reset_everything;
    "user_management.users.get_password_reset": get_password_reset_required, get_password_reset_everything;
    "user_management.users.confirm_password_reset":
        confirm_password_reset_required, confirm_password_reset_everything;
    "user_management.users.send_password_reset_email":
        send_password_reset_email_required, send_password_reset_email_everything;
}

/// All fields are always present.
fn password_reset() -> Value {
    json!({
        "object": "password_reset",
        "id": "password_reset_01zinc",
        "user_id": "user_01zinc",
        "email": "x@y.example",
        "expires_at": "2031-02-03T04:05:06.700Z",
        "created_at": "2032-03-04T05:06:07Z",
        "password_reset_token": "Z1uX3RbwcIl5fIGJJJCXXisdI",
        "password_reset_url": "https://app.example/reset?token=Z1uX3RbwcIl5fIGJJJCXXisdI",
    })
}

fn check_password_reset(reset: &PasswordReset) {
    assert_eq!(reset.id.as_str(), "password_reset_01zinc");
    assert_eq!(reset.user_id.as_str(), "user_01zinc");
    assert_eq!(reset.email, "x@y.example");
    assert_eq!(reset.expires_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(reset.created_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(reset.password_reset_token.expose(), "Z1uX3RbwcIl5fIGJJJCXXisdI");
    let url = "https://app.example/reset?token=Z1uX3RbwcIl5fIGJJJCXXisdI";
    assert_eq!(reset.password_reset_url.expose(), url);
}

async fn create_password_reset_required(case: Case) {
    let case = case
        .line("POST /user_management/password_reset")
        .raw_body(r#"{"email":"x@y.example"}"#)
        .response(password_reset());
    let call = |client: &Client| client.user_management().users().create_password_reset("x@y.example").send();
    check_password_reset(&case.call(call).await);
}

async fn create_password_reset_everything(case: Case) {
    let case = case
        .line("POST /user_management/password_reset")
        .raw_body(r#"{"email":"x@y.example","locale":"ja"}"#)
        .response(password_reset());
    let call = |client: &Client| {
        let request = client.user_management().users().create_password_reset("x@y.example");
        request.locale(Locale::Ja).idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_password_reset(&case.call(call).await);
}

async fn get_password_reset_required(case: Case) {
    let case =
        case.line("GET /user_management/password_reset/password_reset_01zinc").response(password_reset());
    let call = |client: &Client| {
        let id = PasswordResetId::new("password_reset_01zinc");
        client.user_management().users().get_password_reset(id).send()
    };
    check_password_reset(&case.call(call).await);
}

/// No optional parameters. The ID resembles the name of another operation.
async fn get_password_reset_everything(case: Case) {
    let case = case.line("GET /user_management/password_reset/confirm%2F").response(password_reset());
    let call = |client: &Client| {
        let id = PasswordResetId::new("confirm/");
        client.user_management().users().get_password_reset(id).send()
    };
    check_password_reset(&case.call(call).await);
}

async fn confirm_password_reset_required(case: Case) {
    let case = case
        .line("POST /user_management/password_reset/confirm")
        .raw_body(r#"{"token":"Z1uX3RbwcIl5fIGJJJCXXisdI","new_password":"Correct horse"}"#)
        .response(json!({"user": bare_user()}));
    let call = |client: &Client| {
        let users = client.user_management().users();
        users.confirm_password_reset("Z1uX3RbwcIl5fIGJJJCXXisdI", "Correct horse").send()
    };
    check_bare_user(&case.call(call).await.user);
}

async fn confirm_password_reset_everything(case: Case) {
    let case = case
        .line("POST /user_management/password_reset/confirm")
        .raw_body(r#"{"token":"t/+=","new_password":"\"\\é👩 "}"#)
        .response(json!({"user": user()}));
    let call =
        |client: &Client| client.user_management().users().confirm_password_reset("t/+=", "\"\\é👩 ").send();
    check_user(&case.call(call).await.user);
}

#[expect(deprecated, reason = "existing programs can still use it")]
async fn send_password_reset_email_required(case: Case) {
    let case = case
        .line("POST /user_management/password_reset/send")
        .raw_body(r#"{"email":"x@y.example","password_reset_url":"https://app.example/reset"}"#);
    let call = |client: &Client| {
        let users = client.user_management().users();
        users.send_password_reset_email("x@y.example", "https://app.example/reset").send()
    };
    case.call(call).await;
}

#[expect(deprecated, reason = "existing programs can still use it")]
async fn send_password_reset_email_everything(case: Case) {
    let case = case
        .line("POST /user_management/password_reset/send")
        .raw_body(r#"{"email":"x@y.example","password_reset_url":"https://app.example/reset?a=1&b=2"}"#);
    let call = |client: &Client| {
        let users = client.user_management().users();
        let request = users.send_password_reset_email("x@y.example", "https://app.example/reset?a=1&b=2");
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    case.call(call).await;
}
