//! Responses whose bodies are read as streams.

use std::thread;
use std::time::{Duration, Instant};

use typefoundry_runtime::TransportErrorKind::{BodyTooLarge, Connection, Timeout};

use super::carrier::{Carrier, LIMIT};
use super::server::{FLOOD, HELLO, Server, Then};

over_every_transport! {
    head_and_first_chunk_arrive_before_the_end_of_the_body,
    connection_is_reused_after_the_end_of_the_body,
    dropped_body_closes_the_connection,
    connection_is_closed_when_the_wait_for_a_chunk_ends,
    truncated_body_ends_with_an_error,
    streamed_body_has_no_maximum_length,
    body_is_not_read_ahead,
    empty_body_has_no_chunks,
    empty_body_that_is_not_read_leaves_the_connection_open,
    error_status_is_a_response,
}

const BEGUN: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
const SHORT: Duration = Duration::from_millis(150);
/// A limit far below the duration of a stalled response.
const SOON: Duration = Duration::from_secs(8);

fn head_and_first_chunk_arrive_before_the_end_of_the_body(carrier: &Carrier) {
    let server = Server::one(BEGUN, Then::Stall);
    let start = Instant::now();
    let mut response = carrier.open_post(&server.url).expect("a head");
    assert_eq!(response.status(), 200);
    let chunk = response.body_mut().next().expect("a chunk").expect("bytes");
    assert_eq!(chunk, "hello");
    assert!(start.elapsed() < SOON);
}

fn connection_is_reused_after_the_end_of_the_body(carrier: &Carrier) {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let server = Server::start(vec![vec![(chunked, Then::Keep), (HELLO, Then::Keep), (HELLO, Then::Keep)]]);
    for _ in 0..3 {
        let mut response = carrier.open_post(&server.url).expect("a head");
        let (body, error) = response.body_mut().rest();
        assert_eq!((body.as_slice(), error.is_none()), (&b"hello"[..], true));
        assert_eq!(server.next().0, 0);
    }
}

fn dropped_body_closes_the_connection(carrier: &Carrier) {
    let server = Server::start(vec![vec![(BEGUN, Then::Flood)], vec![(HELLO, Then::Keep)]]);
    let mut response = carrier.open_post(&server.url).expect("a head");
    response.body_mut().next().expect("a chunk").expect("bytes");
    drop(response);
    assert_eq!(server.next().0, 0);
    // The next request neither waits for the rest of the body nor receives it.
    let response = carrier.post(&server.url).expect("a response");
    assert_eq!((response.body().as_ref(), server.next().0), (&b"hello"[..], 1));
    server.wait_for_close();
    assert!(server.flooded() < FLOOD);
}

fn connection_is_closed_when_the_wait_for_a_chunk_ends(carrier: &Carrier) {
    let server = Server::start(vec![vec![(BEGUN, Then::Stall)], vec![(HELLO, Then::Keep)]]);
    let mut response = carrier.open_post(&server.url).expect("a head");
    response.body_mut().next().expect("a chunk").expect("bytes");
    let error = response.body_mut().within(SHORT).expect("an error").expect_err("late");
    assert_eq!(error.kind(), Timeout);
    assert!(response.body_mut().next().is_none());
    assert_eq!(server.next().0, 0);
    carrier.post(&server.url).expect("a response");
    assert_eq!(server.next().0, 1);
    server.wait_for_close();
}

fn truncated_body_ends_with_an_error(carrier: &Carrier) {
    for canned in [BEGUN, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello"] {
        let server = Server::one(canned, Then::Close);
        let mut response = carrier.open_post(&server.url).expect("a head");
        let (body, error) = response.body_mut().rest();
        assert_eq!(body, b"hello");
        assert_eq!(error.expect("an error").kind(), Connection);
        assert!(response.body_mut().next().is_none());
    }
}

/// The maximum length still applies to a body that is read as a whole.
fn streamed_body_has_no_maximum_length(carrier: &Carrier) {
    let body = "x".repeat(LIMIT * 20);
    let canned = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let canned: &'static str = Box::leak(canned.into_boxed_str());
    let server = Server::start(vec![vec![(canned, Then::Keep), (canned, Then::Keep)]]);
    let (received, error) = carrier.open_post(&server.url).expect("a head").into_body().rest();
    assert_eq!((received.len(), error.is_none()), (LIMIT * 20, true));
    assert_eq!(carrier.post(&server.url).expect_err("too long").kind(), BodyTooLarge);
}

/// The buffers of the sockets are much smaller than the body.
fn body_is_not_read_ahead(carrier: &Carrier) {
    let server = Server::one("HTTP/1.1 200 OK\r\n\r\n", Then::Flood);
    let mut response = carrier.open_post(&server.url).expect("a head");
    let mut received = response.body_mut().next().expect("a chunk").expect("bytes").len();
    let mut written = 0;
    while written != server.flooded() {
        written = server.flooded();
        thread::sleep(SHORT);
    }
    assert!(written < FLOOD / 2, "{written}");
    while let Some(chunk) = response.body_mut().next() {
        received += chunk.expect("bytes").len();
    }
    assert_eq!(received, FLOOD);
}

fn empty_body_has_no_chunks(carrier: &Carrier) {
    for canned in ["HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"] {
        let server = Server::one(canned, Then::Keep);
        assert!(carrier.open_post(&server.url).expect("a head").body_mut().next().is_none());
    }
}

/// A caller that knows from the head that there is no body does not read it.
fn empty_body_that_is_not_read_leaves_the_connection_open(carrier: &Carrier) {
    for canned in ["HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"] {
        let server = Server::start(vec![vec![(canned, Then::Keep), (HELLO, Then::Keep)], vec![]]);
        drop(carrier.open_post(&server.url).expect("a head"));
        assert_eq!(server.next().0, 0);
        carrier.post(&server.url).expect("a response");
        assert_eq!(server.next().0, 0);
    }
}

fn error_status_is_a_response(carrier: &Carrier) {
    let server = Server::one("HTTP/1.1 404 Not Found\r\nx-a: b\r\ncontent-length: 4\r\n\r\nnone", Then::Keep);
    let mut response = carrier.open_post(&server.url).expect("a head");
    assert_eq!((response.status().as_u16(), &response.headers()["x-a"]), (404, &"b".parse().expect("text")));
    assert_eq!(response.body_mut().rest().0, b"none");
}

/// Transports that only implement `send` read the whole body first.
#[cfg(all(feature = "hyper", feature = "blocking"))]
#[test]
fn transport_without_streams_returns_the_whole_body() {
    use super::carrier::{only_blocking_send, only_send};
    for carrier in [only_send(), only_blocking_send()] {
        let server = Server::one(HELLO, Then::Keep);
        let mut response = carrier.open_post(&server.url).expect("a head");
        assert_eq!(response.body_mut().next().expect("a chunk").expect("bytes"), "hello");
        assert!(response.body_mut().next().is_none());
        let server = Server::one(BEGUN, Then::Close);
        let error = carrier.open_post(&server.url).expect_err("truncated");
        assert_eq!(error.response().expect("a head").body(), "hello");
    }
}
