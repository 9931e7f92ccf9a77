//! Property tests: no input makes a run panic, and scalars have the meaning of `serde_yaml`.
//!
//! The inputs are random in every run. `PROPTEST_CASES=10000` increases their number. A failing input is shrunk and printed.

mod common;

use std::cell::Cell;

use common::{cases, default_api, in_package, spec_in};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{TestError, TestRunner};
use typefoundry_codegen::load;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::syntax::{self, SpannedValue, read};
use typefoundry_codegen::value::Value;
use typefoundry_codegen::{diagnostic, generate, resolve_all};

/// Tests random inputs, and prints their number.
fn try_inputs<S: Strategy>(
    what: &str,
    count: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { count };
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..default });
    let tried = Cell::new(0);
    let result = runner.run(strategy, |input| {
        tried.set(tried.get() + 1);
        test(input)
    });
    println!("{what}: {} inputs tried", tried.get());
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, input)) => {
            panic!("{what}: {why}\nthe smallest failing input:\n{input:#?}")
        }
        Err(TestError::Abort(why)) => panic!("{what}: {why}"),
    }
}

/// Reads and resolves sources, and renders the diagnostics.
fn describe_and_render(sources: impl IntoIterator<Item = Source>) {
    let (sources, _, mut problems) = resolve_all(sources);
    diagnostic::sort(&mut problems);
    let _ = diagnostic::render(&problems, &sources, true);
}

/// Uses a text both as an API and as a resource.
fn describe_text(text: &str) {
    describe_and_render([
        Source::new("acme/api.yaml", text),
        Source::new("acme/users.yaml", "doc: People.\n"),
    ]);
    describe_and_render([default_api(), Source::new("acme/users.yaml", text)]);
}

#[test]
fn random_text_does_not_panic() {
    try_inputs("random text", 256, &any::<String>(), |text| {
        describe_text(&text);
        Ok(())
    });
}

/// Names, signs and values with a meaning in the language.
const WORDS: &[&str] = &[
    "doc",
    "docs_url",
    "package",
    "name",
    "version",
    "keywords",
    "credentials",
    "type",
    "env",
    "servers",
    "url",
    "when",
    "credential",
    "starts_with",
    "auth",
    "basic",
    "bearer",
    "token",
    "options",
    "headers",
    "header",
    "envelope",
    "errors",
    "pagination",
    "cursor_param",
    "limit_param",
    "next_cursor",
    "total",
    "types",
    "id",
    "enum",
    "fields",
    "additional_fields",
    "example",
    "deprecated",
    "wire_name",
    "in",
    "default",
    "min",
    "max",
    "min_length",
    "max_items",
    "const",
    "credential",
    "style",
    "flatten",
    "one_of",
    "tag",
    "key",
    "body",
    "empty_object",
    "previous_cursor_param",
    "previous_cursor",
    "permission",
    "resource",
    "action",
    "operations",
    "http",
    "params",
    "response",
    "paginate",
    "style",
    "items",
    "User",
    "list<User>",
    "map<string>?",
    "string",
    "string | null",
    "User? | null",
    "map<string | null>",
    "list<User?",
    "secret?",
    "users.User",
    "list<",
    "POST /users",
    "GET /users/{id}",
    "GET /{a}/{b}/{",
    "/login",
    "path",
    "query",
    "comma",
    "brackets",
    "12",
    "-1",
    "1.5",
    ".nan",
    "true",
    "~",
    "\"a\\u00e9\"",
    "'it''s'",
    "|",
    ">-",
    "größe 🎉",
    "a.b.c",
];
const SIGNS: &[&str] = &[
    ": ", ": ", ": ", ": { ", ": [", " }", "]", ", ", "- ", "\n", "#", "&a ", "*a", "!t ", "? ", "---\n",
    "\t", "\r\n",
];

