//! What holds for the transport that blocks alone: it keeps the time itself, and threads share it.

use std::thread;
use std::time::{Duration, Instant};

use typefoundry_runtime::TransportErrorKind::{Connect, Timeout};
use typefoundry_runtime::http::Request;
use typefoundry_runtime::{BlockingTransport, Bytes, ErrorKind, UreqTransport};

use crate::carrier::PATIENCE;
use crate::server::{HELLO, Server, Then};

const SHORT: Duration = Duration::from_millis(150);
/// Within this, nobody has waited for the end of what is stalled.
const SOON: Duration = Duration::from_secs(8);

fn direct() -> UreqTransport {
    UreqTransport::builder().no_proxy().build().expect("a transport")
}

fn post(url: &str) -> Request<Bytes> {
    Request::post(url).body(Bytes::from_static(b"{}")).expect("a request")
}

#[test]
fn a_call_ends_when_its_time_is_up() {
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nx";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1388\r\nx";
    for (answer, then) in [
        ("", Then::Stall),
        ("HTTP/1.1 200 OK\r\nx-a: ", Then::Drip),
        (begun, Then::Stall),
        (begun, Then::Drip),
        (chunked, Then::Drip),
    ] {
        let server = Server::one(answer, then);
        let start = Instant::now();
        let error = direct().send(post(&server.url), SHORT).expect_err("late");
        assert_eq!(error.kind(), Timeout, "{answer:?} {then:?} {error:?}");
        assert!(start.elapsed() >= SHORT && start.elapsed() < SOON, "{answer:?} {then:?}");
    }
}

/// The server reads a byte of it and no more, until its buffers are full.
#[test]
fn a_call_that_nobody_reads_ends_too() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let body = Bytes::from(vec![b'x'; 64 * 1024 * 1024]);
    let request = Request::post(url).body(body).expect("a request");
    let error = direct().send(request, SHORT).expect_err("late");
    assert_eq!(error.kind(), Timeout, "{error:?}");
}

#[test]
fn times_of_any_length_are_fine() {
    for timeout in [Duration::MAX, Duration::from_secs(u64::MAX)] {
        let server = Server::one(HELLO, Then::Keep);
        let builder = UreqTransport::builder().no_proxy().connect_timeout(timeout);
        builder.build().expect("a transport").send(post(&server.url), timeout).expect("a response");
    }
    for timeout in [Duration::ZERO, Duration::from_nanos(1)] {
        let server = Server::one(HELLO, Then::Stall);
        assert_eq!(direct().send(post(&server.url), timeout).expect_err("late").kind(), Timeout);
        let builder = UreqTransport::builder().no_proxy().connect_timeout(timeout);
        let sent = builder.build().expect("a transport").send(post(&server.url), PATIENCE);
        assert_eq!(sent.expect_err("late").kind(), Connect);
    }
}

#[test]
fn threads_share_it() {
    let scripts = vec![vec![(HELLO, Then::Keep); 64]; 16];
    let server = Server::start(scripts);
    let transport = direct();
    thread::scope(|scope| {
        for thread in 0..8 {
            let (transport, url) = (transport.clone(), format!("{}{thread}", server.url));
            scope.spawn(move || {
                for _ in 0..8 {
                    let response = transport.send(post(&url), PATIENCE).expect("a response");
                    assert_eq!(response.body().as_ref(), b"hello");
                }
            });
        }
    });
    let mut requests: Vec<(usize, String)> = (0..64).map(|_| server.next()).collect();
    assert!(server.is_quiet());
    // No more connections than threads, and none has missed a request.
    assert!(requests.iter().all(|(connection, _)| *connection < 8));
    requests.sort_by(|a, b| a.1.cmp(&b.1));
    for (number, (_, request)) in requests.iter().enumerate() {
        assert!(request.starts_with(&format!("POST /{} HTTP/1.1\r\n", number / 8)), "{request}");
    }
}

#[test]
fn it_has_defaults_and_shows_little() {
    let transport = UreqTransport::default();
    assert_eq!(format!("{transport:?}"), "UreqTransport { max_response_len: 67108864, .. }");
    let builder = UreqTransport::builder().proxy("http://ada:hush@127.0.0.1:1");
    assert!(!format!("{builder:?}").contains("hush"));
    builder.build().expect("a transport");
}

#[test]
fn it_refuses_a_proxy_it_cannot_use() {
    for url in ["", "socks5://127.0.0.1:1", "https://127.0.0.1:1", "ftp://x", "http://"] {
        let error = UreqTransport::builder().proxy(url).build().expect_err(url);
        assert_eq!(error.kind(), ErrorKind::Config);
    }
}

/// A process of its own has an environment of its own.
#[test]
fn the_environment_names_the_proxy_unless_told_otherwise() {
    let server = Server::one(HELLO, Then::Keep);
    let tunnel = ("HTTP/1.1 200 OK\r\n\r\n", Then::Keep);
    let proxy = Server::start(vec![vec![tunnel, (HELLO, Then::Keep)]]);
    let program = std::env::current_exe().expect("this program");
    let ran = std::process::Command::new(program)
        .args(["--exact", "only_ureq::in_another_environment", "--ignored"])
        .env("http_proxy", &proxy.url)
        .env("TEST_SERVER", &server.url)
        .env_remove("HTTP_PROXY")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env_remove("REQUEST_METHOD")
        .output()
        .expect("to run");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    assert!(server.request().starts_with("POST / HTTP/1.1\r\n"));
    assert!(proxy.request().starts_with("CONNECT api.example.com:80 HTTP/1.1\r\n"));
    assert!(proxy.request().starts_with("POST /a HTTP/1.1\r\n"));
}

#[test]
#[ignore = "it runs in a process of its own"]
fn in_another_environment() {
    let server = std::env::var("TEST_SERVER").expect("a server");
    direct().send(post(&server), PATIENCE).expect("a response, past the proxy");
    UreqTransport::new().send(post("http://api.example.com/a"), PATIENCE).expect("a response");
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
#[test]
fn without_a_provider_https_names_the_features() {
    let error = direct().send(post("https://127.0.0.1:1/"), PATIENCE).expect_err("no provider");
    assert_eq!(error.kind(), typefoundry_runtime::TransportErrorKind::Tls);
    assert_eq!(error.to_string(), "https needs the feature `ring` or `aws-lc`");
}
