//! Proxies that reject requests or fail.

use std::time::Duration;

use typefoundry_tests::Action::{self, Close, Read};
use typefoundry_tests::{FaultyServer, bounded};
use workos_api::common::OrganizationId;
use workos_api::runtime::TransportErrorKind::{Connect, Proxy};
use workos_api::runtime::{HyperTransport, RetryPolicy, TransportError, TransportErrorKind};
use workos_api::{Client, Error, ErrorKind};

use crate::table::{response, write};

/// The server behind the proxy. It receives no request.
const ENCRYPTED: &str = "https://api.hush.example";
const FORWARDED: &str = "http://127.0.0.1:9";

/// Makes a call through a proxy that takes this turn on each connection. Returns the error and the number of
/// requests.
async fn fails_through(turn: Vec<Action>, base_url: &str) -> (Error, usize) {
    let proxy = FaultyServer::start(vec![turn]).await;
    let url = proxy.url().replace("http://", "http://ada:hush@");
    let transport = HyperTransport::builder().proxy(url).build().expect("a transport");
    let client = Client::builder("sk_test_hush", "client_7")
        .base_url(base_url)
        .transport(transport)
        .retry(RetryPolicy::default().initial_backoff(Duration::ZERO))
        .build()
        .expect("a client");
    let sent = bounded(client.organizations().get(OrganizationId::new("org_7")).send()).await;
    (sent.expect_err("the call fails at the proxy"), proxy.requests())
}

fn responds(status: &str) -> Vec<Action> {
    vec![Read, write(response(status, "", "hush")), Close]
}

#[track_caller]
fn check(error: &Error, part: TransportErrorKind, message: &str) {
    let kind = if part == Proxy { ErrorKind::Config } else { ErrorKind::Transport };
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_eq!(error.transport_error().map(TransportError::kind), Some(part), "{error:?}");
    assert_eq!(error.is_retryable(), part == Connect, "{error:?}");
    assert!(error.status().is_none(), "the server has not responded: {error:?}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains(message) && !shown.contains("hush"), "{shown}");
}

#[tokio::test]
async fn rejected_tunnel_is_not_retried() {
    for status in ["407 Proxy Authentication Required", "403 Forbidden", "404 Not Found", "301 Moved"] {
        let (error, requests) = fails_through(responds(status), ENCRYPTED).await;
        check(&error, Proxy, &status[..3]);
        assert_eq!((error.attempts(), requests), (1, 1), "{status}");
    }
}

/// No part of the request reached the server, so every call can be retried.
#[tokio::test]
async fn failed_tunnel_is_retried() {
    for status in
        ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "429 Too Many Requests"]
    {
        let (error, requests) = fails_through(responds(status), ENCRYPTED).await;
        check(&error, Connect, &status[..3]);
        assert_eq!((error.attempts(), requests), (3, 3), "{status}");
    }
    let (error, _) = fails_through(vec![Read, Close], ENCRYPTED).await;
    check(&error, Connect, "the connection to the proxy failed");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn rejected_forwarding_is_not_retried() {
    let (error, requests) = fails_through(responds("407 Proxy Authentication Required"), FORWARDED).await;
    check(&error, Proxy, "407");
    assert_eq!((error.attempts(), requests), (1, 1));
}