/// Generates lines of the language's names with random indentation.
fn yaml_like() -> impl Strategy<Value = String> {
    let part = prop_oneof![4 => select(WORDS), 3 => select(SIGNS)];
    let line = (0..5_usize, prop::collection::vec(part, 1..6));
    prop::collection::vec(line, 1..30).prop_map(|lines| {
        let text =
            |(indent, parts): &(usize, Vec<&str>)| format!("{}{}\n", "  ".repeat(*indent), parts.concat());
        lines.iter().map(text).collect()
    })
}

#[test]
fn random_terms_of_the_language_do_not_panic() {
    try_inputs("random terms of the language", 256, &yaml_like(), |text| {
        describe_text(&text);
        Ok(())
    });
}

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
        let _ = generate([default_api(), Source::new("acme/users.yaml", text)]).render(false);
        Ok(())
    });
}

/// A small edit of a file.
#[derive(Clone, Debug)]
enum Damage {
    DeleteLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    IndentLine(Index, usize),
    /// Replaces one name by another.
    ReplaceWord(Index, &'static str),
    FlipCharacter(Index, char),
    Truncate(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Damage::DeleteLine),
        at().prop_map(Damage::DoubleLine),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        (at(), 0..12_usize).prop_map(|(line, indent)| Damage::IndentLine(line, indent)),
        (at(), select(WORDS)).prop_map(|(at, word)| Damage::ReplaceWord(at, word)),
        (at(), any::<char>()).prop_map(|(at, c)| Damage::FlipCharacter(at, c)),
        at().prop_map(Damage::Truncate),
    ]
}

impl Damage {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        if lines.is_empty() {
            return text.to_owned();
        }
        let line = |index: &Index| index.index(text.split_inclusive('\n').count());
        match self {
            Self::DeleteLine(at) => drop(lines.remove(line(at))),
            Self::DoubleLine(at) => lines.insert(line(at), lines[line(at)].clone()),
            Self::SwapLines(a, b) => lines.swap(line(a), line(b)),
            Self::IndentLine(at, indent) => {
                lines[line(at)] = format!("{}{}", " ".repeat(*indent), lines[line(at)].trim_start())
            }
            Self::ReplaceWord(at, word) => lines = vec![replace_word(text, at, word)],
            Self::FlipCharacter(at, c) => lines = vec![flip_character(text, at, *c)],
            Self::Truncate(at) => lines = vec![text.chars().take(at.index(text.chars().count())).collect()],
        }
        lines.concat()
    }
}

fn replace_word(text: &str, at: &Index, word: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let at = at.index(words.len());
    words[at] = word;
    words.join(" ")
}

fn flip_character(text: &str, at: &Index, c: char) -> String {
    let at = at.index(text.chars().count());
    text.chars().enumerate().map(|(index, old)| if index == at { c } else { old }).collect()
}

/// Edits one file of a spec.
fn damaged(mut sources: Vec<Source>, file: &Index, damages: &[Damage]) -> Vec<Source> {
    let file = file.index(sources.len());
    sources[file].text = damages.iter().fold(sources[file].text.clone(), |text, damage| damage.apply(&text));
    sources
}

#[test]
fn damaged_files_of_the_real_spec_do_not_panic() {
    let mut spec = spec_in(&in_package("../spec"));
    spec.retain(|source| load::is_description(&source.path));
    assert!(!spec.is_empty(), "no files in `spec`");
    let strategy = (any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of the real spec", 96, &strategy, |(file, damages)| {
        // Emitting a whole real package is slow. The small specs below cover the emitters.
        describe_and_render(damaged(spec.clone(), &file, &damages));
        Ok(())
    });
}

#[test]
fn damaged_files_of_small_specs_do_not_panic() {
    let specs: Vec<Vec<Source>> = cases().into_iter().map(|case| case.sources).collect();
    let strategy = (any::<Index>(), any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of small specs", 192, &strategy, |(spec, file, damages)| {
        let _ = generate(damaged(spec.get(&specs).clone(), &file, &damages)).render(false);
        Ok(())
    });
}

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
        serde_yaml::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => Value::Int(value),
            (None, value) => Value::Float(value.unwrap_or(f64::NAN)),
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
