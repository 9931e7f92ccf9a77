//! reqwest only: the client belongs to the user and keeps its configuration.

use std::time::Duration;

use typefoundry_reqwest::ReqwestTransport;
use typefoundry_runtime::TransportErrorKind::{Connect, Other, Proxy, Timeout};
use typefoundry_runtime::http::{HeaderMap, Request};
use typefoundry_runtime::{Bytes, Transport};

use super::carrier::{over, reqwest, reqwest_client};
use super::server::{HELLO, Server, Then, trusting_the_test_root};

#[test]
fn followed_redirect_is_an_error() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: /hush-elsewhere\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start(vec![vec![(moved, Then::Keep), (HELLO, Then::Keep)]]);
    let carrier = over(reqwest_client().redirect(reqwest::redirect::Policy::default()));
    let error = carrier.post(&server.url).expect_err("a redirect");
    assert_eq!(error.kind(), Other);
    assert!(error.to_string().contains("`redirect::Policy::none()`"), "{error}");
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

/// The errors of a redirect policy come from the user, and can contain the URL of another request.
#[test]
fn rejected_redirect_shows_no_url() {
    use reqwest::redirect::Policy;
    let within = || reqwest::Proxy::all("").expect_err("no URL");
    let policy = Policy::custom(move |attempt| {
        let url = attempt.url().clone();
        attempt.error(within().with_url(url))
    });
    for policy in [Policy::limited(1), policy] {
        let around = "HTTP/1.1 302 Found\r\nlocation: /hush-elsewhere\r\ncontent-length: 0\r\n\r\n";
        let server = Server::start(vec![vec![(around, Then::Keep); 3]]);
        let error = over(reqwest_client().redirect(policy)).post(&server.url).expect_err("a redirect");
        assert_eq!(error.kind(), Other);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

#[test]
fn timeouts_of_the_client_are_distinguished() {
    let server = Server::one("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello", Then::Stall);
    let silent = Server::one("", Then::Stall);
    for server in [server, silent] {
        let carrier = over(reqwest_client().timeout(Duration::from_millis(100)));
        assert_eq!(carrier.post(&server.url).expect_err("late").kind(), Timeout);
    }
    // The server accepts the connection, but does not answer the TLS handshake.
    let mute = Server::one("", Then::Stall);
    let carrier = over(reqwest_client().connect_timeout(Duration::from_millis(100)));
    let error = carrier.post(&format!("https://127.0.0.1:{}/", mute.port)).expect_err("late");
    assert_eq!(error.kind(), Connect, "{error:?}");
}

/// `Uri` keeps these segments, but browsers and reqwest remove them.
#[test]
fn path_with_dot_segments_is_rejected() {
    for path in ["a/../b", "a/%2e%2E/b", "a/./b", "a\\b"] {
        let server = Server::one(HELLO, Then::Keep);
        let error = reqwest().post(&format!("{}{path}", server.url)).expect_err(path);
        assert_eq!(error.kind(), Other);
        assert!(server.is_quiet());
    }
}

#[test]
fn https_uses_the_configuration_of_the_client() {
    let server = Server::secure(vec![(HELLO, Then::Keep)]);
    let url = format!("https://localhost:{}/a", server.port);
    assert_eq!(reqwest().post(&url).expect("a response").body().as_ref(), b"hello");
    assert!(server.request().starts_with("POST /a HTTP/1.1\r\n"));

    let server = Server::secure(vec![(HELLO, Then::Keep)]);
    let untrusting =
        rustls::ClientConfig::builder_with_provider(trusting_the_test_root().crypto_provider().clone())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
    let carrier = over(reqwest_client().tls_backend_preconfigured(untrusting));
    let error = carrier.post(&format!("https://localhost:{}/a", server.port)).expect_err("a stranger");
    assert_eq!(error.kind(), Connect);
    assert!(error.to_string().contains("certificate"), "{error}");
}

/// reqwest does not expose the status of a rejected tunnel, except for 407.
#[test]
fn rejected_tunnel_is_a_proxy_error() {
    for (canned, kind) in [
        ("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n", Proxy),
        ("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n", Proxy),
        ("", Connect),
    ] {
        let server = Server::one(canned, Then::Close);
        let url = server.url.replace("http://", "http://ada:hush@");
        let carrier = over(reqwest_client().proxy(reqwest::Proxy::all(url).expect("a proxy")));
        let error = carrier.post("https://localhost:1/").expect_err("refused");
        assert_eq!(error.kind(), kind, "{canned:?} {error:?}");
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

#[test]
fn use_outside_of_tokio_is_an_error_without_headers() {
    use std::task::{Context, Poll, Waker};
    let mut headers = HeaderMap::new();
    headers.insert("x-key", "hush".parse().expect("a value"));
    let client = reqwest_client().default_headers(headers).build().expect("a client");
    let transport = ReqwestTransport::new(client);
    assert!(!format!("{transport:?}").contains("hush"), "{transport:?}");
    let request = Request::get("http://127.0.0.1:1/").body(Bytes::new()).expect("a request");
    let mut sending = transport.send(request);
    let Poll::Ready(sent) = sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the future is pending");
    };
    assert!(sent.expect_err("no runtime").to_string().contains("tokio runtime"));
}
