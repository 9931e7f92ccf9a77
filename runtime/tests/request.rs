//! Conversion of parameters into a request.

use std::collections::BTreeMap;

use crate::common::{PetId, Tag, UpdateParams};
use typefoundry_runtime::{
    Body, Bytes, Endpoint, Error, ErrorKind, HeaderWriter, ListStyle, Method, Object, Operation,
    RequestContext, RequestOptions, RequestWriter, Secret, Value, http,
};

fn base() -> RequestContext {
    "https://api.example.com".parse().expect("a URL")
}

fn build(
    method: Method,
    path: &'static str,
    write: impl FnOnce(&mut RequestWriter),
) -> Result<http::Request<Bytes>, Error> {
    let mut writer = RequestWriter::new(&Operation::new("pets.call", method, path), &base());
    write(&mut writer);
    writer.into_request()
}

fn request_target(path: &'static str, write: impl FnOnce(&mut RequestWriter)) -> String {
    let request = build(Method::GET, path, write).expect("a request");
    request.uri().path_and_query().expect("a path").to_string()
}

fn rejection(method: Method, path: &'static str, write: impl FnOnce(&mut RequestWriter)) -> String {
    let error = build(method, path, write).expect_err("a rejection");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    error.to_string()
}

#[test]
fn path_param_is_percent_encoded() {
    for (value, encoded) in [
        ("a/b", "a%2Fb"),
        ("a b?c#d%e", "a%20b%3Fc%23d%25e"),
        ("é", "%C3%A9"),
        ("a-b.c_d~e", "a-b.c_d~e"),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
        ("\\\n\0", "%5C%0A%00"),
        ("a@b:c", "a%40b%3Ac"),
    ] {
        let mut writer = RequestWriter::new(&Operation::new("pets.get", Method::GET, "/p/{id}/x"), &base());
        writer.path("id", &value);
        let request = writer.into_request().expect(value);
        assert_eq!(request.uri().path(), format!("/p/{encoded}/x"));
    }
}

