//! Reading of `typefoundry.toml`: all mistakes of the file in one run.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{Config, Problem};

/// The maximum number of problems. Each of them takes another pass over the file.
const PROBLEMS: usize = 50;

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns all mistakes. A mistake in the syntax hides the others.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut rest = text.to_owned();
        let config = loop {
            match toml::from_str::<Self>(&rest) {
                Ok(config) => break config,
                Err(error) => {
                    let span = error.span().unwrap_or_default();
                    problems.push(problem(&error, span.clone()));
                    // Without the wrong entry, the next one is found.
                    let Some(entry) = entry_at(&rest, &span).filter(|_| problems.len() < PROBLEMS) else {
                        return Err(problems);
                    };
                    blank(&mut rest, entry);
                }
            }
        };
        // The values of invalid entries are unknown.
        if problems.is_empty() {
            problems = config.misplaced(text);
        }
        problems.sort_by_key(|problem| problem.span.start);
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Returns the mistakes in folders and texts, which are valid TOML.
    fn misplaced(&self, text: &str) -> Vec<Problem> {
        let at = |key: &str| span_of(text, key).unwrap_or_default();
        let mut problems = Vec::new();
        for (key, folder) in [("spec", &self.spec), ("output", &self.output)] {
            if let Some(why) = folder.as_deref().and_then(invalid_folder) {
                let message = format!("`{key}` is not a folder: {why}");
                let help = Some("write a path below this file, such as `sdk/generated`".to_owned());
                problems.push(Problem { span: at(key), message, help });
            }
        }
        let (spec, output) =
            (self.spec.as_deref().unwrap_or("spec"), self.output.as_deref().unwrap_or("generated"));
        let is_within = |inner: &str, outer: &str| format!("{inner}/").starts_with(&format!("{outer}/"));
        if problems.is_empty() && (is_within(spec, output) || is_within(output, spec)) {
            problems.push(Problem {
                span: at(if self.output.is_some() { "output" } else { "spec" }),
                message: format!(
                    "the descriptions in `{spec}` and the packages in `{output}` share a folder"
                ),
                help: Some("use two folders beside each other".to_owned()),
            });
        }
        for (key, text) in [("command", &self.command), ("header", &self.header)] {
            let is_invalid = |c: char| c.is_control() && (key == "command" || c != '\n');
            if text.as_deref().is_some_and(|text| text.trim().is_empty() || text.contains(is_invalid)) {
                let message = format!("`{key}` is empty or contains control characters");
                problems.push(Problem { span: at(key), message, help: None });
            }
        }
        if self.header.as_deref().is_some_and(|header| header.contains("--") || header.contains("*/")) {
            problems.push(Problem {
                span: at("header"),
                message: "`header` contains `--` or `*/`, which end comments".to_owned(),
                help: None,
            });
        }
        let runtime = self.runtime.as_ref();
        if runtime.is_some_and(|it| it.version.is_none() && it.path.is_none() && it.git.is_none()) {
            problems.push(Problem {
                span: at("runtime"),
                message: "`runtime` has no `version`, `path` or `git`".to_owned(),
                help: Some("add one of them, or remove the table".to_owned()),
            });
        }
        problems
    }
}

/// Returns the reason why a text is not the path of a folder below the file.
fn invalid_folder(folder: &str) -> Option<&'static str> {
    let parts = || folder.split('/');
    if folder.contains('\\') {
        Some("parts of a path are separated by `/`")
    } else if folder.starts_with('/') || folder.chars().nth(1) == Some(':') {
        Some("the path is absolute")
    } else if parts().any(|part| part.is_empty() || part == "." || part == "..") {
        Some("a part of the path is empty, `.` or `..`")
    } else if folder.chars().any(char::is_control) {
        Some("the path contains control characters")
    } else {
        None
    }
}

fn problem(error: &Error, span: Range<usize>) -> Problem {
    // serde speaks of fields, TOML of keys.
    let message = error.message().lines().next().unwrap_or_default();
    let message = message
        .strip_prefix("unknown field")
        .map_or_else(|| message.to_owned(), |rest| format!("unknown key{rest}"));
    let (message, help) = match message.split_once(", expected ") {
        Some((message, expected)) => (message.to_owned(), Some(format!("expected {expected}"))),
        None => (message, None),
    };
    Problem { span, message, help }
}

/// Returns the innermost entry that contains a span.
fn entry_at(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    innermost(DeTable::parse(text).ok()?.get_ref(), span)
}

fn innermost(table: &DeTable<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let contains = |range: Range<usize>| range.start <= span.start && span.end <= range.end;
    table.iter().find_map(|(key, value)| {
        // The span of a table is that of its header, which does not contain its entries.
        let inner = value.get_ref().as_table().and_then(|inner| innermost(inner, span));
        let here = contains(key.span()) || contains(value.span());
        inner.or_else(|| here.then(|| key.span().start..value.span().end.max(key.span().end)))
    })
}

/// Replaces an entry by blanks, so that the positions of the others stay.
fn blank(text: &mut String, entry: Range<usize>) {
    let blanks: String = text
        .char_indices()
        .map(|(at, c)| {
            if entry.contains(&at) && c != '\n' && c != '\r' {
                " ".repeat(c.len_utf8())
            } else {
                c.to_string()
            }
        })
        .collect();
    *text = blanks;
}

/// Returns the span of the value of a key at the top of the file.
fn span_of(text: &str, key: &str) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let entry = root.get_ref().iter().find(|(name, _)| name.get_ref() == key);
    entry.map(|(_, value): (_, &Spanned<DeValue<'_>>)| value.span())
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
              = help: expected one of `spec`, `output`, `command`, `header`, `docs`, `tests`, `runtime`, `package`, `lints`

            error: unknown key `licenses`
             --> typefoundry.toml:6:1
              |
            6 | licenses = "MIT"
              | ^^^^^^^^
              |
              = help: expected one of `authors`, `documentation`, `edition`, `homepage`, `license`, `license-files`, `publish`, `repository`, `rust-version`

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
               = help: expected a string"#]].assert_eq(&problems(text));
    }

    #[test]
    fn folders_are_below_the_file_and_apart() {
        for (text, expected) in [
            ("spec = \"../spec\"", "`spec` is not a folder: a part of the path is empty, `.` or `..`"),
            ("output = \".\"", "`output` is not a folder: a part of the path is empty, `.` or `..`"),
            ("output = \"/tmp\"", "`output` is not a folder: the path is absolute"),
            ("output = \"C:/x\"", "`output` is not a folder: the path is absolute"),
            ("output = 'a\\b'", "`output` is not a folder: parts of a path are separated by `/`"),
            (
                "output = \"spec/out\"",
                "the descriptions in `spec` and the packages in `spec/out` share a folder",
            ),
            (
                "spec = \"generated\"",
                "the descriptions in `generated` and the packages in `generated` share a folder",
            ),
            ("command = \"\"", "`command` is empty or contains control characters"),
            ("header = \"a --> b\"", "`header` contains `--` or `*/`, which end comments"),
            ("[runtime]\ntag = \"v1\"", "`runtime` has no `version`, `path` or `git`"),
        ] {
            let found = Config::parse(text).unwrap_err();
            assert_eq!(found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [expected]);
        }
        assert!(Config::parse("spec = \"spec-x\"\noutput = \"spec\"").is_ok());
    }

    #[test]
    fn syntax_error_has_its_position() {
        assert!(problems("spec = \n").contains("typefoundry.toml:1:"), "{}", problems("spec = \n"));
    }
}
