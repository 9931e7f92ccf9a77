//! Secrets are sent to the server and never printed.

use std::error::Error as _;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, Memory, bounded};
use workos_api::common::{OrganizationId, UserId};
use workos_api::multi_factor_auth::{
    AuthenticationChallenge, AuthenticationChallengeId, AuthenticationFactor, AuthenticationFactorEnrolled,
    NewAuthenticationFactor, challenges,
};
use workos_api::organizations::api_keys::{ApiKeyOwner, ApiKeyWithValue};
use workos_api::runtime::{Call, Endpoint, ErrorBody, RequestContext};
use workos_api::sso::params::GetProfileParams;
use workos_api::user_management::authentication::params::AuthenticateWithPasswordParams;
use workos_api::user_management::authentication::{
    AuthenticateResponse, Authentication, AuthorizationProvider, AuthorizationSelector, DeviceAuthorization,
    PendingAuthenticationToken, RadarChallenge, RadarChallengeId, SignInStep,
};
use workos_api::user_management::invitations::Invitation;
use workos_api::user_management::invitations::params::FindByTokenParams;
use workos_api::user_management::magic_auth::MagicAuthCode;
use workos_api::user_management::organization_memberships::MembershipRole;
use workos_api::user_management::users::params::ConfirmPasswordResetParams;
use workos_api::user_management::users::{
    EmailVerification, Password, PasswordHash, PasswordHashType, PasswordReset, auth_factors,
};
use workos_api::{Client, Error, ErrorKind};

use crate::case::{API_KEY, BASE_URL, CLIENT_ID, call, client_of};
use crate::responses::{challenge, enrolled, sign_in};

/// Part of every secret in this file.
const HUSH: &str = "hush";

/// Checks that no secret appears in `Debug` output.
fn check_hidden(shown: &impl Debug) {
    let text = format!("{shown:?}\n{shown:#?}");
    for secret in [API_KEY, HUSH] {
        assert!(!text.contains(secret), "{secret} appears in {text}");
    }
}

fn user_id() -> UserId {
    UserId::new("user_a1")
}

fn client() -> Client {
    client_of("http://127.0.0.1:1")
}

fn authentication(client: &Client) -> Authentication<'_> {
    client.user_management().authentication()
}

#[test]
fn client_and_builder_hide_the_api_key() {
    let builder = Client::builder(API_KEY, CLIENT_ID).base_url("https://u:hush@h.example");
    check_hidden(&builder);
    check_hidden(&builder.build().expect_err("a user name in the URL"));
    check_hidden(&Client::builder("hush\n", CLIENT_ID).base_url(BASE_URL).build().expect_err("a line break"));
    let client = client();
    check_hidden(&client);
    check_hidden(&client.user_management());
    check_hidden(&authentication(&client));
    check_hidden(&client.user_management().users().api_keys());
    let context: RequestContext = BASE_URL.parse().expect("a valid URL");
    check_hidden(&context.with("api_key", API_KEY).with("client_id", CLIENT_ID));
}

/// Checks a request builder, then the call that it makes.
macro_rules! check_requests {
    ($($request:expr;)*) => {$({
        let request = $request;
        check_hidden(&request);
        check_hidden(&request.clone().send());
    })*};
}

#[tokio::test]
#[allow(deprecated)]
async fn sign_in_requests_hide_their_credentials() {
    let client = client();
    let challenge = AuthenticationChallengeId::new("challenge_7");
    let radar = RadarChallengeId::new("radar_challenge_7");
    let organization = OrganizationId::new("org_a1");
    let pending = PendingAuthenticationToken::new("hush-1");
    assert_eq!(format!("{pending:?}"), "PendingAuthenticationToken(redacted)");
    assert_eq!(pending.expose(), "hush-1");
    let sign_in = authentication(&client);
    check_requests! {
        sign_in.authenticate_with_password("ada@y.example", "hush-1").invitation_token("hush-2");
        sign_in.authenticate_with_code("hush-1").code_verifier("hush-2").invitation_token("hush-3");
        sign_in.authenticate_with_refresh_token("hush-1");
        sign_in
            .authenticate_with_magic_auth("hush-1", "ada@y.example")
            .link_authorization_code("hush-2")
            .invitation_token("hush-3");
        sign_in.authenticate_with_email_verification(&pending, "hush-2");
        sign_in.authenticate_with_totp(&pending, "hush-2", &challenge);
        sign_in.authenticate_with_organization_selection(&pending, &organization);
        sign_in.authenticate_with_device_code("hush-1");
        sign_in.authenticate_with_radar_email_challenge(&pending, "hush-2", &radar);
        sign_in.authenticate_with_radar_sms_challenge(&pending, "hush-2");
        sign_in.start_device_authorization();
        sign_in.create_radar_challenge(user_id(), &pending, "+12025550199");
        client.user_management().magic_auth().create("ada@y.example").invitation_token("hush-1");
        client.multi_factor_auth().challenges().verify(&challenge, "hush-1");
        client.user_management().users().auth_factors().enroll(user_id()).totp_secret("hush-1");
        client.sso().get_profile("hush-1");
    }
    let selector = AuthorizationSelector::Provider(AuthorizationProvider::AuthKit);
    let url = sign_in.authorization_url(selector, "https://app.example/");
    let url = url.invitation_token("hush-1").state("hush-2");
    check_hidden(&url);
    let url = url.url().expect("a URL").to_string();
    for pair in ["invitation_token=hush-1", "state=hush-2"] {
        assert!(url.contains(pair), "the URL contains the value");
    }
}

