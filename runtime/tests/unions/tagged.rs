//! Unions with a tag that selects the variant.

use typefoundry_runtime::{Object, UnknownVariant, Value, json_object, json_union};

use super::{Factor, Sms, Totp, User, failure, read, totp, written};

fn factors() -> [(&'static str, Factor); 6] {
    [
        (r#"{"type":"totp","issuer":"Acme"}"#, totp("Acme")),
        (r#"{"type":"sms","number":"7"}"#, Factor::Sms(Sms { number: Some("7".into()) })),
        (r#"{"type":"sms"}"#, Factor::Sms(Sms { number: None })),
        (r#"{"type":"backup","code":"hush"}"#, Factor::Backup("hush".into())),
        (r#"{"type":"roles","slugs":["a"]}"#, Factor::Roles(vec!["a".into()])),
        (r#"{"type":"none"}"#, Factor::None),
    ]
}

#[test]
fn tag_determines_the_variant() {
    for (text, factor) in factors() {
        assert_eq!(read::<Factor>(text).expect(text), factor);
        assert_eq!(written(&factor), text);
        assert_eq!(serde_json::from_str::<Factor>(text).expect(text), factor);
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::to_value(&factor).expect("JSON"), value);
    }
}

#[test]
fn tag_can_follow_other_keys() {
    for text in [
        r#"{"issuer":"Acme","type":"totp"}"#,
        r#" { "digits" : null , "issuer" : "Acme" , "type" : "totp" } "#,
        r#"{"issuer":"Acme","ty\u0070e":"t\u006ftp"}"#,
        "{\"type\":\n\"totp\",\"issuer\":\"Acme\"}",
    ] {
        assert_eq!(read(text), Ok(totp("Acme")), "{text}");
    }
    assert_eq!(read(r#"{"none":[{"type":"totp"}],"type":"none"}"#), Ok(Factor::None));
}

#[test]
fn first_of_two_tags_is_used() {
    assert_eq!(read(r#"{"type":"none","type":"sms"}"#), Ok(Factor::None));
}

#[test]
fn decoding_continues_after_a_union() {
    let text = r#"[{"type":"none","x":[1]},{"type":"totp","issuer":"a"},{"type":"roles"},{"type":"new"}]"#;
    let factors: Vec<Factor> = read(text).expect("factors");
    assert_eq!(factors[..3], [Factor::None, totp("a"), Factor::Roles(Vec::new())]);
    assert_eq!(factors.len(), 4);
}

#[test]
fn unknown_variant_round_trips() {
    for text in [
        r#"{"type":"passkey","n":[1,-2,0.5,18446744073709551615],"z":{"a":null}}"#,
        "{}",
        r#"{"issuer":"Acme"}"#,
        r#"{"issuer":"Acme","type":null}"#,
        r#"{"issuer":"Acme","type":["totp"]}"#,
        r#"{"issuer":"Acme","type":{"totp":1}}"#,
        r#"{"type":""}"#,
        r#"{"type":"TOTP"}"#,
    ] {
        let factor: Factor = read(text).expect(text);
        let Factor::Unknown(unknown) = &factor else { panic!("{text} is {factor:?}") };
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(unknown.as_value(), &value);
        assert_eq!(serde_json::from_str::<Value>(&written(&factor)).expect("JSON"), value);
        assert_eq!(read(&written(&factor)), Ok(factor.clone()));
    }
}

#[test]
fn debug_redacts_an_unknown_variant() {
    for text in [r#"{"type":"hush"}"#, r#"{"hush":"hush"}"#] {
        let factor: Factor = read(text).expect("a factor");
        assert_eq!(format!("{factor:?}"), "Unknown(UnknownVariant(..))");
        assert!(!format!("{factor:#?}").contains("hush"));
    }
    let backup: Factor = read(r#"{"type":"backup","code":"hush"}"#).expect("a factor");
    assert!(!format!("{backup:?}").contains("hush"));
}

#[test]
fn known_tag_requires_its_payload() {
    for (text, message) in [
        (r#"{"factor":{"type":"totp"}}"#, "$.factor.issuer: expected a value, found nothing"),
        (
            r#"{"factor":{"digits":"hush","type":"totp","issuer":"a"}}"#,
            "$.factor.digits: expected a 32-bit integer, found a string",
        ),
        (r#"{"factor":{"type":"backup","code":7}}"#, "$.factor.code: expected a string, found a number"),
        (r#"{"factor":{"type":"backup"}}"#, "$.factor.code: expected a value, found nothing"),
        (
            r#"{"factor":{"type":"roles","slugs":["hush",1]}}"#,
            "$.factor.slugs[1]: expected a string, found a number",
        ),
        (r#"{"factor":{"type":"hush\x"}}"#, "$.factor.type: expected a JSON string, found an invalid escape"),
        (r#"{"factor":"totp"}"#, "$.factor: expected an object, found a string"),
        (r#"{"factor":null}"#, "$.factor: expected an object, found null"),
        ("{}", "$.factor: expected a value, found nothing"),
    ] {
        assert_eq!(failure::<User>(text), message);
    }
    let user: User = read(r#"{"factor":{"type":"none"},"backup":null}"#).expect("a user");
    assert_eq!((user.factor, user.backup), (Factor::None, None));
}

#[test]
fn error_names_the_path() {
    let text = "[{\"type\":\"none\"},\n{\"type\":\"totp\",\n \"issuer\":7}]";
    let error = read::<Vec<Factor>>(text).expect_err("a decode error");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$[1].issuer", 3, 11));
}

/// The tag belongs to the union, the additional fields to the payload.
#[test]
fn additional_fields_of_a_payload_exclude_the_tag() {
    let text = r#"{"type":"totp","issuer":"a","new":{"type":"b"},"x":1}"#;
    let Factor::Totp(mut totp) = read(text).expect("a factor") else { panic!("no TOTP") };
    assert_eq!(Value::Object(totp.rest.clone()), serde_json::json!({"new": {"type": "b"}, "x": 1}));
    assert_eq!(written(&Factor::Totp(totp.clone())), text);

    totp.rest.insert("type", "other");
    assert_eq!(written(&Factor::Totp(totp.clone())), text);
    // Outside of the union the payload has no tag, so the key is an additional field.
    assert!(written(&*totp).contains(r#""type":"other""#));
    assert_eq!(read::<Totp>(&written(&*totp)).as_ref(), Ok(&*totp));
}

/// An object with additional fields in a payload with additional fields, followed by another object.
#[derive(Clone, Debug, PartialEq)]
struct Linked {
    inner: Totp,
    rest: Object,
}
json_object!(Linked { inner, ..rest });

#[derive(Clone, Debug, PartialEq)]
enum Link {
    Linked(Linked),
    Unknown(UnknownVariant),
}
json_union!(Link by ["type"] { Linked(_) = "linked" });

#[derive(Clone, Debug, PartialEq)]
struct Links {
    link: Link,
    next: Totp,
}
json_object!(Links { link, next });

#[test]
fn only_the_object_of_the_tag_excludes_it() {
    let text =
        r#"{"link":{"type":"linked","inner":{"issuer":"a","type":"x"}},"next":{"issuer":"b","type":"y"}}"#;
    let links: Links = read(text).expect("links");
    assert_eq!(links.next.rest["type"], "y");
    assert_eq!(written(&links), text);
    let Link::Linked(linked) = links.link else { panic!("no link") };
    assert_eq!((linked.inner.rest["type"].as_str(), linked.rest.len()), (Some("x"), 0));
}

#[derive(Clone, Debug, PartialEq)]
enum Verified {
    Yes,
    No(Sms),
    Twice,
    Unknown(UnknownVariant),
}
json_union!(Verified by ["verified"] { Yes = true, No(_) = false, Twice = 2 });

#[test]
fn tag_can_be_a_boolean_or_a_number() {
    for (text, verified) in [
        (r#"{"verified":true}"#, Verified::Yes),
        (r#"{"verified":false,"number":"7"}"#, Verified::No(Sms { number: Some("7".into()) })),
        (r#"{"verified":2}"#, Verified::Twice),
    ] {
        assert_eq!(read::<Verified>(text).expect(text), verified);
        assert_eq!(written(&verified), text);
    }
    assert_eq!(read(r#"{"verified":"true"}"#), Ok(Verified::Yes));
    assert!(matches!(read(r#"{"verified":"yes"}"#), Ok(Verified::Unknown(_))));
    assert!(matches!(read(r#"{"verified":2.0}"#), Ok(Verified::Unknown(_))));
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Enroll(Totp),
    Select,
    Unknown(UnknownVariant),
}
json_union!(Step by ["code", "error"] { Enroll(_) = "enroll", Select = "select" });

#[test]
fn first_matching_tag_name_is_used() {
    for text in [
        r#"{"code":"select"}"#,
        r#"{"error":"select"}"#,
        r#"{"error":"enroll","code":"select"}"#,
        r#"{"code":"select","error":"enroll"}"#,
        r#"{"code":null,"error":"select"}"#,
        r#"{"error":"select","code":{}}"#,
    ] {
        assert_eq!(read(text), Ok(Step::Select), "{text}");
    }
    assert!(matches!(read(r#"{"code":"new","error":"select"}"#), Ok(Step::Unknown(_))));
    assert_eq!(written(&Step::Select), r#"{"code":"select"}"#);
    // The other name is an ordinary key.
    let text = r#"{"code":"enroll","issuer":"a","error":"x"}"#;
    assert_eq!(written(&read::<Step>(text).expect("a step")), text);
    let by_the_second: Step = read(r#"{"error":"enroll","issuer":"a"}"#).expect("a step");
    assert_eq!(written(&by_the_second), r#"{"code":"enroll","issuer":"a"}"#);
}
