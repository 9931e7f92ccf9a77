//! The rules for values of `typefoundry.toml` that are valid TOML of the right type.
//!
//! Cargo reads some of the values in the manifests of the packages. It cannot load a workspace with an invalid manifest, so such values
//! are rejected here.

use std::ops::Range;

use semver::{Version, VersionReq};
use toml::de::DeTable;
use toml::{Table, Value};
use typefoundry_codegen::paths::is_device;

use super::spans::span_at;
use super::{Config, Inherited, Problem, Setting};

/// The editions that generated code compiles with.
const EDITIONS: [&str; 2] = ["2021", "2024"];

/// Returns the mistakes in values.
pub(super) fn check(config: &Config, root: &DeTable<'_>) -> Vec<Problem> {
    let mut checker = Checker { root, problems: Vec::new() };
    checker.folders(config);
    checker.texts(config);
    checker.runtime(config);
    checker.package(config);
    checker.lints(&config.lints);
    checker.problems
}

struct Checker<'r> {
    root: &'r DeTable<'r>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, path: &[&str], message: impl Into<String>, help: &str) {
        let span: Range<usize> = span_at(self.root, path);
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.problems.push(Problem { span, message: message.into(), help });
    }

    fn folders(&mut self, config: &Config) {
        for (key, folder) in [("spec", &config.spec), ("output", &config.output)] {
            if let Some(why) = folder.as_deref().and_then(invalid_folder) {
                let message = format!("`{key}` is not a folder below this file: {why}");
                self.report(&[key], message, "write a path such as `sdk/generated`");
            }
        }
        let (spec, output) = (config.spec_folder(), config.output_folder());
        let is_within = |inner: &str, outer: &str| format!("{inner}/").starts_with(&format!("{outer}/"));
        if self.problems.is_empty() && (is_within(&spec, &output) || is_within(&output, &spec)) {
            let key = if config.output.is_some() { "output" } else { "spec" };
            let message =
                format!("the descriptions in `{spec}` and the packages in `{output}` share a folder");
            self.report(&[key], message, "use two folders beside each other");
        }
    }

    fn texts(&mut self, config: &Config) {
        for (key, text) in [("command", &config.command), ("header", &config.header)] {
            let Some(text) = text.as_deref() else { continue };
            let text = if key == "header" { text.replace("\r\n", "\n") } else { text.to_owned() };
            let is_allowed = |c: char| key == "header" && matches!(c, '\n' | '\t');
            if text.trim().is_empty() {
                self.report(&[key], format!("`{key}` is empty"), "write a text, or remove the key");
            } else if text.contains(|c: char| !is_allowed(c) && (c.is_control() || changes_direction(c))) {
                self.report(&[key], format!("`{key}` contains control characters"), "remove them");
            } else if text.contains("-->") {
                self.report(
                    &[key],
                    format!("`{key}` contains `-->`, which ends comments in Markdown"),
                    "remove it",
                );
            }
        }
    }

    fn runtime(&mut self, config: &Config) {
        let Some(runtime) = &config.runtime else { return };
        let of_git = [("branch", &runtime.branch), ("tag", &runtime.tag), ("rev", &runtime.rev)];
        let given: Vec<&str> =
            of_git.iter().filter(|(_, value)| value.is_some()).map(|(key, _)| *key).collect();
        if runtime.version.is_none() && runtime.path.is_none() && runtime.git.is_none() {
            self.report(
                &["runtime"],
                "`runtime` has no `version`, `path` or `git`",
                "add one of them, or remove the table",
            );
        } else if let (Some(_), Some(_)) = (&runtime.path, &runtime.git) {
            self.report(&["runtime", "git"], "`runtime` has both `path` and `git`", "remove one of them");
        } else if let (None, [key, ..]) = (&runtime.git, given.as_slice()) {
            self.report(&["runtime", key], format!("`{key}` has no `git` to select from"), "add `git`");
        } else if let [_, second, ..] = given.as_slice() {
            self.report(
                &["runtime", second],
                "a git repository has several selections",
                "keep one of `branch`, `tag` and `rev`",
            );
        }
        if let Some(version) = &runtime.version
            && let Err(error) = VersionReq::parse(version)
        {
            self.report(
                &["runtime", "version"],
                format!("`{version}` is not a version requirement: {error}"),
                "write one such as `0.1`",
            );
        }
        let texts = [("path", &runtime.path), ("git", &runtime.git), ("registry", &runtime.registry)];
        for (key, value) in texts.iter().chain(&of_git) {
            if value.as_deref().is_some_and(|value| value.trim().is_empty()) {
                self.report(
                    &["runtime", key],
                    format!("`{key}` is empty"),
                    "write a text, or remove the key",
                );
            }
        }
    }

    fn package(&mut self, config: &Config) {
        let package = &config.package;
        for (key, setting) in package.texts() {
            match setting {
                Some(Setting::Value(text)) if text.trim().is_empty() => {
                    self.report(
                        &["package", key],
                        format!("`{key}` is empty"),
                        "write a text, or remove the key",
                    );
                }
                Some(Setting::Inherited(Inherited { workspace: false })) => {
                    self.not_inherited(&["package", key])
                }
                _ => {}
            }
        }
        if let Some(Setting::Inherited(Inherited { workspace: false })) = package.authors {
            self.not_inherited(&["package", "authors"]);
        }
        if let Some(Setting::Value(edition)) = &package.edition
            && !EDITIONS.contains(&edition.as_str())
        {
            let message = format!("generated code does not compile with the edition `{edition}`");
            self.report(&["package", "edition"], message, "write `2021` or `2024`");
        }
        if let Some(Setting::Value(version)) = &package.rust_version
            && !is_rust_version(version)
        {
            let message = format!("`{version}` is not a Rust version");
            self.report(&["package", "rust-version"], message, "write one such as `1.88`");
        }
        if package.license.is_some() && package.license_file.is_some() {
            self.report(
                &["package", "license-file"],
                "`package` has both `license` and `license-file`",
                "remove one of them",
            );
        }
    }

    fn not_inherited(&mut self, path: &[&str]) {
        self.report(path, "`workspace` can only be `true`", "write a value, or remove the key");
    }

    fn lints(&mut self, lints: &Table) {
        if let Some(workspace) = lints.get("workspace") {
            if *workspace != Value::Boolean(true) || lints.len() > 1 {
                let message = "`lints` with `workspace = true` has no other keys";
                self.report(&["lints"], message, "inherit the lints, or list them");
            }
            return;
        }
        for (tool, lints) in lints {
            let Some(lints) = lints.as_table() else {
                self.report(
                    &["lints", tool],
                    format!("`lints.{tool}` is not a table of lints"),
                    "write `[lints.rust]` or `[lints.clippy]`",
                );
                continue;
            };
            for (lint, level) in lints {
                let level = level.get("level").unwrap_or(level).as_str().unwrap_or_default();
                if !["allow", "warn", "deny", "forbid"].contains(&level) {
                    let help = "write `allow`, `warn`, `deny` or `forbid`";
                    self.report(&["lints", tool, lint], format!("the lint `{lint}` has no level"), help);
                }
            }
        }
    }
}

