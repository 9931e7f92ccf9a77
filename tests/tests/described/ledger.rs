//! Responses of every form, read from their bytes.

use std::time::Duration;

use ::ledger::accounts::{Account, AccountId, Kind, OpenResponse};
use ::ledger::runtime::{Decimal, DecodeError, RetryPolicy, Timestamp, json};
use ::ledger::{Client, Error, ErrorKind};
use typefoundry_tests::{RawServer, bounded};

const ACCOUNT: &str = r#"{"id":"account_7","balance":"19.90"}"#;

fn client(url: &str) -> Client {
    Client::builder("key_1").base_url(url).retry(RetryPolicy::never()).build().expect("a client")
}

fn account() -> Account {
    json::from_slice(ACCOUNT.as_bytes()).expect("an account")
}

fn account_id() -> AccountId {
    AccountId::new("account_7")
}

/// Sends a request to a server that responds with these bytes. Returns the request line and the result.
async fn call<T>(
    response: &'static str,
    send: impl AsyncFnOnce(Client) -> Result<T, Error>,
) -> (String, Result<T, Error>) {
    let server = RawServer::responding(response).await;
    let result = bounded(send(client(&server.url()))).await;
    let request = server.request().await;
    (request.lines().next().unwrap_or_default().to_owned(), result)
}

async fn success<T>(response: &'static str, send: impl AsyncFnOnce(Client) -> Result<T, Error>) -> T {
    call(response, send).await.1.expect("a success")
}

async fn failure<T>(response: &'static str, send: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Error {
    call(response, send).await.1.err().expect("an error")
}

#[tokio::test]
async fn fields_are_read_from_headers_and_the_whole_body() {
    let (request, response) = call(
        "HTTP/1.1 200 OK\r\nX-Total-Count: 41\r\nX-Kinds: giro, shared\r\nx-kinds: savings\r\nX-Kind: savings\r\n\
         X-FROZEN: true\r\nExpires: Wed, 21 Oct 2015 07:28:00 GMT\r\nX-First: account_7\r\nX-Trace: t-1\r\n\
         content-length: 38\r\n\r\n[{\"id\":\"account_7\",\"balance\":\"19.90\"}]",
        async |client| client.accounts().list().await,
    )
    .await;
    assert_eq!(request, "GET /accounts HTTP/1.1");
    let response = response.expect("a success");
    assert_eq!(response.accounts, [account()]);
    assert_eq!(response.total, 41);
    assert_eq!(response.kinds.len(), 3);
    assert_eq!((&response.kinds[0], &response.kinds[2]), (&Kind::Giro, &Kind::Savings));
    assert_eq!(response.kinds[1].as_str(), "shared");
    assert_eq!(response.kind, Some(Kind::Savings));
    assert!(response.is_frozen);
    let time: Timestamp = "2015-10-21T07:28:00Z".parse().expect("a time");
    assert_eq!(response.expires_at, Some(time));
    assert_eq!(response.first, Some(account_id()));
    assert_eq!(response.trace.as_deref(), Some("t-1"));
}

#[tokio::test]
async fn missing_optional_headers_are_absent() {
    let response =
        success("HTTP/1.1 200 OK\r\nX-Total-Count: 0\r\ncontent-length: 2\r\n\r\n[]", async |client| {
            client.accounts().list().await
        })
        .await;
    assert!(response.accounts.is_empty() && response.kinds.is_empty() && !response.is_frozen);
    assert_eq!(
        (response.kind, response.expires_at, response.first, response.trace),
        (None, None, None, None)
    );
}

