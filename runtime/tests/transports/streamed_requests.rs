//! Requests whose bodies are read while they are sent.

use std::io::{self, Cursor, Read};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use typefoundry_runtime::TransportErrorKind::{RequestBody as SourceFailed, Timeout};
use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Bytes, RequestBody, Stream};

use super::carrier::Carrier;
use super::server::{HELLO, Server, Then};

over_every_transport! {
    body_with_a_length_has_a_content_length,
    body_without_a_length_is_chunked,
    empty_body_has_a_content_length,
    failing_source_is_an_error,
    body_of_another_length_is_an_error,
    body_can_be_sent_once,
    source_is_not_read_ahead,
    error_response_arrives_before_the_end_of_the_request,
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
    for (len, message) in [(6, "1 bytes shorter"), (4, "longer than its declared length")] {
        let server = Server::one(HELLO, Then::Keep);
        let body = RequestBody::reader(Cursor::new("hello")).with_length(len);
        let error = carrier.open(post(&server.url, body)).expect_err("another length");
        assert_eq!(error.kind(), SourceFailed);
        assert!(error.to_string().contains(message), "{error}");
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

/// An endless source that counts the bytes that were read.
struct Endless(Arc<AtomicUsize>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b'x');
        self.0.fetch_add(buffer.len(), Ordering::SeqCst);
        Ok(buffer.len())
    }
}

const SHORT: Duration = Duration::from_millis(500);
const MANY: u64 = 1 << 30;

/// The server accepts the connection, but does not read.
fn source_is_not_read_ahead(carrier: &Carrier) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let read = Arc::<AtomicUsize>::default();
    let body = RequestBody::reader(Endless(Arc::clone(&read))).with_length(MANY);
    let error = carrier.open_within(post(&url, body), SHORT).expect_err("unread");
    assert_eq!(error.kind(), Timeout);
    let read = read.load(Ordering::SeqCst);
    assert!(read > 0 && read < 64 * 1024 * 1024, "{read}");
}

/// The connection still sends the request, so it is not used again.
fn error_response_arrives_before_the_end_of_the_request(carrier: &Carrier) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let serving = std::thread::spawn(move || {
        let (mut first, _) = listener.accept().expect("a connection");
        let rejection = "HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n";
        first.read_exact(&mut [0; 1000]).expect("a part of the request");
        io::Write::write_all(&mut first, rejection.as_bytes()).expect("to write");
        let (mut second, _) = listener.accept().expect("another connection");
        let request = super::server::read_request(&mut second);
        io::Write::write_all(&mut second, HELLO.as_bytes()).expect("to write");
        request
    });
    let body = RequestBody::reader(Endless(Arc::default())).with_length(MANY);
    let mut response = carrier.open(post(&url, body)).expect("a response");
    assert_eq!(response.status(), 413);
    assert!(response.body_mut().rest().0.is_empty());
    let request = Request::post(&url).body(Bytes::from_static(b"{}")).expect("a request");
    assert_eq!(carrier.send(request).expect("a response").body(), "hello");
    assert!(serving.join().expect("a request").ends_with("{}"));
}