fn hash() -> Password {
    Password::Hashed(PasswordHash::new("hush-$2b$", PasswordHashType::Bcrypt))
}

#[tokio::test]
async fn other_requests_hide_their_secrets() {
    let client = client();
    let users = client.user_management().users();
    let providers = client.user_management().data_providers();
    check_requests! {
        users.create("ada@y.example").password(Password::plaintext("hush-1"));
        users.create("ada@y.example").password(hash());
        users.update(user_id()).password(Password::plaintext("hush-1"));
        users.update(user_id()).password(hash());
        users.confirm_email_change(user_id(), "hush-1");
        users.verify_email(user_id(), "hush-1");
        users.confirm_password_reset("hush-1", "hush-2");
        client.user_management().invitations().find_by_token("hush-1");
        providers
            .create_connected_account(user_id(), "github")
            .access_token("hush-1")
            .refresh_token("hush-2");
        providers
            .update_connected_account(user_id(), "github")
            .access_token("hush-1")
            .refresh_token("hush-2");
    }
}

#[test]
fn params_hide_their_secrets() {
    check_hidden(&AuthenticateWithPasswordParams::new("ada@y.example", "hush-1"));
    check_hidden(&GetProfileParams::new("hush-1"));
    check_hidden(&FindByTokenParams::new("hush-1"));
    check_hidden(&ConfirmPasswordResetParams::new("hush-1", "hush-2"));
    check_hidden(&auth_factors::params::EnrollParams::new(user_id()));
    check_hidden(&challenges::params::VerifyParams::new(
        AuthenticationChallengeId::new("challenge_7"),
        "hush-1",
    ));
    check_hidden(&Password::plaintext("hush-1"));
    check_hidden(&hash());
}

/// Secret headers are marked as sensitive, so that a transport does not log them.
#[tokio::test]
async fn authorization_header_is_sensitive() {
    let memory = Memory::responding("{}");
    let builder = Client::builder(API_KEY, CLIENT_ID).base_url(BASE_URL);
    let client = builder.transport(memory.clone()).build().expect("a client");
    check_hidden(
        &bounded(client.sso().get_profile("hush-1").send()).await.expect_err("the response is empty"),
    );
    let call = client.user_management().users().get(user_id()).send();
    check_hidden(&bounded(call).await.expect_err("the response is empty"));
    let sent = memory.sent();
    for request in &sent {
        assert!(request.headers()["authorization"].is_sensitive());
        check_hidden(request);
    }
    assert_eq!(sent[0].headers()["authorization"], "Bearer hush-1");
    let params = GetProfileParams::new("hush-1");
    let request = params.to_request(&BASE_URL.parse().expect("a valid URL"), &()).expect("a request");
    check_hidden(&request);
    assert_eq!(request.headers()["authorization"], "Bearer hush-1");
}

/// Decodes a response, checks its `Debug` output, and checks that the secrets are serialized.
fn check_response<T: DeserializeOwned + Serialize + Debug>(canned: Value, secrets: usize) {
    let model: T = serde_json::from_value(canned).expect("a model");
    check_hidden(&model);
    check_hidden(&Some(vec![&model]));
    let written = serde_json::to_string(&model).expect("JSON");
    assert_eq!(written.matches(HUSH).count(), secrets, "{written}");
}

/// Returns the keys that most responses have, and these.
fn canned(more: &Value) -> Value {
    let mut canned = json!({
        "id": "any_1",
        "user_id": "user_a1",
        "email": "ada@y.example",
        "expires_at": "2033-04-05T06:07:08Z",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    });
    canned.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    canned
}

