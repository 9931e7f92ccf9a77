//! Blocking transports only: they enforce time limits, threads share them, and they work on any thread.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use typefoundry_runtime::TransportErrorKind::{Connect, Other, Timeout};
use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{
    BlockingAdapter, BlockingTransport, BoxFuture, Bytes, HyperTransport, RequestBody, Transport,
    TransportError,
};

use super::carrier::PATIENCE;
use super::server::{HELLO, Server, Then};

const SHORT: Duration = Duration::from_millis(150);
/// A limit far below the duration of a stalled response.
const SOON: Duration = Duration::from_secs(8);

fn direct() -> BlockingAdapter<HyperTransport> {
    BlockingAdapter::new(HyperTransport::builder().no_proxy().build().expect("a transport"))
}

fn post(url: &str) -> Request<Bytes> {
    Request::post(url).body(Bytes::from_static(b"{}")).expect("a request")
}

#[test]
fn call_ends_at_its_timeout() {
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nx";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1388\r\nx";
    for (canned, then) in [
        ("", Then::Stall),
        ("HTTP/1.1 200 OK\r\nx-a: ", Then::Drip),
        (begun, Then::Stall),
        (begun, Then::Drip),
        (chunked, Then::Drip),
    ] {
        let server = Server::one(canned, then);
        let start = Instant::now();
        let error = direct().send(post(&server.url), SHORT).expect_err("late");
        assert_eq!(error.kind(), Timeout, "{canned:?} {then:?} {error:?}");
        assert!(start.elapsed() >= SHORT && start.elapsed() < SOON, "{canned:?} {then:?}");
    }
}

/// The server reads one byte, and the request fills its buffers.
#[test]
fn unread_request_ends_at_its_timeout() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let body = Bytes::from(vec![b'x'; 64 * 1024 * 1024]);
    let request = Request::post(url).body(body).expect("a request");
    let error = direct().send(request, SHORT).expect_err("late");
    assert_eq!(error.kind(), Timeout, "{error:?}");
}

#[test]
fn timeout_can_have_any_length() {
    for timeout in [Duration::MAX, Duration::from_secs(u64::MAX)] {
        let server = Server::one(HELLO, Then::Keep);
        let builder = HyperTransport::builder().no_proxy().connect_timeout(timeout);
        let transport = BlockingAdapter::new(builder.build().expect("a transport"));
        transport.send(post(&server.url), timeout).expect("a response");
    }
    for timeout in [Duration::ZERO, Duration::from_nanos(1)] {
        let server = Server::one(HELLO, Then::Stall);
        assert_eq!(direct().send(post(&server.url), timeout).expect_err("late").kind(), Timeout);
    }
}

#[test]
fn transport_is_shared_by_threads() {
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
    // At most one connection per thread, and every request arrived.
    assert!(requests.iter().all(|(connection, _)| *connection < 8));
    requests.sort_by(|a, b| a.1.cmp(&b.1));
    for (number, (_, request)) in requests.iter().enumerate() {
        assert!(request.starts_with(&format!("POST /{} HTTP/1.1\r\n", number / 8)), "{request}");
    }
}

/// A thread of an async runtime must not block on or drop another runtime: both would panic.
#[test]
fn transport_can_be_used_and_dropped_in_async_tasks() {
    let server = Server::start(vec![vec![(HELLO, Then::Keep); 3]]);
    let url = server.url.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let transport = direct();
        transport.send(post(&url), PATIENCE).expect("a response in a task");
        let (clone, other) = (transport.clone(), url.clone());
        let sent = tokio::task::spawn_blocking(move || clone.send(post(&other), PATIENCE)).await;
        sent.expect("a thread").expect("a response beside a task");
        transport.send(post(&url), PATIENCE).expect("a response");
        drop(transport);
    });
}

#[test]
fn connection_is_kept_between_calls() {
    let server = Server::start(vec![vec![(HELLO, Then::Keep); 3]]);
    let transport = direct();
    for _ in 0..3 {
        transport.send(post(&server.url), PATIENCE).expect("a response");
    }
    assert!((0..3).all(|_| server.next().0 == 0), "one connection");
}

#[test]
fn stalled_server_is_a_timeout_and_closed_port_a_connect_error() {
    let server = Server::one("", Then::Stall);
    let transport = direct();
    assert_eq!(transport.send(post(&server.url), SHORT).expect_err("late").kind(), Timeout);
    let url = format!("http://127.0.0.1:{}/", super::server::closed_port());
    assert_eq!(transport.send(post(&url), PATIENCE).expect_err("refused").kind(), Connect);
}

/// A transport that panics.
struct Broken;

impl Transport for Broken {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { panic!("as it is meant to") })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn panic_of_the_transport_is_an_error() {
    let transport = BlockingAdapter::new(Broken);
    for _ in 0..2 {
        let error = transport.send(post("http://a.example/"), PATIENCE).expect_err("a panic");
        assert_eq!((error.kind(), error.to_string().as_str()), (Other, "the transport panicked"));
    }
}

#[test]
fn debug_shows_the_transport() {
    let shown = format!("{:?}", direct());
    assert_eq!(shown, "BlockingAdapter(HyperTransport { max_response_len: 10485760, .. })");
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
#[test]
fn without_a_provider_https_names_the_features() {
    let error = direct().send(post("https://127.0.0.1:1/"), PATIENCE).expect_err("no provider");
    assert_eq!(error.kind(), typefoundry_runtime::TransportErrorKind::Config);
    assert!(error.to_string().ends_with("`https` requires the feature `ring` or `aws-lc`"), "{error}");
}

/// A reader that waits, for example for a child process.
struct Waiting {
    started: Sender<()>,
    proceed: Receiver<()>,
}

impl Read for Waiting {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        let _ = self.started.send(());
        // The end of the sender ends the wait.
        let _ = self.proceed.recv();
        Ok(0)
    }
}

#[test]
fn reader_that_waits_does_not_stop_other_requests() {
    let (uploads, others) = (Server::one(HELLO, Then::Keep), Server::one(HELLO, Then::Keep));
    let transport = direct();
    let ((started, has_started), (to_proceed, proceed)) = (channel(), channel());
    let body = RequestBody::reader(Waiting { started, proceed });
    let request = Request::post(&uploads.url).body(body).expect("a request");
    let uploading = {
        let transport = transport.clone();
        thread::spawn(move || transport.send_streaming(request, PATIENCE))
    };
    has_started.recv_timeout(PATIENCE).expect("a read");
    transport.send(post(&others.url), PATIENCE).expect("a response");
    drop(to_proceed);
    uploading.join().expect("a thread").expect("a response");
    assert!(uploads.request().ends_with("0\r\n\r\n"));
}
