//! Answers that are whole, and whose body is not what it should be.

use crate::table::{Again, Fault, ORGANIZATION, Outcome, check};

const JSON: &str = "content-type: application/json\r\n";

fn unread(name: &str, headers: &str, body: impl AsRef<[u8]>, said: &'static str) -> Fault {
    Fault::answering(name, "200 OK", headers, body).gives(Outcome::Decode(200, said))
}

#[tokio::test]
async fn bodies_that_do_not_fit() {
    let deep = format!("{{\"domains\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let unknown_deep = format!("{{\"new\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let invalid = [b"{\"id\":\"org_\xff\xfe\",\"token\":\"", "hush\"}".as_bytes()].concat();
    check(vec![
        unread("cut off", JSON, &ORGANIZATION[..90], "$"),
        // The bytes are read as U+FFFD; what is missing is missing all the same.
        unread("invalid UTF-8", JSON, invalid, "$.name: expected a value, found nothing"),
        unread("a list", JSON, "[]", "$: expected an object, found"),
        unread("a text", JSON, "\"hush\"", "$: expected an object, found a string"),
        unread(
            "a number where a text should be",
            JSON,
            ORGANIZATION.replace("\"Ada\"", "7"),
            "$.name: expected",
        ),
        unread("a wrong date", JSON, ORGANIZATION.replace("2031-02-03T04", "hush"), "$.created_at: expected"),
        unread("empty", JSON, "", "$: expected"),
        unread("blank", JSON, " \r\n", "$: expected"),
        unread("null", JSON, "null", "$: expected an object, found null"),
        unread("nested too deeply", JSON, deep, "$.domains"),
        unread(
            "nested too deeply where nobody looks",
            JSON,
            unknown_deep,
            "expected at most 128 levels of nesting",
        ),
        unread("two documents", JSON, format!("{ORGANIZATION}{ORGANIZATION}"), "$: expected"),
        unread("zeros", JSON, [0; 64], "$: expected"),
        Fault::answering("no content", "201 Created", "", "").gives(Outcome::Decode(201, "$: expected")),
    ])
    .await;
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let html = "<html><body>hush</body></html>";
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
    let gzipped = format!("{JSON}content-encoding: gzip\r\n");
    check(vec![
        unread(
            "a page",
            "content-type: text/html; charset=utf-8\r\n",
            html,
            "the body is text/html, not JSON: $",
        ),
        unread("a page under no name", "", html, "cannot read the response (200 OK): $: expected"),
        unread("a page called JSON", JSON, html, "cannot read the response (200 OK): $: expected"),
        unread("gzip", &gzipped, gzip, "the body is encoded as gzip: $").keeps("content-encoding", &["gzip"]),
        unread("a form", "content-type: application/x-www-form-urlencoded\r\n", "a=hush", "not JSON"),
        Fault::answering("a page of a proxy", "403 Forbidden", "content-type: text/html\r\n", html)
            .gives(Outcome::Api(403)),
        Fault::answering("a page of a gateway", "502 Bad Gateway", "content-type: text/html\r\n", html)
            .gives(Outcome::Api(502))
            .again(Again::Repeatable),
        Fault::answering("gzip of an error", "403 Forbidden", &gzipped, gzip).gives(Outcome::Api(403)),
    ])
    .await;
}

/// The name of the format is not looked at when the body can be read.
#[tokio::test]
async fn good_bodies_under_wrong_names() {
    let named = [
        "",
        "content-type: text/html\r\n",
        "content-type: text/plain; charset=latin-1\r\n",
        "content-type: \r\n",
        "content-type: \u{fffd}\r\n",
        "content-encoding: identity\r\n",
        "content-encoding: gzip\r\n",
    ];
    let cases = named.map(|headers| Fault::answering(headers, "200 OK", headers, ORGANIZATION));
    check(cases.into()).await;
}
