//! A base URL that the generator accepts works in a client.

use typefoundry_runtime::{Error, Method, Operation, RequestContext, RequestWriter};

use crate::{Memory, TRIES, is_accepted, random_text};

/// Base URLs, and whether the generator accepts them.
const CASES: &[(&str, bool)] = &[
    ("https://api.acme.test", true),
    ("https://api.acme.test/v1", true),
    ("https://api.acme.test:8443/v1/eu", true),
    ("https://api_1.acme.test", true),
    ("https://localhost", true),
    ("http://localhost:8080", true),
    ("http://127.0.0.1:9", true),
    ("http://[::1]:9", true),
    ("https://[2001:db8::1]", true),
    ("", false),
    ("api.acme.test", false),
    ("//api.acme.test", false),
    ("ftp://api.acme.test", false),
    ("http://api.acme.test", false),
    ("https://", false),
    ("https:///v1", false),
    ("https://:443", false),
    ("https://api.acme.test:", false),
    ("https://api.acme.test:0", false),
    ("https://api.acme.test:65536", false),
    ("http://127.0.0.1:65616", false),
    ("https://ada:hush@api.acme.test", false),
    ("https://api.acme.test/", false),
    ("https://api.acme.test/v1/", false),
    ("https://api.acme.test//v1", false),
    ("https://api.acme.test/v1/../v2", false),
    ("https://api.acme.test/./v1", false),
    ("https://api.acme.test/%2e%2e/v1", false),
    ("https://api.acme.test?v=1", false),
    ("https://api.acme.test#top", false),
    ("https://{region}.acme.test", false),
    ("https://api.acme.test/{version}", false),
    ("https://api.acme.test/a b", false),
    ("https://api.acme.test/a\tb", false),
    ("https://api.acme.test/a\\b", false),
    ("https://b\u{fc}cher.acme.test", false),
    ("https://256.0.0.1", false),
    ("https://[::1", false),
];

/// Returns the URL of a request to `/users`.
fn request_url(base_url: &str) -> Result<String, Error> {
    let context: RequestContext = base_url.parse()?;
    let operation = Operation::new("users.get", Method::GET, "/users");
    Ok(RequestWriter::new(&operation, &context).into_request()?.uri().to_string())
}

/// Checks that the runtime uses the URL unchanged, and that a browser's URL parser agrees.
fn assert_works(url: &str) {
    let requested = request_url(url).unwrap_or_else(|error| panic!("{url:?}: {error}"));
    assert_eq!(requested, format!("{url}/users"));
    Memory::default().client(url).unwrap_or_else(|error| panic!("{url:?}: {error}"));
    let parsed = url::Url::parse(&requested).unwrap_or_else(|error| panic!("{url:?}: {error}"));
    let (_, rest) = url.split_once("://").expect("a scheme");
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    assert_eq!(parsed.path(), format!("{path}/users"), "{url:?}");
    assert!(parsed.has_host() && parsed.username().is_empty(), "{url:?}");
}

#[test]
fn generator_and_runtime_agree_on_known_base_urls() {
    for (url, expected) in CASES {
        assert_eq!(is_accepted(url, "http: GET /users"), *expected, "{url:?}");
        if *expected {
            assert_works(url);
        }
        if request_url(url).is_err() {
            assert!(!expected, "the runtime rejects {url:?}");
        }
    }
}

#[test]
fn accepted_random_base_urls_work() {
    const STARTS: &[&str] = &["https://", "https://", "https://", "http://", "https:/", ""];
    const HOSTS: &[&str] = &[
        "api.acme.test",
        "api.acme.test",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "1.2.3",
        "a_b",
        "a-",
        "",
        "\u{fc}",
    ];
    const PORTS: &[&str] = &["", "", "", ":1", ":443", ":65535", ":65536", ":0", ":", ":01", ":a"];
    const PARTS: &[&str] = &[
        "/", "/v1", "/a", ".", "..", "~", ":", "@", "%", "%2e", "?", "#", "{", "}", " ", "\\", "|", "\u{fc}",
        "'", "\"", "<", ";", "[", "\u{7f}",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let mut accepted = 0;
    for _ in 0..TRIES {
        let mut pick = |parts: &[&'static str]| parts[random.usize(..parts.len())];
        let start = [pick(STARTS), pick(HOSTS), pick(PORTS)].concat();
        let url = start + &random_text(&mut random, PARTS, 4);
        if is_accepted(&url, "http: GET /users") {
            accepted += 1;
            assert_works(&url);
        }
    }
    assert!((TRIES / 50..TRIES / 2).contains(&accepted), "{accepted} of {TRIES}");
}
