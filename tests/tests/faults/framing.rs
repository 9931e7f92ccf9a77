//! Answers that say where they end in odd ways, or in none.

use typefoundry_tests::Act::{Await, Close, Read, Write};
use workos_api::runtime::TransportErrorKind::Protocol;

use crate::table::{Again, Fault, ORGANIZATION, Outcome, REQUEST_ID, broken_off, check, good, write};

fn framed(version: &str, headers: &str, body: &str) -> typefoundry_tests::Act {
    write(format!("{version} 200 OK\r\nx-request-id: {REQUEST_ID}\r\n{headers}\r\n{body}"))
}

fn chunked(trailers: &str) -> String {
    let (first, rest) = ORGANIZATION.split_at(30);
    let (first_len, rest_len) = (first.len(), rest.len());
    format!("{first_len:X};a=b\r\n{first}\r\n{rest_len:x}\r\n{rest}\r\n0\r\n{trailers}\r\n")
}

#[tokio::test]
async fn old_http() {
    let length = format!("content-length: {}\r\n", ORGANIZATION.len());
    check(vec![
        Fault::new("HTTP/1.0", [Read, framed("HTTP/1.0", &length, ORGANIZATION), Close]),
        Fault::new("HTTP/1.0 without a length", [Read, framed("HTTP/1.0", "", ORGANIZATION), Close]),
        Fault::new("HTTP/1.1 without a length", [Read, framed("HTTP/1.1", "", ORGANIZATION), Close]),
        // Nobody can tell that it was cut off, but by reading it.
        Fault::new("HTTP/1.0, cut off", [Read, framed("HTTP/1.0", "", &ORGANIZATION[..40]), Close])
            .gives(Outcome::Decode(200, "$"))
            .keeps_body(&ORGANIZATION[..40]),
    ])
    .await;
}

#[tokio::test]
async fn chunks() {
    let head = "transfer-encoding: chunked\r\n";
    let broken = |name: &str, body: &str, came: &str| {
        Fault::new(name, [Read, framed("HTTP/1.1", head, body), Close])
            .gives(broken_off(came))
            .again(Again::Repeatable)
    };
    let parameter = chunked("").replace(";a=b", ";name=of-more-than-20-bytes");
    check(vec![
        Fault::new("with a parameter", [Read, framed("HTTP/1.1", head, &chunked(""))]),
        Fault::new("with trailers", [Read, framed("HTTP/1.1", head, &chunked("x-a: hush\r\nx-b: 2\r\n"))]),
        Fault::new("with a long parameter", [Read, framed("HTTP/1.1", head, &parameter)]),
        broken("a size with a sign", "+2\r\n{}\r\n0\r\n\r\n", ""),
        broken("a size that is no number", "zz\r\n{}\r\n0\r\n\r\n", ""),
        broken("a size below zero", "-2\r\n{}\r\n0\r\n\r\n", ""),
        broken("a size beyond numbers", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", ""),
        broken("a size that is too small", "1\r\n{}\r\n0\r\n\r\n", "{"),
        broken("half a size", "2\r\n{}\r\n4", "{}"),
        broken("half a line", "2\r\n{}\r\n4\r", "{}"),
        broken("no line after a chunk", "2\r\n{}", "{}"),
        broken("no end", "2\r\n{}\r\n", "{}"),
        broken("half an end", "2\r\n{}\r\n0\r\n", "{}"),
        broken("half a trailer", "2\r\n{}\r\n0\r\nx-a: b", "{}"),
        broken("no end after a trailer", "2\r\n{}\r\n0\r\nx-a: b\r\n", "{}"),
    ])
    .await;
}

/// Two parties that read these differently can be set against each other.
#[tokio::test]
async fn lengths_that_contradict() {
    let len = ORGANIZATION.len();
    let refused = |name: &str, headers: &str| {
        Fault::new(name, [Read, framed("HTTP/1.1", headers, ORGANIZATION), Close])
            .gives(Outcome::Transport(Protocol, "the answer is no HTTP that can be read"))
    };
    let both = "content-length: 5\r\ntransfer-encoding: chunked\r\n";
    check(vec![
        refused("two lengths", &format!("content-length: {len}\r\ncontent-length: 5\r\n")),
        refused("two lengths in one", &format!("content-length: {len}, 5\r\n")),
        refused("a length below zero", "content-length: -1\r\n"),
        refused("a length with a sign", &format!("content-length: +{len}\r\n")),
        refused("a length beyond numbers", "content-length: 99999999999999999999999\r\n"),
        refused("a length that is no number", "content-length: hush\r\n"),
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
        // RFC 9112, 6.3: the chunks count.
        Fault::new("a length and chunks", [Read, framed("HTTP/1.1", both, &chunked(""))]),
    ])
    .await;
}

/// The length is the end, even where more comes, or comes too early.
#[tokio::test]
async fn too_much_and_too_early() {
    let stray = [&good()[..], b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"].concat();
    check(vec![
        Fault::new("more than the length", [Read, write([&good()[..], b"hush hush"].concat())]),
        Fault::new("two answers", [Read, write(stray)]),
        Fault::new("an answer before the request is read", [Await, Write(good()), Read]),
    ])
    .await;
}
