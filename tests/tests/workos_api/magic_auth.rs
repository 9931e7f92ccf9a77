//! Sign-in codes sent by email.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::user_management::authentication::RadarAttemptId;
use workos_api::user_management::invitations::Locale;
use workos_api::user_management::magic_auth::{MagicAuthCode, MagicAuthId};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.magic_auth.create": create_required, create_everything;
    "user_management.magic_auth.get": get_required, get_everything;
    "user_management.magic_auth.send": send_required, send_everything;
}

fn magic_auth() -> Value {
    json!({
        "object": "magic_auth",
        "id": "magic_auth_7",
        "user_id": "user_a1",
        "email": "ada@y.example",
        "expires_at": "2033-04-05T06:07:08Z",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "code": "hush-123456",
    })
}

fn check_magic_auth(code: &MagicAuthCode) {
    assert_eq!(code.id.as_str(), "magic_auth_7");
    assert_eq!(code.user_id.as_str(), "user_a1");
    assert_eq!(code.email, "ada@y.example");
    assert_eq!(code.expires_at.unix_seconds(), 1_996_294_028);
    assert_eq!(code.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(code.updated_at.unix_seconds(), 1_961_989_567);
    assert_eq!(code.code.expose(), "hush-123456");
}

async fn create_required(case: Case) {
    let case = case.line("POST /user_management/magic_auth").raw_body(r#"{"email":"ada@y.example"}"#);
    let case = case.response(magic_auth());
    let response =
        case.call(|client| client.user_management().magic_auth().create("ada@y.example").send()).await;
    check_magic_auth(&response);
    assert_eq!(response.radar_auth_attempt_id, None);
}

async fn create_everything(case: Case) {
    let mut canned = magic_auth();
    canned["radar_auth_attempt_id"] = json!("radar_attempt_8");
    let case = case.line("POST /user_management/magic_auth").response(canned).body(json!({
        "email": "ada@y.example",
        "invitation_token": "hush-invite-1",
        "ip_address": "203.0.113.9",
        "user_agent": "Browser/7",
        "radar_auth_attempt_id": "radar_attempt_7",
        "signals_id": "signals-7",
        "locale": "fr-BE",
    }));
    let call = |client: &Client| {
        let request = client.user_management().magic_auth().create("ada@y.example");
        request
            .invitation_token("hush-invite-1")
            .ip_address("203.0.113.9")
            .user_agent("Browser/7")
            .radar_auth_attempt_id(RadarAttemptId::new("radar_attempt_7"))
            .signals_id("signals-7")
            .locale(Locale::FrBe)
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let response = case.call(call).await;
    check_magic_auth(&response);
    assert_eq!(response.radar_auth_attempt_id.as_ref().map(RadarAttemptId::as_str), Some("radar_attempt_8"));
}

async fn get_required(case: Case) {
    let case = case.line("GET /user_management/magic_auth/magic_auth_7").response(magic_auth());
    let call =
        |client: &Client| client.user_management().magic_auth().get(MagicAuthId::new("magic_auth_7")).send();
    check_magic_auth(&case.call(call).await);
}

async fn get_everything(case: Case) {
    let case = case.line("GET /user_management/magic_auth/magic%2Fauth%3F7").response(magic_auth());
    let call =
        |client: &Client| client.user_management().magic_auth().get(MagicAuthId::new("magic/auth?7")).send();
    check_magic_auth(&case.call(call).await);
}

#[allow(deprecated)]
async fn send_required(case: Case) {
    let case = case.line("POST /user_management/magic_auth/send").raw_body(r#"{"email":"ada@y.example"}"#);
    case.call(|client| client.user_management().magic_auth().send("ada@y.example").send()).await;
}

#[allow(deprecated)]
async fn send_everything(case: Case) {
    let case = case.line("POST /user_management/magic_auth/send").raw_body(r#"{"email":"ada@y.example"}"#);
    let call = |client: &Client| {
        let request = client.user_management().magic_auth().send("ada@y.example");
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    case.call(call).await;
}
