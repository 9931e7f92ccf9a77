//! Arbitrary JSON: kept unchanged by the decoder, by the encoder and by serde.

use crate::common::Pet;
use serde::{Deserialize, Serialize};
use typefoundry_runtime::{Number, Object, UnknownVariant, Value, json, json_object, json_union};

/// Numbers that `f64` cannot represent, unusual number formats, and unsorted keys.
const ODD: &str = r#"{"z":123456789012345678901234567890,"a":0.1000000000000000055511151231257827,"m":{"y":1e400,"b":-0},"c":[30.0,3E+1,1.50,18446744073709551616],"d":"\u00e9"}"#;

fn text(json: Vec<u8>) -> String {
    String::from_utf8(json).expect("UTF-8")
}

fn odd() -> String {
    ODD.replace(r"\u00e9", "\u{e9}")
}

#[derive(Debug, PartialEq)]
enum Event {
    Known(Known),
    Unknown(UnknownVariant),
}

#[derive(Debug, PartialEq)]
struct Known {
    id: String,
    free: Option<Value>,
    rest: Object,
}

json_object!(Known { id, free, ..rest });
json_union!(Event by ["type"] { Known(_) = "known" });

/// Documents of a type with arbitrary JSON in each possible place.
fn documents() -> [String; 3] {
    let odd = odd();
    let members = odd.strip_prefix('{').expect("an object");
    [
        format!(r#"{{"type":"new",{members}"#),
        format!(r#"{{"type":"known","id":"e-1","free":{odd}}}"#),
        format!(r#"{{"type":"known","id":"e-1",{members}"#),
    ]
}

#[test]
fn unknown_data_round_trips() {
    for document in documents() {
        let event: Event = json::from_slice(document.as_bytes()).expect("an event");
        assert_eq!(text(json::to_vec(&event).expect("JSON")), document);
    }
    let value: Value = ODD.parse().expect("JSON");
    assert_eq!(value.to_string(), odd());
    assert_eq!(format!("{value:?}"), odd());
}

#[test]
fn unknown_data_round_trips_through_serde_json() {
    for document in documents() {
        let event: Event = serde_json::from_str(&document).expect("an event");
        assert_eq!(serde_json::to_string(&event).expect("JSON"), document);
        let event: Event = serde_json::from_reader(document.as_bytes()).expect("an event");
        let pretty = serde_json::to_string_pretty(&event).expect("JSON");
        assert_eq!(serde_json::from_str::<Event>(&pretty).expect("an event"), event);
        assert!(pretty.contains("\"m\": {\n") && pretty.contains(": 1e400,"), "{pretty}");
    }
    let value: Value = serde_json::from_str(ODD).expect("JSON");
    assert_eq!(serde_json::to_string(&value).expect("JSON"), odd());
    let object: Object = serde_json::from_str(ODD).expect("JSON");
    assert_eq!(serde_json::to_string(&object).expect("JSON"), odd());
    let number: Number = serde_json::from_str("1e400").expect("JSON");
    assert_eq!(serde_json::to_string(&number).expect("JSON"), "1e400");
}

/// Types of a program that contain types of the runtime.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Stored {
    version: u32,
    event: Event,
    more: Vec<Value>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Flat {
    version: u32,
    #[serde(flatten)]
    known: Known,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    Free(Value),
}

#[test]
fn arbitrary_json_in_user_types_round_trips() {
    for document in documents() {
        let stored = format!(r#"{{"version":1,"event":{document},"more":[{},null]}}"#, odd());
        let read: Stored = serde_json::from_str(&stored).expect("a struct");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), stored);
    }
}

/// Serde buffers flattened and untagged values, so only the value of a number is kept.
#[test]
fn value_buffered_by_serde_keeps_f64_precision() {
    let text =
        r#"{"version":1,"id":"e-1","free":{"z":[0.1,null,true,"x"],"a":-7},"new":18446744073709551615}"#;
    let flat: Flat = serde_json::from_str(text).expect("a struct");
    assert_eq!(serde_json::to_string(&flat).expect("JSON"), text);
    let odd = Flat { version: 1, known: json::from_slice(documents()[1].as_bytes()).expect("an event") };
    assert!(serde_json::to_string(&odd).expect("JSON").contains("123456789012345678901234567890"));

    let untagged: Untagged = serde_json::from_str(r#"{"b":[1.5e300,0.1]}"#).expect("a value");
    assert_eq!(serde_json::to_string(&untagged).expect("JSON"), r#"{"b":[1.5e+300,0.1]}"#);
}

#[test]
fn value_converts_to_serde_json_and_back() {
    let text = r#"{"b":[0.1,7,-7,18446744073709551615,null,true],"a":{"x":"y"}}"#;
    let value: Value = text.parse().expect("JSON");
    let theirs = serde_json::to_value(&value).expect("a value");
    assert_eq!(theirs, serde_json::from_str::<serde_json::Value>(text).expect("JSON"));
    assert_eq!(value, theirs);
    assert_eq!(serde_json::from_value::<Value>(theirs.clone()).expect("a value"), value);
    assert_eq!(Value::from(theirs), value);
    let error =
        serde_json::to_value(Value::Number("1e400".parse().expect("a number"))).expect_err("too large");
    assert!(error.to_string().contains("out of range"), "{error}");
}

#[test]
fn value_converts_to_user_types_and_back() {
    let stored: Flat =
        json::from_value(&r#"{"version":2,"id":"e-2","n":0.1}"#.parse().expect("JSON")).expect("a fit");
    assert_eq!(stored.known.rest["n"], 0.1);
    let value = json::to_value(&stored).expect("a value");
    assert_eq!(value.to_string(), r#"{"version":2,"id":"e-2","n":0.1}"#);
    assert!(json::from_value::<Flat>(&Value::Null).is_err());
}

/// Other formats cannot pass JSON text through.
#[test]
fn other_formats_serialize_plain_values() {
    let value: Value =
        r#"{"z":1.50,"a":[7,1e2,123456789012345678901234567890],"n":null}"#.parse().expect("JSON");
    let yaml = serde_yaml::to_string(&value).expect("YAML");
    assert_eq!(yaml, "z: 1.5\na:\n- 7\n- 100.0\n- 1.2345678901234568e29\nn: null\n");
    let read: Value = serde_yaml::from_str("z: 1.5\na: [7, 1e2]\nn: ~\nt: yes\n").expect("YAML");
    assert_eq!(read.to_string(), r#"{"z":1.5,"a":[7,100.0],"n":null,"t":"yes"}"#);
    let pet: Pet = serde_yaml::from_str("pet_id: p\nstatus: sold\nnew: {b: 1, a: 2}\n").expect("YAML");
    assert_eq!(pet.rest.to_string(), r#"{"new":{"b":1,"a":2}}"#);
    let error =
        serde_yaml::to_string(&Value::Number("1e400".parse().expect("a number"))).expect_err("too large");
    assert!(error.to_string().contains("invalid number: out of range for this format"), "{error}");
}

#[test]
fn number_that_is_not_finite_is_an_error_through_serde() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let event = Event::Known(Known { id: "e".into(), free: Some(float.into()), rest: Object::new() });
        let error = serde_json::to_string(&event).expect_err("not finite");
        assert_eq!(error.to_string(), "$.free: a JSON number must be finite");
        let error = serde_json::to_string(&Value::from([float])).expect_err("not finite");
        assert_eq!(error.to_string(), "a JSON number must be finite");
        let error = json::to_vec(&event).expect_err("not finite");
        assert_eq!(
            (error.path(), error.to_string()),
            ("$.free".into(), "$.free: a JSON number must be finite".into())
        );
        assert_eq!(Value::from(float).to_string(), "<$: a JSON number must be finite>");
    }
}

#[test]
fn last_value_of_a_repeated_key_is_kept() {
    let value: Value = r#"{"a":1,"b":2,"a":{"c":3,"c":4}}"#.parse().expect("JSON");
    assert_eq!(value.to_string(), r#"{"a":{"c":4},"b":2}"#);
    let known: Known = json::from_slice(br#"{"id":"e","x":1,"y":2,"x":3}"#).expect("an event");
    assert_eq!(known.rest.to_string(), r#"{"x":3,"y":2}"#);
}

/// A linear search for each key would take minutes.
#[test]
fn object_with_many_keys_is_decoded_in_linear_time() {
    let keys = (0..50_000).map(|n| format!(r#""k{n}":{n}"#)).collect::<Vec<_>>().join(",");
    let object: Object = json::from_slice(format!("{{{keys},\"k0\":1}}").as_bytes()).expect("an object");
    assert_eq!((object.len(), object["k0"].as_i64()), (50_000, Some(1)));
    let known: Known =
        json::from_slice(format!("{{\"id\":\"e\",{keys},\"k1\":0}}").as_bytes()).expect("an event");
    assert_eq!((known.rest.len(), known.rest["k1"].as_i64()), (50_000, Some(0)));
}

/// An unknown variant can contain a secret.
#[test]
fn debug_redacts_an_unknown_variant() {
    let event: Event = json::from_slice(br#"{"type":"new","token":"hush-111"}"#).expect("an event");
    assert!(!format!("{event:?} {event:#?}").contains("hush"));
}
