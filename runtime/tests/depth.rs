//! One limit of nesting depth, for every operation on a value.

use std::thread;

use crate::common::Tag;
use typefoundry_runtime::{
    Decode, DecodeError, Encode, Object, UnknownVariant, Value, json, json_object, json_union,
};

/// Small enough that unlimited recursion would overflow the stack.
const SMALL_STACK: usize = 512 * 1024;

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

fn objects(depth: usize) -> String {
    format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth))
}

fn on_a_small_stack(run: fn()) {
    let thread = thread::Builder::new().stack_size(SMALL_STACK).spawn(run).expect("a thread");
    thread.join().expect("no panic");
}

#[derive(Debug, PartialEq)]
struct Nest(Vec<Self>);

impl Decode for Nest {
    fn decode(reader: &mut json::Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self(Vec::decode(reader)?))
    }
}

impl Encode for Nest {
    fn encode(&self, writer: &mut json::Writer) {
        self.0.encode(writer);
    }
}

#[derive(Debug, PartialEq)]
struct Holder {
    free: Option<Value>,
    rest: Object,
}

json_object!(Holder { free, ..rest });

#[derive(Debug, PartialEq)]
enum Open {
    Tag(Box<Tag>),
    Unknown(UnknownVariant),
}

json_union!(Open { Tag(_) });

/// Returns whether each way to decode a document accepts it. The ways are: as a type, as arbitrary JSON, skipped, as an
/// additional field, and as an unknown variant.
fn readings(lists: &str, objects: &str) -> Vec<Result<(), DecodeError>> {
    let of = |key: &str| format!(r#"{{"{key}":{}}}"#, &objects[5..objects.len() - 1]);
    vec![
        json::from_slice::<Nest>(lists.as_bytes()).map(drop),
        json::from_slice::<Value>(lists.as_bytes()).map(drop),
        json::from_slice::<Value>(objects.as_bytes()).map(drop),
        json::from_slice::<()>(lists.as_bytes()),
        json::from_slice::<()>(objects.as_bytes()),
        json::from_slice::<Holder>(of("free").as_bytes()).map(drop),
        json::from_slice::<Holder>(of("new").as_bytes()).map(drop),
        json::from_slice::<Open>(objects.as_bytes()).map(drop),
        json::from_slice::<Vec<Value>>(lists.as_bytes()).map(drop),
    ]
}

#[test]
fn every_decoder_has_the_same_depth_limit() {
    on_a_small_stack(|| {
        for reading in readings(&nested(128), &objects(128)) {
            assert_eq!(reading, Ok(()));
        }
        for depth in [129, 200, 201, 329, 100_000] {
            for reading in readings(&nested(depth), &objects(depth)) {
                let error = reading.expect_err("too deep");
                assert!(
                    error.to_string().contains("at most 128 levels of nesting, found more levels"),
                    "{error}"
                );
            }
        }
    });
}

#[test]
fn decoded_value_can_be_encoded() {
    on_a_small_stack(|| {
        let document = format!(r#"{{"free":{},"new":{}}}"#, objects(127), nested(127));
        let holder: Holder = json::from_slice(document.as_bytes()).expect("128 levels");
        assert_eq!(json::to_vec(&holder).expect("JSON"), document.as_bytes());
        assert_eq!(serde_json::to_string(&holder).expect("JSON"), document);
        assert_eq!(serde_json::from_str::<Holder>(&document).expect("128 levels"), holder);
        assert!(serde_json::to_value(&holder).is_ok());
        let value: Value = nested(128).parse().expect("128 levels");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), value.to_string());
    });
}

#[test]
fn encoding_too_deep_a_value_is_an_error() {
    on_a_small_stack(|| {
        for depth in [129, 200, 100_000] {
            let value = (1..depth).fold(Value::Array(Vec::new()), |inner, _| Value::Array(vec![inner]));
            let nest = (1..depth).fold(Nest(Vec::new()), |inner, _| Nest(vec![inner]));
            for error in
                [json::to_vec(&value), json::to_vec(&nest)].map(|written| written.expect_err("too deep"))
            {
                assert!(
                    error.to_string().ends_with("[0]: expected at most 128 levels of nesting"),
                    "{error}"
                );
                assert!(error.to_string().len() < 1000);
            }
            assert!(serde_json::to_string(&value).is_err());
            assert!(value.to_string().starts_with("<$[0]"));
            // A value that was built by hand is also dropped level by level, without recursion.
            drop_by_level(value);
            std::mem::forget(nest);
        }
    });
}

#[test]
fn deserializing_too_deep_a_value_is_an_error() {
    on_a_small_stack(|| {
        let text = nested(100_000);
        for error in
            [serde_json::from_str::<Value>(&text).map(drop), serde_json::from_str::<Holder>(&text).map(drop)]
        {
            assert!(error.is_err());
        }
    });
    // This YAML parser has its own limit.
    assert!(serde_yaml::from_str::<Value>(&nested(129)).is_err());
}

fn drop_by_level(mut value: Value) {
    while let Value::Array(mut items) = value {
        value = items.pop().unwrap_or_default();
    }
}

/// A wide type that contains itself, as generated packages have them.
#[derive(Debug, Default, PartialEq)]
struct Wide {
    id: Option<String>,
    name: Option<String>,
    labels: Vec<String>,
    values: Object,
    first: Option<String>,
    second: Option<String>,
    third: Option<String>,
    fourth: Option<String>,
    fifth: Option<String>,
    sixth: Option<String>,
    child: Option<Box<Self>>,
}

json_object!(Wide { id, name, labels, values, first, second, third, fourth, fifth, sixth, child });

/// The stack of a worker thread of tokio has 2 MiB.
#[test]
fn wide_type_nests_to_the_limit_on_the_stack_of_a_thread() {
    let run = || {
        let document =
            |depth: usize| format!("{}{{}}{}", r#"{"child":"#.repeat(depth - 1), "}".repeat(depth - 1));
        let decoded = |depth| json::from_slice::<Wide>(document(depth).as_bytes());
        assert!(decoded(128).is_ok() && decoded(129).is_err());
        // The innermost value contains an empty list, one level deeper.
        let encoded = |depth| json::to_vec(&decoded(depth).expect("within the limit"));
        assert_eq!(json::from_slice(&encoded(127).expect("within the limit")), decoded(127));
        assert!(encoded(128).is_err());
    };
    let thread = thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).expect("a thread");
    thread.join().expect("no panic");
}
