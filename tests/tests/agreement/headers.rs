//! A header that the generator accepts is sent unchanged.

use typefoundry_runtime::{Endpoint, ErrorKind, Method, Operation, RequestWriter};

use crate::{Memory, is_accepted, quoted};

const SERVER: &str = "https://api.acme.test";

/// Header names, and whether the generator accepts them for a parameter.
const CASES: &[(&str, bool)] = &[
    ("X-Acme", true),
    ("x_acme.1!#$%&'*+^`|~", true),
    ("Accept-Language", true),
    ("Authorization", true),
    ("Cookie", true),
    ("Date", true),
    ("ETag", true),
    ("Forwarded", true),
    ("If-None-Match", true),
    ("Origin", true),
    ("Prefer", true),
    ("Range", true),
    ("Referer", true),
    ("Traceparent", true),
    ("Via", true),
    ("Accept", false),
    ("Accept-Encoding", false),
    ("Connection", false),
    ("Content-Encoding", false),
    ("Content-Length", false),
    ("content-type", false),
    ("EXPECT", false),
    ("Host", false),
    ("HTTP2-Settings", false),
    ("Keep-Alive", false),
    ("Proxy-Authorization", false),
    ("Proxy-Connection", false),
    ("TE", false),
    ("Trailer", false),
    ("Transfer-Encoding", false),
    ("Upgrade", false),
    ("User-Agent", false),
    ("", false),
    ("X Acme", false),
    ("X-Acme:", false),
    (":authority", false),
    ("X-Acm\u{e9}", false),
    ("X-A\ncme", false),
    ("(acme)", false),
];

struct Get(&'static str);

impl Endpoint for Get {
    type Options = ();
    type Response = ();
    const OPERATION: Operation = Operation::new("users.get", Method::POST, "/users");

    fn write(&self, request: &mut RequestWriter) {
        request.header(self.0, &"given");
    }
}

#[tokio::test]
async fn generator_and_runtime_agree_on_known_headers() {
    for (name, expected) in CASES {
        let param = format!(
            "http: POST /users, params: {{ given: {{ type: string, in: header, wire_name: {}, doc: A header. }} }}",
            quoted(name)
        );
        assert_eq!(is_accepted(SERVER, &param), *expected, "{name:?}");
        let memory = Memory::default();
        let client = memory.client(SERVER).expect("a client");
        match client.request(Get(name)).send().await {
            Ok(()) => assert_eq!(memory.sent().headers()[*name], "given"),
            Err(error) => {
                assert!(!expected, "{name:?}: {error}");
                assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name:?}");
            }
        }
    }
}

/// The key `accept` sets the media type of the response, and a constant header cannot.
#[test]
fn media_type_of_a_response_is_a_key() {
    let key = |value: &str| format!("http: POST /users, accept: {}", quoted(value));
    assert!(is_accepted(SERVER, &key("application/vnd.acme+json")));
    assert!(!is_accepted(SERVER, &key("")));
    assert!(!is_accepted(SERVER, &key("application/caf\u{e9}+json")));
    let param = |name: &str, value: &str| {
        let header = format!("h: {{ const: {}, in: header, wire_name: {name} }}", quoted(value));
        format!("http: POST /users, params: {{ {header}, name: {{ type: string, doc: A name. }} }}")
    };
    assert!(!is_accepted(SERVER, &param("Accept", "application/vnd.acme+json")));
    assert!(!is_accepted(SERVER, &param("Content-Type", "application/vnd.acme+json")));
}
