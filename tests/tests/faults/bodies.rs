//! Complete responses with an unexpected body.

use crate::table::{Fault, ORGANIZATION, Outcome, Retried, check};

const JSON: &str = "content-type: application/json\r\n";

fn undecodable(name: &str, headers: &str, body: impl AsRef<[u8]>, message: &'static str) -> Fault {
    Fault::response(name, "200 OK", headers, body).expects(Outcome::Decode(200, message))
}

#[tokio::test]
async fn body_of_another_shape_is_a_decode_error() {
    let deep = format!("{{\"domains\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let unknown_deep = format!("{{\"new\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let invalid = [b"{\"id\":\"org_\xff\xfe\",\"token\":\"", "hush\"}".as_bytes()].concat();
    check(vec![
        undecodable("truncated", JSON, &ORGANIZATION[..90], "$"),
        // Invalid bytes decode as U+FFFD. The missing field is still an error.
        undecodable("invalid UTF-8", JSON, invalid, "$.name: expected a value, found nothing"),
        undecodable("an array", JSON, "[]", "$: expected an object, found"),
        undecodable("a string", JSON, "\"hush\"", "$: expected an object, found a string"),
        undecodable(
            "a number instead of a string",
            JSON,
            ORGANIZATION.replace("\"Ada\"", "7"),
            "$.name: expected",
        ),
        undecodable(
            "an invalid timestamp",
            JSON,
            ORGANIZATION.replace("2031-02-03T04", "hush"),
            "$.created_at: expected",
        ),
        undecodable("empty", JSON, "", "$: expected"),
        undecodable("only whitespace", JSON, " \r\n", "$: expected"),
        undecodable("null", JSON, "null", "$: expected an object, found null"),
        undecodable("nested too deeply", JSON, deep, "$.domains"),
        undecodable(
            "nested too deeply in an unknown field",
            JSON,
            unknown_deep,
            "expected at most 128 levels of nesting",
        ),
        undecodable("two documents", JSON, format!("{ORGANIZATION}{ORGANIZATION}"), "$: expected"),
        undecodable("only zero bytes", JSON, [0; 64], "$: expected"),
        Fault::response("no content", "201 Created", "", "").expects(Outcome::Decode(201, "$: expected")),
    ])
    .await;
}

#[tokio::test]
async fn body_that_is_not_json_is_reported_with_its_format() {
    let html = "<html><body>hush</body></html>";
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
    let gzipped = format!("{JSON}content-encoding: gzip\r\n");
    check(vec![
        undecodable(
            "an HTML page",
            "content-type: text/html; charset=utf-8\r\n",
            html,
            "the body is text/html, not JSON: $",
        ),
        undecodable(
            "an HTML page without a content type",
            "",
            html,
            "failed to decode the response (200 OK): $: expected",
        ),
        undecodable(
            "an HTML page labeled as JSON",
            JSON,
            html,
            "failed to decode the response (200 OK): $: expected",
        ),
        undecodable("compressed with gzip", &gzipped, gzip, "the body is encoded as gzip: $")
            .expects_header("content-encoding", &["gzip"]),
        undecodable("a form", "content-type: application/x-www-form-urlencoded\r\n", "a=hush", "not JSON"),
        Fault::response(
            "an HTML error page of a proxy",
            "403 Forbidden",
            "content-type: text/html\r\n",
            html,
        )
        .expects(Outcome::Api(403)),
        Fault::response(
            "an HTML error page of a gateway",
            "502 Bad Gateway",
            "content-type: text/html\r\n",
            html,
        )
        .expects(Outcome::Api(502))
        .retried(Retried::Idempotent),
        Fault::response("an error compressed with gzip", "403 Forbidden", &gzipped, gzip)
            .expects(Outcome::Api(403)),
    ])
    .await;
}

/// `Content-Type` and `Content-Encoding` do not matter when the body can be decoded.
#[tokio::test]
async fn valid_json_is_decoded_under_any_content_type() {
    let named = [
        "",
        "content-type: text/html\r\n",
        "content-type: text/plain; charset=latin-1\r\n",
        "content-type: \r\n",
        "content-type: \u{fffd}\r\n",
        "content-encoding: identity\r\n",
        "content-encoding: gzip\r\n",
    ];
    let cases = named.map(|headers| Fault::response(headers, "200 OK", headers, ORGANIZATION));
    check(cases.into()).await;
}
