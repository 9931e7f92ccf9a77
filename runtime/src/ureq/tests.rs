//! The transport against proxies and https servers on this machine. No test reads or sets the environment.

#[path = "../../tests/transports/server.rs"]
mod server;

use self::server::{HELLO, Server, Then, closed_port};
use super::*;

const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(150);
const TUNNEL: &str = "HTTP/1.1 200 Connection established\r\n\r\n";

fn post(url: impl AsRef<str>) -> Request<Bytes> {
    Request::post(url.as_ref()).body(Bytes::from_static(b"{}")).expect("a request")
}

/// Too long for a name, so that nobody is asked.
fn nowhere(scheme: &str) -> String {
    format!("{scheme}://{}.test/", "a".repeat(300))
}

fn through(port: u16) -> UreqTransport {
    let proxy = format!("http://ada:h%75sh@127.0.0.1:{port}");
    UreqTransport::builder().proxy(proxy).build().expect("a transport")
}

#[test]
fn without_tls_https_fails_and_says_why() {
    let transport = UreqTransport::builder().assemble_with(Proxies::none(), Err("no TLS here"));
    let error = transport.send(post(nowhere("https")), PATIENCE).expect_err("no TLS");
    assert_eq!((error.kind(), error.to_string().as_str()), (TransportErrorKind::Tls, "no TLS here"));
}

#[test]
fn a_proxy_opens_a_tunnel_for_http_too() {
    let answers = vec![(TUNNEL, Then::Keep), (HELLO, Then::Keep), (HELLO, Then::Keep)];
    let proxy = Server::start(vec![answers]);
    let transport = through(proxy.port);
    for _ in 0..2 {
        let response = transport.send(post("http://api.example.com/a"), PATIENCE).expect("a response");
        assert_eq!(response.body().as_ref(), b"hello");
    }
    let expected = "CONNECT api.example.com:80 HTTP/1.1\r\nHost: api.example.com:80\r\n\
                    Proxy-Authorization: Basic YWRhOmh1c2g=\r\n\r\n";
    assert_eq!(proxy.request(), expected);
    for _ in 0..2 {
        let request = proxy.request();
        assert!(request.starts_with("POST /a HTTP/1.1\r\n"), "{request}");
        assert!(!request.to_ascii_lowercase().contains("proxy-"), "{request}");
    }
}

#[test]
fn a_proxy_that_opens_no_tunnel_is_no_connection() {
    let garbage = "no\r\n\r\n";
    let denied = "HTTP/1.1 407 Authentication Required\r\n\r\n";
    for (answer, then, what) in [
        (denied, Then::Keep, "the proxy answered with status 407"),
        (garbage, Then::Keep, "the proxy does not speak HTTP"),
        ("HTTP/1.1 200 OK\r\n", Then::Close, "cannot use the proxy"),
        ("", Then::Close, "cannot use the proxy"),
    ] {
        let proxy = Server::one(answer, then);
        let error = through(proxy.port).send(post("http://hush.example.com/a"), PATIENCE).expect_err(what);
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(what) && !shown.contains("hush"), "{shown}");
    }
    let error = through(closed_port()).send(post("http://example.com/"), PATIENCE).expect_err("refused");
    assert!(error.to_string().starts_with("cannot reach the proxy: "), "{error}");
}

/// Each read of the proxy's answer is quick, all of them are not.
#[test]
fn a_proxy_that_dawdles_is_given_up() {
    for (connect_timeout, timeout, kind) in
        [(SHORT, PATIENCE, TransportErrorKind::Connect), (PATIENCE, SHORT, TransportErrorKind::Timeout)]
    {
        let proxy = Server::one("HTTP/1.1 200 ", Then::Drip);
        let builder = UreqTransport::builder().connect_timeout(connect_timeout);
        let transport =
            builder.proxy(format!("http://127.0.0.1:{}", proxy.port)).build().expect("a transport");
        let error = transport.send(post("http://example.com/"), timeout).expect_err("late");
        assert_eq!(error.kind(), kind, "{error:?}");
    }
}

