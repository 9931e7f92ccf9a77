//! Requests with every kind of authentication, byte by byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ::vault::items::params::{CreateParams, FindParams};
use ::vault::runtime::{Endpoint as _, RequestContext, RetryPolicy, SecretProvider, http};
use ::vault::{Client, Error, ErrorKind};
use typefoundry_tests::{CannedResponse, RawServer, Server, bounded};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

fn client(url: &str) -> Client {
    let builder = Client::builder("account_1", "key_1", "session_1").base_url(url);
    builder.retry(RetryPolicy::never()).build().expect("a client")
}

/// Sends a request and returns its bytes, with a placeholder for the address of the server.
async fn sent(send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    let server = RawServer::responding(NO_CONTENT).await;
    let url = server.url();
    bounded(send(client(&url))).await.expect("a success");
    let host = url.strip_prefix("http://").expect("plain HTTP").to_owned();
    server.request().await.replace(&host, "host")
}

#[tokio::test]
async fn api_key_is_sent_in_its_header() {
    let request = sent(async |client| client.items().list().owner("ada").await).await;
    assert_eq!(
        request,
        "GET /items?owner=ada HTTP/1.1\r\nx-api-key: key_1\r\naccept: application/json\r\n\
         user-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn api_key_is_sent_in_the_query() {
    let request = sent(async |client| client.items().find("Ring").await).await;
    assert_eq!(
        request,
        "GET /items/find?api_key=key_1&name=Ring HTTP/1.1\r\naccept: application/json\r\n\
         user-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn all_schemes_of_a_list_are_sent() {
    let request = sent(async |client| client.items().create("Ring").await).await;
    assert_eq!(
        request,
        "POST /items HTTP/1.1\r\nauthorization: Basic YWNjb3VudF8xOmtleV8x\r\n\
         cookie: sid=session_1; account=account_1\r\naccept: application/json\r\n\
         content-type: application/json\r\nuser-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\
         content-length: 15\r\n\r\n{\"name\":\"Ring\"}"
    );
}

#[tokio::test]
async fn scheme_of_an_operation_replaces_that_of_the_api() {
    let request = sent(async |client| client.items().remove().await).await;
    assert_eq!(
        request,
        "DELETE /items HTTP/1.1\r\nauthorization: Token session_1\r\naccept: application/json\r\n\
         user-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let request = sent(async |client| client.items().inspect().await).await;
    assert_eq!(
        request,
        "GET /inspect HTTP/1.1\r\nauthorization: Bearer session_1\r\naccept: application/json\r\n\
         user-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let request = sent(async |client| client.items().health().await).await;
    assert_eq!(
        request,
        "GET /health HTTP/1.1\r\naccept: application/json\r\nuser-agent: vault/0.1.0\r\naccept-encoding: gzip\r\n\
         host: host\r\n\r\n"
    );
}

#[tokio::test]
async fn token_of_the_caller_is_sent_beside_the_api_key() {
    let request = sent(async |client| client.items().own("token_1").await).await;
    assert_eq!(
        request,
        "GET /items/own HTTP/1.1\r\nx-api-key: key_1\r\nauthorization: Bearer token_1\r\n\
         accept: application/json\r\nuser-agent: vault/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[test]
fn url_for_a_browser_has_no_credentials_of_auth() {
    let url = client("https://vault.acme.test").items().page_url().url().expect("a URL");
    assert_eq!(url, "https://vault.acme.test/page?account=account_1");
}

#[test]
fn endpoint_builds_the_request_from_a_context() {
    let context: RequestContext = "https://vault.acme.test".parse().expect("a valid URL");
    let params = FindParams::new("Ring");
    let error = params.to_request(&context, &()).expect_err("no key");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("missing credential `key`"), "{error}");
    let request = params.to_request(&context.with("key", "key_1"), &()).expect("a request");
    assert_eq!(request.uri(), "https://vault.acme.test/items/find?api_key=key_1&name=Ring");
}

#[tokio::test]
async fn public_client_sends_nothing_without_its_credential() {
    let server = Server::start(CannedResponse::empty(204)).await;
    let client =
        Client::public_builder("account_1", "key_1").base_url(server.url()).build().expect("a client");
    for error in [
        client.items().create("Ring").await.expect_err("no session"),
        client.items().remove().await.expect_err("no session"),
        client.items().inspect().await.expect_err("no session"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().contains("missing credential `session`"), "{error}");
    }
    assert!(server.received().is_empty());
    client.items().list().await.expect("a success");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn retries_of_a_call_send_the_same_secret_and_the_next_call_a_new_one() {
    let responses = [503, 204, 204].map(CannedResponse::empty);
    let server = Server::start_with(responses).await;
    let count = Arc::new(AtomicU32::new(0));
    let key = SecretProvider::from_fn(move || format!("key_{}", count.fetch_add(1, Ordering::Relaxed)));
    let builder = Client::builder("account_1", key, "session_1").base_url(server.url());
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = builder.retry(policy).build().expect("a client");
    client.items().find("Ring").await.expect("a success after a retry");
    client.items().find("Ring").await.expect("a success");
    let targets: Vec<String> = server.received().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/items/find?api_key=key_0&name=Ring",
            "/items/find?api_key=key_0&name=Ring",
            "/items/find?api_key=key_1&name=Ring",
        ]
    );
}

/// Errors and `Debug` output contain no credential, wherever the request contains it.
#[tokio::test]
async fn credentials_are_hidden() {
    let client = client("http://127.0.0.1:1");
    let shown = [
        format!("{client:?} {:?} {:?}", client.items().find("Ring"), client.items().create("Ring")),
        format!("{:?}", CreateParams::new("Ring")),
        format!("{0} {0:?}", client.items().find("Ring").await.expect_err("no server")),
        format!("{0} {0:?}", client.items().create("Ring").await.expect_err("no server")),
    ];
    for text in shown {
        assert!(!text.contains("key_1") && !text.contains("session_1"), "{text}");
    }
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let location = "/items/find?api_key=other";
    let response = CannedResponse::empty(302).header(http::header::LOCATION, location);
    let server = Server::start(response).await;
    let error = client(&server.url()).items().find("Ring").await.expect_err("a redirect");
    assert_eq!(server.received().len(), 1);
    assert!(!format!("{error} {error:?}").contains("key_1"), "{error:?}");
}