#[test]
fn responses_hide_their_secrets() {
    check_response::<AuthenticateResponse>(sign_in(), 5);
    check_response::<DeviceAuthorization>(
        json!({
            "device_code": "hush-1",
            "user_code": "A-B",
            "verification_uri": "u",
            "expires_in": 1,
            "interval": 1,
        }),
        1,
    );
    let code = canned(&json!({"code": "hush-1"}));
    check_response::<RadarChallenge>(code.clone(), 1);
    check_response::<MagicAuthCode>(code.clone(), 1);
    check_response::<EmailVerification>(code, 1);
    check_response::<PasswordReset>(
        canned(&json!({
            "password_reset_token": "hush-1",
            "password_reset_url": "https://a.example/?token=hush-2",
        })),
        2,
    );
    check_response::<Invitation>(
        canned(&json!({
            "state": "pending",
            "token": "hush-1",
            "accept_invitation_url": "https://a.example/?token=hush-2",
        })),
        2,
    );
    check_response::<ApiKeyWithValue>(
        canned(&json!({
            "owner": {"type": "user", "id": "user_a1", "organization_id": "org_a1"},
            "name": "CI",
            "obfuscated_value": "sk_...6789",
            "permissions": [],
            "value": "hush-1",
        })),
        1,
    );
    check_response::<AuthenticationFactorEnrolled>(enrolled(), 3);
    check_response::<AuthenticationChallenge>(challenge(), 1);
    let both = json!({"authentication_factor": enrolled(), "authentication_challenge": challenge()});
    check_response::<auth_factors::EnrollResponse>(both, 4);
    check_response::<challenges::VerifyResponse>(json!({"challenge": challenge(), "valid": true}), 1);
}

/// Unknown values can contain secrets, so they are redacted.
#[test]
fn unknown_variants_hide_their_values() {
    let unknown = json!({"type": "hush-1", "hush-2": ["hush-3", {"a": "hush-4"}]});
    check_response::<AuthenticationFactor>(unknown.clone(), 4);
    check_response::<AuthenticationFactorEnrolled>(unknown.clone(), 4);
    check_response::<NewAuthenticationFactor>(unknown.clone(), 4);
    check_response::<ApiKeyOwner>(unknown.clone(), 4);
    check_response::<SignInStep>(unknown.clone(), 4);
    check_response::<Password>(unknown.clone(), 4);
    check_response::<MembershipRole>(unknown.clone(), 4);
    check_response::<AuthorizationSelector>(unknown, 4);
    check_response::<Password>(json!({"password": {"of": "hush-1"}}), 1);
}

