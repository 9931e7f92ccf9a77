//! The keys of an object that are not plain fields: constants, and fields that an update can clear.

use typefoundry_runtime::{Decode, DecodeError, Object, Patch, Value, json, json_object};

fn read<T: Decode>(text: &str) -> Result<T, DecodeError> {
    json::from_slice(text.as_bytes())
}

fn written(value: &dyn json::Encode) -> String {
    String::from_utf8(json::to_vec(value).expect("JSON")).expect("UTF-8")
}

#[derive(Clone, Debug, PartialEq)]
struct User {
    name: String,
    rest: Object,
}

json_object!(User {
    const "object" = "user",
    const "is_user" = true,
    const "version" = -2,
    name,
    ..rest
});

#[test]
fn constant_is_encoded_first() {
    let user = User { name: "Ada".into(), rest: Object::new() };
    assert_eq!(written(&user), r#"{"object":"user","is_user":true,"version":-2,"name":"Ada"}"#);
}

#[test]
fn constant_is_neither_checked_nor_kept() {
    for text in [
        r#"{"name":"Ada","new":1}"#,
        r#"{"new":1,"object":"user","is_user":true,"version":-2,"name":"Ada"}"#,
        r#"{"name":"Ada","object":["other"],"is_user":null,"new":1,"version":{"a":{}}}"#,
    ] {
        let user: User = read(text).expect(text);
        assert_eq!(user.name, "Ada");
        assert_eq!(Value::Object(user.rest), serde_json::json!({"new": 1}), "{text}");
    }
    assert!(read::<User>(r#"{"name":"Ada","object":}"#).is_err());
}

#[test]
fn constant_is_never_encoded_twice() {
    let mut user: User = read(r#"{"name":"Ada"}"#).expect("a user");
    user.rest.insert("object", "other");
    assert_eq!(written(&user).matches("object").count(), 1);
}

/// No fields, with and without a constant, and without a trailing comma.
#[derive(Debug, PartialEq)]
struct Marker;
json_object!(Marker { const "a" = "x", const "b" = 1 });

#[derive(Debug, PartialEq)]
struct Empty {}
json_object!(Empty {});

#[derive(Debug, PartialEq)]
struct Short {
    b: i32,
}
json_object!(Short { const "a" = false, b = "B" });

#[test]
fn object_can_have_no_fields() {
    assert_eq!(written(&Marker), r#"{"a":"x","b":1}"#);
    assert_eq!(read(r#"{"c":1}"#), Ok(Marker));
    assert_eq!(written(&Empty {}), "{}");
    assert_eq!(read(r#"{"c":[1]}"#), Ok(Empty {}));
    assert!(read::<Empty>("7").is_err() && read::<Marker>("[]").is_err());
    assert_eq!(written(&Short { b: 7 }), r#"{"a":false,"B":7}"#);
    assert_eq!(read(r#"{"B":7}"#), Ok(Short { b: 7 }));
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Update {
    name: Patch<String>,
    age: Patch<i32>,
    tags: Patch<Vec<String>>,
}
json_object!(Update { name, age, tags });

#[test]
fn update_has_three_states() {
    for (text, name, age) in [
        ("{}", Patch::Absent, Patch::Absent),
        (r#"{"name":null}"#, Patch::Null, Patch::Absent),
        (r#"{"name":"Ada","age":null}"#, Patch::Value("Ada".to_owned()), Patch::Null),
    ] {
        let update = Update { name, age, tags: Patch::Absent };
        assert_eq!(written(&update), text);
        assert_eq!(read(text), Ok(update));
    }
    // Clearing a list differs from setting an empty list.
    let null = read::<Update>(r#"{"tags":null}"#).expect("an update");
    let empty = read::<Update>(r#"{"tags":[]}"#).expect("an update");
    assert_eq!((null.tags, empty.tags), (Patch::Null, Patch::Value(Vec::new())));
    assert!(read::<Update>(r#"{"age":"7"}"#).is_err());
}

#[test]
fn patch_exposes_its_state() {
    let (absent, null, value) = (Patch::<i32>::default(), Patch::or_null(None::<i32>), Patch::from(7));
    assert_eq!([absent, null, value].map(|patch| patch.is_absent()), [true, false, false]);
    assert_eq!([absent, null, value].map(|patch| patch.is_null()), [false, true, false]);
    assert_eq!([absent, null, value].map(Patch::into_value), [None, None, Some(7)]);
    assert_eq!([absent, null, value].each_ref().map(Patch::value), [None, None, Some(&7)]);
    assert_eq!(Patch::or_null(Some(7)), value);
}

/// A list has no key to omit.
#[test]
fn omitted_item_is_encoded_as_null() {
    assert_eq!(written(&vec![Patch::Absent, Patch::Null, Patch::Value(1)]), "[null,null,1]");
}
