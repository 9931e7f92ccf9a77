//! Requests whose bodies are read while they are sent.

use std::io::{self, Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use typefoundry_runtime::TransportErrorKind::RequestBody as SourceFailed;
use typefoundry_runtime::http::{Request, Version};
use typefoundry_runtime::{Bytes, RequestBody, Stream};

use super::carrier::{Carrier, PATIENCE};
use super::server::{HELLO, Server, Then};

over_every_transport! {
    body_with_a_length_has_a_content_length,
    body_without_a_length_is_chunked,
    empty_body_has_a_content_length,
    failing_source_is_an_error,
    body_of_another_length_is_an_error,
    body_can_be_sent_once,
    body_that_needs_chunks_is_refused_if_the_request_cannot_have_chunks,
    body_without_a_length_is_sent_or_refused_after_a_response_in_http10,
    connection_is_reused_after_a_streamed_request,
    source_is_not_read_ahead,
    error_response_arrives_before_the_end_of_the_request,
    request_ends_when_its_response_is_dropped,
    rejected_request_is_not_sent_to_its_end,
}

fn post(url: &str, body: RequestBody) -> Request<RequestBody> {
    Request::post(url).body(body).expect("a request")
}

/// Returns the text of the request, after a successful response.
fn sent(carrier: &Carrier, body: RequestBody) -> String {
    let server = Server::one(HELLO, Then::Keep);
    let mut response = carrier.open(post(&server.url, body)).expect("a response");
    assert_eq!(response.body_mut().rest().0, b"hello");
    server.request().to_ascii_lowercase()
}

/// The texts as a stream that is not ready before each of them.
struct Slow(std::vec::IntoIter<&'static str>, bool);

impl Stream for Slow {
    type Item = Result<&'static str, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.next().map(Ok))
    }
}

fn slow() -> RequestBody {
    RequestBody::stream(Slow(vec!["hel", "lo"].into_iter(), false))
}

fn body_with_a_length_has_a_content_length(carrier: &Carrier) {
    for body in [
        RequestBody::reader(Cursor::new("hello")).with_length(5),
        RequestBody::reader_from(|| Ok(Cursor::new("hello"))).with_length(5),
        RequestBody::stream_from(|| Slow(vec!["hel", "lo"].into_iter(), false)).with_length(5),
        slow().with_length(5),
        RequestBody::from("hello"),
    ] {
        let request = sent(carrier, body);
        assert!(request.ends_with("\r\n\r\nhello"), "{request}");
        assert!(request.contains("\r\ncontent-length: 5\r\n"), "{request}");
        assert!(!request.contains("transfer-encoding"), "{request}");
    }
}

fn body_without_a_length_is_chunked(carrier: &Carrier) {
    for (body, chunks) in [
        (RequestBody::reader(Cursor::new("hello")), "5\r\nhello\r\n0\r\n\r\n"),
        (slow(), "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
    ] {
        let request = sent(carrier, body);
        let (head, body) = request.split_once("\r\n\r\n").expect("a head");
        assert_eq!(body, chunks);
        assert!(head.contains("\r\ntransfer-encoding: chunked"), "{head}");
        assert!(!head.contains("content-length"), "{head}");
    }
}

fn empty_body_has_a_content_length(carrier: &Carrier) {
    for body in [RequestBody::default(), RequestBody::reader(io::empty()).with_length(0)] {
        let request = sent(carrier, body);
        assert!(request.contains("\r\ncontent-length: 0\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\n"), "{request}");
    }
}

/// Reads five bytes, then fails.
struct Failing(bool);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(io::Error::other("the disk is gone"));
        }
        (&b"hello"[..]).read(buffer)
    }
}

fn failing_source_is_an_error(carrier: &Carrier) {
    for body in [
        RequestBody::reader(Failing(false)),
        RequestBody::reader(Failing(false)).with_length(9),
        RequestBody::reader_from(|| Err::<io::Empty, _>(io::Error::other("the disk is gone"))),
    ] {
        let server = Server::one(HELLO, Then::Keep);
        let error = carrier.open(post(&server.url, body)).expect_err("no disk");
        assert_eq!(error.kind(), SourceFailed);
        assert!(error.to_string().contains("the disk is gone"), "{error}");
    }
}

