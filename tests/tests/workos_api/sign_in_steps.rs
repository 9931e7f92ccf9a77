//! Additional steps of a sign-in, and the calls that continue with them.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, Received};
use workos_api::user_management::authentication::{
    FactorType, PendingAuthenticationToken, SignInFactor, SignInStep, SignInUser,
};
use workos_api::{Client, Error, ErrorKind};

use crate::case::call;
use crate::responses::{bare_challenge, bare_sign_in, challenge, check_bare_sign_in, enrolled};

/// Returns the error of a sign-in with this response.
async fn error_of(status: u16, body: &Value) -> Error {
    let send = |client: &Client| {
        client.user_management().authentication().authenticate_with_code("hush-code-1").send()
    };
    let (response, _) = call(CannedResponse::json(status, body), send).await;
    response.expect_err("an error")
}

/// Returns the sign-in step of a response.
async fn step_of(body: Value) -> SignInStep {
    let error = error_of(403, &body).await;
    error.body_as().expect("a step")
}

/// Returns an error body with the keys that all steps share, and these.
fn body(code: &str, more: &Value) -> Value {
    let mut body =
        json!({"code": code, "message": "Not yet.", "pending_authentication_token": "hush-pending-1"});
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    body
}

fn user() -> Value {
    json!({
        "object": "user",
        "id": "user_a1",
        "email": "ada@y.example",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "profile_picture_url": "https://img.example/ada.png",
        "email_verified": false,
        "created_at": "2031-02-03T04:05:06Z",
    })
}

fn check_user(user: Option<&SignInUser>) {
    let user = user.expect("a user");
    assert_eq!((user.id.as_str(), user.email.as_str()), ("user_a1", "ada@y.example"));
    assert_eq!((user.first_name.as_deref(), user.last_name.as_deref()), (Some("Ada"), Some("Lovelace")));
    assert_eq!(user.profile_picture_url.as_deref(), Some("https://img.example/ada.png"));
    assert_eq!(user.additional_fields.len(), 2);
    assert_eq!(user.additional_fields["email_verified"], false);
    assert_eq!(user.additional_fields["created_at"], "2031-02-03T04:05:06Z");
}

fn check_token(token: &PendingAuthenticationToken) {
    assert_eq!(token.expose(), "hush-pending-1");
}

/// Checks the token of a step in which the token is optional.
fn check_some_token(token: Option<&PendingAuthenticationToken>) {
    check_token(token.expect("a token"));
}

#[tokio::test]
async fn email_verification_step_is_decoded() {
    let more = json!({"email": "ada@y.example", "email_verification_id": "email_verification_7"});
    let step = step_of(body("email_verification_required", &more)).await;
    let SignInStep::EmailVerificationRequired(step) = step else { panic!("{step:?}") };
    check_token(&step.pending_authentication_token);
    assert_eq!(step.email.as_deref(), Some("ada@y.example"));
    assert_eq!(step.email_verification_id.as_ref().map(|id| id.as_str()), Some("email_verification_7"));
}

#[tokio::test]
async fn email_completion_step_is_decoded() {
    let step = step_of(json!({
        "code": "email_completion_required",
        "message": "An email address is required.",
        "email_completion_token": "hush-completion-1",
    }))
    .await;
    let SignInStep::EmailCompletionRequired(step) = step else { panic!("{step:?}") };
    assert_eq!(step.email_completion_token.expose(), "hush-completion-1");
    assert!(!format!("{step:?}").contains("hush"));
}

/// The vendor documents such bodies. Without a token no call can continue the sign-in, and the error code identifies
/// the step.
#[tokio::test]
async fn body_without_the_required_token_is_not_a_step() {
    for code in
        ["email_verification_required", "mfa_enrollment", "mfa_challenge", "organization_selection_required"]
    {
        let error = error_of(403, &json!({"code": code, "message": "Not yet."})).await;
        assert!(error.body_as::<SignInStep>().is_none(), "{code}");
        assert_eq!(error.code(), Some(code));
    }
}