#[test]
fn non_finite_number_is_rejected_with_its_param() {
    for (write, why) in [
        (
            (|r| r.path("a", &f64::NAN)) as fn(&mut RequestWriter),
            "invalid path parameter `a`: must be finite",
        ),
        (|r| r.query("b", &Some(f64::INFINITY)), "invalid query parameter `b`: must be finite"),
        (
            |r| r.query_list("c", ListStyle::Comma, &vec![1.0, f64::NEG_INFINITY]),
            "invalid item of the query parameter `c`: must be finite",
        ),
        (
            |r| r.query_map("d", &BTreeMap::from([("x".to_owned(), f64::NAN)])),
            "invalid value of the query parameter `d`: must be finite",
        ),
        (
            |r| r.query_flattened(&BTreeMap::from([("e".to_owned(), f64::NAN)])),
            "invalid query parameters: $.e: a JSON number must be finite",
        ),
        (|r| r.header("x-f", &f64::NAN), "invalid header `x-f`: must be finite"),
        (|r| r.body("g", &vec![f64::NAN]), "invalid body: $.g[0]: a JSON number must be finite"),
        (|r| r.body("h", &Value::from(f64::NAN)), "invalid body: $.h: a JSON number must be finite"),
        (
            |r| r.body_flattened(&Object::from([("i", f64::NAN)])),
            "invalid body: $.i: a JSON number must be finite",
        ),
    ] {
        let path = |r: &mut RequestWriter| r.path("a", &"1");
        let mut writer = RequestWriter::new(
            &Operation { body: Body::Json, ..Operation::new("pets.call", Method::POST, "/p/{a}") },
            &base(),
        );
        write(&mut writer);
        path(&mut writer);
        let error = writer.into_request().expect_err(why);
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{why}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn segment_can_contain_several_params() {
    let path = request_target("/p/{a}:{b}.json", |request| {
        request.path("b", &"2");
        request.path("a", &"1");
    });
    assert_eq!(path, "/p/1:2.json");
}

#[test]
fn dot_segment_is_rejected() {
    let of = |why| format!("pets.call: invalid path parameter `id`: {why}");
    let missing = "pets.call: missing path parameter `id`";
    let path = "/p/{id}";
    let delete = Method::DELETE;
    assert_eq!(rejection(delete.clone(), path, |r| r.path("id", &"")), of("must not be empty"));
    assert_eq!(rejection(delete.clone(), path, |r| r.path("id", &".")), of("must not be `.` or `..`"));
    assert_eq!(rejection(delete.clone(), path, |r| r.path("id", &"..")), of("must not be `.` or `..`"));
    assert_eq!(rejection(delete.clone(), path, |_| {}), missing);
    assert_eq!(rejection(delete.clone(), path, |r| r.path("id", &None::<String>)), missing);
    let parts = rejection(delete, "/p/{a}{id}", |request| {
        request.path("a", &".");
        request.path("id", &".");
    });
    assert_eq!(parts, of("must not be `.` or `..`"));
}

#[test]
fn query_is_percent_encoded_and_omits_unset_params() {
    let path = request_target("/p", |request| {
        request.query("q", &"a b&c=d+é");
        request.query("none", &None::<String>);
        request.query("limit", &Some(10_u32));
        request.query("filter[x]", &true);
        request.query("empty", &"");
    });
    assert_eq!(path, "/p?q=a+b%26c%3Dd%2B%C3%A9&limit=10&filter%5Bx%5D=true&empty=");
    assert_eq!(request_target("/", |_| {}), "/");
}

#[test]
fn body_is_sent_for_methods_with_a_body() {
    for method in [Method::POST, Method::PUT, Method::PATCH] {
        let empty = build(method.clone(), "/p", |_| {}).expect("a request");
        assert_eq!(empty.body().as_ref(), b"{}");
        assert_eq!(empty.headers()["content-type"], "application/json");
        let full = build(method, "/p", |request| {
            request.body("none", &None::<String>);
            request.body("a", &"x\"y".to_owned());
            request.body("list", &Some(Vec::<String>::new()));
        });
        assert_eq!(full.expect("a request").body().as_ref(), br#"{"a":"x\"y","list":[]}"#);
    }
    for method in [Method::GET, Method::DELETE, Method::HEAD] {
        let none = build(method.clone(), "/p", |request| request.body("a", &None::<String>));
        let none = none.expect("a request");
        assert!(none.body().is_empty() && !none.headers().contains_key("content-type"));
        assert_eq!(none.headers()["accept"], "application/json");
        let why = rejection(method, "/p", |request| request.body("a", &1));
        assert!(why.contains("invalid body parameter `a`: the operation has no body"), "{why}");
    }
}

/// The operation decides, whatever its method.
#[test]
fn operation_decides_whether_it_has_a_body() {
    let build = |method: Method, body, write: fn(&mut RequestWriter)| {
        let operation = Operation { body, ..Operation::new("pets.call", method, "/p") };
        let mut writer = RequestWriter::new(&operation, &base());
        write(&mut writer);
        writer.into_request()
    };
    let deleted = build(Method::DELETE, Body::Json, |request| request.body("a", &1)).expect("a request");
    assert_eq!(deleted.body().as_ref(), br#"{"a":1}"#);
    assert_eq!(deleted.headers()["content-type"], "application/json");
    let posted = build(Method::POST, Body::None, |request| {
        request.body("a", &None::<i32>);
        request.body_flattened(&None::<Tag>);
    });
    let posted = posted.expect("a request");
    assert!(posted.body().is_empty() && !posted.headers().contains_key("content-type"));
    for write in
        [|r: &mut RequestWriter| r.body("a", &1), |r: &mut RequestWriter| r.body_flattened(&Object::new())]
    {
        let error = build(Method::POST, Body::None, write).expect_err("a rejection");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().ends_with(": the operation has no body"), "{error}");
    }
}

#[test]
fn invalid_header_is_rejected_without_its_value() {
    for bad in ["hush\r\nx: y", "hush\u{e9}", "hush\0"] {
        let mut writer = RequestWriter::new(&Operation::new("pets.get", Method::GET, "/p"), &base());
        writer.header("x-acme-session", &Secret::from(bad));
        let error = writer.into_request().expect_err("a rejection");
        let text = format!("{error} {error:?}");
        assert!(text.contains("x-acme-session") && !text.contains("hush"), "{text}");
    }
    assert!(rejection(Method::GET, "/p", |r| r.header("a b", &"x")).contains("invalid header name `a b`"));
    assert!(rejection(Method::GET, "/p", |r| r.header("x-acme-session", &"")).contains("must not be empty"));
}

/// A server treats a blank header as missing, and acts with the full permissions of the client's secret.
#[test]
fn blank_value_is_rejected_where_it_would_be_trimmed() {
    for blank in [" ", "   ", "\t", "\r\n", "\u{a0}", "\u{3000}"] {
        let why = rejection(Method::GET, "/p", |request| request.header("x-acme-session", &blank));
        assert_eq!(why, "pets.call: invalid header `x-acme-session`: must not be blank", "{blank:?}");
        let why =
            rejection(Method::GET, "/p", |request| request.header("x-acme-id", &Some(PetId::new(blank))));
        assert_eq!(why, "pets.call: invalid header `x-acme-id`: must not be blank", "{blank:?}");
        let why = rejection(Method::GET, "/p", |request| request.bearer(&Secret::from(blank)));
        assert_eq!(why, "pets.call: invalid bearer token: must not be blank", "{blank:?}");
    }
}

#[test]
fn header_value_that_a_server_would_change_is_rejected() {
    for padded in [" hush", "hush ", "hush\u{a0}"] {
        let why = rejection(Method::GET, "/p", |request| request.header("x-acme-session", &padded));
        assert!(why.contains("must not start or end with white space"), "{padded:?}: {why}");
        let why = rejection(Method::GET, "/p", |request| request.bearer(&padded));
        assert!(why.contains("must not start or end with white space"), "{padded:?}: {why}");
    }
    let why = rejection(Method::GET, "/p", |request| request.header("x-a", &"hush\n"));
    assert!(why.contains("invalid header `x-a`: must not contain a line break"), "{why}");
    let inner = build(Method::GET, "/p", |request| request.header("x-a", &"a b")).expect("a request");
    assert_eq!(inner.headers()["x-a"], "a b");
}

/// Both as parameters and as options.
#[test]
fn header_of_the_client_or_transport_is_rejected() {
    struct Reserved(&'static str);

    impl RequestOptions for Reserved {
        fn write(&self, headers: &mut HeaderWriter) {
            headers.insert(self.0, &"hush");
        }
    }

    let reserved = [
        "Content-Length",
        "transfer-encoding",
        "Host",
        "connection",
        "Keep-Alive",
        "TE",
        "trailer",
        "upgrade",
        "expect",
        "http2-settings",
        "Proxy-Authorization",
        "proxy-connection",
        "User-Agent",
        "accept-encoding",
        "content-encoding",
    ];
    for name in reserved {
        for as_option in [false, true] {
            let mut writer = RequestWriter::new(&Operation::new("pets.get", Method::GET, "/p"), &base());
            match as_option {
                true => writer.options(&Reserved(name)),
                false => writer.header(name, &"hush"),
            }
            let error = writer.into_request().expect_err("a rejection");
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            let text = error.to_string();
            let lower = name.to_ascii_lowercase();
            assert!(text.contains(&format!("invalid header `{lower}`: only the ")), "{text}");
            assert!(!text.contains("hush"), "{text}");
        }
    }
    // An omitted value sets no header.
    assert_eq!(request_target("/p", |request| request.header("host", &None::<&str>)), "/p");
    for name in ["accept", "content-type", "authorization", "cookie", "date", "x-te"] {
        let mut writer = RequestWriter::new(&Operation::new("pets.get", Method::GET, "/p"), &base());
        writer.header(name, &"given");
        assert_eq!(writer.into_request().expect(name).headers()[name], "given");
    }
}

#[test]
fn bearer_token_header_is_sensitive() {
    let request =
        build(Method::GET, "/p", |request| request.bearer(&Secret::from("hush-1"))).expect("a request");
    assert_eq!(request.headers()["authorization"], "Bearer hush-1");
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!format!("{request:?}").contains("hush"));
    // Text of any type is a secret here.
    let request = build(Method::GET, "/p", |request| request.bearer(&"hush-1")).expect("a request");
    assert!(request.headers()["authorization"].is_sensitive());
    let request = build(Method::GET, "/p", |request| request.bearer(&None::<Secret>)).expect("a request");
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn invalid_bearer_token_is_rejected_without_its_value() {
    assert!(
        rejection(Method::GET, "/p", |r| r.bearer(&"")).contains("invalid bearer token: must not be empty")
    );
    let bad: [fn(&mut RequestWriter); 4] = [
        |request| request.bearer(&"hush\t"),
        |request| request.bearer(&"hush hush"),
        |request| request.bearer(&"hush\r\nx: y"),
        |request| request.bearer(&"hush\u{e9}"),
    ];
    for write in bad {
        let why = rejection(Method::GET, "/p", write);
        assert!(why.contains("invalid bearer token: must") && !why.contains("hush"), "{why}");
    }
}

/// The target contains the values that are part of every request.
#[test]
fn credentials_are_taken_from_the_target() {
    let write = |context: &RequestContext| {
        let operation = Operation::new("users.call", Method::POST, "/{client_id}/users");
        let mut writer = RequestWriter::new(&operation, context);
        let client_id = writer.credential("client_id");
        writer.path("client_id", &client_id);
        writer.query("client_id", &client_id);
        let secret = writer.credential("client_secret");
        writer.body("client_secret", &secret);
        assert!(!format!("{writer:?}").contains("hush"));
        writer.into_request()
    };
    let context = base().with("client_id", "client 1").with("client_secret", "hush");
    let request = write(&context).expect("a request");
    assert_eq!(request.uri().path_and_query().expect("a path"), "/client%201/users?client_id=client+1");
    assert_eq!(request.body().as_ref(), br#"{"client_secret":"hush"}"#);

    for (context, name) in [
        (base(), "client_id"),
        (base().with("client_secret", "hush"), "client_id"),
        (base().with("client_id", "1"), "client_secret"),
    ] {
        let error = write(&context).expect_err("a rejection");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let why = format!(
            "users.call: missing credential `{name}`: the operation requires it, but the client has none"
        );
        assert_eq!(error.to_string(), why);
    }
}

#[test]
fn first_rejection_is_reported() {
    let why = rejection(Method::GET, "/p/{id}", |request| {
        request.body("first", &1);
        request.body("second", &2);
    });
    assert!(why.contains("`first`"), "{why}");
}

#[test]
fn url_that_is_too_long_is_rejected() {
    let why = rejection(Method::GET, "/p", |r| r.query("q", &"a".repeat(70_000)));
    assert!(why.contains("too long"), "{why}");
}

#[test]
fn longest_url_is_that_of_uri() {
    let build = |len: usize| build(Method::GET, "/p", |r| r.query("q", &"a".repeat(len)));
    let url = build(0).expect("a request").uri().to_string();
    for total in 65_533..=65_536 {
        let len = total - url.len();
        let expected = format!("{url}{}", "a".repeat(len)).parse::<http::Uri>();
        assert_eq!(build(len).ok().map(|request| request.uri().clone()), expected.ok(), "{total}");
    }
}

#[test]
fn params_become_a_request_without_a_client() {
    let mut params = UpdateParams::new("a c", PetId::new("7"));
    params.dry_run = Some(false);
    params.chip = Some("hush".into());
    let tag: Tag = serde_json::from_str(r#"{"name":"t"}"#).expect("a tag");
    params.tags = Some(vec![tag]);
    let request = params.to_request(&base(), &Default::default()).expect("a request");
    assert_eq!(request.uri(), "https://api.example.com/v1/shops/a%20c/pets/7?dry_run=false");
    assert_eq!(request.body().as_ref(), br#"{"chip":"hush","tags":[{"name":"t"}]}"#);
    assert!(!request.headers().contains_key("authorization"));
}
