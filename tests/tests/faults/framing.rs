//! Responses with unusual or invalid framing of the body.

use typefoundry_tests::Action::{Await, Close, Read, Write};
use workos_api::runtime::TransportErrorKind::Protocol;

use crate::table::{Fault, ORGANIZATION, Outcome, REQUEST_ID, Retried, check, good, truncated, write};

fn framed(version: &str, headers: &str, body: &str) -> typefoundry_tests::Action {
    write(format!("{version} 200 OK\r\nx-request-id: {REQUEST_ID}\r\n{headers}\r\n{body}"))
}

fn chunked(trailers: &str) -> String {
    let (first, rest) = ORGANIZATION.split_at(30);
    let (first_len, rest_len) = (first.len(), rest.len());
    format!("{first_len:X};a=b\r\n{first}\r\n{rest_len:x}\r\n{rest}\r\n0\r\n{trailers}\r\n")
}

#[tokio::test]
async fn http_1_0_body_ends_with_its_connection() {
    let length = format!("content-length: {}\r\n", ORGANIZATION.len());
    check(vec![
        Fault::new("HTTP/1.0", [Read, framed("HTTP/1.0", &length, ORGANIZATION), Close]),
        Fault::new("HTTP/1.0 without a length", [Read, framed("HTTP/1.0", "", ORGANIZATION), Close]),
        Fault::new("HTTP/1.1 without a length", [Read, framed("HTTP/1.1", "", ORGANIZATION), Close]),
        // HTTP/1.0 marks the end of the body by closing the connection, so truncation shows only when the body is
        // decoded.
        Fault::new("HTTP/1.0, truncated", [Read, framed("HTTP/1.0", "", &ORGANIZATION[..40]), Close])
            .expects(Outcome::Decode(200, "$"))
            .expects_body(&ORGANIZATION[..40]),
    ])
    .await;
}

#[tokio::test]
async fn malformed_chunk_is_a_truncated_body() {
    let head = "transfer-encoding: chunked\r\n";
    let truncates = |name: &str, body: &str, received: &str| {
        Fault::new(name, [Read, framed("HTTP/1.1", head, body), Close])
            .expects(truncated(received))
            .retried(Retried::Idempotent)
    };
    let extension = chunked("").replace(";a=b", ";name=of-more-than-20-bytes");
    check(vec![
        Fault::new("a chunk extension", [Read, framed("HTTP/1.1", head, &chunked(""))]),
        Fault::new("trailers", [Read, framed("HTTP/1.1", head, &chunked("x-a: hush\r\nx-b: 2\r\n"))]),
        Fault::new("a long chunk extension", [Read, framed("HTTP/1.1", head, &extension)]),
        truncates("a chunk size with a sign", "+2\r\n{}\r\n0\r\n\r\n", ""),
        truncates("a chunk size that is not a number", "zz\r\n{}\r\n0\r\n\r\n", ""),
        truncates("a negative chunk size", "-2\r\n{}\r\n0\r\n\r\n", ""),
        truncates("a chunk size that overflows", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", ""),
        truncates("a chunk size that is too small", "1\r\n{}\r\n0\r\n\r\n", "{"),
        truncates("truncated in a chunk size", "2\r\n{}\r\n4", "{}"),
        truncates("truncated in the line of a chunk size", "2\r\n{}\r\n4\r", "{}"),
        truncates("no line break after a chunk", "2\r\n{}", "{}"),
        truncates("no last chunk", "2\r\n{}\r\n", "{}"),
        truncates("truncated after the last chunk", "2\r\n{}\r\n0\r\n", "{}"),
        truncates("truncated in a trailer", "2\r\n{}\r\n0\r\nx-a: b", "{}"),
        truncates("truncated after a trailer", "2\r\n{}\r\n0\r\nx-a: b\r\n", "{}"),
    ])
    .await;
}

/// Contradictory lengths allow request smuggling, so the client rejects them.
#[tokio::test]
async fn contradictory_lengths_are_rejected() {
    let len = ORGANIZATION.len();
    let refused = |name: &str, headers: &str| {
        Fault::new(name, [Read, framed("HTTP/1.1", headers, ORGANIZATION), Close])
            .expects(Outcome::Transport(Protocol, "the response is not valid HTTP"))
    };
    let both = "content-length: 5\r\ntransfer-encoding: chunked\r\n";
    check(vec![
        refused("two content-length headers", &format!("content-length: {len}\r\ncontent-length: 5\r\n")),
        refused("two lengths in one header", &format!("content-length: {len}, 5\r\n")),
        refused("a negative length", "content-length: -1\r\n"),
        refused("a length with a sign", &format!("content-length: +{len}\r\n")),
        refused("a length that overflows", "content-length: 99999999999999999999999\r\n"),
        refused("a length that is not a number", "content-length: hush\r\n"),
        Fault::new(
            "the same length twice",
            [
                Read,
                framed(
                    "HTTP/1.1",
                    &format!("content-length: {len}\r\ncontent-length: {len}\r\n"),
                    ORGANIZATION,
                ),
            ],
        ),
        // Per RFC 9112, section 6.3, `transfer-encoding` overrides `content-length`.
        Fault::new("content-length with chunks", [Read, framed("HTTP/1.1", both, &chunked(""))]),
    ])
    .await;
}

/// The body ends after `content-length` bytes, even when more bytes follow or the response comes before the request.
#[tokio::test]
async fn excess_bytes_and_early_responses_are_tolerated() {
    let stray = [&good()[..], b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"].concat();
    check(vec![
        Fault::new("more bytes than content-length", [Read, write([&good()[..], b"hush hush"].concat())]),
        Fault::new("two responses", [Read, write(stray)]),
        Fault::new("a response before the request is read", [Await, Write(good()), Read]),
    ])
    .await;
}
