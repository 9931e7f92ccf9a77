//! Maximum length of response bodies.

use typefoundry_runtime::TransportErrorKind;

use super::carrier::{Carrier, LIMIT};
use super::server::{Server, Then};

over_every_transport! {
    body_of_the_maximum_length_is_returned,
    body_with_an_excessive_content_length_is_not_read,
    body_is_not_read_beyond_the_limit,
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn canned(len: usize) -> &'static str {
    leak(format!("HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n{}", "x".repeat(len)))
}

fn chunked(len: usize) -> &'static str {
    let chunks = "1\r\nx\r\n".repeat(len);
    leak(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"))
}

fn body_of_the_maximum_length_is_returned(carrier: &Carrier) {
    for canned in [canned(LIMIT), chunked(LIMIT)] {
        let server = Server::one(canned, Then::Keep);
        assert_eq!(carrier.post(&server.url).expect("a response").body().len(), LIMIT);
    }
}

/// The server never sends the announced body, so a transport that reads it would wait.
fn body_with_an_excessive_content_length_is_not_read(carrier: &Carrier) {
    for len in [(LIMIT + 1).to_string(), u64::MAX.to_string()] {
        let canned = leak(format!("HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n"));
        let server = Server::one(canned, Then::Stall);
        let sent = carrier.post(&server.url);
        if len == u64::MAX.to_string() {
            // Some libraries reject such a length as invalid.
            sent.expect_err("too long");
        } else {
            assert_eq!(sent.expect_err("too long").kind(), TransportErrorKind::BodyTooLarge);
        }
    }
}

/// The server sends for ten seconds, so reading to the end would be noticeable.
fn body_is_not_read_beyond_the_limit(carrier: &Carrier) {
    let endless = leak(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(LIMIT)));
    for (canned, then) in [(chunked(LIMIT + 1), Then::Stall), (endless, Then::Drip)] {
        let server = Server::one(canned, then);
        let error = carrier.post(&server.url).expect_err("too long");
        assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
        assert!(error.to_string().contains("1000 bytes"), "{error}");
    }
}
