//! Random YAML values, which have the meaning of `serde_yaml`.

use proptest::prelude::*;
use proptest::sample::select;
use typefoundry_codegen::syntax::{self, SpannedValue, read};
use typefoundry_codegen::value::Value;

use super::{WORDS, try_inputs};

/// Generates YAML values, including texts that look like other kinds of scalars.
fn yaml_value() -> impl Strategy<Value = serde_yaml::Value> {
    let text =
        prop_oneof![select(WORDS).prop_map(str::to_owned), "[ -~äé\n]{0,12}", "[-+.~0-9xo_einfaulrtsy]{1,6}"];
    let leaf = prop_oneof![
        Just(serde_yaml::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_filter("a number equals itself", |n| !n.is_nan()).prop_map(Into::into),
        text.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        let map = prop::collection::btree_map(text.clone(), inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(serde_yaml::Value::Sequence),
            map.prop_map(|map| serde_yaml::Value::Mapping(
                map.into_iter().map(|(key, value)| (key.into(), value)).collect()
            )),
        ]
    })
}

/// Converts a value of `serde_yaml` to the value type of this crate.
fn ours(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(*value),
        serde_yaml::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => Value::Int(value.into()),
            (None, Some(value)) => Value::Int(value.into()),
            (None, None) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_yaml::Value::String(text) => Value::Text(text.clone()),
        serde_yaml::Value::Sequence(items) => Value::List(items.iter().map(ours).collect()),
        serde_yaml::Value::Mapping(map) => {
            Value::Map(map.iter().map(|(key, value)| (key_text(key), ours(value))).collect())
        }
        serde_yaml::Value::Tagged(tagged) => ours(&tagged.value),
    }
}

fn key_text(key: &serde_yaml::Value) -> String {
    key.as_str().expect("the keys that are tried are text").to_owned()
}

fn check_same_meaning(text: &str) -> Result<(), TestCaseError> {
    let theirs: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| TestCaseError::reject(error.to_string()))?;
    let syntax::Reading { decl: tree, problems, .. } = read::<SpannedValue>(text, 0);
    prop_assert!(problems.is_empty(), "{:?}\n{}", problems, text);
    // NaN equals no number, and is printed nevertheless.
    prop_assert_eq!(
        tree.map(|tree| format!("{:?}", tree.to_value())),
        Some(format!("{:?}", ours(&theirs))),
        "{}",
        text
    );
    Ok(())
}

#[test]
fn values_have_the_meaning_of_serde_yaml() {
    try_inputs("values", 256, &yaml_value(), |value| {
        let text = serde_yaml::to_string(&serde_yaml::Mapping::from_iter([("value".into(), value)]))
            .expect("a value as YAML");
        check_same_meaning(&text)
    });
}

#[test]
fn plain_scalars_have_the_meaning_of_serde_yaml() {
    let letters = "[-+.~0-9a-fA-FxXoOnNuUlLtTrRsSyYiI_:]{1,8}";
    let words = select(vec![
        "null", "Null", "NULL", "nuLL", "true", "True", "TRUE", "yes", "off", ".inf", "-.INF", ".NaN",
        "0o17", "0x1F", "1e3",
    ]);
    try_inputs(
        "plain scalars",
        512,
        &prop_oneof![letters.prop_map(String::from), words.prop_map(String::from)],
        |scalar| {
            // A trailing colon would make the scalar a key.
            check_same_meaning(&format!("value: {}\n", scalar.trim_end_matches(':')))
        },
    );
}
