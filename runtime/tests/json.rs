//! JSON: decoding, encoding and error messages.

use std::collections::BTreeMap;

use crate::common::{PET, Pet, PetId, PetStatus, Tag, UpdateResponse, updated};
use proptest::prelude::*;
use typefoundry_runtime::{
    Decode, DecodeError, Object, Secret, Timestamp, UnixSeconds, Value, json, json_object,
};

fn read<T: Decode>(text: &str) -> Result<T, DecodeError> {
    json::from_slice(text.as_bytes())
}

fn pet(text: &str) -> Pet {
    read(text).expect(text)
}

fn failure<T: Decode + std::fmt::Debug>(text: &str) -> String {
    read::<T>(text).expect_err(text).to_string()
}

/// Returns a pet with optional fields.
fn pet_with(fields: &str) -> String {
    format!(r#"{{{fields},"pet_id":"pet-1","status":"sold"}}"#)
}

#[test]
fn missing_or_null_field_is_none() {
    let bare = pet(r#"{"pet_id":"pet-1","status":"sold"}"#);
    assert!(bare.tags.is_empty() && bare.labels.is_empty() && bare.rest.is_empty());
    assert_eq!((bare.r#type.as_ref(), bare.metadata.as_ref(), bare.is_locked), (None, None, false));
    let nulls = r#""tags":null,"labels":null,"type":null,"metadata":null,"is_locked":null,
        "nickName":null,"free":null,"parent":null,"born_at":null,"chip":null"#;
    assert_eq!(pet(&pet_with(nulls)), bare);
}

#[test]
fn wire_names_defaults_and_rest_are_kept() {
    let text = pet_with(r#""type":"dog","nickName":"R","is_locked":true,"new":{"a":[1]},"b":2"#);
    let pet = pet(&text);
    assert_eq!(pet.r#type.as_deref(), Some("dog"));
    assert_eq!((pet.nickname.as_str(), pet.is_locked), ("R", true));
    assert_eq!(Value::Object(pet.rest.clone()), serde_json::json!({"new": {"a": [1]}, "b": 2}));

    let written: Value = json::from_slice(&json::to_vec(&pet).expect("JSON")).expect("JSON");
    assert_eq!(written["new"], serde_json::json!({"a": [1]}));
    assert_eq!(written["nickName"], "R");
    assert!(written.get("rest").is_none() && written.get("parent").is_none());
}

#[test]
fn additional_field_never_duplicates_a_field() {
    let mut pet = pet(PET);
    pet.rest.insert("pet_id", "other");
    let text = String::from_utf8(json::to_vec(&pet).expect("JSON")).expect("UTF-8");
    assert_eq!(text.matches("pet_id").count(), 1, "{text}");
}

/// A missing list is not the same as an empty one.
#[test]
fn empty_body_is_a_decode_error() {
    for blank in [&b""[..], b" \r\n"] {
        assert!(Vec::<String>::from_body(blank).is_err() && Object::from_body(blank).is_err());
        assert!(BTreeMap::<String, i64>::from_body(blank).is_err() && Tag::from_body(blank).is_err());
        assert_eq!(Option::<Tag>::from_body(blank), Ok(None));
        assert_eq!(<()>::from_body(blank), Ok(()));
    }
    assert_eq!(Vec::<String>::from_body(b"[]"), Ok(Vec::new()));
    assert_eq!(<()>::from_body(b"{}"), Ok(()));
    assert!(Option::<Tag>::from_body(b"{").is_err());
}

#[test]
fn unknown_keys_are_skipped_where_there_is_no_rest() {
    let text = r#"{"x":{"y":[1,{"z":null}]},"name":"a","weight":1.5,"w":"\u00e9"}"#;
    let tag: Tag = read(text).expect("a tag");
    assert_eq!((tag.name.as_str(), tag.weight), ("a", Some(1.5)));
}

#[test]
fn last_of_two_equal_keys_is_used() {
    let tag: Tag = read(r#"{"name":"a","weight":1,"name":"b","weight":null}"#).expect("a tag");
    assert_eq!((tag.name.as_str(), tag.weight), ("b", None));
}

#[test]
fn second_object_of_a_repeated_key_replaces_all_of_the_first() {
    #[derive(Debug, PartialEq)]
    struct Inner {
        id: i64,
        name: Option<String>,
        is_on: bool,
        tags: Vec<String>,
        rest: Object,
    }

    #[derive(Debug, PartialEq)]
    struct Outer {
        inner: Box<Inner>,
    }

    json_object!(Inner { id, name, is_on else true, tags, ..rest });
    json_object!(Outer { inner });

    let first = r#"{"id":1,"name":"a","is_on":false,"tags":["b"],"x":1}"#;
    let outer: Outer = read(&format!(r#"{{"inner":{first},"inner":{{"id":2,"y":3}}}}"#)).expect("an object");
    let rest = Object::from([("y", 3)]);
    assert_eq!(*outer.inner, Inner { id: 2, name: None, is_on: true, tags: Vec::new(), rest });
    for (second, error) in [
        ("{}", "$.inner.id: expected a value, found nothing at line 1 column 73"),
        ("null", "$.inner: expected an object, found null at line 1 column 71"),
    ] {
        assert_eq!(failure::<Outer>(&format!(r#"{{"inner":{first},"inner":{second}}}"#)), error);
    }
}

#[test]
fn keys_are_read_in_any_order_and_with_escapes() {
    let tag: Tag = read(r#"{"weight":2,"na\u006de":"\ud83d\ude00"}"#).expect("a tag");
    assert_eq!((tag.name.as_str(), tag.weight), ("\u{1f600}", Some(2.0)));
}

#[test]
fn error_names_the_path_but_not_the_value() {
    for (text, message) in [
        (
            pet_with(r#""tags":[{"name":"a"},{"weight":3}]"#),
            "$.tags[1].name: expected a value, found nothing",
        ),
        (
            pet_with(r#""labels":{"a":1,"b c":"hush"}"#),
            "$.labels[\"b c\"]: expected a 64-bit integer, found a string",
        ),
        (
            pet_with("\"born_at\":\n \"hush\""),
            "$.born_at: expected an RFC 3339 timestamp, found another string",
        ),
        (
            pet_with(r#""parent":{"pet_id":"b","status":7}"#),
            "$.parent.status: expected a string, found a number",
        ),
        (pet_with(r#""metadata":[1]"#), "$.metadata: expected an object, found a list"),
        (r#"{"status":"sold"}"#.into(), "$.pet_id: expected a value, found nothing"),
        ("[]".into(), "$: expected an object, found a list"),
    ] {
        let found = failure::<Pet>(&text);
        let (found, place) = found.split_once(" at ").expect("a place");
        assert_eq!(found, message);
        assert!(place.starts_with("line ") && !found.contains("hush"), "{place}");
    }
}

#[test]
fn error_names_the_line_and_column() {
    let error = read::<Tag>("{\n  \"name\": true\n}").expect_err("a decode error");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$.name", 2, 11));

    for key in ["k".repeat(100_000), "\u{fc}".repeat(100_000)] {
        let error =
            read::<BTreeMap<String, i64>>(&format!("{{\"{key}\":true}}")).expect_err("a decode error");
        assert!(error.path().contains(&key[..100]), "{}", error.path());
        assert!(error.to_string().len() < 300 && format!("{error:?}").len() < 500, "{error:?}");
    }
}

#[test]
fn integer_out_of_range_is_rejected() {
    assert_eq!(read::<i64>("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<u32>("4294967295"), Ok(u32::MAX));
    assert_eq!(read::<i32>("-2147483648"), Ok(i32::MIN));
    assert_eq!(read::<UnixSeconds>("-1"), Ok(UnixSeconds::new(-1)));
    for text in
        ["9223372036854775808", "9223372036854775808.0", "\"1\"", "true", "01", "+1", "1_0", "1.", "1e"]
    {
        assert!(read::<i64>(text).is_err(), "{text}");
    }
    assert!(read::<u32>("-1").is_err() && read::<i32>("2147483648").is_err());
    for text in ["3.5", "1e-1", "1714564800.5"] {
        assert!(failure::<i64>(text).contains("expected a 64-bit integer, found a number with a fraction"));
    }
    assert!(
        failure::<UnixSeconds>("1.5").contains("expected a whole number of seconds, found a number with")
    );
    assert!(failure::<u32>("-1.0").contains("found an out-of-range integer"));
    assert!(failure::<i32>("99999999999").contains("found an out-of-range integer"));
}

#[test]
fn whole_number_is_an_integer_in_any_format() {
    for text in ["30.0", "3e1", "0.3E+2", "300e-1"] {
        assert_eq!(read::<i64>(text), Ok(30), "{text}");
        assert_eq!(read::<i32>(text), Ok(30), "{text}");
        assert_eq!(read::<u32>(text), Ok(30), "{text}");
        assert_eq!(read::<UnixSeconds>(text), Ok(UnixSeconds::new(30)), "{text}");
    }
    assert_eq!((read::<u32>("-0"), read::<i64>("-0.0")), (Ok(0), Ok(0)));
    assert_eq!(read::<UnixSeconds>("1714564800.0"), Ok(UnixSeconds::new(1_714_564_800)));
    assert_eq!(read::<i64>("9.223372036854775807e18"), Ok(i64::MAX));
}

#[test]
fn float_must_be_finite() {
    assert_eq!(read::<f64>("-0.1e-2"), Ok(-0.001));
    assert_eq!(read::<f64>("7"), Ok(7.0));
    for text in ["1e999", "NaN", "Infinity", "-Infinity", ".5", "1.", "nan"] {
        assert!(read::<f64>(text).is_err(), "{text}");
    }
}

#[test]
fn arbitrary_json_keeps_its_numbers() {
    let text = r#"{"a":18446744073709551615,"b":-9223372036854775808,"c":0.1,"d":[null,"é"]}"#;
    let object: Object = read(text).expect("an object");
    assert_eq!(object["a"].as_u64(), Some(u64::MAX));
    assert_eq!(object["b"].as_i64(), Some(i64::MIN));
    assert_eq!(String::from_utf8(json::to_vec(&object).expect("JSON")).as_deref(), Ok(text));
}

#[test]
fn timestamp_round_trips() {
    let text = r#"["0001-01-01T00:00:00Z","2024-05-01T14:00:00.5+02:00"]"#;
    let times: Vec<Timestamp> = read(text).expect("timestamps");
    let written = r#"["0001-01-01T00:00:00Z","2024-05-01T12:00:00.500Z"]"#;
    assert_eq!(json::to_vec(&times).expect("JSON"), written.as_bytes());
}

#[test]
fn malformed_document_is_rejected() {
    for text in [
        "",
        " ",
        "{",
        "[",
        "\"",
        "{\"name\"}",
        "{\"name\":\"a\",}",
        "{\"name\":\"a\"} x",
        "{name:1}",
        "{\"name\":\"a\"}{\"name\":\"a\"}",
        "{\"name\":\"\u{1}\"}",
        "{\"name\":\"\\x\"}",
        "{\"name\":\"a\" \"weight\":1}",
        "nul",
        "tru",
        "-",
    ] {
        assert!(read::<Tag>(text).is_err(), "{text}");
    }
    for text in ["[1,]", "[1 2]", "[,1]", "[1}"] {
        assert!(read::<Vec<i32>>(text).is_err(), "{text}");
    }
    assert!(
        failure::<Tag>("{\"name\":\"a\"} x").contains("expected the end of the document, found more text")
    );
}

#[test]
fn open_enum_and_id_keep_their_text() {
    let status: PetStatus = read("\"asleep\"").expect("a status");
    assert_eq!(format!("{status:?}"), "Unknown(\"asleep\")");
    assert_eq!(json::to_vec(&status).expect("JSON"), b"\"asleep\"");
    assert_eq!(status.to_string(), "asleep");
    assert_eq!(PetStatus::from("sold".to_owned()), PetStatus::Sold);
    assert_eq!("available".parse(), Ok(PetStatus::Available));
    let id: PetId = read("\"p\\n1\"").expect("an id");
    assert_eq!(format!("{id:?} {}", id.as_ref()), "PetId(\"p\\n1\") p\n1");
    assert_eq!(PetId::from(&id), id);
    assert_eq!(BTreeMap::from([(id, 1)]).get("p\n1"), Some(&1));
}

#[test]
fn none_in_a_list_or_map_is_encoded_as_null() {
    assert_eq!(json::to_vec(&vec![Some(1), None]).expect("JSON"), b"[1,null]");
    let map = BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(true))]);
    assert_eq!(json::to_vec(&map).expect("JSON"), br#"{"a":null,"b":true}"#);
    assert_eq!(json::to_vec(&Vec::<i32>::new()).expect("JSON"), b"[]");
}

#[test]
fn serde_produces_the_same_json() {
    let response: UpdateResponse = serde_json::from_str(&updated()).expect("a response");
    let text = serde_json::to_string(&response).expect("JSON");
    assert_eq!(read::<UpdateResponse>(&text), Ok(response));
    let error = serde_json::from_str::<UpdateResponse>(r#"{"request_id":1}"#).expect_err("a decode error");
    assert!(error.to_string().starts_with("$.request_id: expected a string"), "{error}");
}

#[test]
fn wire_types_implement_serde() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Session {
        token: Secret,
        at: Timestamp,
        expires: UnixSeconds,
        pet: PetId,
        status: PetStatus,
    }
    let text =
        r#"{"token":"hush","at":"2024-05-01T12:00:00Z","expires":1714564800,"pet":"p","status":"new"}"#;
    let session: Session = serde_json::from_str(text).expect("a session");
    assert_eq!((session.token.expose(), session.expires.get()), ("hush", 1_714_564_800));
    // A serialized secret can be deserialized.
    assert_eq!(serde_json::to_string(&session).expect("JSON"), text);
    assert!(!format!("{session:?}").contains("hush"));
    let error = serde_json::from_str::<Secret>("7").expect_err("a number");
    assert!(error.to_string().starts_with("$: expected a string, found a number"), "{error}");
    assert!(serde_json::from_str::<Timestamp>("\"noon\"").is_err());
    let yaml: Session = serde_yaml::from_str(&serde_yaml::to_string(&session).expect("YAML")).expect("YAML");
    assert_eq!(yaml, session);
}

/// The macros must work with types of any name, and with deprecated items.
mod odd {
    use typefoundry_runtime::{UnknownValue, json_object, open_enum, string_id};

    #[derive(Clone, Debug, PartialEq)]
    pub struct Option {
        #[deprecated = "say `result`"]
        pub result: Result,
        pub string: String,
        pub reader: std::option::Option<Box<Self>>,
    }
    json_object!(Option { result, string, reader });

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    pub enum Result {
        #[deprecated = "say `err`"]
        Ok,
        Err,
        Unknown(UnknownValue),
    }
    open_enum!(Result {
        Ok = "ok",
        Err = "err",
    });

    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct String(Box<str>);
    string_id!(String);
}

#[test]
fn names_of_generated_types_do_not_clash() {
    let text = r#"{"result":"err","string":"s","reader":{"result":"ok","string":"t"}}"#;
    let odd: odd::Option = read(text).expect("an oddity");
    assert_eq!(odd.string, odd::String::new("s"));
    assert_eq!(json::to_vec(&odd).expect("JSON"), text.as_bytes());
}

/// Arbitrary JSON of moderate depth.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = json::from_slice::<Pet>(&bytes);
        let _ = json::from_slice::<Vec<f64>>(&bytes);
        let _ = json::from_slice::<Value>(&bytes);
    }

    #[test]
    fn text_resembling_json_does_not_panic(text in r#"[\[\]{}:,"0-9eE.+\-ntfINa\\u d]{0,80}"#) {
        let ours = json::from_slice::<Value>(text.as_bytes()).is_ok();
        // `serde_json` rejects lone surrogates, except in values that it skips.
        prop_assert_eq!(ours, serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        let _ = json::from_slice::<Vec<Pet>>(text.as_bytes());
        let _ = json::from_slice::<()>(text.as_bytes());
    }

    #[test]
    fn damaged_document_does_not_panic(at in 0..200_usize, byte in any::<u8>()) {
        let mut text = updated().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        let _ = json::from_slice::<UpdateResponse>(&text);
        let _ = json::from_slice::<UpdateResponse>(&text[..at]);
    }

    #[test]
    fn string_is_encoded_like_serde_json(text in any::<String>()) {
        let written = json::to_vec(&text).expect("JSON");
        prop_assert_eq!(&written, &serde_json::to_vec(&text).expect("JSON"));
        prop_assert_eq!(json::from_slice::<String>(&written), Ok(text));
    }

    #[test]
    fn float_round_trips(number in any::<f64>()) {
        prop_assume!(number.is_finite());
        prop_assert_eq!(json::from_slice::<f64>(&json::to_vec(&number).expect("JSON")), Ok(number));
    }

    #[test]
    fn arbitrary_json_round_trips(value in any_value()) {
        let written = json::to_vec(&value).expect("JSON");
        prop_assert_eq!(json::from_slice::<Value>(&written), Ok(value.clone()));
        let theirs: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
        prop_assert_eq!(&value, &theirs);
    }

    #[test]
    fn timestamp_of_any_value_round_trips(seconds in -62_167_219_200..=253_402_300_799_i64, nanos in 0..1_000_000_000_u32) {
        let time = Timestamp::from_unix(seconds, nanos).expect("in range");
        prop_assert_eq!(time.to_string().parse(), Ok(time));
    }
}

/// The types that are text of one form, also in a format that is not JSON.
#[test]
fn formatted_values_are_stored_as_text() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Stored {
        date: typefoundry_runtime::Date,
        time: typefoundry_runtime::Time,
        duration: typefoundry_runtime::IsoDuration,
        uuid: typefoundry_runtime::Uuid,
        decimal: typefoundry_runtime::Decimal,
        bytes: typefoundry_runtime::Base64,
    }

    let json = r#"{"date":"2024-05-01","time":"12:30:00","duration":"P1D","uuid":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","decimal":"1.50","bytes":"aGk="}"#;
    let stored: Stored = serde_json::from_str(json).expect("JSON");
    assert_eq!(serde_json::to_string(&stored).expect("JSON"), json);
    let yaml = serde_yaml::to_string(&stored).expect("YAML");
    assert_eq!(serde_yaml::from_str::<Stored>(&yaml).expect("YAML"), stored);
    assert!(serde_json::from_str::<Stored>(&json.replace("P1D", "1 day")).is_err());
}
