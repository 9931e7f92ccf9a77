//! Mutation tests: one mistake causes one diagnostic, at any position.
//!
//! The test breaks a description at one position at a time and counts the causes in the diagnostics. The positions come from
//! the descriptions, so new keys are tested without a change here. By default every 16th position is tested;
//! `EVERY_MISTAKE=1` tests all.

use std::collections::BTreeSet;

use crate::common::{in_package, read};
use typefoundry_codegen::diagnostic::{Code, Diagnostic};
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;

/// A way to break a line of the form `key: value`.
struct Mutation {
    name: &'static str,
    /// Returns the broken line, or `None` if the mutation does not apply to the line.
    apply: fn(&Line<'_>) -> Option<String>,
}

/// A key with its value in the text of a file.
struct Line<'t> {
    before: &'t str,
    key: &'t str,
    value: &'t str,
    after: &'t str,
}

impl Line<'_> {
    fn with(&self, key: &str, value: &str) -> String {
        format!("{}{key}:{value}{}", self.before, self.after)
    }
}

const MUTATIONS: &[Mutation] = &[
    Mutation { name: "null value", apply: |line| is_scalar(line).then(|| line.with(line.key, " null")) },
    Mutation { name: "no value", apply: |line| is_scalar(line).then(|| line.with(line.key, "")) },
    Mutation { name: "list value", apply: |line| is_scalar(line).then(|| line.with(line.key, " [1]")) },
    Mutation { name: "number value", apply: |line| is_scalar(line).then(|| line.with(line.key, " 12.5")) },
    Mutation {
        name: "misspelt key",
        apply: |line| is_keyword(line.key).then(|| line.with(&swapped(line.key), line.value)),
    },
    Mutation {
        name: "unknown type",
        apply: |line| {
            let is_type = line.key == "type" && line.value.starts_with(' ');
            is_type.then(|| line.with(line.key, " Nowhere"))
        },
    },
];

/// Whether the value is on the line of the key.
fn is_scalar(line: &Line<'_>) -> bool {
    let value = line.value.trim();
    !value.is_empty() && !value.starts_with(['{', '[', '|', '#'])
}

/// The keys of the language, which a typo makes unknown.
const KEYWORDS: &[&str] = &[
    "type",
    "types",
    "doc",
    "http",
    "params",
    "response",
    "operations",
    "fields",
    "enum",
    "one_of",
    "options",
    "credentials",
    "servers",
    "package",
    "envelope",
    "errors",
    "pagination",
    "paginate",
    "example",
    "headers",
    "default",
    "wire_name",
    "flatten",
    "const",
    "style",
    "cursor_param",
    "next_cursor",
    "items",
    "version",
    "name",
    "code",
    "codes",
];

fn is_keyword(key: &str) -> bool {
    KEYWORDS.contains(&key)
}

/// Returns the key with its last two letters swapped. Equal letters are doubled instead.
fn swapped(key: &str) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let last = letters.len() - 1;
    if letters.len() < 3 || letters[last] == letters[last - 1] {
        letters.push(letters[last]);
    } else {
        letters.swap(last, last - 1);
    }
    letters.into_iter().collect()
}

/// Returns the byte ranges of every `key: value` in a text, in block and in flow style.
fn entries(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        while let Some(colon) = line[from..].find(':').map(|at| from + at) {
            from = colon + 1;
            let key_start =
                line[..colon].rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
            let ends_key = line[colon + 1..].starts_with([' ', '\n']);
            let begins = line[..key_start].trim_end();
            let is_key = begins.is_empty() || begins.ends_with(['{', ',']);
            if key_start == colon || !ends_key || !is_key {
                continue;
            }
            let in_flow = !begins.is_empty();
            let rest = &line[colon + 1..];
            let quoted = rest.trim_start().starts_with('"').then(|| rest.match_indices('"').nth(1)).flatten();
            let end = match in_flow {
                _ if quoted.is_some() => quoted.map_or(0, |(at, _)| at + 1),
                true => rest.find([',', '}', '{', '[']).unwrap_or(rest.len()),
                false => rest.find(" #").unwrap_or_else(|| rest.trim_end().len()),
            };
            let end = rest[..end].trim_end().len();
            found.push((offset + key_start, offset + colon, offset + colon + 1 + end));
        }
        offset += line.len();
    }
    found
}

