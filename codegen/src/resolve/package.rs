//! The manifest of the generated package, with the rules of cargo and of the package registry.

use std::collections::BTreeMap;

use super::resolver::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Api, Operation, OperationId, Package};
use crate::source::Span;
use crate::syntax::{PackageDecl, Spanned};

/// The registry's limit of keywords and of categories.
const MOST_WORDS: usize = 5;
/// The registry's limit of the length of a keyword.
const LONGEST_KEYWORD: usize = 20;

impl Resolver<'_> {
    /// Resolves the manifest, without the operations that it names.
    pub(super) fn package(&mut self) -> Package {
        let Some(Spanned { span, value: decl }) = &self.syntax.decl.package else {
            return Package { span: self.syntax.span, ..Package::default() };
        };
        let words = |list: &[Spanned<String>]| list.iter().map(|word| word.value.clone()).collect();
        let is_name = |name: &str| {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
        };
        if !is_name(&decl.name) || !decl.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    decl.name.span,
                    format!("`{}` cannot be the name of a package", decl.name.value),
                )
                .label("lower-case letters, digits, `-` and `_`, beginning with a letter"),
            );
        }
        self.check_manifest(decl);
        Package {
            name: decl.name.value.clone(),
            span: decl.name.span,
            version: decl.version.value.clone(),
            doc: match self.syntax.is_unparsed(*span) {
                true => text(decl.doc.as_ref()).unwrap_or_default(),
                false => self.package_doc(decl),
            },
            keywords: words(&decl.keywords),
            categories: words(&decl.categories),
            repository: text(decl.repository.as_ref()),
            first_call: None,
            sign_in: Vec::new(),
        }
    }

    /// Returns the summary for the package registry, which every package needs.
    fn package_doc(&mut self, decl: &PackageDecl) -> String {
        match self.doc(decl.doc.as_ref(), &decl.name, "the package") {
            doc if doc.is_empty() => format!("A typed client for the API `{}`.", self.syntax.name),
            doc => doc,
        }
    }

    pub(super) fn first_call(&mut self, api: &Api) -> Option<OperationId> {
        let name = self.syntax.decl.package.as_ref()?.first_call.as_ref()?;
        self.operation_named(api, name, "first_call")
    }

    pub(super) fn sign_in(&mut self, api: &Api) -> Vec<OperationId> {
        let names = self.syntax.decl.package.as_ref().map(|package| package.sign_in.as_slice());
        let names = names.unwrap_or_default();
        self.check_given_once("sign_in", names);
        names.iter().filter_map(|name| self.operation_named(api, name, "sign_in")).collect()
    }

    /// Returns the operation of the dotted name under `key`.
    fn operation_named(&mut self, api: &Api, name: &Spanned<String>, key: &str) -> Option<OperationId> {
        let dotted =
            |operation: &Operation| format!("{}.{}", self.path_of(operation.resource), operation.name);
        let found = api.operations.iter().position(|known| dotted(known) == name.value).map(OperationId);
        if found.is_none() {
            self.check_operation_is_known(name, key);
        }
        found
    }

    /// Reports an unknown operation. An operation that could not be read is still known.
    fn check_operation_is_known(&mut self, name: &Spanned<String>, key: &str) {
        let resources = self.syntax.resources.iter();
        let names = resources.clone().flat_map(|resource| {
            let operations = resource.decl.operations.keys();
            operations.map(|operation| format!("{}.{}", resource.path.join("."), operation.value))
        });
        let names: Vec<String> = names.collect();
        let named = name.rsplit_once('.').map(|(resource, _)| resource);
        let mut unparsed = resources.filter(|resource| self.syntax.is_unparsed(resource.span));
        if names.contains(&name.value)
            || unparsed.any(|unparsed| Some(unparsed.path.join(".").as_str()) == named)
        {
            return;
        }
        let message = format!("undefined operation `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownOperation, name.span, message);
        // The bare name of an operation is as likely as a misspelling.
        let last = name.rsplit('.').next().unwrap_or(name);
        let same = names.iter().find(|known| known.rsplit('.').next() == Some(last)).map(String::as_str);
        let near = nearest(&name.value, names.iter().map(String::as_str)).or(same);
        self.report(match (near, names.first()) {
            (Some(near), _) => problem.label(format!("did you mean `{near}`?")),
            (None, Some(first)) => problem
                .label("no resource has this operation")
                .help(format!("name an operation of the spec, such as `{first}`, or remove `{key}`")),
            (None, None) => problem.label("the API has no operations").help(format!("remove `{key}`")),
        });
    }

    /// Checks the keys of the manifest other than the name.
    fn check_manifest(&mut self, decl: &PackageDecl) {
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
