//! Bodies of requests that are not an object of parameters.

use std::collections::BTreeMap;

use typefoundry_runtime::{
    Body, Bytes, Error, ErrorKind, Method, Object, Operation, ParamStyle, Patch, RequestBody, RequestContext,
    RequestWriter, Secret, http,
};

fn build(body: Body, write: impl FnOnce(&mut RequestWriter)) -> Result<http::Request<Bytes>, Error> {
    let base: RequestContext = "https://api.example.com".parse().expect("a URL");
    let operation = Operation { body, ..Operation::new("pets.call", Method::PUT, "/p") };
    let mut writer = RequestWriter::new(&operation, &base);
    write(&mut writer);
    writer.into_request()
}

/// Returns the media type and the text of a body.
fn sent(body: Body, write: impl FnOnce(&mut RequestWriter)) -> (String, String) {
    let request = build(body, write).expect("a request");
    let media_type = request.headers().get("content-type").map_or("", |value| value.to_str().expect("text"));
    (media_type.to_owned(), String::from_utf8(request.body().to_vec()).expect("text"))
}

fn rejection(body: Body, write: impl FnOnce(&mut RequestWriter)) -> String {
    let error = build(body, write).expect_err("a rejection");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    error.to_string()
}

#[test]
fn whole_json_body_is_one_value() {
    let json = |text: &str| ("application/json".to_owned(), text.to_owned());
    assert_eq!(sent(Body::Json, |r| r.body_value(&vec!["a", "b"])), json(r#"["a","b"]"#));
    assert_eq!(sent(Body::Json, |r| r.body_value(&Vec::<String>::new())), json("[]"));
    assert_eq!(sent(Body::Json, |r| r.body_value(&"a")), json(r#""a""#));
    assert_eq!(
        sent(Body::Json, |r| r.body_value(&BTreeMap::from([("a".to_owned(), 1)]))),
        json(r#"{"a":1}"#)
    );
    assert_eq!(sent(Body::Json, |r| r.body_value(&Patch::<i32>::Null)), json("null"));
    assert_eq!(sent(Body::Json, |r| r.body_value(&Some(7))), json("7"));
}

#[test]
fn absent_whole_body_is_not_sent() {
    let nothing = (String::new(), String::new());
    assert_eq!(sent(Body::Json, |r| r.body_value(&None::<i32>)), nothing);
    assert_eq!(sent(Body::Json, |r| r.body_value(&Patch::<i32>::Absent)), nothing);
    assert_eq!(sent(Body::Raw("text/csv"), |r| r.body_text(&None::<String>)), nothing);
    assert_eq!(sent(Body::Raw("text/csv"), |r| r.body_content(None)), nothing);
    assert_eq!(sent(Body::Raw("text/csv"), |_| {}), nothing);
}

#[test]
fn media_type_of_the_operation_is_sent() {
    let media_type = "application/merge-patch+json";
    assert_eq!(
        sent(Body::JsonAs(media_type), |r| r.body("a", &1)),
        (media_type.to_owned(), r#"{"a":1}"#.to_owned())
    );
    assert_eq!(sent(Body::JsonAs(media_type), |_| {}), (media_type.to_owned(), "{}".to_owned()));
    let text = Body::Raw("text/plain; charset=utf-8");
    assert_eq!(
        sent(text, |r| r.body_text(&"é, \"b\"")),
        ("text/plain; charset=utf-8".to_owned(), "é, \"b\"".to_owned())
    );
    assert_eq!(sent(text, |r| r.body_text(&Secret::from("hush"))).1, "hush");
    let content = RequestBody::from(&b"\0\x01"[..]);
    let bytes = build(Body::Raw("image/png"), |r| r.body_content(Some(&content))).expect("a request");
    assert_eq!(
        (bytes.headers()["content-type"].to_str().ok(), &bytes.body()[..]),
        (Some("image/png"), &b"\0\x01"[..])
    );
    let empty = build(Body::Raw("image/png"), |r| r.body_content(Some(&"".into()))).expect("a request");
    assert_eq!(empty.headers()["content-type"], "image/png");
    assert!(rejection(Body::JsonAs("a\n"), |_| {}).contains("invalid media type"));
}

#[test]
fn body_of_another_kind_is_rejected() {
    for body in [Body::None, Body::Raw("text/csv")] {
        let why = rejection(body, |r| r.body_value(&1));
        assert_eq!(why, "pets.call: invalid body: the operation has no JSON body");
        assert!(rejection(body, |r| r.body("a", &1)).contains("invalid body parameter `a`"));
    }
    for body in [Body::None, Body::Json] {
        for write in [
            |r: &mut RequestWriter| r.body_text(&"a"),
            |r: &mut RequestWriter| r.body_content(Some(&"a".into())),
        ] {
            let why = rejection(body, write);
            assert_eq!(why, "pets.call: invalid body: the operation has no body of text or bytes");
        }
    }
    assert_eq!(
        rejection(Body::Json, |r| r.body_value(&f64::NAN)),
        "pets.call: invalid body: $: a JSON number must be finite"
    );
    assert_eq!(
        rejection(Body::Raw("text/csv"), |r| r.body_text(&f64::NAN)),
        "pets.call: invalid body: must be finite"
    );
}

#[test]
fn media_type_of_a_body_is_known() {
    assert_eq!(Body::None.media_type(), None);
    assert_eq!(Body::Json.media_type(), Some("application/json"));
    assert_eq!(Body::JsonAs("application/a+json").media_type(), Some("application/a+json"));
    assert_eq!(Body::Raw("text/csv").media_type(), Some("text/csv"));
}

#[test]
fn form_is_encoded_as_pairs() {
    let media_type = "application/x-www-form-urlencoded".to_owned();
    let form = sent(Body::Form, |r| {
        r.form("grant_type", &"client credentials");
        r.form("none", &None::<String>);
        r.form("a&b", &Secret::from("x=y&z%+\u{e9}"));
        r.form_value("list", ParamStyle::Brackets, &vec!["a", "b"]);
        r.form_value(
            "items",
            ParamStyle::Brackets,
            &vec![Object::from([("id", 1)]), Object::from([("id", 2)])],
        );
        r.form_value("scope", ParamStyle::Space, &vec!["a", "b"]);
        r.form_flattened(&Object::from([("flat", true)]));
    });
    let pairs = "grant_type=client+credentials&a%26b=x%3Dy%26z%25%2B%C3%A9&list%5B%5D=a&list%5B%5D=b\
                 &items%5B0%5D%5Bid%5D=1&items%5B1%5D%5Bid%5D=2&scope=a+b&flat=true";
    assert_eq!(form, (media_type.clone(), pairs.to_owned()));
    assert_eq!(sent(Body::Form, |_| {}), (media_type, String::new()));
}

#[test]
fn form_parameter_that_cannot_be_sent_is_rejected() {
    for (write, why) in [
        (
            (|r| r.form("a", &f64::NAN)) as fn(&mut RequestWriter),
            "invalid form parameter `a`: must be finite",
        ),
        (|r| r.form_value("a", ParamStyle::Comma, &vec!["b,c"]), "form parameter `a`"),
        (
            |r| {
                r.form("a", &1);
                r.form_flattened(&Object::from([("a", 2)]));
            },
            "invalid form: duplicate parameter `a`",
        ),
        (|r| r.body("a", &1), "invalid body parameter `a`"),
        (|r| r.body_value(&1), "the operation has no JSON body"),
    ] {
        let text = rejection(Body::Form, write);
        assert!(text.contains(why), "{text}");
    }
    for body in [Body::Json, Body::None, Body::Raw("text/csv")] {
        let why = "invalid form parameter `a`: the body of the operation is not a form";
        assert!(rejection(body, |r| r.form("a", &1)).contains(why));
        assert!(rejection(body, |r| r.form_value("a", ParamStyle::Json, &1)).contains(why));
        assert!(rejection(body, |r| r.form_flattened(&Object::new())).contains("not a form"));
        build(body, |r| r.form("a", &None::<i32>)).expect("a request");
    }
}
