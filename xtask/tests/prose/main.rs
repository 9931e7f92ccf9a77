//! Rejects the words and phrases that `rules.toml` lists, in docs, comments, messages and descriptions.
//!
//! Each rule has a replacement, an example that it must find, and an example that it must accept.

mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::{Match, Regex};
use serde::Deserialize;
use text::{CODE, Prose, START};
use walkdir::WalkDir;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
    #[serde(default)]
    exception: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// The pattern, on text whose lines are joined. `¶` is the start of a doc, a comment or a message.
    find: String,
    /// A pattern that makes the found text, together with the word before it, correct.
    unless: Option<String>,
    /// The replacement.
    write: String,
    /// A text that the rule finds.
    bad: String,
    /// The same, as it should be written.
    good: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// A part of the paths of the files.
    file: String,
    /// The words that are allowed in these files.
    words: String,
    /// The reason for the exception.
    reason: String,
}

struct Compiled {
    find: Regex,
    unless: Option<Regex>,
    rule: Rule,
}

struct Check {
    rules: Vec<Compiled>,
    exceptions: Vec<Exception>,
}

impl Check {
    fn new() -> Self {
        let rules: Rules = toml::from_str(include_str!("rules.toml")).expect("rules.toml");
        let compile = |rule: Rule| Compiled {
            find: pattern(&rule.find),
            unless: rule.unless.as_deref().map(pattern),
            rule,
        };
        Self { rules: rules.rule.into_iter().map(compile).collect(), exceptions: rules.exception }
    }

    /// Returns a line for each place of `text` that breaks a rule, and notes the exceptions that were needed.
    fn problems(&self, path: &Path, text: &str, needed: &mut BTreeSet<usize>) -> Vec<String> {
        let prose = Prose::of(path, text);
        let mut problems = Vec::new();
        for compiled in &self.rules {
            for found in compiled.find_in(&prose.words) {
                let context = around(&prose.words, found.start(), found.end());
                match self.exceptions.iter().position(|exception| exception.covers(path, &context)) {
                    Some(exception) => _ = needed.insert(exception),
                    None => problems.push(format!(
                        "{}:{}: `…{}…`: {}",
                        path.display(),
                        prose.line(found.start()),
                        context.trim(),
                        compiled.rule.write
                    )),
                }
            }
        }
        problems
    }
}

impl Compiled {
    fn find_in<'t>(&self, words: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.find.find_iter(words).filter(|found| {
            let before = words[..found.start()].trim_end().rfind(' ').map_or(0, |at| at + 1);
            !self.unless.as_ref().is_some_and(|unless| unless.is_match(&words[before..found.end()]))
        })
    }
}

/// `¶` is the start of a doc, a comment or a message, with or without the quote of a literal.
fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace('¶', "\\x01 ?\"?")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Exception {
    fn covers(&self, path: &Path, context: &str) -> bool {
        path.to_string_lossy().replace('\\', "/").contains(&self.file) && context.contains(&self.words)
    }
}

/// Some characters before and after the place, without the marks of `text.rs`.
fn around(words: &str, start: usize, end: usize) -> String {
    let from = words[..start].char_indices().rev().take(40).last().map_or(start, |(at, _)| at);
    let to = words[end..].char_indices().take(40).last().map_or(end, |(at, _)| end + at);
    words[from..to].replace([CODE, START], "")
}

fn root() -> PathBuf {
    PathBuf::from(".")
        .canonicalize()
        .expect("a working directory")
        .parent()
        .expect("the workspace")
        .to_path_buf()
}

/// Every text of the project that people read. Licenses and lock files have other authors. The texts in `generated/` are checked at their
/// sources: the descriptions and the emitters. The descriptions in `diagnostics/` are wrong deliberately.
fn files() -> Vec<PathBuf> {
    let skipped = [
        "target",
        ".git",
        "generated",
        "Cargo.lock",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "rules.toml",
        "public-api.txt",
        "diagnostics",
    ];
    let read = ["rs", "md", "yaml", "toml", "txt"];
    let root = root();
    let entries = WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !skipped.iter().any(|name| entry.file_name() == *name));
    let paths = entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    paths
        .filter(|path| path.extension().is_some_and(|extension| read.iter().any(|name| extension == *name)))
        .filter_map(|path| path.strip_prefix(&root).map(Path::to_path_buf).ok())
        .collect()
}

#[test]
fn project_contains_no_rejected_phrase() {
    let check = Check::new();
    let mut needed = BTreeSet::new();
    let mut problems = Vec::new();
    let files = files();
    assert!(files.len() > 500, "only {} files were found", files.len());
    for path in files {
        if let Ok(text) = fs::read_to_string(root().join(&path)) {
            problems.extend(check.problems(&path, &text, &mut needed));
        }
    }
    for (number, exception) in check.exceptions.iter().enumerate() {
        assert!(!exception.reason.trim().is_empty(), "the exception for `{}` has no reason", exception.words);
        if !needed.contains(&number) {
            problems.push(format!(
                "rules.toml: the exception for `{}` in {} is not needed any more",
                exception.words, exception.file
            ));
        }
    }
    assert!(problems.is_empty(), "{} problem(s):\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_rule_finds_its_bad_example_and_passes_the_good_one() {
    let check = Check::new();
    for compiled in &check.rules {
        let rule = &compiled.rule;
        for (text, expected) in [(&rule.bad, true), (&rule.good, false)] {
            let prose = Prose::of(Path::new("a.rs"), &format!("/// {text}\nstruct S;\n"));
            assert_eq!(compiled.find_in(&prose.words).next().is_some(), expected, "{} on {text}", rule.find);
        }
    }
}

#[test]
fn prose_of_code_is_its_comments_docs_and_strings() {
    let code = "//! One\n//! two.\n\nfn four() { // three\n    let x = \"four\"; /* five\n * six */\n}\nconst S: &str = r#\"seven\"#;";
    let prose = Prose::of(Path::new("a.rs"), code);
    let words: Vec<_> = prose.words.split([' ', START, CODE, '"']).filter(|word| !word.is_empty()).collect();
    assert_eq!(words, ["One", "two.", "three", "four", "five", "six", "r#", "seven", "#"]);
    assert_eq!(prose.line(prose.words.find("two").expect("two")), 2);
    assert_eq!(prose.line(prose.words.find("four").expect("four")), 5);
    assert_eq!(prose.line(prose.words.find("seven").expect("seven")), 8);
}

#[test]
fn phrase_over_two_lines_is_found_at_its_first_line() {
    let check = Check::new();
    let problems = check.problems(
        Path::new("a.md"),
        "\nThe call is made by\nitself.\n\nAnd the value is\nno number.\n",
        &mut BTreeSet::new(),
    );
    assert!(problems.iter().any(|problem| problem.starts_with("a.md:5:")), "{problems:?}");
}
