//! The reader accepts the same documents as `serde_json`, and reads the same values from them.
//!
//! Known differences: nesting is limited to 128 levels, unpaired surrogates are
//! replaced, and numbers of any size are accepted.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::IgnoredAny;
use typefoundry_runtime::{Value, json, json_object};

/// The text of a JSON value in any notation: with white space, escapes, and numbers of any format.
fn any_document() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
        any_string(),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let item =
            (space(), inner, space()).prop_map(|(before, item, after)| before + &item + &after).boxed();
        let entry = (space(), any_string(), space(), item.clone())
            .prop_map(|(before, key, after, value)| format!("{before}{key}{after}:{value}"));
        prop_oneof![
            proptest::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            (space(), proptest::collection::vec(entry, 0..6))
                .prop_map(|(space, entries)| format!("{{{space}{}}}", entries.join(","))),
        ]
    })
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => "[ \t\r\n]{1,3}"]
}

fn any_string() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[ !#-\\[\\]-~]{0,20}",
        1 => "[\u{7f}-\u{10ffff}]{0,3}",
        1 => r#"\\["\\/bfnrt]"#,
        1 => r"\\u[0-9a-fA-F]{4}",
        1 => r"\\ud[89abAB][0-9a-f]{2}\\ud[c-fC-F][0-9a-f]{2}",
    ];
    proptest::collection::vec(part, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

/// A change of one place in a document.
fn any_change() -> impl Strategy<Value = (Index, usize, String)> {
    let inserted = prop_oneof![Just(String::new()), "[\\[\\]{}:,\"\\\\0-9eE.+ntfu\u{0}-\u{20}-]{1,2}"];
    (any::<Index>(), 0..3_usize, inserted)
}

fn changed(text: &str, (at, removed, inserted): (Index, usize, String)) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = at.index(characters.len() + 1);
    let end = (at + removed).min(characters.len());
    characters.splice(at..end, inserted.chars());
    characters.into_iter().collect()
}

fn check_grammar(text: &str) -> Result<(), TestCaseError> {
    // `serde_json` accepts unpaired surrogates and large numbers in a value that it ignores.
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    let ours = json::from_slice::<Value>(text.as_bytes());
    prop_assert_eq!(ours.is_ok(), is_json, "{}: {:?}", text, ours);
    prop_assert_eq!(json::from_slice::<()>(text.as_bytes()).is_ok(), is_json, "{}", text);
    if let Ok(theirs) = serde_json::from_str::<serde_json::Value>(text) {
        let ours = ours.expect(text).to_string();
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&ours).expect("JSON"), theirs, "{}", text);
    }
    Ok(())
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Item {
    id: String,
    r#type: Option<String>,
    is_on: bool,
    #[serde(rename = "the \"count\"")]
    count: Option<i64>,
    ratio: f64,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    items: Vec<Self>,
}

// `Decode` and `Deserialize` cannot both be implemented for one type, so this is a second one.
#[derive(Clone, Debug, PartialEq)]
struct Twin {
    id: String,
    r#type: Option<String>,
    is_on: bool,
    count: Option<i64>,
    ratio: f64,
    labels: BTreeMap<String, String>,
    items: Vec<Self>,
}

json_object!(Twin { id, r#type = "type", is_on, count = "the \"count\"", ratio, labels, items });

impl From<Twin> for Item {
    fn from(twin: Twin) -> Self {
        let Twin { id, r#type, is_on, count, ratio, labels, items } = twin;
        Self { id, r#type, is_on, count, ratio, labels, items: items.into_iter().map(Self::from).collect() }
    }
}

/// An object that has most fields of an [`Item`], in any order, and unknown keys.
fn any_item() -> impl Strategy<Value = String> {
    let with_items = |items: BoxedStrategy<String>| {
        let optional = (any::<[bool; 4]>(), any_string(), any::<i64>(), any_string(), any_document());
        let required = (any_string(), any::<bool>(), any::<f32>());
        (required, optional, items, space()).prop_flat_map(
            |((id, is_on, ratio), (has, text, count, label, other), items, space)| {
                let optional = [
                    has[0].then(|| format!("\"type\"{space}:{space}{text}")),
                    has[1].then(|| format!("\"the \\\"count\\\"\":{count}{space}")),
                    has[2].then(|| format!("\"labels\":{{{label}:{text}}}")),
                    has[3].then(|| format!("\"other\":{other}{space}")),
                ];
                let required = [
                    format!("{space}\"id\":{id}"),
                    format!("\"is_on\":{is_on}"),
                    format!("\"ratio\":{ratio}"),
                ];
                let mut entries: Vec<_> =
                    required.into_iter().chain(optional.into_iter().flatten()).collect();
                entries.push(format!("\"items\":[{items}]"));
                Just(entries).prop_shuffle()
            },
        )
    };
    let join = |entries: Vec<String>| format!("{{{}}}", entries.join(","));
    let leaf = with_items(Just(String::new()).boxed()).prop_map(join);
    leaf.prop_recursive(2, 6, 3, move |inner| {
        let items = proptest::collection::vec(inner, 0..3).prop_map(|items| items.join(","));
        with_items(items.boxed()).prop_map(join)
    })
}

fn check_item(text: &str) -> Result<(), TestCaseError> {
    let ours = json::from_slice::<Twin>(text.as_bytes());
    match serde_json::from_str::<Item>(text) {
        Ok(theirs) => prop_assert_eq!(Item::from(ours.expect(text)), theirs, "{}", text),
        // The text may still be valid for the rules of this crate, but it must be JSON.
        Err(_) if ours.is_ok() => prop_assert!(serde_json::from_str::<IgnoredAny>(text).is_ok(), "{}", text),
        Err(_) => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_notation_is_read_like_serde_json(text in any_document()) {
        check_grammar(&text)?;
    }

    #[test]
    fn changed_document_is_read_like_serde_json(text in any_document(), change in any_change()) {
        check_grammar(&changed(&text, change))?;
    }

    #[test]
    fn struct_is_read_like_serde_json(text in any_item(), change in any_change()) {
        check_item(&text)?;
        check_item(&changed(&text, change))?;
    }
}
