//! Heads that are odd, too long, or no HTTP at all.

use typefoundry_tests::Act::{Await, Close, Read, Write};
use workos_api::runtime::TransportErrorKind::{Io, Protocol};

use crate::table::{Again, Fault, ORGANIZATION, Outcome, answer, check, good, write};

fn headed(name: &str, headers: &str) -> Fault {
    Fault::answering(name, "200 OK", headers, ORGANIZATION)
}

fn no_http(name: &str, bytes: impl AsRef<[u8]>) -> Fault {
    Fault::new(name, [Read, write(bytes), Close]).gives(said())
}

fn said() -> Outcome {
    Outcome::Transport(Protocol, "the answer is no HTTP that can be read")
}

fn closed() -> Outcome {
    Outcome::Transport(Io, "the connection failed")
}

fn text_of_good() -> String {
    String::from_utf8(good().to_vec()).expect("text")
}

#[tokio::test]
async fn odd_headers_are_kept() {
    let long = "x".repeat(60_000);
    let many: String = (0..90).map(|n| format!("x-{n}: {n}\r\n")).collect();
    check(vec![
        headed("twice", "set-cookie: a=hush\r\nx-a: 1\r\nset-cookie: b=hush\r\n")
            .keeps("set-cookie", &["a=hush", "b=hush"])
            .keeps("x-a", &["1"]),
        headed("without a value", "x-empty:\r\nx-blank:   \r\n")
            .keeps("x-empty", &[""])
            .keeps("x-blank", &[""]),
        headed("60 KB", &format!("x-long: {long}\r\n")).keeps("x-long", &[&long]),
        headed("many", &many).keeps("x-89", &["89"]),
        headed("in capitals", "X-SHOUT: a\r\n").keeps("x-shout", &["a"]),
        headed("text of no ASCII", "x-name: Zo\u{eb}\r\n").keeps("x-name", &["Zo\u{eb}"]),
    ])
    .await;
}

#[tokio::test]
async fn heads_that_are_too_much() {
    let long = format!("x-long: {}\r\n", "x".repeat(600_000));
    let many: String = (0..200).map(|n| format!("x-{n}: {n}\r\n")).collect();
    check(vec![
        no_http("600 KB", answer("200 OK", &long, ORGANIZATION)),
        no_http("200 headers", answer("200 OK", &many, ORGANIZATION)),
        no_http("a name without end", format!("HTTP/1.1 200 OK\r\n{}", "x".repeat(600_000)).into_bytes()),
        no_http("a reason without end", format!("HTTP/1.1 200 {}", "x".repeat(600_000)).into_bytes()),
    ])
    .await;
}

#[tokio::test]
async fn heads_that_are_no_http() {
    check(vec![
        no_http("a folded header", answer("200 OK", "x-a: 1\r\n 2\r\n", ORGANIZATION)),
        no_http("a zero in a value", answer("200 OK", "x-a: a\0b\r\n", ORGANIZATION)),
        no_http("a space in a name", answer("200 OK", "x a: 1\r\n", ORGANIZATION)),
        no_http("a space before the colon", answer("200 OK", "x-a : 1\r\n", ORGANIZATION)),
        no_http("a line without a colon", answer("200 OK", "hush\r\n", ORGANIZATION)),
        no_http("status 099", answer("099 Low", "", ORGANIZATION)),
        no_http("status 20", answer("20 Short", "", ORGANIZATION)),
        no_http("status 2000", answer("2000 Long", "", ORGANIZATION)),
        no_http("no status", "HTTP/1.1\r\n\r\n"),
        no_http("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        no_http("a frame of HTTP/2", b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80"),
        no_http("HTTP/3.0", text_of_good().replace("HTTP/1.1", "HTTP/3.0")),
        no_http("an alert of TLS", b"\x15\x03\x01\0\x02\x02\x46"),
        no_http("SSH", "SSH-2.0-OpenSSH_9.6\r\n"),
        no_http("SSH, which does not listen", "").turns([vec![
            Await,
            write("SSH-2.0-OpenSSH_9.6\r\n"),
            Close,
        ]]),
        no_http("a bare page", "<html>hush</html>"),
        // An answer may still follow blank lines, and then the connection is closed.
        no_http("nothing but lines", "\r\n\r\n\r\n\r\n").gives(closed()).again(Again::Repeatable),
    ])
    .await;
}

/// What is not by the book, and does no harm.
#[tokio::test]
async fn heads_that_are_forgiven() {
    let good = text_of_good();
    check(vec![
        Fault::new("no reason", [Read, write(good.replace("200 OK", "200 "))]),
        Fault::new("no reason and no space", [Read, write(good.replace("200 OK", "200"))]),
        Fault::new("lines without a return", [Read, write(good.replace("\r\n", "\n"))]),
        Fault::new("a blank line first", [Read, write(format!("\r\n{good}"))]),
    ])
    .await;
}

/// What comes before the answer is not the answer.
#[tokio::test]
async fn answers_before_the_answer() {
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n".as_slice();
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </hush>\r\nx-request-id: wrong\r\n\r\n".as_slice();
    check(vec![
        Fault::new("100", [Read, write([go_on, &good()].concat())]),
        Fault::new("102", [Read, write("HTTP/1.1 102 Processing\r\n\r\n"), Write(good())]),
        Fault::new("103", [Read, write(hints), Write(good())]),
        Fault::new("all", [Read, write([go_on, hints, hints, &good()].concat())]),
        Fault::new("an error after 103", [Read, write(hints), Write(answer("404 No", "", "{}"))])
            .gives(Outcome::Api(404))
            .keeps_body("{}"),
    ])
    .await;
}