/// Returns the distinct causes in a run. All uses of a missing name are one cause, and so are all mismatches with a changed
/// type.
fn causes(sources: &[Source]) -> BTreeSet<String> {
    let run = typefoundry_codegen::generate(sources.iter().cloned(), &Settings::default());
    let cause = |problem: &Diagnostic| match problem.code {
        Code::ExampleMismatch => problem.code.as_str().to_owned(),
        code => format!("{} {}", code.as_str(), problem.message),
    };
    run.diagnostics.iter().map(cause).collect()
}

/// Applies the mutations at every `step`th entry of every file. Returns the number of attempts, and those with several
/// causes.
fn noisy(sources: &[Source], step: usize) -> (usize, Vec<String>) {
    assert!(causes(sources).is_empty(), "the description is sound: {:#?}", causes(sources));
    let mut tried = 0;
    let mut noisy = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        for (start, colon, end) in entries(&source.text).into_iter().step_by(step) {
            let text = &source.text;
            let line = Line {
                before: &text[..start],
                key: &text[start..colon],
                value: &text[colon + 1..end],
                after: &text[end..],
            };
            for mutation in MUTATIONS {
                let Some(broken) = (mutation.apply)(&line) else { continue };
                let mut broken_sources = sources.to_vec();
                broken_sources[file].text = broken;
                tried += 1;
                let found = causes(&broken_sources);
                if found.len() > 1 {
                    let number = text[..start].matches('\n').count() + 1;
                    let what = format!("{}:{number} `{}`: {}", source.path, line.key, mutation.name);
                    noisy.push(format!(
                        "{what}\n    {}",
                        found.into_iter().collect::<Vec<_>>().join("\n    ")
                    ));
                }
            }
        }
    }
    (tried, noisy)
}

fn check(what: &str, sources: &[Source]) {
    let step = if std::env::var_os("EVERY_MISTAKE").is_some() { 1 } else { 16 };
    let (tried, noisy) = noisy(sources, step);
    println!("{what}: {tried} mistakes tried");
    assert!(tried > 60, "{what}: places are found");
    assert!(
        noisy.is_empty(),
        "{} of {tried} mistakes report more than one cause:\n{}",
        noisy.len(),
        noisy.join("\n")
    );
}

#[test]
fn one_mistake_in_the_example_of_the_reference_has_one_cause() {
    let readme = read(&in_package("../spec/README.md")).replace("\r\n", "\n");
    let mut sources = Vec::new();
    let mut rest = readme.as_str();
    while let Some((_, fenced)) = rest.split_once("\n```yaml file=") {
        let (path, fenced) = fenced.split_once('\n').expect("a line ends behind the fence");
        let (text, behind) = fenced.split_once("\n```").expect("a fence that is closed");
        sources.push(Source::new(path.trim(), format!("{text}\n")));
        rest = behind;
    }
    check("spec/README.md", &sources);
}

#[test]
fn one_mistake_in_the_description_of_edge_cases_has_one_cause() {
    let folder = in_package("src/rust/expand/tests");
    let sources: Vec<Source> = ["api.yaml", "things.yaml", "logins.yaml", "parts.yaml"]
        .iter()
        .map(|name| {
            let path = if *name == "parts.yaml" {
                "odd/things/parts.yaml".to_owned()
            } else {
                format!("odd/{name}")
            };
            Source::new(path, read(&folder.join(name)))
        })
        .collect();
    check("the odd description", &sources);
}