#[test]
fn a_host_without_address_is_no_connection() {
    let transport = UreqTransport::builder().no_proxy().build().expect("a transport");
    let error = transport.send(post(nowhere("http")), PATIENCE).expect_err("no address");
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
    assert!(error.to_string().starts_with("no address was found for the host"), "{error}");
    // An address needs no look-up.
    let error = transport.send(post("http://[::1]:1/"), PATIENCE).expect_err("nobody");
    assert!(error.to_string().starts_with("cannot reach the server"), "{error}");
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod https {
    use rustls::RootCertStore;

    use super::server::test_root;
    use super::*;
    use crate::tls::{provider, tls};

    fn trusting(roots: RootCertStore, proxies: Proxies) -> UreqTransport {
        let tls = tls(provider().expect("a provider"), roots);
        UreqTransport::builder().connect_timeout(PATIENCE).assemble_with(proxies, tls)
    }

    fn direct() -> UreqTransport {
        trusting(test_root(), Proxies::none())
    }

    #[test]
    fn speaks_https_and_keeps_the_connection() {
        let server = Server::secure(vec![(HELLO, Then::Keep); 3]);
        let transport = direct();
        for _ in 0..3 {
            let url = format!("https://localhost:{}/a", server.port);
            let response = transport.send(post(url), PATIENCE).expect("a response");
            assert_eq!(response.body().as_ref(), b"hello");
            assert!(server.request().starts_with("POST /a HTTP/1.1\r\n"));
        }
    }

    #[test]
    fn sends_and_reads_what_is_long() {
        let body = "y".repeat(3_000_000);
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let server = Server::secure(vec![(Box::leak(answer.into_boxed_str()), Then::Keep)]);
        let url = format!("https://localhost:{}/a", server.port);
        let request = Request::post(url).body(Bytes::from(body.clone())).expect("a request");
        let response = direct().send(request, PATIENCE).expect("a response");
        assert!(response.body() == body.as_bytes() && server.request().ends_with(&body));
    }

    #[test]
    fn tunnels_https_through_a_proxy() {
        let proxy = Server::tunnelled(TUNNEL, vec![(HELLO, Then::Keep)]);
        let proxies = Proxies::all(&format!("http://ada:hush@127.0.0.1:{}", proxy.port)).expect("a proxy");
        let transport = trusting(test_root(), proxies);
        transport.send(post("https://localhost/a"), PATIENCE).expect("a response");
        assert!(proxy.request().starts_with("CONNECT localhost:443 HTTP/1.1\r\n"));
        assert!(proxy.request().starts_with("POST /a HTTP/1.1\r\n"));
    }

    #[test]
    fn trusts_no_stranger() {
        let server = Server::secure(vec![(HELLO, Then::Keep)]);
        let transport = trusting(RootCertStore::empty(), Proxies::none());
        let sent = transport.send(post(format!("https://localhost:{}/", server.port)), PATIENCE);
        let error = sent.expect_err("a stranger");
        assert_eq!(error.kind(), TransportErrorKind::Tls);
        assert!(error.to_string().contains("certificate"), "{error}");
        // Another name than the certificate's.
        let server = Server::secure(vec![(HELLO, Then::Keep)]);
        let sent = direct().send(post(format!("https://127.0.0.2:{}/", server.port)), PATIENCE);
        assert!(matches!(
            sent.expect_err("a stranger").kind(),
            TransportErrorKind::Tls | TransportErrorKind::Connect
        ));
    }

    #[test]
    fn a_server_that_speaks_no_tls_is_no_secure_connection() {
        for answer in ["HTTP/1.1 400 Bad Request\r\n\r\n", ""] {
            let plain = Server::one(answer, Then::Reset);
            let sent = direct().send(post(format!("https://localhost:{}/", plain.port)), PATIENCE);
            assert_eq!(sent.expect_err("no TLS").kind(), TransportErrorKind::Tls);
        }
    }

    /// It accepts, but never says a word of TLS.
    #[test]
    fn connects_in_good_time() {
        let mute = Server::start(vec![vec![("", Then::Stall)]; 2]);
        let url = format!("https://localhost:{}/", mute.port);
        let tls = tls(provider().expect("a provider"), test_root());
        let builder = UreqTransport::builder().connect_timeout(SHORT);
        let transport = builder.assemble_with(Proxies::none(), tls);
        let error = transport.send(post(&url), PATIENCE).expect_err("late");
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
        let error = direct().send(post(&url), SHORT).expect_err("late");
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error:?}");
    }

    #[test]
    fn a_response_ends_when_its_time_is_up() {
        let begun = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nx";
        for then in [Then::Stall, Then::Drip] {
            let server = Server::secure(vec![(begun, then)]);
            let url = format!("https://localhost:{}/", server.port);
            let error = direct().send(post(url), Duration::from_millis(500)).expect_err("late");
            assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error:?}");
        }
    }

    /// Whoever cuts the connection cannot say goodbye in the server's name.
    #[test]
    fn a_body_that_ends_without_goodbye_is_cut_off() {
        let server = Server::secure(vec![("HTTP/1.1 200 OK\r\n\r\n{\"members\":[]}", Then::Close)]);
        let sent = direct().send(post(format!("https://localhost:{}/", server.port)), PATIENCE);
        assert_eq!(sent.expect_err("cut off").kind(), TransportErrorKind::Io);
    }
}
