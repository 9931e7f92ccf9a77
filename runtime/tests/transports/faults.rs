//! Faults are distinguished, and no error repeats the request.

use std::error::Error;

use typefoundry_runtime::TransportErrorKind::{self, BodyTooLarge, Connect, Connection, Protocol};
use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Bytes, TransportError};

use super::carrier::Carrier;
use super::server::{Server, Then, closed_port};

over_every_transport! {
    refused_connection_is_a_connect_error,
    broken_connection_or_response_is_an_error,
    reset_body_without_a_length_is_an_error,
    error_does_not_show_the_request,
    request_that_cannot_be_sent_is_an_error,
}

/// Faults after the request was sent, their errors, and the part of the body that is kept if there is a head.
const BROKEN: &[(&str, Then, TransportErrorKind, Option<&str>)] = &[
    ("", Then::Close, Connection, None),
    ("", Then::Reset, Connection, None),
    ("HTTP/1.1 200 OK\r\ncontent-le", Then::Close, Connection, None),
    ("HTTP/1.1 203 OK\r\ncontent-length: 9\r\n\r\nhello", Then::Close, Connection, Some("hello")),
    ("HTTP/1.1 203 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel", Then::Close, Connection, Some("hel")),
    (
        "HTTP/1.1 203 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n4",
        Then::Close,
        Connection,
        Some("{}"),
    ),
    (
        "HTTP/1.1 203 OK\r\ntransfer-encoding: chunked\r\n\r\nseven\r\nhello",
        Then::Close,
        Connection,
        Some(""),
    ),
    ("SMTP/1.1 220 Ready\r\n\r\n", Then::Close, Protocol, None),
    ("HTTP/9.9 200 OK\r\n\r\n", Then::Close, Protocol, None),
];

fn refused_connection_is_a_connect_error(carrier: &Carrier) {
    let error = carrier.post(&format!("http://127.0.0.1:{}/", closed_port())).expect_err("refused");
    assert_eq!(error.kind(), Connect, "{error:?}");
    assert!(error.to_string().to_lowercase().contains("refused"), "{error}");
}

fn broken_connection_or_response_is_an_error(carrier: &Carrier) {
    for (canned, then, kind, body) in BROKEN {
        let server = Server::one(canned, *then);
        let error = carrier.post(&server.url).expect_err(canned);
        assert_eq!(error.kind(), *kind, "{canned:?} {error:?}");
        assert!(error.source().is_some(), "{canned:?} {error:?}");
        let part = error.response().map(|part| (part.status().as_u16(), part.body().as_ref()));
        assert_eq!(part, body.map(|body| (203, body.as_bytes())), "{canned:?} {error:?}");
    }
}

/// Only the end of the connection marks the end of such a body.
fn reset_body_without_a_length_is_an_error(carrier: &Carrier) {
    let server = Server::one("HTTP/1.1 200 OK\r\n\r\n{\"secrets\":[]}", Then::Reset);
    let error = carrier.post(&server.url).expect_err("cut off");
    assert_eq!(error.kind(), Connection, "{error:?}");
}

fn shown(error: &TransportError) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut next = error.source();
    while let Some(source) = next {
        shown.push_str(&format!(" {source} {source:?}"));
        next = source.source();
    }
    shown
}

fn planted(url: &str) -> Request<Bytes> {
    Request::post(format!("{url}hush-path?key=hush-query"))
        .header("authorization", "Bearer hush-header")
        .body(Bytes::from_static(b"hush-body"))
        .expect("a request")
}

fn error_does_not_show_the_request(carrier: &Carrier) {
    let told = "HTTP/1.1 200 OK\r\nx-a: hush-answer\r\ncontent-length: 2000\r\n\r\nhush-answer";
    let garbled = "HTTP/1.1 200 OK\r\nhush answer: \r\n\r\n";
    let broken = "HTTP/1.1 200 OK\r\nx-a: hush-answer\r\ntransfer-encoding: chunked\r\n\r\nhush-answer\r\n";
    let mut kinds: Vec<TransportErrorKind> = Vec::new();
    let told = [(told, Then::Keep), (garbled, Then::Keep), (broken, Then::Close)];
    for (canned, then) in told.into_iter().chain(BROKEN.iter().map(|(canned, then, ..)| (*canned, *then))) {
        let server = Server::one(canned, then);
        let error = carrier.send(planted(&server.url)).expect_err(canned);
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
        kinds.push(error.kind());
    }
    assert_eq!(kinds[..2], [BodyTooLarge, Protocol]);
    for url in [format!("http://127.0.0.1:{}/", closed_port()), "https://127.0.0.1:1/".to_owned()] {
        let error = carrier.send(planted(&url)).expect_err("the connection is refused");
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
    }
}

fn request_that_cannot_be_sent_is_an_error(carrier: &Carrier) {
    for url in ["/hush-path", "ftp://127.0.0.1/hush-path", "http://:80/hush-path", "hush:1"] {
        let Ok(request) = Request::post(url).body(Bytes::new()) else { continue };
        let error = carrier.send(request).expect_err(url);
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
    }
}
