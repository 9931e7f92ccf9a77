//! Random declarations that are valid YAML: types that contain each other, and operations that use them.

use proptest::prelude::*;
use proptest::sample::select;
use typefoundry_codegen::generate;
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;

use super::try_inputs;
use crate::common::default_api;

/// Types that contain each other in various ways.
const TYPES: &[&str] = &[
    "T0",
    "T1",
    "T2",
    "T3",
    "T0?",
    "T1 | null",
    "T2? | null",
    "list<T0>",
    "list<T1 | null>",
    "map<T2>",
    "map<T3 | null>?",
    "string",
    "secret?",
    "int64",
    "float64 | null",
    "bool",
    "timestamp",
    "json",
    "object",
    "list<string>",
    "map<int32>?",
];

/// Keys of objects, tags and names of variants.
const KEYS: &[&str] = &["a", "b", "c", "\"true\"", "type"];

/// Generates a value for examples, defaults and constants.
fn flow_value() -> impl Strategy<Value = String> {
    let leaf = select(vec!["~", "7", "-1.5", "true", "text", "2024-05-01T12:00:00Z", "\"\""]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 12, 3, |inner| {
        let entries = prop::collection::btree_map(select(KEYS), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            entries.prop_map(|entries| flow_map(entries.into_iter())),
        ]
    })
}

fn flow_map<K: AsRef<str>>(entries: impl Iterator<Item = (K, String)>) -> String {
    let entries: Vec<String> = entries.map(|(key, value)| format!("{}: {value}", key.as_ref())).collect();
    format!("{{ {} }}", entries.join(", "))
}

fn maybe(part: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![9 => Just(String::new()), 1 => part]
}

fn field() -> impl Strategy<Value = String> {
    let example = maybe(flow_value().prop_map(|value| format!(", example: {value}, default: {value}")));
    let typed =
        (select(TYPES), example).prop_map(|(ty, example)| format!("{{ type: {ty}, doc: D.{example} }}"));
    let constant = prop_oneof![3 => Just("7".to_owned()), 1 => flow_value()];
    prop_oneof![4 => typed, 1 => constant.prop_map(|value| format!("{{ const: {value} }}"))]
}

fn variant() -> impl Strategy<Value = String> {
    let key = prop_oneof![Just(String::new()), select(KEYS).prop_map(|key| format!(", key: {key}"))];
    let typed = (select(TYPES), key).prop_map(|(ty, key)| format!("{{ type: {ty}, doc: D.{key} }}"));
    prop_oneof![6 => typed, 1 => Just("{ doc: D. }".to_owned()), 2 => select(&TYPES[..4]).prop_map(str::to_owned)]
}

fn parts(part: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::btree_map(select(KEYS), part, 1..4).prop_map(|parts| flow_map(parts.into_iter()))
}

fn type_decl() -> impl Strategy<Value = String> {
    let tag = select(vec!["", "", ", tag: type", ", tag: kind", ", tag: [kind, a]"]);
    let shape = prop_oneof![
        3 => parts(field()).prop_map(|parts| format!("fields: {parts}")),
        3 => (parts(variant()), tag).prop_map(|(parts, tag)| format!("one_of: {parts}{tag}")),
        1 => Just("enum: [a, b]".to_owned()),
        1 => Just("id: a".to_owned()),
    ];
    let example = maybe(flow_value().prop_map(|value| format!(", example: {value}")));
    (shape, example).prop_map(|(shape, example)| format!("{{ doc: D., {shape}{example} }}"))
}

fn param() -> impl Strategy<Value = String> {
    let extra = select(vec![
        "",
        "",
        "",
        ", flatten: true",
        ", style: comma",
        ", style: brackets",
        ", in: query",
        ", in: body",
        ", in: header",
        ", in: bearer",
        ", in: path, flatten: true",
    ]);
    let given = (select(TYPES), extra).prop_map(|(ty, extra)| format!("{{ type: {ty}, doc: D.{extra} }}"));
    let fixed = select(vec![
        "{ const: 7 }",
        "{ const: text, in: header }",
        "{ credential: key }",
        "{ credential: key, in: path }",
    ]);
    prop_oneof![4 => given, 1 => fixed.prop_map(str::to_owned)]
}

fn operation_decl() -> impl Strategy<Value = String> {
    let line = select(vec![
        "http: GET /a",
        "http: POST /a",
        "http: POST /a",
        "http: PUT /a",
        "http: 'DELETE /a/{a}'",
        "http: 'PUT /{b}/a'",
        "url: '/{a}'",
    ]);
    let params = prop::collection::btree_map(select(&KEYS[..3]), param(), 0..3);
    let example = prop::collection::btree_map(select(&KEYS[..3]), flow_value(), 1..3);
    let example = maybe(
        example.prop_map(|params| format!(", example: {{ params: {} }}", flow_map(params.into_iter()))),
    );
    let response = select(TYPES).prop_map(|ty| format!(", response: {ty}"));
    let response = prop_oneof![Just(String::new()), response];
    let more = select(vec![
        ", errors: [T0]",
        ", body: empty_object",
        ", auth: none",
        ", paginate: { style: pages, items: a }",
    ]);
    let more = maybe(more.prop_map(str::to_owned));
    (line, params, response, example, more).prop_map(|(line, params, response, example, more)| {
        let params = flow_map(params.into_iter());
        format!("{{ doc: D., {line}, params: {params}{response}{example}{more} }}")
    })
}

#[test]
fn recursive_types_do_not_panic() {
    let types = prop::collection::vec(type_decl(), 4);
    let operations = prop::collection::vec(operation_decl(), 1..3);
    try_inputs("recursive types", 256, &(types, operations), |(types, operations)| {
        let mut text = "doc: D.\ntypes:\n".to_owned();
        types.iter().enumerate().for_each(|(at, decl)| text += &format!("  T{at}: {decl}\n"));
        text += "operations:\n";
        operations.iter().enumerate().for_each(|(at, decl)| text += &format!("  run_{at}: {decl}\n"));
        let _ = generate([default_api(), Source::new("acme/users.yaml", text)], &Settings::default())
            .render(false);
        Ok(())
    });
}
