//! Requests are sent unchanged.

use typefoundry_runtime::Bytes;
use typefoundry_runtime::http::{Method, Request};

use super::carrier::Carrier;
use super::server::{HELLO, Server, Then};

over_every_transport! {
    method_path_headers_and_body_are_sent,
    empty_body_is_announced_if_the_method_has_a_body,
    framing_headers_of_the_caller_are_not_sent,
    any_method_can_have_a_body,
    no_header_is_added,
    long_body_is_sent_completely,
    connection_is_reused,
    closed_connection_is_not_reused,
}

fn request(method: &str, url: &str, body: &'static str) -> Request<Bytes> {
    Request::builder().method(method).uri(url).body(Bytes::from_static(body.as_bytes())).expect("a request")
}

/// Returns the lines of a request before its body, in lowercase except for the first.
fn head(request: &str) -> Vec<String> {
    let (head, _) = request.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let first = lines.next().expect("a line").to_owned();
    let line =
        |line: &str| line.split_once(": ").map(|(name, value)| format!("{}: {value}", name.to_lowercase()));
    std::iter::once(first).chain(lines.filter_map(line)).collect()
}

fn method_path_headers_and_body_are_sent(carrier: &Carrier) {
    let server = Server::one(HELLO, Then::Close);
    let mut request = request("PUT", &format!("{}a%2Fb/c%20d?e=f%26g&h", server.url), "{\"a\":1}");
    for (name, value) in
        [("x-one", "1"), ("x-two", "2"), ("x-two", "3"), ("content-type", "application/json")]
    {
        request.headers_mut().append(name, value.parse().expect("a value"));
    }
    let response = carrier.send(request).expect("a response");
    assert_eq!((response.status().as_u16(), response.body().as_ref()), (200, b"hello".as_slice()));
    let arrived = server.request();
    let head = head(&arrived);
    assert_eq!(head[0], "PUT /a%2Fb/c%20d?e=f%26g&h HTTP/1.1");
    let host = format!("host: 127.0.0.1:{}", server.port);
    for line in [host.as_str(), "x-one: 1", "x-two: 2", "x-two: 3", "content-type: application/json"] {
        assert_eq!(head.iter().filter(|known| *known == line).count(), 1, "{line} in {arrived}");
    }
    assert!(arrived.ends_with("\r\n\r\n{\"a\":1}"), "{arrived}");
}

/// Servers respond with 411 to a POST without a length.
fn empty_body_is_announced_if_the_method_has_a_body(carrier: &Carrier) {
    for (method, times) in [("POST", 1), ("PUT", 1), ("PATCH", 1), ("GET", 0), ("DELETE", 0)] {
        let server = Server::one(HELLO, Then::Close);
        carrier.send(request(method, &server.url, "")).expect("a response");
        let head = head(&server.request());
        assert_eq!(head.iter().filter(|line| *line == "content-length: 0").count(), times, "{head:?}");
        assert!(!head.iter().any(|line| line.starts_with("transfer-encoding")), "{head:?}");
    }
}

/// Interceptors and layers can set these headers. The server would then read another request than the one that was
/// sent.
fn framing_headers_of_the_caller_are_not_sent(carrier: &Carrier) {
    for (method, body, length) in [("POST", "{\"a\":1}", "7"), ("POST", "", "0"), ("PUT", "{\"a\":1}", "7")] {
        for wrong in ["3", "300"] {
            let server = Server::one(HELLO, Then::Close);
            let mut request = request(method, &server.url, body);
            let headers = [
                ("content-length", wrong),
                ("transfer-encoding", "chunked"),
                ("host", "other.example"),
                ("connection", "close, x-one"),
                ("keep-alive", "timeout=1"),
                ("te", "trailers"),
                ("trailer", "x-one"),
                ("upgrade", "h2c"),
                ("expect", "100-continue"),
                ("proxy-authorization", "Basic aHVzaA=="),
                ("proxy-connection", "close"),
                ("x-one", "1"),
            ];
            for (name, value) in headers {
                request.headers_mut().append(name, value.parse().expect("a value"));
            }
            carrier.send(request).expect("a response");
            let arrived = server.request();
            let head = head(&arrived);
            let values = |name: &str| {
                let start = format!("{name}: ");
                head.iter().filter_map(|line| line.strip_prefix(&start)).collect::<Vec<_>>()
            };
            assert_eq!(values("content-length"), [length], "{arrived}");
            assert_eq!(values("host"), [format!("127.0.0.1:{}", server.port)], "{arrived}");
            assert_eq!(values("x-one"), ["1"], "{arrived}");
            for (name, _) in
                headers.iter().filter(|(name, _)| !["content-length", "host", "x-one"].contains(name))
            {
                assert_eq!(values(name), [""; 0], "{name} in {arrived}");
            }
            assert!(arrived.ends_with(&format!("\r\n\r\n{body}")), "{arrived}");
        }
    }
}

fn any_method_can_have_a_body(carrier: &Carrier) {
    for method in ["DELETE", "GET", "OPTIONS", "PROPFIND"] {
        let server = Server::one(HELLO, Then::Close);
        carrier.send(request(method, &server.url, "{\"a\":1}")).expect("a response");
        let arrived = server.request();
        assert!(arrived.starts_with(&format!("{method} / HTTP/1.1\r\n")), "{arrived}");
        assert!(head(&arrived).contains(&"content-length: 7".to_owned()), "{arrived}");
        assert!(arrived.ends_with("\r\n\r\n{\"a\":1}"), "{arrived}");
    }
}

fn no_header_is_added(carrier: &Carrier) {
    let server = Server::one(HELLO, Then::Close);
    carrier.send(request("GET", &server.url, "")).expect("a response");
    let head = head(&server.request());
    for name in ["accept-encoding", "user-agent", "cookie", "expect"] {
        assert!(!head.iter().any(|line| line.starts_with(&format!("{name}:"))), "{head:?}");
    }
}

fn long_body_is_sent_completely(carrier: &Carrier) {
    let server = Server::one(HELLO, Then::Close);
    let body = "0123456789".repeat(100_000);
    let request = Request::builder().method(Method::POST).uri(&server.url).body(Bytes::from(body.clone()));
    carrier.send(request.expect("a request")).expect("a response");
    let arrived = server.request();
    assert!(arrived.ends_with(&body) && head(&arrived).contains(&format!("content-length: {}", body.len())));
}

fn connection_is_reused(carrier: &Carrier) {
    let server = Server::start(vec![vec![(HELLO, Then::Keep), (HELLO, Then::Keep)]]);
    for _ in 0..2 {
        carrier.post(&server.url).expect("a response");
        assert_eq!(server.next().0, 0);
    }
}

/// The request is neither lost in the closed connection nor sent twice.
fn closed_connection_is_not_reused(carrier: &Carrier) {
    let server = Server::start(vec![vec![(HELLO, Then::Close)], vec![(HELLO, Then::Close)]]);
    carrier.post(&server.url).expect("a response");
    assert_eq!(server.next().0, 0);
    server.wait_for_close();
    carrier.send(request("GET", &server.url, "")).expect("a response");
    assert_eq!(server.next().0, 1);
    assert!(server.is_quiet());
}