/// An unknown password comes from a newer version and is sent unchanged.
#[tokio::test]
async fn unknown_password_is_sent_and_hidden() {
    let password: Password = serde_json::from_value(json!({"password_v2": "hush-1"})).expect("a password");
    let send = |client: &Client| {
        let request = client.user_management().users().update(user_id()).password(password);
        check_hidden(&request);
        request.send()
    };
    let (response, received) = call(CannedResponse::json(400, json!({"message": "No."})), send).await;
    check_error_hides(&response.expect_err("the call fails"));
    assert_eq!(received[0].text(), r#"{"password_v2":"hush-1"}"#);
}

/// Checks the printed forms of an error and all of its sources.
fn check_error_hides(error: &Error) {
    check_hidden(error);
    check_hidden(&error.to_string());
    let mut next = error.source();
    while let Some(source) = next {
        check_hidden(&source);
        check_hidden(&source.to_string());
        next = source.source();
    }
}

/// Returns the error of a password sign-in with this response.
async fn error_of(canned: CannedResponse) -> Error {
    let send = |client: &Client| {
        let request = authentication(client).authenticate_with_password("ada@y.example", "hush-1");
        request.invitation_token("hush-2").send()
    };
    let (response, _) = call(canned, send).await;
    response.expect_err("an error")
}

#[tokio::test]
async fn errors_hide_the_request_and_the_body() {
    let echo = json!({
        "code": "invalid_credentials",
        "message": "No.",
        "errors": [{"field": "password", "value": "hush-1"}],
        "received": {"client_secret": API_KEY, "password": "hush-1"},
    });
    let error = error_of(CannedResponse::json(401, echo)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    check_error_hides(&error);
    check_hidden(error.api_error().expect("an API error"));
    let page = format!("<pre>{API_KEY} hush-3</pre>");
    check_error_hides(&error_of(CannedResponse::html(502, &page)).await);
    check_error_hides(&error_of(CannedResponse::html(200, &page)).await);
    check_error_hides(&error_of(CannedResponse::empty(403)).await);
}

/// Every step contains the token that continues the sign-in.
#[tokio::test]
async fn steps_hide_their_tokens() {
    for code in [
        "email_verification_required",
        "mfa_enrollment",
        "mfa_challenge",
        "organization_selection_required",
        "sso_required",
        "organization_authentication_methods_required",
        "passkey_progressive_enrollment",
        "radar_challenge",
        "radar_sign_up_challenge",
        "radar_sms_sign_in_challenge",
        "radar_email_challenge",
        "radar_sms_challenge",
    ] {
        let body = json!({
            "code": code,
            "pending_authentication_token": "hush-1",
            "email": "ada@y.example",
            "user": {"id": "user_a1", "email": "ada@y.example"},
            "a_secret_of_tomorrow": "hush-2",
        });
        let error = error_of(CannedResponse::json(403, body)).await;
        check_error_hides(&error);
        let step: SignInStep = error.body_as().expect(code);
        assert!(step.is_known());
        check_hidden(&step);
        let written = serde_json::to_string(&step).expect("JSON");
        assert_eq!(written.matches(HUSH).count(), 1, "{written}");
    }
}

/// Covers a secret in place of another value, and another value in place of a secret.
#[tokio::test]
async fn decode_errors_hide_the_values() {
    for (pointer, value) in [
        ("/access_token", json!({"hush-10": "hush-11"})),
        ("/authentication_method", json!(["hush-12"])),
        ("/oauth_tokens/expires_at", json!("hush-13")),
        ("/oauth_tokens/scopes", json!("hush-14")),
        ("/user", json!("hush-15")),
        ("/user/created_at", json!("hush-16")),
        ("/user/metadata/rank", json!(["hush-17"])),
    ] {
        let mut canned = sign_in();
        *canned.pointer_mut(pointer).expect(pointer) = value;
        let error = error_of(CannedResponse::json(200, &canned)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{pointer}");
        check_error_hides(&error);
        let error = serde_json::from_value::<AuthenticateResponse>(canned).expect_err(pointer);
        check_hidden(&error);
        check_hidden(&error.to_string());
    }
}

/// The same for unions, in which a known variant has an invalid payload.
#[test]
fn unions_hide_invalid_payloads() {
    for step in [
        json!({"code": "mfa_challenge", "pending_authentication_token": "hush-1", "user": "hush-2"}),
        json!({"code": "mfa_challenge", "pending_authentication_token": ["hush-1"]}),
        json!({"code": "sso_required", "email": "a", "connection_ids": ["a", {"hush-1": "hush-2"}]}),
        json!("hush-1"),
    ] {
        let error = serde_json::from_value::<SignInStep>(step).expect_err("a decode error");
        check_hidden(&error);
        check_hidden(&error.to_string());
    }
}

/// The token is part of the path, so no error repeats the path.
#[tokio::test]
async fn token_in_a_path_is_hidden() {
    let client = client();
    let find = |token: &str| client.user_management().invitations().find_by_token(token).send();
    let error = bounded(find("hush-1")).await.expect_err("the connection is refused");
    assert_eq!(error.kind(), ErrorKind::Transport);
    check_error_hides(&error);
    let send = |client: &Client| client.user_management().invitations().find_by_token("hush/1").send();
    let (response, received) = call(CannedResponse::json(404, json!({"message": "No."})), send).await;
    check_error_hides(&response.expect_err("the call fails"));
    assert_eq!(received[0].line(), "GET /user_management/invitations/by_token/hush%2F1");
    for token in ["", ".", ".."] {
        assert_eq!(bounded(find(token)).await.expect_err("the call fails").kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn rejections_hide_the_rejected_values() {
    let client = client();
    let errors = [
        bounded(client.sso().get_profile("hush 1").send()).await.expect_err("a space"),
        bounded(client.sso().get_profile("hush\r\nx: y").send()).await.expect_err("a line break"),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        check_error_hides(&error);
    }
}

/// The types of a call and of its response must not print the response either.
#[tokio::test]
async fn completed_call_hides_the_response() {
    let send = |client: &Client| -> Call<AuthenticateResponse> {
        authentication(client).authenticate_with_code("hush-1").send()
    };
    let (response, _) = call(CannedResponse::json(200, sign_in()), send).await;
    check_hidden(&response);
}
