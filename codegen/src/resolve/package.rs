//! The rules of cargo and of the package registry for the manifest of the generated package.

use std::collections::BTreeMap;

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{PackageDecl, Spanned};

/// The registry's limit of keywords and of categories.
const MOST_WORDS: usize = 5;
/// The registry's limit of the length of a keyword.
const LONGEST_KEYWORD: usize = 20;

impl Resolver<'_> {
    /// Checks the keys of the manifest other than the name.
    pub(super) fn check_manifest(&mut self, decl: &PackageDecl) {
        if semver::Version::parse(&decl.version.value).is_err() {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    decl.version.span,
                    format!("`{}` is not a version", decl.version.value),
                )
                .label("three numbers are expected, as in `1.0.0`"),
            );
        }
        self.check_words(
            "keywords",
            &decl.keywords,
            is_keyword,
            "at most 20 ASCII letters, digits, `_`, `-` and `+`, beginning with a letter or digit",
        );
        self.check_words(
            "categories",
            &decl.categories,
            is_category,
            "a slug of the registry is expected, such as `api-bindings`",
        );
    }

    fn check_words(
        &mut self,
        key: &str,
        words: &[Spanned<String>],
        is_valid: fn(&str) -> bool,
        expected: &str,
    ) {
        for word in words.iter().filter(|word| !is_valid(&word.value)) {
            let message = format!("`{}` is not valid under `{key}`", word.value);
            self.report(Diagnostic::error(Code::InvalidValue, word.span, message).label(expected));
        }
        if let Some(word) = words.get(MOST_WORDS) {
            let message = format!("{} `{key}` exceed the registry's limit of {MOST_WORDS}", words.len());
            self.report(
                Diagnostic::error(Code::InvalidValue, word.span, message)
                    .label("the sixth")
                    .help(format!("keep the {MOST_WORDS} most useful")),
            );
        }
        self.check_given_once(key, words);
    }

    /// Reports duplicates in a list of texts.
    pub(super) fn check_given_once(&mut self, key: &str, words: &[Spanned<String>]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for word in words {
            if let Some(first) = seen.get(word.value.as_str()) {
                let message = format!("`{}` is given twice under `{key}`", word.value);
                self.report(
                    Diagnostic::error(Code::DuplicateKey, word.span, message)
                        .label("given again here")
                        .note(*first, "first given here")
                        .help("keep one of them"),
                );
            } else {
                seen.insert(&word.value, word.span);
            }
        }
    }
}

fn is_keyword(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
    word.len() <= LONGEST_KEYWORD
        && word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(is_part)
}

fn is_category(word: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    word.split("::").all(is_part)
}
