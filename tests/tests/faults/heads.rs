//! Response heads that are unusual, too long or not HTTP.

use typefoundry_tests::Action::{Await, Close, Read, Write};
use workos_api::runtime::TransportErrorKind::{Connection, Protocol};

use crate::table::{Fault, ORGANIZATION, Outcome, Retried, check, good, response, write};

fn with_headers(name: &str, headers: &str) -> Fault {
    Fault::response(name, "200 OK", headers, ORGANIZATION)
}

fn not_http(name: &str, bytes: impl AsRef<[u8]>) -> Fault {
    Fault::new(name, [Read, write(bytes), Close]).expects(protocol_error())
}

fn protocol_error() -> Outcome {
    Outcome::Transport(Protocol, "the response is not valid HTTP")
}

fn connection_error() -> Outcome {
    Outcome::Transport(Connection, "the connection failed")
}

fn good_as_string() -> String {
    String::from_utf8(good().to_vec()).expect("text")
}

#[tokio::test]
async fn unusual_headers_are_kept() {
    let long = "x".repeat(60_000);
    let many: String = (0..90).map(|n| format!("x-{n}: {n}\r\n")).collect();
    check(vec![
        with_headers("a repeated header", "set-cookie: a=hush\r\nx-a: 1\r\nset-cookie: b=hush\r\n")
            .expects_header("set-cookie", &["a=hush", "b=hush"])
            .expects_header("x-a", &["1"]),
        with_headers("an empty value", "x-empty:\r\nx-blank:   \r\n")
            .expects_header("x-empty", &[""])
            .expects_header("x-blank", &[""]),
        with_headers("a value of 60 KB", &format!("x-long: {long}\r\n")).expects_header("x-long", &[&long]),
        with_headers("90 headers", &many).expects_header("x-89", &["89"]),
        with_headers("an uppercase name", "X-SHOUT: a\r\n").expects_header("x-shout", &["a"]),
        with_headers("a value that is not ASCII", "x-name: Zo\u{eb}\r\n")
            .expects_header("x-name", &["Zo\u{eb}"]),
    ])
    .await;
}

#[tokio::test]
async fn oversized_head_is_rejected() {
    let long = format!("x-long: {}\r\n", "x".repeat(600_000));
    let many: String = (0..200).map(|n| format!("x-{n}: {n}\r\n")).collect();
    check(vec![
        not_http("a value of 600 KB", response("200 OK", &long, ORGANIZATION)),
        not_http("200 headers", response("200 OK", &many, ORGANIZATION)),
        not_http(
            "an endless header name",
            format!("HTTP/1.1 200 OK\r\n{}", "x".repeat(600_000)).into_bytes(),
        ),
        not_http("an endless reason phrase", format!("HTTP/1.1 200 {}", "x".repeat(600_000)).into_bytes()),
    ])
    .await;
}

#[tokio::test]
async fn head_that_is_not_http_is_rejected() {
    check(vec![
        not_http("a folded header", response("200 OK", "x-a: 1\r\n 2\r\n", ORGANIZATION)),
        not_http("a NUL byte in a value", response("200 OK", "x-a: a\0b\r\n", ORGANIZATION)),
        not_http("a space in a name", response("200 OK", "x a: 1\r\n", ORGANIZATION)),
        not_http("a space before the colon", response("200 OK", "x-a : 1\r\n", ORGANIZATION)),
        not_http("a line without a colon", response("200 OK", "hush\r\n", ORGANIZATION)),
        not_http("status 099", response("099 Low", "", ORGANIZATION)),
        not_http("status 20", response("20 Short", "", ORGANIZATION)),
        not_http("status 2000", response("2000 Long", "", ORGANIZATION)),
        not_http("no status code", "HTTP/1.1\r\n\r\n"),
        not_http("an HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        not_http("an HTTP/2 frame", b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80"),
        not_http("an unknown version", good_as_string().replace("HTTP/1.1", "HTTP/3.0")),
        not_http("a TLS alert", b"\x15\x03\x01\0\x02\x02\x46"),
        not_http("an SSH banner", "SSH-2.0-OpenSSH_9.6\r\n"),
        not_http("an SSH banner before the request is read", "").turns([vec![
            Await,
            write("SSH-2.0-OpenSSH_9.6\r\n"),
            Close,
        ]]),
        not_http("an HTML page without a head", "<html>hush</html>"),
        // A response can still follow blank lines, so this is a closed connection and not a protocol error.
        not_http("only blank lines", "\r\n\r\n\r\n\r\n")
            .expects(connection_error())
            .retried(Retried::Idempotent),
    ])
    .await;
}

/// Deviations from the specification that the client tolerates.
#[tokio::test]
async fn harmless_deviations_are_tolerated() {
    let good = good_as_string();
    check(vec![
        Fault::new("no reason phrase", [Read, write(good.replace("200 OK", "200 "))]),
        Fault::new("no reason phrase and no space", [Read, write(good.replace("200 OK", "200"))]),
        Fault::new("LF instead of CRLF", [Read, write(good.replace("\r\n", "\n"))]),
        Fault::new("a blank line first", [Read, write(format!("\r\n{good}"))]),
    ])
    .await;
}

/// Interim (1xx) responses are skipped.
#[tokio::test]
async fn interim_responses_are_skipped() {
    let continue_ = b"HTTP/1.1 100 Continue\r\n\r\n".as_slice();
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </hush>\r\nx-request-id: wrong\r\n\r\n".as_slice();
    check(vec![
        Fault::new("100 Continue", [Read, write([continue_, &good()].concat())]),
        Fault::new("102 Processing", [Read, write("HTTP/1.1 102 Processing\r\n\r\n"), Write(good())]),
        Fault::new("103 Early Hints", [Read, write(hints), Write(good())]),
        Fault::new("several", [Read, write([continue_, hints, hints, &good()].concat())]),
        Fault::new("an error after 103", [Read, write(hints), Write(response("404 No", "", "{}"))])
            .expects(Outcome::Api(404))
            .expects_body("{}"),
    ])
    .await;
}
