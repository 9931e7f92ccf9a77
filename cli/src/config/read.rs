//! Reading of `typefoundry.toml`: all mistakes of the file in one run.

use std::ops::Range;

use serde::Deserialize as _;
use toml::de::{DeTable, DeValue, Deserializer, Error};
use typefoundry_codegen::diagnostic::{nearest, quoted};

use super::spans::as_table;
use super::{Config, Problem, check};

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns all mistakes. Mistakes in the syntax hide those in keys, and these hide those in values.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let (mut root, errors) = DeTable::parse_recoverable(text);
        let mut problems: Vec<Problem> = errors.iter().map(|error| problem(error, root.get_ref())).collect();
        while problems.is_empty() || errors.is_empty() {
            match Self::deserialize(Deserializer::from(root.clone())) {
                Ok(config) if problems.is_empty() => {
                    problems = check::check(&config, root.get_ref());
                    if problems.is_empty() {
                        return Ok(config);
                    }
                    break;
                }
                Ok(_) => break,
                Err(error) => {
                    problems.push(problem(&error, root.get_ref()));
                    // Without the wrong entry, the next one is found.
                    if !error.span().is_some_and(|span| remove(root.get_mut(), &span)) {
                        break;
                    }
                }
            }
        }
        problems.sort_by_key(|problem| problem.span.start);
        Err(problems)
    }
}

fn problem(error: &Error, root: &DeTable<'_>) -> Problem {
    let span = error.span().unwrap_or_default();
    // serde speaks of fields and of Rust types, TOML of keys and tables.
    let message = error.message().lines().next().unwrap_or_default();
    let message = ["struct Package", "struct Runtime", "a map"]
        .iter()
        .fold(message.to_owned(), |message, rust| {
            message.replace(&format!("expected {rust}"), "expected a table")
        })
        .replace("expected a sequence", "expected a list")
        .replace("invalid type: sequence", "invalid type: list")
        .replace("invalid type: map", "invalid type: table");
    let Some(rest) = message.strip_prefix("unknown field ") else {
        let (message, help) = match message.split_once(", expected ") {
            Some((message, expected)) => (message.to_owned(), Some(format!("expected {expected}"))),
            None => (message, None),
        };
        return Problem { span, message, help };
    };
    let (key, known) = rest.split_once(", expected ").unwrap_or((rest, ""));
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let help = match nearest(key.trim_matches('`'), known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the keys are {}", quoted(known)),
    };
    // The span is that of the value if the key is dotted.
    let span = key_span(root, &span).unwrap_or(span);
    Problem { span, message: format!("unknown key {key}"), help: Some(help) }
}

/// Returns the span of the key of the entry with this span.
fn key_span(table: &DeTable<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    table.iter().find_map(|(key, value)| {
        let inner = as_table(value.get_ref()).and_then(|inner| key_span(inner, span));
        inner.or_else(|| (key.span() == *span || value.span() == *span).then(|| key.span()))
    })
}

/// Removes the innermost entry that contains a span. Returns whether there was one.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let contains = |range: Range<usize>| range.start <= span.start && span.end <= range.end;
    for (_, value) in table.iter_mut() {
        // The span of a table is that of its header, which does not contain its entries.
        if let DeValue::Table(inner) = value.get_mut()
            && remove(inner, span)
        {
            return true;
        }
    }
    let found = table.iter().find(|(key, value)| contains(key.span()) || contains(value.span()));
    match found.map(|(key, _)| key.clone()) {
        Some(key) => table.remove(&key).is_some(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Inherited, Setting, render};
    use super::Config;

    fn problems(text: &str) -> String {
        render(&Config::parse(text).unwrap_err(), "typefoundry.toml", text, false)
    }

    #[test]
    fn empty_file_has_the_defaults() {
        assert_eq!(Config::parse(""), Ok(Config::default()));
    }

    #[test]
    fn values_can_be_inherited() {
        let config = Config::parse("[package]\nlicense.workspace = true\nedition = \"2021\"\n").unwrap();
        assert_eq!(config.package.license, Some(Setting::Inherited(Inherited { workspace: true })));
        assert_eq!(config.package.edition, Some(Setting::Value("2021".into())));
    }

    #[test]
    fn all_mistakes_are_found_in_one_run() {
        let text = "\
spec = 1
outputs = \"sdk\"
header = \"ok\"

[package]
licenses = \"MIT\"
publish = 3
edition = { workspace = true, x = 1 }

[runtime]
version = 2
";
        expect_test::expect![[r#"
            error: invalid type: integer `1`
             --> typefoundry.toml:1:8
              |
            1 | spec = 1
              |        ^
              |
              = help: expected a string

            error: unknown key `outputs`
             --> typefoundry.toml:2:1
              |
            2 | outputs = "sdk"
              | ^^^^^^^
              |
              = help: did you mean `output`?

            error: unknown key `licenses`
             --> typefoundry.toml:6:1
              |
            6 | licenses = "MIT"
              | ^^^^^^^^
              |
              = help: did you mean `license`?

            error: expected `true`, `false` or a list of registries
             --> typefoundry.toml:7:11
              |
            7 | publish = 3
              |           ^

            error: expected a value or `{ workspace = true }`
             --> typefoundry.toml:8:11
              |
            8 | edition = { workspace = true, x = 1 }
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error: invalid type: integer `2`
              --> typefoundry.toml:11:11
               |
            11 | version = 2
               |           ^
               |
               = help: expected a string"#]]
        .assert_eq(&problems(text));
    }

    #[test]
    fn one_mistake_causes_one_problem() {
        for text in [
            "[foo]\n",
            "foo.bar = 1\n",
            "[package]\nlicense-files.workspace = true\n",
            "[[package]]\n",
            "runtime = { x = 1, version = \"1\" }\n",
        ] {
            let found = Config::parse(text).unwrap_err();
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
    }

    #[test]
    fn similar_key_is_suggested() {
        let text = "[package]\nlicens = \"MIT\"\nxyz = 1\n";
        let found = Config::parse(text).unwrap_err();
        assert_eq!(found[0].help.as_deref(), Some("did you mean `license`?"));
        assert!(found[1].help.as_deref().unwrap().starts_with("the keys are `authors`, "));
    }

    #[test]
    fn syntax_error_has_its_position() {
        assert!(problems("spec = \n").contains("typefoundry.toml:1:"), "{}", problems("spec = \n"));
    }
}
