//! The eleven ways to finish a sign-in. The requests differ in their grant type.
//!
//! The API key is sent in the body, never in a header.

use serde_json::json;
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::OrganizationId;
use workos_api::multi_factor_auth::AuthenticationChallengeId;
use workos_api::user_management::authentication::{
    Authentication, EmailCompletionToken, PendingAuthenticationToken, RadarAttemptId, RadarChallengeId,
    RadarSmsVerification, RadarVerificationId,
};

use crate::case::{API_KEY, CLIENT_ID, Case};
use crate::responses::{bare_sign_in, check_bare_sign_in, check_sign_in, sign_in};

cases! {
    "user_management.authentication.authenticate_with_password":
        password_required, password_everything;
    "user_management.authentication.authenticate_with_code":
        code_required, code_everything;
    "user_management.authentication.authenticate_with_refresh_token":
        refresh_token_required, refresh_token_everything;
    "user_management.authentication.authenticate_with_magic_auth":
        magic_auth_required, magic_auth_everything;
    "user_management.authentication.authenticate_with_email_verification":
        email_verification_required, email_verification_everything;
    "user_management.authentication.authenticate_with_email_completion":
        email_completion_required, email_completion_everything;
    "user_management.authentication.authenticate_with_totp":
        totp_required, totp_everything;
    "user_management.authentication.authenticate_with_organization_selection":
        organization_selection_required, organization_selection_everything;
    "user_management.authentication.authenticate_with_device_code":
        device_code_required, device_code_everything;
    "user_management.authentication.authenticate_with_radar_email_challenge":
        radar_email_challenge_required, radar_email_challenge_everything;
    "user_management.authentication.authenticate_with_radar_sms_challenge":
        radar_sms_challenge_required, radar_sms_challenge_everything;
}

const LINE: &str = "POST /user_management/authenticate";

fn authentication(client: &Client) -> Authentication<'_> {
    client.user_management().authentication()
}

fn pending() -> PendingAuthenticationToken {
    PendingAuthenticationToken::new("hush-pending-1")
}

async fn password_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"password","email":"ada@y.example","password":"hush +/%"}"#,
    ));
    let response = case
        .call(|client| authentication(client).authenticate_with_password("ada@y.example", "hush +/%").send())
        .await;
    check_bare_sign_in(&response);
}

async fn password_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "password",
        "email": "ada@y.example",
        "password": "hush +/%",
        "invitation_token": "hush-invite-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
        "signals_id": "signals-7",
        "radar_auth_attempt_id": "radar_attempt_7",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_password("ada@y.example", "hush +/%");
        request
            .invitation_token("hush-invite-1")
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7 \"X\"")
            .signals_id("signals-7")
            .radar_auth_attempt_id(RadarAttemptId::new("radar_attempt_7"))
            .send()
    };
    check_sign_in(&case.call(call).await);
}

async fn code_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"authorization_code","code":"hush-code-1"}"#,
    ));
    let response =
        case.call(|client| authentication(client).authenticate_with_code("hush-code-1").send()).await;
    check_bare_sign_in(&response);
}

async fn code_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "authorization_code",
        "code": "hush-code-1",
        "code_verifier": "hush-verifier-1",
        "invitation_token": "hush-invite-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
        "signals_id": "signals-7",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_code("hush-code-1");
        request
            .code_verifier("hush-verifier-1")
            .invitation_token("hush-invite-1")
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7 \"X\"")
            .signals_id("signals-7")
            .send()
    };
    check_sign_in(&case.call(call).await);
}

async fn refresh_token_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"refresh_token","refresh_token":"hush-refresh-0"}"#,
    ));
    let response = case
        .call(|client| authentication(client).authenticate_with_refresh_token("hush-refresh-0").send())
        .await;
    check_bare_sign_in(&response);
}

async fn refresh_token_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "refresh_token",
        "refresh_token": "hush-refresh-0",
        "organization_id": "org_a1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_refresh_token("hush-refresh-0");
        request
            .organization_id(OrganizationId::new("org_a1"))
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7 \"X\"")
            .send()
    };
    check_sign_in(&case.call(call).await);
}

async fn magic_auth_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:magic-auth:code","code":"123456""#,
        r#","email":"ada@y.example"}"#,
    ));
    let response = case
        .call(|client| authentication(client).authenticate_with_magic_auth("123456", "ada@y.example").send())
        .await;
    check_bare_sign_in(&response);
}

#[allow(deprecated)]
async fn magic_auth_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:magic-auth:code",
        "code": "123456",
        "email": "ada@y.example",
        "link_authorization_code": "hush-link-1",
        "invitation_token": "hush-invite-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
        "signals_id": "signals-7",
        "radar_auth_attempt_id": "radar_attempt_7",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_magic_auth("123456", "ada@y.example");
        request
            .link_authorization_code("hush-link-1")
            .invitation_token("hush-invite-1")
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7 \"X\"")
            .signals_id("signals-7")
            .radar_auth_attempt_id(RadarAttemptId::new("radar_attempt_7"))
            .send()
    };
    check_sign_in(&case.call(call).await);
}

async fn email_completion_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:email-completion""#,
        r#","email_completion_token":"hush-completion-1","email":"ada@y.example"}"#,
    ));
    let call = |client: &Client| {
        let token = EmailCompletionToken::new("hush-completion-1");
        authentication(client).authenticate_with_email_completion(token, "ada@y.example").send()
    };
    check_bare_sign_in(&case.call(call).await);
}

async fn email_completion_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:email-completion",
        "email_completion_token": "hush-completion-1",
        "email": "ada@y.example",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7",
        "signals_id": "signals-7",
    }));
    let call = |client: &Client| {
        let token = EmailCompletionToken::new("hush-completion-1");
        let request = authentication(client).authenticate_with_email_completion(token, "ada@y.example");
        request
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7")
            .signals_id("signals-7")
            .send()
    };
    check_sign_in(&case.call(call).await);
}

