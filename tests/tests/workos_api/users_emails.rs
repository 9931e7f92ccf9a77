//! Verification and change of a user's email address.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::invitations::Locale;
use workos_api::user_management::users::{EmailChange, EmailVerification, EmailVerificationId};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::responses::{bare_user, check_bare_user, check_user, user};

cases! {
    "user_management.users.send_email_change": send_email_change_required, send_email_change_everything;
    "user_management.users.confirm_email_change":
        confirm_email_change_required, confirm_email_change_everything;
    "user_management.users.send_verification_email":
        send_verification_email_required, send_verification_email_everything;
    "user_management.users.verify_email": verify_email_required, verify_email_everything;
    "user_management.users.get_email_verification":
        get_email_verification_required, get_email_verification_everything;
}

fn id() -> UserId {
    UserId::new("user_01zinc")
}

async fn send_email_change_required(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_change/send")
        .raw_body(r#"{"new_email":"new@y.example"}"#)
        .response(email_change(bare_user()));
    let call =
        |client: &Client| client.user_management().users().send_email_change(id(), "new@y.example").send();
    let change = case.call(call).await;
    check_bare_user(&change.user);
    check_email_change(&change);
}

async fn send_email_change_everything(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_change/send")
        .raw_body(r#"{"new_email":"\"new one\"@y.example","locale":"pt-BR"}"#)
        .response(email_change(user()));
    let call = |client: &Client| {
        let request = client.user_management().users().send_email_change(id(), "\"new one\"@y.example");
        request.locale(Locale::PtBr).idempotency_key(IDEMPOTENCY_KEY).send()
    };
    let change = case.call(call).await;
    check_user(&change.user);
    check_email_change(&change);
}

fn email_change(user: Value) -> Value {
    json!({
        "object": "email_change",
        "user": user,
        "new_email": "new@y.example",
        "expires_at": "2031-02-03T04:05:06.700Z",
        "created_at": "2032-03-04T05:06:07Z",
    })
}

fn check_email_change(change: &EmailChange) {
    assert_eq!(change.new_email, "new@y.example");
    assert_eq!(change.expires_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(change.created_at.to_string(), "2032-03-04T05:06:07Z");
}

async fn confirm_email_change_required(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_change/confirm")
        .raw_body(r#"{"code":"012345"}"#)
        .response(json!({"object": "email_change_confirmation", "user": bare_user()}));
    let call = |client: &Client| client.user_management().users().confirm_email_change(id(), "012345").send();
    check_bare_user(&case.call(call).await.user);
}

async fn confirm_email_change_everything(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_change/confirm")
        .raw_body(r#"{"code":"A\"B"}"#)
        .response(json!({"object": "email_change_confirmation", "user": user()}));
    let call = |client: &Client| client.user_management().users().confirm_email_change(id(), "A\"B").send();
    check_user(&case.call(call).await.user);
}

/// The body is an empty object, not missing.
async fn send_verification_email_required(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_verification/send")
        .raw_body("{}")
        .response(json!({"user": bare_user()}));
    let call = |client: &Client| client.user_management().users().send_verification_email(id()).send();
    check_bare_user(&case.call(call).await.user);
}

async fn send_verification_email_everything(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_verification/send")
        .raw_body(r#"{"locale":"de"}"#)
        .response(json!({"user": user()}));
    let call = |client: &Client| {
        let request = client.user_management().users().send_verification_email(id());
        request.locale(Locale::De).idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_user(&case.call(call).await.user);
}

async fn verify_email_required(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_verification/confirm")
        .raw_body(r#"{"code":"012345"}"#)
        .response(json!({"user": bare_user()}));
    let call = |client: &Client| client.user_management().users().verify_email(id(), "012345").send();
    check_bare_user(&case.call(call).await.user);
}

async fn verify_email_everything(case: Case) {
    let case = case
        .line("POST /user_management/users/user_01zinc/email_verification/confirm")
        .raw_body(r#"{"code":"543210"}"#)
        .response(json!({"user": user()}));
    let call = |client: &Client| client.user_management().users().verify_email(id(), "543210").send();
    check_user(&case.call(call).await.user);
}

async fn get_email_verification_required(case: Case) {
    let case = case
        .line("GET /user_management/email_verification/email_verification_01zinc")
        .response(email_verification());
    let call = |client: &Client| {
        let id = EmailVerificationId::new("email_verification_01zinc");
        client.user_management().users().get_email_verification(id).send()
    };
    check_email_verification(&case.call(call).await);
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn get_email_verification_everything(case: Case) {
    let case = case.line("GET /user_management/email_verification/a%2Fb%20c").response(email_verification());
    let call = |client: &Client| {
        let id = EmailVerificationId::new("a/b c");
        client.user_management().users().get_email_verification(id).send()
    };
    check_email_verification(&case.call(call).await);
}

fn email_verification() -> Value {
    json!({
        "object": "email_verification",
        "id": "email_verification_01zinc",
        "user_id": "user_01zinc",
        "email": "x@y.example",
        "expires_at": "2031-02-03T04:05:06.700Z",
        "created_at": "2032-03-04T05:06:07Z",
        "updated_at": "2033-04-05T06:07:08Z",
        "code": "012345",
    })
}

fn check_email_verification(verification: &EmailVerification) {
    assert_eq!(verification.id.as_str(), "email_verification_01zinc");
    assert_eq!(verification.user_id, id());
    assert_eq!(verification.email, "x@y.example");
    assert_eq!(verification.expires_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(verification.created_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(verification.updated_at.to_string(), "2033-04-05T06:07:08Z");
    assert_eq!(verification.code.expose(), "012345");
}