fn body_of_another_length_is_an_error(carrier: &Carrier) {
    let longer = "longer than its declared length";
    for (len, message) in [(6, "1 bytes shorter"), (4, longer), (3, longer), (0, longer)] {
        for body in [RequestBody::reader(Cursor::new("hello")), slow()] {
            let server = Server::one(HELLO, Then::Keep);
            let error = carrier.open(post(&server.url, body.with_length(len))).expect_err("another length");
            assert_eq!(error.kind(), SourceFailed);
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}

fn body_can_be_sent_once(carrier: &Carrier) {
    let body = RequestBody::reader(Cursor::new("hello")).with_length(5);
    assert!(body.is_available());
    assert!(sent(carrier, body.clone()).ends_with("hello"));
    assert!(!body.is_available());
    let server = Server::one(HELLO, Then::Keep);
    let error = carrier.open(post(&server.url, body)).expect_err("sent before");
    assert_eq!(error.kind(), SourceFailed);
    assert!(error.to_string().contains("only once"), "{error}");
}

/// A request without its body would succeed.
fn body_that_needs_chunks_is_refused_if_the_request_cannot_have_chunks(carrier: &Carrier) {
    let server = Server::one(HELLO, Then::Keep);
    for (method, version) in
        [("GET", Version::HTTP_11), ("HEAD", Version::HTTP_11), ("POST", Version::HTTP_10)]
    {
        let request = Request::builder().method(method).version(version).uri(&server.url);
        let error = carrier.open(request.body(slow()).expect("a request")).expect_err("no length");
        assert_eq!(error.kind(), SourceFailed);
        assert!(error.to_string().contains("must have a length"), "{error}");
    }
    assert!(server.is_quiet());
    let request = Request::get(&server.url).body(slow().with_length(5)).expect("a request");
    carrier.open(request).expect("a response");
    assert!(server.request().ends_with("\r\n\r\nhello"));
}

/// HTTP/1.0 has no chunks, and HTTP libraries send the next request on such a connection in the same version.
fn body_without_a_length_is_sent_or_refused_after_a_response_in_http10(carrier: &Carrier) {
    let canned = "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 5\r\n\r\nhello";
    let server =
        Server::start(vec![vec![(canned, Then::Keep), (HELLO, Then::Keep)], vec![(HELLO, Then::Keep)]]);
    carrier.post(&server.url).expect("a response");
    server.request();
    match carrier.open(post(&server.url, slow())) {
        Ok(_) => assert!(server.request().ends_with("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")),
        Err(error) => assert_eq!(error.kind(), SourceFailed),
    }
}

fn connection_is_reused_after_a_streamed_request(carrier: &Carrier) {
    const REQUESTS: usize = 30;
    let server =
        Server::start(vec![vec![(HELLO, Then::Keep); REQUESTS], vec![(HELLO, Then::Keep); REQUESTS]]);
    for number in 0..REQUESTS {
        let body = if number % 2 == 0 { slow() } else { slow().with_length(5) };
        let mut response = carrier.open(post(&server.url, body)).expect("a response");
        assert_eq!(response.body_mut().rest().0, b"hello");
        assert_eq!(server.next().0, 0);
    }
}

/// An endless source that counts the bytes that were read. The value is shared while the source exists.
struct Endless(Arc<AtomicUsize>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b'x');
        self.0.fetch_add(buffer.len(), Ordering::SeqCst);
        Ok(buffer.len())
    }
}

const SHORT: Duration = Duration::from_millis(150);
const MANY: u64 = 1 << 30;
const REJECTION: &[u8] = b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n";

/// Returns an endless body, and the number of bytes that were read.
fn endless() -> (RequestBody, Arc<AtomicUsize>) {
    let read = Arc::<AtomicUsize>::default();
    (RequestBody::reader(Endless(Arc::clone(&read))).with_length(MANY), read)
}

/// Waits until nothing else shares the value of the source.
fn wait_for_drop(source: &Arc<AtomicUsize>) {
    let start = Instant::now();
    while Arc::strong_count(source) > 1 {
        assert!(start.elapsed() < PATIENCE, "the source was not dropped");
        thread::yield_now();
    }
}

/// The server reads the start of the request, and responds when the client stops to send.
fn source_is_not_read_ahead(carrier: &Carrier) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let (body, read) = endless();
    let progress = Arc::clone(&read);
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.read_exact(&mut [0; 1000]).expect("a part of the request");
        let mut before = 0;
        while before != progress.load(Ordering::SeqCst) {
            before = progress.load(Ordering::SeqCst);
            thread::sleep(SHORT);
        }
        stream.write_all(REJECTION).expect("to write");
        stream
    });
    let response = carrier.open(post(&url, body)).expect("a response");
    assert_eq!(response.status(), 413);
    let read = read.load(Ordering::SeqCst);
    assert!(read > 0 && read < 64 * 1024 * 1024, "{read}");
    drop(serving.join().expect("a server"));
}

/// Sends an endless request to a server that responds to its start, then another request. Returns the source and the
/// first connection.
fn rejected(carrier: &Carrier, response: &'static [u8]) -> (Arc<AtomicUsize>, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let serving = thread::spawn(move || {
        let (mut first, _) = listener.accept().expect("a connection");
        first.read_exact(&mut [0; 1000]).expect("a part of the request");
        first.write_all(response).expect("to write");
        let (mut second, _) = listener.accept().expect("another connection");
        let request = super::server::read_request(&mut second);
        second.write_all(HELLO.as_bytes()).expect("to write");
        (first, request)
    });
    let (body, read) = endless();
    let mut response = carrier.open(post(&url, body)).expect("a response");
    if response.status() == 413 {
        assert!(response.body_mut().rest().0.is_empty());
    }
    drop(response);
    wait_for_drop(&read);
    // The connection is not used again: a part of the request is still to be sent.
    let request = Request::post(&url).body(Bytes::from_static(b"{}")).expect("a request");
    assert_eq!(carrier.send(request).expect("a response").body(), "hello");
    let (first, request) = serving.join().expect("a request");
    assert!(request.ends_with("{}"));
    (read, first)
}

/// The server does not read the rest of the request, and keeps the connection open.
fn error_response_arrives_before_the_end_of_the_request(carrier: &Carrier) {
    rejected(carrier, REJECTION);
}

fn request_ends_when_its_response_is_dropped(carrier: &Carrier) {
    rejected(carrier, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n");
}

/// The server reads whatever it receives, but does not receive the whole request.
fn rejected_request_is_not_sent_to_its_end(carrier: &Carrier) {
    let (read, mut first) = rejected(carrier, REJECTION);
    first.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let draining = thread::spawn(move || match io::copy(&mut first, &mut io::sink()) {
        Ok(len) => assert!(len < MANY, "the whole request"),
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    });
    while !draining.is_finished() {
        carrier.settle();
    }
    draining.join().expect("a closed connection");
    assert!(read.load(Ordering::SeqCst) < usize::try_from(MANY).expect("a length"));
}