#[tokio::test]
async fn mfa_enrollment_step_is_decoded() {
    let step = step_of(body("mfa_enrollment", &json!({"user": user()}))).await;
    let SignInStep::MfaEnrollment(step) = step else { panic!("{step:?}") };
    check_token(&step.pending_authentication_token);
    check_user(step.user.as_ref());
}

#[tokio::test]
async fn mfa_challenge_step_is_decoded() {
    let factors = json!([{"id": "factor_1", "type": "totp"}, {"id": "factor_2", "type": "smell"}]);
    let step =
        step_of(body("mfa_challenge", &json!({"user": user(), "authentication_factors": factors}))).await;
    let SignInStep::MfaChallenge(step) = step else { panic!("{step:?}") };
    check_token(&step.pending_authentication_token);
    check_user(step.user.as_ref());
    let [totp, unknown] = step.authentication_factors.as_slice() else { panic!("two factors") };
    assert_eq!((totp.id.as_str(), &totp.r#type), ("factor_1", &FactorType::Totp));
    assert!(matches!(unknown, SignInFactor { r#type: FactorType::Unknown(_), .. }));
    assert_eq!(unknown.r#type.as_str(), "smell");
}

#[tokio::test]
async fn organization_selection_step_is_decoded() {
    let organizations = json!([{"id": "org_1", "name": "One"}, {"id": "org_2", "name": "Two"}]);
    let more = json!({"user": user(), "organizations": organizations});
    let step = step_of(body("organization_selection_required", &more)).await;
    let SignInStep::OrganizationSelectionRequired(step) = step else { panic!("{step:?}") };
    check_token(&step.pending_authentication_token);
    check_user(step.user.as_ref());
    let pairs = step.organizations.iter().map(|one| (one.id.as_str(), one.name.as_str()));
    assert_eq!(pairs.collect::<Vec<_>>(), [("org_1", "One"), ("org_2", "Two")]);
}

/// The code of this step is in `error`.
#[tokio::test]
async fn sso_required_step_is_decoded() {
    let body = json!({
        "error": "sso_required",
        "error_description": "Sign in elsewhere.",
        "email": "ada@y.example",
        "connection_ids": ["conn_1", "conn_2"],
        "pending_authentication_token": "hush-pending-1",
    });
    let error = error_of(400, &body).await;
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message()), (Some("sso_required"), Some("Sign in elsewhere.")));
    let Some(SignInStep::SsoRequired(step)) = error.body_as() else { panic!("{error:?}") };
    check_some_token(step.pending_authentication_token.as_ref());
    assert_eq!(step.email.as_deref(), Some("ada@y.example"));
    assert_eq!(step.connection_ids.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["conn_1", "conn_2"]);
}

/// The code of this step is in `error` too.
#[tokio::test]
async fn authentication_methods_step_is_decoded() {
    let step = step_of(json!({
        "error": "organization_authentication_methods_required",
        "error_description": "Sign in another way.",
        "email": "ada@y.example",
        "sso_connection_ids": ["conn_1"],
        "auth_methods": {"apple_oauth": false, "password": true},
    }))
    .await;
    let SignInStep::OrganizationAuthenticationMethodsRequired(step) = step else { panic!("unexpected step") };
    assert_eq!(step.pending_authentication_token, None);
    assert_eq!(step.email.as_deref(), Some("ada@y.example"));
    assert_eq!(step.sso_connection_ids.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["conn_1"]);
    let methods = step.auth_methods.iter().map(|(name, allowed)| (name.as_str(), *allowed));
    assert_eq!(methods.collect::<Vec<_>>(), [("apple_oauth", false), ("password", true)]);
}

#[tokio::test]
async fn passkey_enrollment_step_is_decoded() {
    let step = step_of(body("passkey_progressive_enrollment", &json!({}))).await;
    let SignInStep::PasskeyProgressiveEnrollment(step) = step else { panic!("{step:?}") };
    check_some_token(step.pending_authentication_token.as_ref());
}

/// The codes of Radar, which all lead to the same step.
const RADAR: [&str; 5] = [
    "radar_challenge",
    "radar_sign_up_challenge",
    "radar_sms_sign_in_challenge",
    "radar_email_challenge",
    "radar_sms_challenge",
];

#[tokio::test]
async fn radar_challenge_step_is_decoded() {
    for code in RADAR {
        let more = json!({"radar_challenge_id": "radar_challenge_7", "user": user()});
        let step = step_of(body(code, &more)).await;
        let step = match step {
            SignInStep::RadarChallenge(step) if code == "radar_challenge" => step,
            SignInStep::RadarSignUpChallenge(step) if code == "radar_sign_up_challenge" => step,
            SignInStep::RadarSmsSignInChallenge(step) if code == "radar_sms_sign_in_challenge" => step,
            SignInStep::RadarEmailChallenge(step) if code == "radar_email_challenge" => step,
            SignInStep::RadarSmsChallenge(step) if code == "radar_sms_challenge" => step,
            other => panic!("{other:?}"),
        };
        check_some_token(step.pending_authentication_token.as_ref());
        assert_eq!(step.radar_challenge_id.as_ref().map(|id| id.as_str()), Some("radar_challenge_7"));
        check_user(step.user.as_ref());
    }
}

/// The steps that require the token.
const GOES_ON: [&str; 4] =
    ["email_verification_required", "mfa_enrollment", "mfa_challenge", "organization_selection_required"];

/// A body with only the code, for steps after which the sign-in can start again.
#[tokio::test]
async fn step_with_only_a_code_is_decoded() {
    let others =
        ["sso_required", "organization_authentication_methods_required", "passkey_progressive_enrollment"];
    for code in others.into_iter().chain(RADAR) {
        let step = step_of(json!({"code": code, "message": "Not yet."})).await;
        let mut written = serde_json::to_value(&step).expect("JSON");
        // Lists and maps are empty then.
        written
            .as_object_mut()
            .expect("an object")
            .retain(|_, value| *value != json!([]) && *value != json!({}));
        assert_eq!(written, json!({"code": code}));
    }
}

/// The next call requires only the token, so the step requires nothing else.
#[tokio::test]
async fn step_with_only_a_token_is_decoded() {
    for code in GOES_ON {
        for more in [json!({}), json!({"user": null, "email": null})] {
            let (token, is_said) = match step_of(body(code, &more)).await {
                SignInStep::EmailVerificationRequired(step) => {
                    (step.pending_authentication_token, step.email.is_some())
                }
                SignInStep::MfaEnrollment(step) => (step.pending_authentication_token, step.user.is_some()),
                SignInStep::MfaChallenge(step) => {
                    assert!(step.authentication_factors.is_empty());
                    (step.pending_authentication_token, step.user.is_some())
                }
                SignInStep::OrganizationSelectionRequired(step) => {
                    assert!(step.organizations.is_empty());
                    (step.pending_authentication_token, step.user.is_some())
                }
                other => panic!("{other:?}"),
            };
            check_token(&token);
            assert!(!is_said, "{code}");
        }
    }
}

/// Without the token there is no next call, so the error is not a step. The API error remains available.
#[tokio::test]
async fn step_without_its_token_is_not_decoded() {
    for code in GOES_ON {
        for token in [json!({}), json!({"pending_authentication_token": null})] {
            let more = json!({
                "user": user(),
                "email": "ada@y.example",
                "authentication_factors": [{"id": "factor_1", "type": "totp"}],
                "organizations": [{"id": "org_1", "name": "One"}],
            });
            let mut body = body(code, &more);
            let fields = body.as_object_mut().expect("an object");
            fields.remove("pending_authentication_token");
            fields.extend(token.as_object().expect("an object").clone());
            let error = error_of(403, &body).await;
            assert_eq!(error.body_as::<SignInStep>(), None, "{body}");
            assert_eq!(error.kind(), ErrorKind::Api);
            assert_eq!(error.api_error().and_then(|api| api.code()), Some(code));
        }
    }
}

/// If a step cannot be decoded, only the error code is available.
#[tokio::test]
async fn invalid_step_is_not_decoded() {
    for code in GOES_ON {
        let error = error_of(403, &body(code, &json!({"user": 7, "email": 7}))).await;
        assert_eq!(error.body_as::<SignInStep>(), None);
        assert_eq!(error.api_error().and_then(|api| api.code()), Some(code));
    }
}

/// Errors that are not steps, including unknown ones.
#[tokio::test]
async fn other_errors_are_not_steps() {
    for body in [
        json!({"code": "invalid_credentials", "message": "No."}),
        json!({"error": "invalid_grant", "error_description": "No."}),
        json!({"code": "retina_scan_required", "pending_authentication_token": "hush-pending-1"}),
        json!({"message": "mfa_challenge"}),
        json!({"code": null, "error": null}),
        json!({"code": 7}),
        // `code` takes precedence over `error`, as in `code()`.
        json!({"code": "invalid_credentials", "error": "passkey_progressive_enrollment"}),
    ] {
        let error = error_of(400, &body).await;
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.body_as::<SignInStep>(), None, "{body}");
        assert_eq!(error.body().expect("a body").as_ref(), body.to_string().as_bytes());
    }
}

#[tokio::test]
async fn null_code_falls_back_to_the_error() {
    let step = step_of(json!({"code": null, "error": "passkey_progressive_enrollment"})).await;
    assert!(matches!(step, SignInStep::PasskeyProgressiveEnrollment(_)));
}

/// Makes the next call, which succeeds, and returns the request with the response.
async fn next_call<R>(
    canned: Value,
    send: impl FnOnce(&Client) -> workos_api::runtime::Call<R>,
) -> (R, Received) {
    let (response, mut received) = call(CannedResponse::json(200, canned), send).await;
    (response.expect("a success"), received.remove(0))
}

fn check_body(received: &Received, expected: Value) {
    let mut body: Value = serde_json::from_str(received.text()).expect("JSON");
    let fields = body.as_object_mut().expect("an object");
    for known in ["client_id", "client_secret", "grant_type"] {
        assert!(fields.remove(known).is_some(), "{known}");
    }
    assert_eq!(body, expected);
}

#[tokio::test]
async fn email_verification_continues_with_the_code() {
    let error = error_of(403, &body("email_verification_required", &json!({"email": "ada@y.example"}))).await;
    let Some(SignInStep::EmailVerificationRequired(step)) = error.body_as() else { panic!("{error:?}") };
    let token = step.pending_authentication_token;
    let (response, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        authentication.authenticate_with_email_verification(token, "hush-123456").send()
    })
    .await;
    check_bare_sign_in(&response);
    check_body(&received, json!({"code": "hush-123456", "pending_authentication_token": "hush-pending-1"}));
}

#[tokio::test]
async fn mfa_challenge_continues_with_a_totp() {
    let factors = json!([{"id": "factor_1", "type": "totp"}]);
    let more = json!({"user": user(), "authentication_factors": factors});
    let SignInStep::MfaChallenge(step) = step_of(body("mfa_challenge", &more)).await else {
        panic!("a factor")
    };
    let factor = &step.authentication_factors[0];
    let (challenge, received) =
        next_call(challenge(), |client| client.multi_factor_auth().challenge(&factor.id).send()).await;
    assert_eq!(received.line(), "POST /auth/factors/factor_1/challenge");
    let token = &step.pending_authentication_token;
    let (_, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        authentication.authenticate_with_totp(token, "hush-123456", &challenge.id).send()
    })
    .await;
    let expected = json!({
        "code": "hush-123456",
        "pending_authentication_token": "hush-pending-1",
        "authentication_challenge_id": "challenge_7",
    });
    check_body(&received, expected);
}

#[tokio::test]
async fn mfa_enrollment_continues_with_the_new_factor() {
    let step = step_of(body("mfa_enrollment", &json!({"user": user()}))).await;
    let SignInStep::MfaEnrollment(step) = step else { panic!("{step:?}") };
    let canned = json!({"authentication_factor": enrolled(), "authentication_challenge": bare_challenge()});
    let user = step.user.expect("a user");
    let (enrolled, received) =
        next_call(canned, |client| client.user_management().users().auth_factors().enroll(user.id).send())
            .await;
    assert_eq!(received.line(), "POST /user_management/users/user_a1/auth_factors");
    let token = step.pending_authentication_token;
    let challenge = enrolled.authentication_challenge;
    let (_, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        authentication.authenticate_with_totp(token, "hush-123456", challenge.id).send()
    })
    .await;
    let expected = json!({
        "code": "hush-123456",
        "pending_authentication_token": "hush-pending-1",
        "authentication_challenge_id": "challenge_8",
    });
    check_body(&received, expected);
}

