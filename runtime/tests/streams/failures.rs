//! Streams that fail before or within the body.

use typefoundry_runtime::{Error, ErrorKind, TransportErrorKind};

use super::api::{Download, Export, Watch, last_error, read, with_both};
use crate::transports::server::{CannedResponse, Then};

const UNAVAILABLE: CannedResponse = ("HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n", Then::Keep);
const LINES: CannedResponse = ("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n1\n2\n", Then::Keep);

/// Returns the kind of the error of the transport.
fn transport_kind(error: &Error) -> Option<TransportErrorKind> {
    error.transport_error().map(typefoundry_runtime::TransportError::kind)
}

#[test]
fn error_response_is_read_as_a_whole() {
    let canned =
        "HTTP/1.1 404 Not Found\r\nx-request-id: r1\r\ncontent-length: 14\r\n\r\n{\"code\":\"gone\"}";
    let canned = canned.replace("14", "15").leak();
    for (items, stream) in read(&[&[(canned, Then::Keep)]], |client| client.request(Watch).stream()) {
        let (events, error) = last_error(items);
        assert!(events.is_empty());
        assert_eq!((error.kind(), error.status().expect("a status").as_u16()), (ErrorKind::Api, 404));
        assert_eq!((error.request_id(), error.operation()), (Some("r1"), Some("Watch")));
        assert_eq!(error.body().expect("a body"), "{\"code\":\"gone\"}");
        assert_eq!((error.attempts(), error.received_len(), stream.status()), (1, None, None));
    }
}

#[test]
fn transient_failure_before_the_head_is_retried() {
    for (items, _) in read(&[&[UNAVAILABLE, UNAVAILABLE, LINES]], |client| client.request(Export).stream()) {
        assert_eq!(items.into_iter().map(|item| item.expect("a value")).collect::<Vec<_>>(), [1, 2]);
    }
}

#[test]
fn truncated_stream_is_not_retried_and_names_what_was_received() {
    let canned = "HTTP/1.1 200 OK\r\nx-request-id: r1\r\ncontent-length: 99\r\n\r\n1\n2\n[SECRET";
    for (items, stream) in
        read(&[&[(canned, Then::Close)], &[LINES]], |client| client.request(Export).stream())
    {
        let (values, error) = last_error(items);
        assert_eq!((values, stream.received_len()), (vec![1, 2], 11));
        assert_eq!(
            (error.kind(), transport_kind(&error)),
            (ErrorKind::Transport, Some(TransportErrorKind::Connection))
        );
        assert_eq!((error.received_len(), error.attempts(), error.is_retryable()), (Some(11), 1, true));
        assert_eq!((error.request_id(), error.status().expect("a status").as_u16()), (Some("r1"), 200));
        assert_eq!(error.body().expect("the line in progress"), "[SECRET");
        assert!(error.to_string().contains("(200 OK) after 11 bytes of the body"), "{error}");
        assert!(!format!("{error} {error:?} {stream:?}").contains("SECRET"), "{error:?}");
    }
}

#[test]
fn invalid_item_does_not_end_the_stream() {
    let canned = "HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n1\n{\"SECRET\":1}\n2\n";
    for (items, stream) in read(&[&[(canned, Then::Keep)]], |client| client.request(Export).stream()) {
        let [one, invalid, two] = items.try_into().expect("three items");
        assert_eq!((one.expect("a value"), two.expect("a value")), (1, 2));
        let error = invalid.expect_err("an object");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("Export")));
        assert_eq!(error.body().expect("the line"), "{\"SECRET\":1}");
        assert!(error.to_string().contains("expected a 64-bit integer, found an object"), "{error}");
        assert!(!format!("{error} {error:?} {stream:?}").contains("SECRET"), "{error:?}");
    }
}

#[test]
fn other_content_type_is_an_error_with_the_whole_body() {
    let canned = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    for (items, _) in read(&[&[(canned, Then::Keep)]], |client| client.request(Watch).stream()) {
        let (_, error) = last_error(items);
        assert_eq!((error.kind(), error.body().expect("a body").as_ref()), (ErrorKind::Decode, &b"{}"[..]));
        let message = "header content-type: expected text/event-stream, found application/json";
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn limits_end_the_stream() {
    let canned = ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1\n222\n3\n4", Then::Keep);
    for (items, _) in read(&[&[canned]], |client| client.request(Export).stream().max_item_len(2)) {
        let (values, error) = last_error(items);
        assert_eq!((values, transport_kind(&error)), (vec![1], Some(TransportErrorKind::BodyTooLarge)));
        assert!(error.to_string().contains("longer than 2 bytes"), "{error}");
    }
    for (items, _) in read(&[&[canned]], |client| client.request(Download).stream().max_len(8)) {
        let (_, error) = last_error(items);
        assert_eq!(transport_kind(&error), Some(TransportErrorKind::BodyTooLarge));
        assert_eq!(error.received_len(), Some(9));
    }
    for (items, _) in read(&[&[canned]], |client| client.request(Export).stream().max_len(9).max_item_len(3))
    {
        assert_eq!(items.len(), 4);
    }
}

#[test]
fn failed_connection_is_an_item() {
    let port = crate::transports::server::closed_port();
    let client = super::api::builder(&format!("http://127.0.0.1:{port}")).build().expect("a client");
    let mut stream = client.request(Export).stream().blocking();
    let error = stream.next().expect("an item").expect_err("refused");
    assert_eq!(
        (error.kind(), transport_kind(&error)),
        (ErrorKind::Transport, Some(TransportErrorKind::Connect))
    );
    assert!(error.attempts() > 1 && stream.next().is_none());
}

/// `open` returns the error, and the stream ends.
#[test]
fn error_of_the_head_ends_the_stream() {
    let refused = ("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", Then::Keep);
    with_both(
        &[&[refused]],
        async |client, _| {
            let mut stream = client.request(Watch).stream();
            assert_eq!(stream.open().await.expect_err("rejected").status().expect("a status"), 401);
            assert!(stream.next().await.is_none());
        },
        |client, _| {
            let mut stream = client.request(Watch).stream().blocking();
            assert_eq!(stream.open().expect_err("rejected").status().expect("a status"), 401);
            assert!(stream.next().is_none());
        },
    );
}