async fn email_verification_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:email-verification:code""#,
        r#","pending_authentication_token":"hush-pending-1","code":"123456"}"#,
    ));
    let response = case
        .call(|client| {
            authentication(client).authenticate_with_email_verification(pending(), "123456").send()
        })
        .await;
    check_bare_sign_in(&response);
}

async fn email_verification_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:email-verification:code",
        "code": "123456",
        "pending_authentication_token": "hush-pending-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_email_verification(pending(), "123456");
        request.ip_address("203.0.113.9").device_id("device-7").user_agent("Browser/7 \"X\"").send()
    };
    check_sign_in(&case.call(call).await);
}

async fn totp_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:mfa-totp""#,
        r#","pending_authentication_token":"hush-pending-1","code":"123456""#,
        r#","authentication_challenge_id":"challenge_7"}"#,
    ));
    let response = case
        .call(|client| {
            authentication(client)
                .authenticate_with_totp(pending(), "123456", AuthenticationChallengeId::new("challenge_7"))
                .send()
        })
        .await;
    check_bare_sign_in(&response);
}

async fn totp_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:mfa-totp",
        "code": "123456",
        "pending_authentication_token": "hush-pending-1",
        "authentication_challenge_id": "challenge_7",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_totp(
            pending(),
            "123456",
            AuthenticationChallengeId::new("challenge_7"),
        );
        request.ip_address("203.0.113.9").device_id("device-7").user_agent("Browser/7 \"X\"").send()
    };
    check_sign_in(&case.call(call).await);
}

async fn organization_selection_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:organization-selection""#,
        r#","pending_authentication_token":"hush-pending-1","organization_id":"org_a1"}"#,
    ));
    let response = case
        .call(|client| {
            authentication(client)
                .authenticate_with_organization_selection(pending(), OrganizationId::new("org_a1"))
                .send()
        })
        .await;
    check_bare_sign_in(&response);
}

async fn organization_selection_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:organization-selection",
        "pending_authentication_token": "hush-pending-1",
        "organization_id": "org_a1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client)
            .authenticate_with_organization_selection(pending(), OrganizationId::new("org_a1"));
        request.ip_address("203.0.113.9").device_id("device-7").user_agent("Browser/7 \"X\"").send()
    };
    check_sign_in(&case.call(call).await);
}

async fn device_code_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee""#,
        r#","grant_type":"urn:ietf:params:oauth:grant-type:device_code""#,
        r#","device_code":"hush-device-1"}"#,
    ));
    let response = case
        .call(|client| authentication(client).authenticate_with_device_code("hush-device-1").send())
        .await;
    check_bare_sign_in(&response);
}

async fn device_code_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": "hush-device-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_device_code("hush-device-1");
        request.ip_address("203.0.113.9").device_id("device-7").user_agent("Browser/7 \"X\"").send()
    };
    check_sign_in(&case.call(call).await);
}

async fn radar_email_challenge_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:radar-email-challenge:code""#,
        r#","pending_authentication_token":"hush-pending-1","code":"123456""#,
        r#","radar_challenge_id":"radar_challenge_7"}"#,
    ));
    let response = case
        .call(|client| {
            authentication(client)
                .authenticate_with_radar_email_challenge(
                    pending(),
                    "123456",
                    RadarChallengeId::new("radar_challenge_7"),
                )
                .send()
        })
        .await;
    check_bare_sign_in(&response);
}

async fn radar_email_challenge_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:radar-email-challenge:code",
        "code": "123456",
        "radar_challenge_id": "radar_challenge_7",
        "pending_authentication_token": "hush-pending-1",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_radar_email_challenge(
            pending(),
            "123456",
            RadarChallengeId::new("radar_challenge_7"),
        );
        request.ip_address("203.0.113.9").device_id("device-7").user_agent("Browser/7 \"X\"").send()
    };
    check_sign_in(&case.call(call).await);
}

async fn radar_sms_challenge_required(case: Case) {
    let case = case.line(LINE).response(bare_sign_in());
    let case = case.raw_body(concat!(
        r#"{"client_id":"client_4c0ffee","client_secret":"sk_test_Zq7~hush/+=""#,
        r#","grant_type":"urn:workos:oauth:grant-type:radar-sms-challenge:code""#,
        r#","pending_authentication_token":"hush-pending-1","code":"123456"}"#,
    ));
    let response = case
        .call(|client| {
            authentication(client).authenticate_with_radar_sms_challenge(pending(), "123456").send()
        })
        .await;
    check_bare_sign_in(&response);
}

async fn radar_sms_challenge_everything(case: Case) {
    let case = case.line(LINE).response(sign_in()).body(json!({
        "client_id": CLIENT_ID,
        "client_secret": API_KEY,
        "grant_type": "urn:workos:oauth:grant-type:radar-sms-challenge:code",
        "code": "123456",
        "pending_authentication_token": "hush-pending-1",
        "verification_id": "radar_verification_7",
        "phone_number": "+12025550199",
        "ip_address": "203.0.113.9",
        "device_id": "device-7",
        "user_agent": "Browser/7 \"X\"",
    }));
    let call = |client: &Client| {
        let request = authentication(client).authenticate_with_radar_sms_challenge(pending(), "123456");
        request
            .verification(RadarSmsVerification::new(
                RadarVerificationId::new("radar_verification_7"),
                "+12025550199",
            ))
            .ip_address("203.0.113.9")
            .device_id("device-7")
            .user_agent("Browser/7 \"X\"")
            .send()
    };
    check_sign_in(&case.call(call).await);
}