#[tokio::test]
async fn organization_selection_continues_with_an_organization() {
    let more = json!({"user": user(), "organizations": [{"id": "org_1", "name": "One"}]});
    let step = step_of(body("organization_selection_required", &more)).await;
    let SignInStep::OrganizationSelectionRequired(step) = step else { panic!("{step:?}") };
    let token = step.pending_authentication_token;
    let (_, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        authentication.authenticate_with_organization_selection(token, &step.organizations[0].id).send()
    })
    .await;
    check_body(
        &received,
        json!({"pending_authentication_token": "hush-pending-1", "organization_id": "org_1"}),
    );
}

#[tokio::test]
async fn radar_challenge_continues_with_an_email_code() {
    let step = step_of(body("radar_challenge", &json!({"radar_challenge_id": "radar_challenge_7"}))).await;
    let SignInStep::RadarChallenge(step) = step else { panic!("{step:?}") };
    let token = step.pending_authentication_token.expect("a token");
    let id = step.radar_challenge_id.expect("an id");
    let (_, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        authentication.authenticate_with_radar_email_challenge(token, "hush-123456", id).send()
    })
    .await;
    let expected = json!({
        "code": "hush-123456",
        "radar_challenge_id": "radar_challenge_7",
        "pending_authentication_token": "hush-pending-1",
    });
    check_body(&received, expected);
}

#[tokio::test]
async fn radar_challenge_continues_with_an_sms_code() {
    let step = step_of(body("radar_sign_up_challenge", &json!({"user": user()}))).await;
    let SignInStep::RadarSignUpChallenge(step) = step else { panic!("{step:?}") };
    let (token, user) = (step.pending_authentication_token.expect("a token"), step.user.expect("a user"));
    let canned = json!({"verification_id": "radar_verification_7", "phone_number": "+12025550199"});
    let (verification, received) = next_call(canned, |client| {
        let authentication = client.user_management().authentication();
        authentication.create_radar_challenge(&user.id, &token, "+12025550199").send()
    })
    .await;
    assert_eq!(received.line(), "POST /user_management/radar_challenges");
    let (_, received) = next_call(bare_sign_in(), |client| {
        let authentication = client.user_management().authentication();
        let request = authentication.authenticate_with_radar_sms_challenge(token, "hush-123456");
        request.verification(verification).send()
    })
    .await;
    let expected = json!({
        "code": "hush-123456",
        "pending_authentication_token": "hush-pending-1",
        "verification_id": "radar_verification_7",
        "phone_number": "+12025550199",
    });
    check_body(&received, expected);
}
