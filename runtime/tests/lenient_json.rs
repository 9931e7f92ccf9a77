//! Almost valid JSON that servers send, and valid JSON in an unusual form.

use std::collections::BTreeMap;

use crate::common::{PET, Pet, Tag};
use typefoundry_runtime::{
    Decode, DecodeError, Object, Timestamp, UnknownVariant, Value, json, json_object, json_union,
};

fn read<T: Decode>(text: &str) -> Result<T, DecodeError> {
    json::from_slice(text.as_bytes())
}

#[test]
fn lone_surrogate_is_decoded_as_a_replacement_character() {
    for (text, expected) in [
        (r#"{"name":"Ada \ud83d"}"#, "Ada \u{fffd}"),
        (r#"{"name":"\ude00 \ud83d\ude00"}"#, "\u{fffd} \u{1f600}"),
        (r#"{"name":"\ud83d\ud83dx"}"#, "\u{fffd}\u{fffd}x"),
        (r#"{"name":"a","new":"\udc00"}"#, "a"),
        (r#"{"\ud83d":1,"name":"a"}"#, "a"),
        (r#"{"x":{"\ud83d":["\ud83d\n"]},"name":"a"}"#, "a"),
        (r#"{"na\u006de":"a","weight":null,"\\\ud83d":""}"#, "a"),
    ] {
        let tag: Tag = read(text).expect(text);
        assert_eq!(tag.name, expected, "{text}");
        assert_eq!(read::<()>(text), Ok(()), "{text}");
    }
    let value: Value = read(r#"{"\ud83d":"\ud83d"}"#).expect("JSON");
    assert_eq!(value.to_string(), "{\"\u{fffd}\":\"\u{fffd}\"}");
    let tag: Tag = serde_json::from_str(r#"{"name":"Ada \ud83d"}"#).expect("a tag");
    assert_eq!(tag.name, "Ada \u{fffd}");
    for text in [r#"{"name":"\ud83"}"#, r#"{"name":"\ud8zz"}"#, r#"{"name":"\x"}"#, r#"{"name":"\ud83d}"#] {
        assert!(read::<Tag>(text).is_err(), "{text}");
    }
}

#[derive(Debug, PartialEq)]
enum Shape {
    Tag(Box<Tag>),
    Items(Vec<i64>),
    Labels(BTreeMap<String, String>),
    Unknown(UnknownVariant),
}

json_union!(Shape { Tag(_), Items(_), Labels(_) });

#[test]
fn invalid_text_does_not_change_the_variant() {
    let shape: Shape = read(r#"{"name":"\ud83d"}"#).expect("a shape");
    assert!(matches!(&shape, Shape::Tag(tag) if tag.name == "\u{fffd}"), "{shape:?}");
    let shapes: Vec<Shape> = read(r#"[{"name":1,"x":"\ud83d"},{"name":"a","\ud83d":1}]"#).expect("shapes");
    assert!(matches!(&shapes[..], [Shape::Unknown(_), Shape::Tag(_)]), "{shapes:?}");
}

#[test]
fn error_location_is_correct_after_invalid_text() {
    let error = read::<Tag>("{\n \"x\":\"\\ud83d\", \"name\": 7}").expect_err("a number");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$.name", 2, 24));
    let error =
        json::from_slice::<Tag>(b"\xef\xbb\xbf{\n \"x\":\"\xff\",\n \"name\": 7}").expect_err("a number");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$.name", 3, 10));
}

#[test]
fn byte_order_mark_is_skipped() {
    let marked = format!("\u{feff}{PET}");
    assert_eq!(read::<Pet>(&marked), read::<Pet>(PET));
    assert_eq!(<Option<Tag>>::from_body("\u{feff}".as_bytes()), Ok(None));
    assert_eq!(<()>::from_body("\u{feff} {}".as_bytes()), Ok(()));
    assert!(read::<Vec<String>>("\u{feff}\u{feff}[]").is_err());
    assert!(read::<Vec<String>>("[\u{feff}]").is_err());
}

#[test]
fn invalid_utf8_is_decoded_as_replacement_characters() {
    let tag: Tag = json::from_slice(b"{\"name\":\"a\xff\xe9\",\"x\":\"\xff\",\"\xff\":1}").expect("a tag");
    assert_eq!(tag.name, "a\u{fffd}\u{fffd}");
    // Other text is still not JSON.
    assert!(json::from_slice::<Tag>(b"\x1f\x8b\x08\x00\xff").is_err());
    assert!(json::from_slice::<Tag>(b"{\"name\":\"a\"}\xff").is_err());
}

#[test]
fn empty_list_is_decoded_as_an_empty_map() {
    assert_eq!(read::<BTreeMap<String, i64>>("[]"), Ok(BTreeMap::new()));
    assert_eq!(read::<Object>(" [ ] "), Ok(Object::new()));
    let pet: Pet =
        read(r#"{"pet_id":"p","status":"sold","labels":[],"metadata":[ ],"free":[]}"#).expect("a pet");
    assert_eq!((pet.labels.len(), pet.metadata), (0, Some(Object::new())));
    // Arbitrary JSON is kept unchanged, and an object with fields must be an object.
    assert_eq!(pet.free, Some(Value::Array(Vec::new())));
    assert!(read::<Empty>("[]").is_err());
    for text in ["[1]", "[{}]", "[null]", "[", "[,]"] {
        assert!(read::<Object>(text).is_err(), "{text}");
        assert!(read::<BTreeMap<String, i64>>(text).is_err(), "{text}");
    }
}

#[derive(Debug, PartialEq)]
struct Empty {
    name: Option<String>,
}

json_object!(Empty { name });

#[derive(Debug, PartialEq)]
enum ByKind {
    Labels(BTreeMap<String, String>),
    Items(Vec<i64>),
    Nested(Vec<BTreeMap<String, String>>),
    Unknown(UnknownVariant),
}

json_union!(ByKind { Labels(_), Items(_), Nested(_) });

#[test]
fn empty_list_stays_a_list_in_an_untagged_union() {
    assert_eq!(read::<ByKind>("[]"), Ok(ByKind::Items(Vec::new())));
    assert_eq!(read::<ByKind>("{}"), Ok(ByKind::Labels(BTreeMap::new())));
    assert_eq!(read::<ByKind>("[[]]"), Ok(ByKind::Nested(vec![BTreeMap::new()])));
}

#[derive(Debug, PartialEq)]
struct Stay {
    from: Timestamp,
    until: Option<Timestamp>,
    breaks: Vec<Timestamp>,
    paid: Option<Timestamp>,
}

json_object!(Stay { from = "start" in utc else "0001-01-01T00:00:00Z".parse().expect("a time"), until in utc, breaks in utc, paid });

#[test]
fn timestamp_without_offset_is_utc_in_fields_that_allow_it() {
    let stay: Stay = read(
        r#"{"start":"2024-05-01T12:00:00","until":"2024-05-01T14:00+02","breaks":["2024-05-01 12:30:00"],"paid":null}"#,
    )
    .expect("a stay");
    assert_eq!(stay.from.to_string(), "2024-05-01T12:00:00Z");
    assert_eq!(stay.until, Some(stay.from));
    assert_eq!(stay.breaks[0].to_string(), "2024-05-01T12:30:00Z");
    assert_eq!(read::<Stay>("{}").expect("a stay").from.to_string(), "0001-01-01T00:00:00Z");

    let error =
        read::<Stay>(r#"{"until":"2024-05-01T12:00","paid":"2024-05-01T12:00:00"}"#).expect_err("no offset");
    let expected = "$.paid: expected an RFC 3339 timestamp, found a time without an offset at ";
    assert!(error.to_string().starts_with(expected), "{error}");
}
