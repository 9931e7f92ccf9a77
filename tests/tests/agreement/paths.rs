//! A path that the generator accepts is sent as described.

use typefoundry_runtime::{Method, Operation, RequestContext, RequestWriter};

use crate::{TRIES, is_accepted, quoted, random_text};

const SERVER: &str = "https://api.acme.test";

/// Paths, and whether the generator accepts them. The placeholder is named `id`.
const CASES: &[(&str, bool)] = &[
    ("/", true),
    ("/users", true),
    ("/users/", true),
    ("/users/{id}", true),
    ("/users/{id}.json", true),
    ("/users/{id}:lock", true),
    ("/users/$count", true),
    ("/users/a(1)!*'&=+;,@~", true),
    ("users", false),
    ("", false),
    ("https://api.acme.test/users", false),
    ("/users/:id", false),
    ("/users/<id>", false),
    ("/users/${id}", false),
    ("/users/{{id}}", false),
    ("/users/{id", false),
    ("/users/id}", false),
    ("/users/{}", false),
    ("/users/{id}/{id}", true),
    ("/users?upload", true),
    ("/users/{id}?upload&acl", true),
    ("/users?limit=1", false),
    ("/users?", false),
    ("/users#", false),
    ("/users//keys", false),
    ("/users/../keys", false),
    ("/users/./keys", false),
    ("/users/..", false),
    ("/users/%2e%2e", false),
    ("/users/.%2E/keys", false),
    ("/users/a%20b%7c", true),
    ("/users/a%2", false),
    ("/users/a b", false),
    ("/users/\u{e4}", false),
    ("/users/a\\b", false),
    ("/users/a|b", false),
    ("/users/a\u{0}b", false),
];

/// Whether the generator accepts both a request and a URL with this path. Only a request can have a fragment.
fn is_accepted_path(path: &str) -> bool {
    let params = match path.contains("{id}") {
        true => ", params: { id: { type: string, doc: Which., example: a } }",
        false => "",
    };
    let sent = is_accepted(SERVER, &format!("http: {}{params}", quoted(&format!("GET {path}"))));
    let built = is_accepted(SERVER, &format!("url: {}{params}", quoted(path)));
    if let Some((before, _)) = path.split_once('#') {
        assert!(!built && (!sent || is_accepted_path(before)), "{path:?}");
        return false;
    }
    assert_eq!(sent, built, "{path:?}");
    sent
}

/// Checks that the path is sent unchanged, even if a library parses the URL as browsers do. The operation writes the keys of
/// the query, in another encoding.
fn assert_works(path: &str) {
    let server: RequestContext = SERVER.parse().expect("a URL");
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    // The template of an operation is `'static`.
    let template: &'static str = String::leak(path.to_owned());
    let mut writer = RequestWriter::new(&Operation::new("users.get", Method::GET, template), &server);
    writer.path("id", &"a");
    query.into_iter().flat_map(|query| query.split('&')).for_each(|key| writer.query_flag(key));
    let request = writer.into_request().unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let expected = path.replace("{id}", "a");
    assert_eq!(request.uri().path(), expected);
    assert_eq!(request.uri().query().map(decoded).as_deref(), query, "{path:?}");
    let parsed = url::Url::parse(&request.uri().to_string()).expect("a URL");
    assert_eq!((parsed.path(), parsed.fragment()), (expected.as_str(), None));
}

/// Decodes the keys of a query.
fn decoded(query: &str) -> String {
    let keys = url::form_urlencoded::parse(query.as_bytes()).map(|(key, _)| key.into_owned());
    keys.collect::<Vec<_>>().join("&")
}

#[test]
fn fragment_belongs_to_requests_only() {
    for path in ["/users#top", "/users/{id}?upload#a=b"] {
        let params = ", params: { id: { type: string, doc: Which., example: a } }";
        let params = if path.contains("{id}") { params } else { "" };
        assert!(is_accepted(SERVER, &format!("http: {}{params}", quoted(&format!("GET {path}")))), "{path}");
        assert!(!is_accepted(SERVER, &format!("url: {}{params}", quoted(path))), "{path}");
    }
}

#[test]
fn generator_and_runtime_agree_on_known_paths() {
    for (path, expected) in CASES {
        assert_eq!(is_accepted_path(path), *expected, "{path:?}");
        if *expected {
            assert_works(path);
        }
    }
}

#[test]
fn accepted_random_paths_work() {
    const PARTS: &[&str] = &[
        "/", "/", "/users", "{id}", "a", ".", "..", "~", "-", ":", "@", "$", "%", "%2e", "?", "#", "{", "}",
        " ", "\\", "|", "\u{e4}", "'", "\"", "<", ">", ";", "=", "[", "]", "^", "`", "\u{7f}",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let mut accepted = 0;
    for _ in 0..TRIES {
        let path = format!("/{}", random_text(&mut random, PARTS, 4));
        if is_accepted_path(&path) {
            accepted += 1;
            assert_works(&path);
        }
    }
    assert!((TRIES / 20..TRIES * 3 / 4).contains(&accepted), "{accepted} of {TRIES}");
}
