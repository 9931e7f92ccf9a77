//! Clients without an API key, such as those of desktop and mobile apps: the requests that they send, and the calls
//! that they reject.

use typefoundry_tests::{CannedResponse, Memory, Received, Server, bounded};
use workos_api::common::UserId;
use workos_api::runtime::{Call, HyperTransport};
use workos_api::user_management::authentication::Authentication;
use workos_api::{Client, Error, ErrorKind};

use crate::case::{BASE_URL, CLIENT_ID};
use crate::responses::{bare_sign_in, check_bare_sign_in};

fn authentication(client: &Client) -> Authentication<'_> {
    client.user_management().authentication()
}

/// Makes a call with a public client of a local server, and returns the request with the response.
async fn call<R>(send: impl FnOnce(&Client) -> Call<R>) -> (Received, R) {
    let server = Server::start(CannedResponse::json(200, bare_sign_in())).await;
    let transport = HyperTransport::builder().no_proxy().gzip(false).build().expect("a transport");
    let client = Client::public_builder(CLIENT_ID).base_url(server.url()).transport(transport).build();
    let response = bounded(send(&client.expect("a client"))).await.expect("a response");
    (server.only_request(), response)
}

fn check_without_secret(received: &Received, body: &str) {
    assert_eq!(received.line(), "POST /user_management/authenticate");
    assert_eq!(received.text(), body);
    assert!(received.headers.iter().all(|(name, _)| name != "authorization"), "{:?}", received.headers);
}

#[tokio::test]
async fn code_is_exchanged_with_a_verifier_and_no_secret() {
    let (received, response) = call(|client| {
        let verifier = "verifier-of-forty-three-characters-or-more-";
        authentication(client).authenticate_with_code("hush-code").code_verifier(verifier).send()
    })
    .await;
    check_bare_sign_in(&response);
    let body = concat!(
        r#"{"client_id":"client_4c0ffee","grant_type":"authorization_code","code":"hush-code","#,
        r#""code_verifier":"verifier-of-forty-three-characters-or-more-"}"#,
    );
    check_without_secret(&received, body);
}

#[tokio::test]
async fn session_is_refreshed_without_a_secret() {
    let (received, response) =
        call(|client| authentication(client).authenticate_with_refresh_token("hush-refresh").send()).await;
    check_bare_sign_in(&response);
    let body =
        r#"{"client_id":"client_4c0ffee","grant_type":"refresh_token","refresh_token":"hush-refresh"}"#;
    check_without_secret(&received, body);
}

#[tokio::test]
async fn operation_that_requires_the_key_fails_before_anything_is_sent() {
    let memory = Memory::responding("{}");
    let client = Client::public_builder(CLIENT_ID).base_url(BASE_URL).transport(memory.clone()).build();
    let client = client.expect("a client");
    fn check<R>(result: Result<R, Error>, operation: &str) {
        let Err(error) = result else { panic!("{operation} was sent") };
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let why = "missing credential `api_key`: the operation requires it, but the client has none";
        assert_eq!(error.to_string(), format!("{operation}: {why}"));
        assert_eq!(error.attempts(), 0);
    }
    let users = client.user_management().users();
    check(users.get(UserId::new("user_1")).send().await, "user_management.users.get");
    check(users.list().send().await, "user_management.users.list");
    let authentication = authentication(&client);
    check(
        authentication.authenticate_with_password("ada@y.example", "hush").send().await,
        "user_management.authentication.authenticate_with_password",
    );
    assert!(memory.sent().is_empty());
}

#[tokio::test]
async fn operation_with_its_own_token_needs_no_key() {
    let memory = Memory::responding(r#"{"keys":[]}"#);
    let client = Client::public_builder(CLIENT_ID).base_url(BASE_URL).transport(memory.clone()).build();
    let client = client.expect("a client");
    client.user_management().session_tokens().jwks().send().await.expect("the keys");
    // The response is not a valid profile; only the request matters.
    let _ = client.sso().get_profile("hush-token").send().await;
    let sent = memory.sent();
    let authorization = |at: usize| sent[at].headers().get("authorization").map(|value| value.as_bytes());
    assert_eq!(authorization(0), None);
    assert_eq!(authorization(1), Some(&b"Bearer hush-token"[..]));
}