/// Returns the reason why a text is not the path of a folder below the file.
fn invalid_folder(folder: &str) -> Option<&'static str> {
    let folder = super::trimmed(folder);
    let mut parts = folder.split('/');
    if folder.contains('\\') {
        Some("parts of a path are separated by `/`")
    } else if folder.starts_with('/') || folder.chars().nth(1) == Some(':') {
        Some("the path is absolute")
    } else if parts.clone().any(|part| part.is_empty() || part == "." || part == "..") {
        Some("a part of the path is empty, `.` or `..`")
    } else if parts.any(|part| part.starts_with('.') || is_device(part)) {
        Some("a part of the path is hidden, or a device on Windows")
    } else if folder.chars().any(char::is_control) {
        Some("the path contains control characters")
    } else {
        None
    }
}

/// Whether a character changes the direction of text, so that a reader sees another text. rustc rejects it in comments.
fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_rust_version(version: &str) -> bool {
    let parts = version.split('.').count();
    let padded = format!("{version}{}", ".0".repeat(3_usize.saturating_sub(parts)));
    Version::parse(&padded).is_ok_and(|version| version.pre.is_empty() && version.build.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    /// Each line has exactly one mistake.
    #[test]
    fn values_that_cargo_would_reject_are_reported() {
        for (text, expected) in [
            (
                "spec = \"../spec\"",
                "`spec` is not a folder below this file: a part of the path is empty, `.` or `..`",
            ),
            (
                "output = \".\"",
                "`output` is not a folder below this file: a part of the path is empty, `.` or `..`",
            ),
            ("output = \"/tmp\"", "`output` is not a folder below this file: the path is absolute"),
            ("output = \"C:/x\"", "`output` is not a folder below this file: the path is absolute"),
            (
                "output = 'a\\b'",
                "`output` is not a folder below this file: parts of a path are separated by `/`",
            ),
            (
                "output = \".git\"",
                "`output` is not a folder below this file: a part of the path is hidden, or a device on Windows",
            ),
            (
                "output = \"x/CON\"",
                "`output` is not a folder below this file: a part of the path is hidden, or a device on Windows",
            ),
            (
                "output = \"spec/out\"",
                "the descriptions in `spec` and the packages in `spec/out` share a folder",
            ),
            (
                "spec = \"generated\"",
                "the descriptions in `generated` and the packages in `generated` share a folder",
            ),
            ("command = \"\"", "`command` is empty"),
            ("command = \"a --> b\"", "`command` contains `-->`, which ends comments in Markdown"),
            ("command = \"a\\nb\"", "`command` contains control characters"),
            ("header = \"a \\u202E b\"", "`header` contains control characters"),
            ("[runtime]\nregistry = \"x\"", "`runtime` has no `version`, `path` or `git`"),
            ("[runtime]\npath = \"\"", "`path` is empty"),
            ("[runtime]\npath = \"a\"\ngit = \"b\"", "`runtime` has both `path` and `git`"),
            ("[runtime]\nversion = \"1\"\nbranch = \"b\"", "`branch` has no `git` to select from"),
            (
                "[runtime]\ngit = \"a\"\nbranch = \"b\"\ntag = \"c\"",
                "a git repository has several selections",
            ),
            ("[package]\nlicense.workspace = false", "`workspace` can only be `true`"),
            ("[package]\nlicense = \"\"", "`license` is empty"),
            ("[package]\nedition = \"1999\"", "generated code does not compile with the edition `1999`"),
            ("[package]\nrust-version = \"old\"", "`old` is not a Rust version"),
            (
                "[package]\nlicense = \"MIT\"\nlicense-file = \"L\"",
                "`package` has both `license` and `license-file`",
            ),
            (
                "[lints]\nworkspace = true\nrust = { a = \"deny\" }",
                "`lints` with `workspace = true` has no other keys",
            ),
            ("[lints]\nrust = \"deny\"", "`lints.rust` is not a table of lints"),
            ("[lints.rust]\nunused = \"banana\"", "the lint `unused` has no level"),
        ] {
            let found = Config::parse(text).unwrap_err();
            assert_eq!(
                found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
                [expected],
                "{text}"
            );
            assert!(text.get(found[0].span.clone()).is_some(), "{text}");
        }
    }

    #[test]
    fn odd_but_valid_values_are_accepted() {
        for text in [
            "spec = \"spec-x\"\noutput = \"spec\"",
            "output = \"./sdk/\"",
            "header = \"\"\"\r\n-----\r\n\tCopyright\r\n\"\"\"\r\n",
            "[runtime]\nversion = \"=0.1.0\"\npath = \"../rt\"",
            "[package]\nrust-version = \"1.90.1\"\nedition = \"2021\"\npublish = [\"internal\"]",
            "[lints]\nworkspace = true",
            "[lints.clippy]\nall = { level = \"deny\", priority = -1 }",
        ] {
            assert_eq!(Config::parse(text).err(), None, "{text}");
        }
    }
}
