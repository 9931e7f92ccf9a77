//! Property tests: no input makes a run panic, and scalars have the meaning of `serde_yaml`.
//!
//! The inputs are random in every run. `PROPTEST_CASES=10000` increases their number. A failing input is shrunk and printed.

mod damage;
mod declarations;
mod values;

use std::cell::Cell;

use crate::common::default_api;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestError, TestRunner};
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{diagnostic, resolve_all};

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
