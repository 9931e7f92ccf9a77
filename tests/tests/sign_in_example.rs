//! Runs the example `sign_in`, checks its output, and checks that its server rejects wrong requests.

use std::process::{Command, ExitCode};

#[path = "../examples/sign_in/main.rs"]
mod sign_in;

use sign_in::people::{ADA, APP_CODE};
use sign_in::server::{API_KEY, CLIENT_ID, SECRETS, Server};
use workos_api::multi_factor_auth::AuthenticationChallengeId;
use workos_api::runtime::Pkce;
use workos_api::user_management::authentication::{
    AuthorizationProvider, AuthorizationSelector, CodeChallenge, PendingAuthenticationToken, SignInStep,
};
use workos_api::{Client, Error};

/// The unchanged example. The test below runs it in a separate process, whose output can be read.
#[test]
#[ignore = "run by the other test"]
fn program() -> ExitCode {
    sign_in::main()
}

#[test]
fn example_prints_each_step_and_no_secret() {
    let output = Command::new(std::env::current_exe().expect("failed to find this executable"))
        .args(["--exact", "program", "--ignored", "--nocapture", "--quiet"])
        .output()
        .expect("failed to run the example");
    let printed = String::from_utf8(output.stdout).expect("text");
    let complained = String::from_utf8(output.stderr).expect("text");
    assert!(output.status.success(), "{printed}{complained}");

    let lines: Vec<_> = printed.lines().collect();
    let start = lines.iter().position(|line| *line == EXPECTED[0]).expect("the output starts on a new line");
    assert_eq!(lines.get(start..start + EXPECTED.len()), Some(EXPECTED.as_slice()), "{printed}");
    for secret in SECRETS {
        assert!(!printed.contains(secret) && !complained.contains(secret), "`{secret}` is printed");
    }
}

const TOKENS: &str = "  access token: Secret(redacted), refresh token: Secret(redacted)";

const REFUSAL: &str = "  user_management.authentication.authenticate_with_password: the server responded with 401 Unauthorized: \
                       invalid_credentials: The server does not accept this email and password.";

const EXPECTED: [&str; 29] = [
    "Ada signs in on the pages of AuthKit.",
    "  the browser goes to /user_management/authorize, with a state and a challenge",
    "  the browser returns with a code",
    "  user_01ada is signed in for org_01acme",
    TOKENS,
    "Ada refreshes her expired access token.",
    "  user_01ada is signed in for org_01acme",
    TOKENS,
    "Ada signs in with her password and a second factor.",
    "  WorkOS requires a second factor: totp",
    "  user_01ada is signed in for no organization",
    TOKENS,
    "Grace signs in with her password and selects one of her two organizations.",
    "  WorkOS requires an organization: Acme or Initech",
    "  user_01grace is signed in for org_01initech",
    TOKENS,
    "Joan is a new user. She verifies her email address, then selects an organization.",
    "  WorkOS sent a code to joan@example.com",
    "  WorkOS requires an organization: Acme or Initech",
    "  user_01joan is signed in for org_01initech",
    TOKENS,
    "A wrong password for Joan is rejected.",
    REFUSAL,
    "All users, page by page:",
    "  user_01ada <ada@example.com>",
    "  user_01grace <grace@example.com>",
    "  user_01joan <joan@example.com>",
    "  user_01katherine <katherine@example.com>",
    "  user_01mary <mary@example.com>",
];

fn client(server: &Server, api_key: &str) -> Client {
    Client::builder(api_key, CLIENT_ID).base_url(server.url()).build().expect("a client")
}

fn code(error: &Error) -> Option<&str> {
    error.api_error().and_then(|api| api.code())
}

#[tokio::test]
async fn server_rejects_another_api_key() {
    let server = Server::start().await.expect("failed to start the server");
    let client = client(&server, "sk_test_another");
    let error =
        client.user_management().users().list().limit(2).send().await.expect_err("the request is rejected");
    assert_eq!(code(&error), Some("unauthorized"), "{error}");

    let authentication = client.user_management().authentication();
    let request = authentication.authenticate_with_password(ADA.email, ADA.password);
    let error = request.send().await.expect_err("the request is rejected");
    assert_eq!(code(&error), Some("invalid_credentials"), "{error}");
}

#[tokio::test]
async fn server_rejects_code_without_its_verifier() {
    let server = Server::start().await.expect("failed to start the server");
    let client = client(&server, API_KEY);
    let pkce = Pkce::generate().expect("random bytes");
    let url = client
        .user_management()
        .authentication()
        .authorization_url(
            AuthorizationSelector::Provider(AuthorizationProvider::AuthKit),
            "https://app.example.com/callback",
        )
        .state("state-111")
        .code_challenge(CodeChallenge::new(pkce.challenge()))
        .url()
        .expect("a URL");
    let back = server.authorize(&url).expect("the server accepts the URL");
    assert_eq!(back.state, "state-111");

    let authentication = client.user_management().authentication();
    let exchange = authentication.authenticate_with_code(back.code);
    let other = Pkce::generate().expect("random bytes");
    for request in [exchange.clone(), exchange.code_verifier(other.verifier())] {
        let error = request.send().await.expect_err("the request is rejected");
        assert_eq!(code(&error), Some("invalid_grant"), "{error}");
    }
}

#[tokio::test]
async fn server_rejects_url_with_other_params() {
    let server = Server::start().await.expect("failed to start the server");
    let client = client(&server, API_KEY);
    let url = |selector, callback| {
        client.user_management().authentication().authorization_url(selector, callback).state("state-111")
    };
    let provider = AuthorizationSelector::Provider(AuthorizationProvider::AuthKit);
    let challenge = CodeChallenge::new("challenge-111");
    for builder in [
        url(provider.clone(), "https://app.example.com/callback"),
        url(provider, "https://elsewhere.example.com").code_challenge(challenge.clone()),
        url(AuthorizationSelector::Provider("GoogleOAuth".into()), "https://app.example.com/callback")
            .code_challenge(challenge),
    ] {
        assert!(server.authorize(&builder.url().expect("a URL")).is_err());
    }
}

#[tokio::test]
async fn server_rejects_swapped_and_reused_secrets() {
    let server = Server::start().await.expect("failed to start the server");
    let client = client(&server, API_KEY);
    let authentication = client.user_management().authentication();
    let error = authentication
        .authenticate_with_password(ADA.email, ADA.password)
        .send()
        .await
        .expect_err("a second factor is required");
    let Some(SignInStep::MfaChallenge(step)) = error.body_as() else { panic!("unexpected step: {error}") };
    let token = step.pending_authentication_token;
    let challenge = AuthenticationChallengeId::new("auth_challenge_01ada");

    // The types distinguish the token from the code, so swapping them requires an explicit conversion.
    let swapped = PendingAuthenticationToken::new(APP_CODE);
    let swapped = authentication.authenticate_with_totp(swapped, token.expose(), &challenge);
    let error = swapped.send().await.expect_err("the request is rejected");
    assert_eq!(code(&error), Some("invalid_grant"), "{error}");

    let request = authentication.authenticate_with_totp(&token, APP_CODE, &challenge);
    request.clone().send().await.expect("the first use succeeds");
    let error = request.send().await.expect_err("the second use is rejected");
    assert_eq!(code(&error), Some("invalid_grant"), "{error}");
}
