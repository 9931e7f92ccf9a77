//! Unions in documents that are deep, long or malformed.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use typefoundry_runtime::{UnknownVariant, Value, json, json_object, json_union};

use super::{Amount, Factor, Password, User, failure, read, written};

/// The matching variant is always the last one.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    And(Box<And>),
    Or(Box<Or>),
    Leaf(String),
    Unknown(UnknownVariant),
}
json_union!(Tree { And(_), Or(_), Leaf(_) });

#[derive(Clone, Debug, PartialEq)]
struct And {
    left: Tree,
    and: Tree,
}
json_object!(And { left, and });

#[derive(Clone, Debug, PartialEq)]
struct Or {
    left: Tree,
    or: Tree,
}
json_object!(Or { left, or });

fn tree(depth: usize) -> String {
    format!(r#"{}"leaf"{}"#, r#"{"left":"#.repeat(depth), r#","or":"leaf"}"#.repeat(depth))
}

#[test]
fn tree_of_unions_is_decoded() {
    let text = tree(8);
    let tree: Tree = read(&text).expect("a tree");
    assert!(matches!(tree, Tree::Or(_)));
    assert_eq!(written(&tree), text);
}

/// Each level doubles the number of attempts, so a depth of 100 would never end.
#[test]
fn tree_with_exponential_cost_is_rejected() {
    let start = Instant::now();
    let message = failure::<Vec<Tree>>(&format!("[{}]", tree(100)));
    assert_eq!(
        message,
        "$[0]: expected a value whose variant can be determined within the limit, found an ambiguous value"
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn nesting_is_limited_inside_unions() {
    for depth in [200, 100_000] {
        let deep =
            format!(r#"{{"type":"totp","issuer":"a","x":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(read::<Factor>(&deep).is_err());
        assert!(read::<Password>(&deep).is_err());
    }
    assert!(read::<Tree>(&tree(200)).is_err());
}

/// Errors of discarded variants do not count lines, which would take minutes.
#[test]
fn long_list_is_decoded_in_linear_time() {
    let start = Instant::now();
    let text = format!("[{}7]", "\"name\",\n".repeat(100_000));
    assert_eq!(read::<Vec<Amount>>(&text).map(|amounts| amounts.len()), Ok(100_001));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn malformed_document_is_rejected() {
    for text in [
        r#"{"type":"none""#,
        r#"{"type":"none",}"#,
        r#"{"type":"none" "a":1}"#,
        r#"{"type":"new","a":tru}"#,
        r#"{"a":{,"type":"none"}"#,
        r#"{"type":"\x"}"#,
        r#"{"type":01}"#,
        "{",
        "",
    ] {
        assert!(read::<Factor>(text).is_err(), "{text}");
        assert!(read::<Password>(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn text_resembling_json_does_not_panic(text in r#"[\[\]{}:,"0-9e.\-tn\\ud ]{0,40}"#) {
        let text = format!(r#"{{"type":"totp","issuer":{text}}}"#);
        let ours = json::from_slice::<Factor>(text.as_bytes()).is_ok();
        prop_assert!(!ours || serde_json::from_str::<Value>(&text).is_ok());
        let shape = json::from_slice::<Password>(text.as_bytes()).is_ok();
        prop_assert_eq!(shape, serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn damaged_document_does_not_panic(at in 0..200_usize, byte in any::<u8>()) {
        let mut text = r#"{"factor":{"type":"totp","issuer":"a"},"password":{"hash":"h"}}"#.to_owned().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        let _ = json::from_slice::<User>(&text);
        let _ = json::from_slice::<User>(&text[..at]);
    }
}
