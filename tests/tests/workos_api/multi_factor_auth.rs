//! Authentication factors and their challenges.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, cases};
use workos_api::common::UserId;
use workos_api::multi_factor_auth::{
    AuthenticationChallengeId, AuthenticationFactor, AuthenticationFactorEnrolled, AuthenticationFactorId,
    NewAuthenticationFactor, NewTotpFactor, Sms,
};
use workos_api::{Client, ErrorKind};

use crate::case::{Case, IDEMPOTENCY_KEY, call};
use crate::responses::{
    bare_challenge, challenge, check_bare_challenge, check_challenge, check_enrolled, enrolled, factors,
};

cases! {
    "multi_factor_auth.enroll": enroll_required, enroll_everything;
    "multi_factor_auth.get": get_required, get_everything;
    "multi_factor_auth.delete": delete_required, delete_everything;
    "multi_factor_auth.challenge": challenge_required, challenge_everything;
    "multi_factor_auth.challenges.verify": verify_required, verify_everything;
}

fn id() -> AuthenticationFactorId {
    AuthenticationFactorId::new("factor_1")
}

async fn enroll_required(case: Case) {
    let case = case.line("POST /auth/factors/enroll").raw_body(r#"{"type":"generic_otp"}"#);
    let [.., generic, _] = factors();
    let case = case.response(generic);
    let call =
        |client: &Client| client.multi_factor_auth().enroll(NewAuthenticationFactor::GenericOtp).send();
    let AuthenticationFactorEnrolled::GenericOtp(factor) = case.call(call).await else {
        panic!("custom codes")
    };
    assert_eq!(factor.id.as_str(), "factor_3");
}

async fn enroll_everything(case: Case) {
    let case = case.line("POST /auth/factors/enroll").response(enrolled()).raw_body(
        r#"{"type":"totp","totp_issuer":"Nightingale","totp_user":"ada@y.example","user_id":"user_a1"}"#,
    );
    let call = |client: &Client| {
        let factor = NewTotpFactor::new().totp_issuer("Nightingale").totp_user("ada@y.example");
        let request = client.multi_factor_auth().enroll(NewAuthenticationFactor::Totp(factor));
        request.user_id(UserId::new("user_a1")).idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_enrolled(&case.call(call).await);
}

/// Returns the body of an enrollment, and the enrolled factor.
async fn enroll(
    factor: NewAuthenticationFactor,
    canned: &Value,
) -> (String, Result<AuthenticationFactorEnrolled, workos_api::Error>) {
    let send = |client: &Client| client.multi_factor_auth().enroll(factor).send();
    let (response, received) = call(CannedResponse::json(201, canned), send).await;
    (received[0].text().to_owned(), response)
}

#[tokio::test]
async fn phone_can_be_enrolled() {
    let [_, sms, ..] = factors();
    let (body, response) = enroll(NewAuthenticationFactor::Sms(Sms::new("+12025550199")), &sms).await;
    assert_eq!(body, r#"{"type":"sms","phone_number":"+12025550199"}"#);
    let AuthenticationFactorEnrolled::Sms(factor) = response.expect("a factor") else { panic!("a phone") };
    assert_eq!(factor.sms.phone_number, "+12025550199");
}

#[tokio::test]
async fn app_can_be_enrolled_without_params() {
    let (body, response) = enroll(NewAuthenticationFactor::Totp(NewTotpFactor::new()), &enrolled()).await;
    assert_eq!(body, r#"{"type":"totp"}"#);
    check_enrolled(&response.expect("a factor"));
}

/// A newly enrolled factor is useless without its secret.
#[tokio::test]
async fn enrolled_app_without_a_secret_is_a_decode_error() {
    let [totp, ..] = factors();
    let (_, response) = enroll(NewAuthenticationFactor::Totp(NewTotpFactor::new()), &totp).await;
    let error = response.expect_err("no secret");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("totp.secret"), "{error}");
}

async fn get_required(case: Case) {
    let [mut totp, ..] = factors();
    totp.as_object_mut().expect("an object").remove("user_id");
    let case = case.line("GET /auth/factors/factor_1").response(totp);
    let response = case.call(|client| client.multi_factor_auth().get(id()).send()).await;
    let AuthenticationFactor::Totp(factor) = response else { panic!("an authenticator app") };
    assert_eq!(factor.user_id, None);
    assert_eq!((factor.totp.issuer.as_str(), factor.totp.user.as_str()), ("Nightingale", "ada@y.example"));
}

async fn get_everything(case: Case) {
    let [totp, ..] = factors();
    let case = case.line("GET /auth/factors/factor_1").response(totp);
    let response = case.call(|client| client.multi_factor_auth().get(id()).send()).await;
    let AuthenticationFactor::Totp(factor) = response else { panic!("an authenticator app") };
    assert_eq!(factor.id, id());
    assert_eq!(factor.user_id.as_ref().map(UserId::as_str), Some("user_a1"));
    assert_eq!(factor.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(factor.updated_at.unix_seconds(), 1_961_989_567);
}

async fn delete_required(case: Case) {
    case.line("DELETE /auth/factors/factor_1")
        .call(|client| client.multi_factor_auth().delete(id()).send())
        .await;
}

/// The vendor documents both statuses.
async fn delete_everything(case: Case) {
    case.line("DELETE /auth/factors/factor_1")
        .status(204)
        .call(|client| client.multi_factor_auth().delete(id()).send())
        .await;
}

async fn challenge_required(case: Case) {
    let case = case.line("POST /auth/factors/factor_1/challenge").raw_body("{}").response(bare_challenge());
    check_bare_challenge(&case.call(|client| client.multi_factor_auth().challenge(id()).send()).await);
}

async fn challenge_everything(case: Case) {
    let case = case.line("POST /auth/factors/factor_1/challenge").response(challenge());
    let case = case.raw_body(r#"{"sms_template":"Your code: {{code}}\n"}"#);
    let call = |client: &Client| {
        let request = client.multi_factor_auth().challenge(id());
        request.sms_template("Your code: {{code}}\n").idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_challenge(&case.call(call).await);
}

async fn verify_required(case: Case) {
    let case = case.line("POST /auth/challenges/challenge_7/verify").raw_body(r#"{"code":"hush-123456"}"#);
    let case = case.response(json!({"challenge": bare_challenge(), "valid": false}));
    let response = case.call(verify).await;
    assert!(!response.valid);
    check_bare_challenge(&response.challenge);
}

async fn verify_everything(case: Case) {
    let case = case.line("POST /auth/challenges/challenge_7/verify").raw_body(r#"{"code":"hush-123456"}"#);
    let case = case.response(json!({"challenge": challenge(), "valid": true}));
    let response = case.call(verify).await;
    assert!(response.valid);
    check_challenge(&response.challenge);
}

fn verify(
    client: &Client,
) -> workos_api::runtime::Call<workos_api::multi_factor_auth::challenges::VerifyResponse> {
    let challenges = client.multi_factor_auth().challenges();
    challenges.verify(AuthenticationChallengeId::new("challenge_7"), "hush-123456").send()
}