#[tokio::test]
async fn invalid_header_is_an_error_that_names_the_header_and_hides_its_value() {
    for (response, message) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]",
            "header x-total-count: expected an unsigned 32-bit integer, found nothing",
        ),
        (
            "HTTP/1.1 200 OK\r\nX-Total-Count: s3cret\r\ncontent-length: 2\r\n\r\n[]",
            "header x-total-count: expected an unsigned 32-bit integer, found a string",
        ),
    ] {
        let error = failure(response, async |client| client.accounts().list().await).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        let expected = format!("accounts.list: failed to decode the response (200 OK): {message}");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn headers_are_read_beside_the_keys_of_the_body() {
    let response = success(
        "HTTP/1.1 200 OK\r\nETag: \"v7\"\r\ncontent-length: 48\r\n\r\n\
         {\"account\":{\"id\":\"account_7\",\"balance\":\"19.90\"}}",
        async |client| client.accounts().get(account_id()).await,
    )
    .await;
    assert_eq!((response.account, response.version.as_deref()), (account(), Some("\"v7\"")));
}

#[tokio::test]
async fn response_to_head_has_headers_only() {
    let (request, response) =
        call("HTTP/1.1 200 OK\r\nX-Total-Count: 41\r\ncontent-length: 9000\r\n\r\n", async |client| {
            client.accounts().count().await
        })
        .await;
    assert_eq!(request, "HEAD /accounts HTTP/1.1");
    assert_eq!(response.expect("a success").total, 41);
}

#[tokio::test]
async fn status_selects_the_variant() {
    let open = async |client: Client| client.accounts().open("Ada").await;
    let response =
        "HTTP/1.1 200 OK\r\ncontent-length: 36\r\n\r\n{\"id\":\"account_7\",\"balance\":\"19.90\"}";
    assert_eq!(success(response, open).await, OpenResponse::Ok(account()));
    let created = success(
        "HTTP/1.1 201 Created\r\nLocation: /accounts/account_7\r\ncontent-length: 36\r\n\r\n\
         {\"id\":\"account_7\",\"balance\":\"19.90\"}",
        open,
    )
    .await;
    let OpenResponse::Created(created) = created else { panic!("read as {created:?}") };
    assert_eq!((created.account, created.location.as_str()), (account(), "/accounts/account_7"));
    let accepted =
        success("HTTP/1.1 202 Accepted\r\nX-Trace: t-2\r\ncontent-length: 13\r\n\r\n{\"job\":\"j-1\"}", open)
            .await;
    let OpenResponse::Accepted(accepted) = accepted else { panic!("read as {accepted:?}") };
    assert_eq!((accepted.job.as_str(), accepted.trace.as_deref()), ("j-1", Some("t-2")));
    let empty = success("HTTP/1.1 204 No Content\r\n\r\n", open).await;
    assert_eq!(empty, OpenResponse::NoContent);
}

#[tokio::test]
async fn unlisted_success_status_is_a_decode_error_of_a_performed_call() {
    let response = "HTTP/1.1 206 Partial Content\r\ncontent-length: 2\r\n\r\n{}";
    let error = failure(response, async |client| client.accounts().open("Ada").await).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "accounts.open: failed to decode the response (206 Partial Content): \
         status: expected 200 or 201 or 202 or 204, found 206"
    );
    assert!(error.maybe_already_done() && !error.is_retryable());
    let response = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let error = failure(response, async |client| client.accounts().close(account_id()).await).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn error_status_is_an_api_error() {
    let response = "HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\n{}";
    let error = failure(response, async |client| client.accounts().open("Ada").await).await;
    assert_eq!((error.kind(), error.maybe_already_done()), (ErrorKind::Api, false));
}

/// The target is another server, which would receive the credentials.
#[tokio::test]
async fn redirect_is_returned_and_not_followed() {
    let target = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let location = format!("http://{}/1?signature=s", target.local_addr().expect("an address"));
    let response =
        format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\ncontent-length: 9\r\n\r\n<a>Go</a>");
    let response: &'static str = response.leak();
    let (request, statement) =
        call(response, async |client| client.accounts().statement(account_id()).await).await;
    assert_eq!(request, "GET /accounts/account_7/statement HTTP/1.1");
    assert_eq!(statement.expect("a success").location, location);
    let blocking = call(response, async |client| {
        let request = client.accounts().statement(account_id()).send();
        tokio::task::spawn_blocking(|| request.wait()).await.expect("no panic")
    });
    assert_eq!(blocking.await.1.expect("a success").location, location);
    let followed = tokio::time::timeout(Duration::from_millis(50), target.accept()).await;
    assert!(followed.is_err(), "the client connected to the target");
}

#[tokio::test]
async fn other_statuses_than_the_described_redirect_are_errors() {
    for (response, kind, message) in [
        (
            "HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n",
            ErrorKind::Decode,
            "accounts.statement: failed to decode the response (302 Found): header location: expected text, \
             found nothing",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            ErrorKind::Decode,
            "accounts.statement: failed to decode the response (200 OK): status: expected 302, found 200",
        ),
        (
            "HTTP/1.1 303 See Other\r\nLocation: /b\r\ncontent-length: 0\r\n\r\n",
            ErrorKind::Api,
            "accounts.statement: the server responded with 303 See Other",
        ),
    ] {
        let error = failure(response, async |client| client.accounts().statement(account_id()).await).await;
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        let source =
            std::error::Error::source(&error).and_then(|source| source.downcast_ref::<DecodeError>());
        assert_eq!(source.is_some(), kind == ErrorKind::Decode);
    }
}

#[tokio::test]
async fn header_of_the_envelope_is_read_from_any_response() {
    let response = "HTTP/1.1 202 Accepted\r\nX-Trace: t-3\r\ncontent-length: 6\r\n\r\nqueued";
    let frozen = success(response, async |client| client.accounts().freeze(account_id()).await).await;
    assert_eq!(frozen.trace.as_deref(), Some("t-3"));
}

#[tokio::test]
async fn body_can_be_any_value() {
    let names = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n[\"Ada\",\"Grace\"]";
    assert_eq!(success(names, async |client| client.accounts().names().await).await, ["Ada", "Grace"]);
    let rates = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"CHF\":0.937}";
    let rates = success(rates, async |client| client.accounts().rates().await).await;
    assert_eq!(rates.into_iter().collect::<Vec<_>>(), [("CHF".to_owned(), 0.937)]);
    let today = "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n\"2024-05-01\"";
    let today = success(today, async |client| client.accounts().today().await).await;
    assert_eq!(today.to_string(), "2024-05-01");
    let size = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n18446744073709551615";
    assert_eq!(success(size, async |client| client.accounts().size().await).await, u64::MAX);
    let settings = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnull";
    assert!(success(settings, async |client| client.accounts().settings().await).await.is_null());
}

#[tokio::test]
async fn optional_body_can_be_empty_or_null() {
    for (response, expected) in [
        ("HTTP/1.1 204 No Content\r\n\r\n", None),
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", None),
        ("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnull", None),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 36\r\n\r\n{\"id\":\"account_7\",\"balance\":\"19.90\"}",
            Some(account()),
        ),
    ] {
        assert_eq!(success(response, async |client| client.accounts().favorite().await).await, expected);
    }
    assert_eq!(account().balance, "19.90".parse::<Decimal>().expect("a decimal"));
}
