//! Operations before and after a sign-in: device authorization, Radar challenges, and revocation of a session.

use serde_json::json;
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::authentication::{
    Authentication, PendingAuthenticationToken, RadarChallengeId,
};
use workos_api::user_management::users::SessionId;

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.authentication.start_device_authorization": device_required, device_everything;
    "user_management.authentication.create_radar_challenge": create_radar_required, create_radar_everything;
    "user_management.authentication.get_radar_challenge": get_radar_required, get_radar_everything;
    "user_management.authentication.revoke_session": revoke_required, revoke_everything;
}

fn authentication(client: &Client) -> Authentication<'_> {
    client.user_management().authentication()
}

fn pending() -> PendingAuthenticationToken {
    PendingAuthenticationToken::new("hush-pending-1")
}

async fn device_required(case: Case) {
    let case = case.line("POST /user_management/authorize/device");
    let case = case.raw_body(r#"{"client_id":"client_4c0ffee"}"#).response(json!({
        "device_code": "hush-device-1",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://app.example/device",
        "expires_in": 300,
    }));
    let response = case.call(|client| authentication(client).start_device_authorization().send()).await;
    assert_eq!(response.device_code.expose(), "hush-device-1");
    assert_eq!(response.user_code, "WDJB-MJHT");
    assert_eq!(response.verification_uri, "https://app.example/device");
    assert_eq!(response.verification_uri_complete, None);
    assert!((response.expires_in - 300.0).abs() < f64::EPSILON);
    // RFC 8628 defines this default for servers that omit the field.
    assert!((response.interval - 5.0).abs() < f64::EPSILON);
}

async fn device_everything(case: Case) {
    let case = case.line("POST /user_management/authorize/device");
    let case = case.raw_body(r#"{"client_id":"client_4c0ffee"}"#).response(json!({
        "device_code": "hush-device-1",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://app.example/device",
        "verification_uri_complete": "https://app.example/device?user_code=WDJB-MJHT",
        "expires_in": 299.5,
        "interval": 7.25,
    }));
    let response = case.call(|client| authentication(client).start_device_authorization().send()).await;
    let complete = response.verification_uri_complete.as_deref();
    assert_eq!(complete, Some("https://app.example/device?user_code=WDJB-MJHT"));
    assert!((response.expires_in - 299.5).abs() < f64::EPSILON);
    assert!((response.interval - 7.25).abs() < f64::EPSILON);
}

async fn create_radar_required(case: Case) {
    let case = case.line("POST /user_management/radar_challenges").raw_body(concat!(
        r#"{"user_id":"user_a1","pending_authentication_token":"hush-pending-1","#,
        r#""phone_number":"+12025550199"}"#,
    ));
    let case =
        case.response(json!({"verification_id": "radar_verification_7", "phone_number": "+12025550199"}));
    let call = |client: &Client| {
        let request = authentication(client);
        request.create_radar_challenge(UserId::new("user_a1"), pending(), "+12025550199").send()
    };
    let response = case.call(call).await;
    assert_eq!(response.verification_id.as_str(), "radar_verification_7");
    assert_eq!(response.phone_number, "+12025550199");
}

async fn create_radar_everything(case: Case) {
    let case = case.line("POST /user_management/radar_challenges").body(json!({
        "user_id": "user_a1",
        "pending_authentication_token": "hush-pending-1",
        "phone_number": "+12025550199",
        "ip_address": "203.0.113.9",
        "user_agent": "Browser/7",
    }));
    let case =
        case.response(json!({"verification_id": "radar_verification_7", "phone_number": "+12025550199"}));
    let call = |client: &Client| {
        let request = authentication(client);
        request
            .create_radar_challenge(UserId::new("user_a1"), pending(), "+12025550199")
            .ip_address("203.0.113.9")
            .user_agent("Browser/7")
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let response = case.call(call).await;
    assert_eq!(response.verification_id.as_str(), "radar_verification_7");
    assert_eq!(response.phone_number, "+12025550199");
}

async fn get_radar_required(case: Case) {
    get_radar(case.line("GET /user_management/radar_challenges/radar_challenge_7"), "radar_challenge_7")
        .await;
}

async fn get_radar_everything(case: Case) {
    get_radar(case.line("GET /user_management/radar_challenges/a%2Fb%20%C3%BC"), "a/b ü").await;
}

/// All fields are always present.
async fn get_radar(case: Case, id: &str) {
    let case = case.response(json!({
        "object": "radar_challenge",
        "id": "radar_challenge_7",
        "type": "email",
        "user_id": "user_a1",
        "email": "ada@y.example",
        "expires_at": "2033-04-05T06:07:08Z",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "code": "hush-123456",
    }));
    let id = RadarChallengeId::new(id);
    let response = case.call(|client| authentication(client).get_radar_challenge(id).send()).await;
    assert_eq!(response.id.as_str(), "radar_challenge_7");
    assert_eq!(response.user_id.as_str(), "user_a1");
    assert_eq!(response.email, "ada@y.example");
    assert_eq!(response.expires_at.unix_seconds(), 1_996_294_028);
    assert_eq!(response.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(response.updated_at.unix_seconds(), 1_961_989_567);
    assert_eq!(response.code.expose(), "hush-123456");
}

async fn revoke_required(case: Case) {
    let case = case.line("POST /user_management/sessions/revoke").raw_body(r#"{"session_id":"session_7"}"#);
    case.call(|client| authentication(client).revoke_session(SessionId::new("session_7")).send()).await;
}

async fn revoke_everything(case: Case) {
    let case = case.line("POST /user_management/sessions/revoke").raw_body(r#"{"session_id":"session_7"}"#);
    case.call(|client| authentication(client).revoke_session(SessionId::new("session_7")).send()).await;
}
