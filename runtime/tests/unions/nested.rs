//! Unions whose payload has the tag, has tags of its own, or has the tag below a key.

use typefoundry_runtime::{Object, UnknownVariant, json_object, json_union};

use super::{failure, read, written};

#[derive(Clone, Debug, PartialEq)]
enum Outer {
    Inner(Inner),
    Listed(Listed),
    Unknown(UnknownVariant),
}
json_union!(Outer by ["type"] { Inner(_) = "inner", Listed(_) = 7 });

#[derive(Clone, Debug, PartialEq)]
enum Inner {
    Leaf(Leaf),
    Value(i64),
    Empty,
    Unknown(UnknownVariant),
}
json_union!(Inner by ["kind", "form"] { Leaf(_) = "leaf", Value(_) = true in "value", Empty = -1 });

#[derive(Clone, Debug, PartialEq)]
struct Leaf {
    name: String,
    more: Object,
}
json_object!(Leaf { name, ..more });

#[derive(Clone, Debug, PartialEq)]
struct Listed {
    r#type: i64,
    more: Object,
}
json_object!(Listed { const "fixed" = 1, r#type = "type", ..more });

#[test]
fn nested_unions_keep_all_of_an_object_once() {
    for (text, outer) in [
        (r#"{"type":"inner","kind":-1}"#, Outer::Inner(Inner::Empty)),
        (r#"{"type":"inner","kind":true,"value":7}"#, Outer::Inner(Inner::Value(7))),
        (
            r#"{"type":"inner","kind":"leaf","name":"a","types":1}"#,
            Outer::Inner(Inner::Leaf(Leaf { name: "a".into(), more: Object::from_iter([("types", 1)]) })),
        ),
    ] {
        assert_eq!(read::<Outer>(text).as_ref(), Ok(&outer), "{text}");
        assert_eq!(written(&outer), text);
    }
    for text in [r#"{"type":"inner","kind":"new","a":[1.0]}"#, r#"{"type":"inner","a":{"type":"x"}}"#] {
        let outer: Outer = read(text).expect(text);
        assert!(matches!(outer, Outer::Inner(Inner::Unknown(_))), "{outer:?}");
        assert_eq!(written(&outer), text);
    }
    // The second tag of the inner union is written as the first.
    let outer: Outer = read(r#"{"form":"leaf","name":"a","type":"inner"}"#).expect("a union");
    assert_eq!(written(&outer), r#"{"type":"inner","kind":"leaf","name":"a"}"#);
}

#[test]
fn tag_among_the_fields_is_read_and_written_once() {
    let text = r#"{"type":7,"fixed":1,"x":null}"#;
    let outer: Outer = read(text).expect(text);
    let Outer::Listed(listed) = &outer else { panic!("{outer:?}") };
    assert_eq!((listed.r#type, listed.more.len()), (7, 1));
    assert_eq!(written(&outer), text);
    let other = Outer::Listed(Listed { r#type: 8, more: Object::new() });
    assert_eq!(written(&other), r#"{"type":7,"fixed":1}"#);
    assert_eq!(written(&vec![other.clone(), other]), r#"[{"type":7,"fixed":1},{"type":7,"fixed":1}]"#);
}

#[derive(Clone, Debug, PartialEq)]
enum Deep {
    A(Body),
    B(Box<Body>),
    Unknown(UnknownVariant),
}
json_union!(Deep at ["meta", "at", "kind"] { A(_) = "a", B(_) = 2 });

#[derive(Clone, Debug, PartialEq)]
struct Body {
    meta: Object,
    n: i64,
}
json_object!(Body { meta, n });

#[test]
fn tag_below_keys_selects_the_variant() {
    for text in
        [r#"{"meta":{"x":[{}],"at":{"kind":"a"}},"n":1}"#, r#"{"meta":{"at":{"kind":2,"more":1.50}},"n":1}"#]
    {
        let deep: Deep = read(text).expect(text);
        assert!(!matches!(deep, Deep::Unknown(_)), "{deep:?}");
        assert_eq!(written(&deep), text);
    }
    for text in [
        "{}",
        r#"{"meta":[]}"#,
        r#"{"meta":{"at":"kind"}}"#,
        r#"{"meta":{"at":{"kind":null}},"n":1}"#,
        r#"{"meta":{"at":{"kind":"c"}},"n":"x"}"#,
    ] {
        let deep: Deep = read(text).expect(text);
        assert!(matches!(deep, Deep::Unknown(_)), "{deep:?}");
        assert_eq!(written(&deep), text);
    }
    assert_eq!(failure::<Deep>("[]"), "$: expected an object, found a list");
    assert_eq!(failure::<Deep>(r#"{"meta":{"at":{"kind":"a"}}}"#), "$.n: expected a value, found nothing");
    assert!(failure::<Deep>(r#"{"meta":{"at":"#).contains("end"), "{}", failure::<Deep>(r#"{"meta":{"at":"#));
}

#[derive(Clone, Debug, PartialEq)]
enum Marked {
    One(Leaf),
    Two(Leaf),
    Text(String),
    Unknown(UnknownVariant),
}
json_union!(Marked { One(_) if "is" = 1 if "at" = "a", Two(_) if "is" = 2, Text(_) });

#[test]
fn constants_select_a_variant() {
    for (text, is_one) in [(r#"{"name":"x","at":"a","is":1}"#, true), (r#"{"is":2,"name":"x"}"#, false)] {
        let marked: Marked = read(text).expect(text);
        assert_eq!((matches!(marked, Marked::One(_)), matches!(marked, Marked::Two(_))), (is_one, !is_one));
    }
    for text in [r#"{"name":"x","is":1}"#, r#"{"is":2}"#, r#"{"is":{"is":2},"name":"x"}"#, "7", "[]"] {
        let marked: Marked = read(text).expect(text);
        assert!(matches!(marked, Marked::Unknown(_)), "{marked:?}");
        assert_eq!(written(&marked), text);
    }
    assert_eq!(read(r#""x""#), Ok(Marked::Text("x".into())));
}
