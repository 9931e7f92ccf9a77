//! Retried calls: their conditions and their idempotency keys.

use std::time::Duration;

use serde_json::json;
use typefoundry_tests::{CannedResponse, Received, Server, bounded};
use workos_api::Client;
use workos_api::runtime::RetryPolicy;

use crate::case::{IDEMPOTENCY_KEY, builder_of};

/// Starts a server that fails twice and then succeeds.
async fn server() -> Server {
    let failure = || CannedResponse::json(503, json!({"message": "Later."}));
    let success = CannedResponse::json(
        201,
        json!({
            "object": "magic_auth",
            "id": "magic_auth_7",
            "user_id": "user_a1",
            "email": "ada@y.example",
            "expires_at": "2033-04-05T06:07:08Z",
            "created_at": "2031-02-03T04:05:06Z",
            "updated_at": "2032-03-04T05:06:07Z",
            "code": "hush-123456",
        }),
    );
    Server::start_with([failure(), failure(), success]).await
}

fn client_of(server: &Server) -> Client {
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(5));
    builder_of(&server.url()).retry(policy).build().expect("a client")
}

#[tokio::test]
async fn post_with_a_caller_key_is_retried_unchanged() {
    let server = server().await;
    let client = client_of(&server);
    let request = client.user_management().magic_auth().create("ada@y.example");
    let request = request.idempotency_key(IDEMPOTENCY_KEY);
    let response = bounded(request.send_with_metadata()).await.expect("a code");
    assert_eq!((response.attempts(), response.status().as_u16()), (3, 201));
    assert_eq!(response.into_value().id.as_str(), "magic_auth_7");
    let received = server.received();
    assert_eq!(received.len(), 3);
    for request in &received {
        assert_eq!(request.line(), "POST /user_management/magic_auth");
        assert_eq!(request.text(), r#"{"email":"ada@y.example"}"#);
        let keys: Vec<_> = request.headers.iter().filter(|(name, _)| name == "idempotency-key").collect();
        assert_eq!(keys.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>(), [IDEMPOTENCY_KEY]);
    }
}

/// Returns the idempotency key of each request that the server received.
fn keys(server: &Server) -> Vec<Option<String>> {
    let key = |request: &Received| {
        let mut keys = request.headers.iter().filter(|(name, _)| name == "idempotency-key");
        let key = keys.next().map(|(_, key)| key.clone());
        assert_eq!(keys.next(), None, "at most one key");
        key
    };
    server.received().iter().map(key).collect()
}

/// The vendor's sources disagree on which operations deduplicate, so the client never generates a key.
#[tokio::test]
async fn post_without_a_caller_key_is_not_retried() {
    let server = server().await;
    let client = client_of(&server);
    let call = client.user_management().magic_auth().create("ada@y.example").send();
    let error = bounded(call).await.expect_err("503");
    assert_eq!((error.attempts(), error.status().map(|status| status.as_u16())), (1, Some(503)));
    assert!(error.is_retryable());
    assert_eq!(keys(&server), [None]);
}

#[tokio::test]
async fn post_that_accepts_no_key_is_not_retried() {
    let server = server().await;
    let client = client_of(&server);
    let call = client.user_management().authentication().authenticate_with_code("hush-1").send();
    let error = bounded(call).await.expect_err("503");
    assert_eq!((error.attempts(), error.status().map(|status| status.as_u16())), (1, Some(503)));
    assert!(error.is_retryable());
    assert_eq!(keys(&server), [None]);
}

#[tokio::test]
async fn retries_can_be_disabled_for_one_request() {
    let server = server().await;
    let client = client_of(&server);
    let request = client.user_management().magic_auth().create("ada@y.example");
    let call = request.idempotency_key(IDEMPOTENCY_KEY).retry(RetryPolicy::never()).send();
    assert_eq!(bounded(call).await.expect_err("503").attempts(), 1);
    assert_eq!(server.received().len(), 1);
}
