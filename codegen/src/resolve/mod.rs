//! Conversion of syntax to the model: binds every name and checks every rule. This module knows APIs and nothing of Rust.
//!
//! All problems are collected, each once. A declaration that could not be read keeps its name. Its type is
//! [`Type::Unparsed`], which fits every value, and its missing parts are not reported.

mod api;
mod base_url;
mod credentials;
mod endless;
mod errors;
mod examples;
mod fields;
mod fits;
mod fixed;
mod headers;
mod http;
mod markdown;
mod operations;
mod package;
mod pagination;
mod params;
mod path;
mod retry;
mod scope;
mod sendable;
mod subsumption;
mod texts;
mod types;
mod unions;
mod usage;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::ApiSyntax;
use crate::model::{Api, Type};
use crate::source::Span;
use crate::syntax::{Entries, Spanned, SpannedValue};

use scope::Scope;

/// An API, resolved as far as it is valid.
#[derive(Debug)]
pub struct Resolved {
    /// The API. If [`Resolved::sound`] is false, it lacks the unreadable parts, and only its problems are used.
    pub api: Api,
    pub problems: Vec<Diagnostic>,
    /// Whether the API was read completely and has no error.
    pub sound: bool,
}

/// Resolves an API, and continues after every problem.
pub fn resolve(syntax: &ApiSyntax) -> Resolved {
    let mut resolver = Resolver::new(syntax);
    let api = resolver.api();
    markdown::drop_follow_ups(&mut resolver.problems);
    let sound = resolver.is_sound();
    Resolved { api, problems: resolver.problems, sound }
}

/// The state of the resolution of an API.
struct Resolver<'s> {
    syntax: &'s ApiSyntax,
    scope: Scope<'s>,
    problems: Vec<Diagnostic>,
    /// The values to compare with their types when all types are known.
    values: Vec<ValueCheck<'s>>,
    /// Whether an invalid item was omitted, so that unused items are unknown.
    is_partial: bool,
}

/// A value of the spec that must fit a type.
struct ValueCheck<'s> {
    value: &'s SpannedValue,
    ty: Type,
    /// The code of a mismatch.
    code: Code,
    /// `the example` or `the default`.
    what: &'static str,
}

impl<'s> Resolver<'s> {
    fn new(syntax: &'s ApiSyntax) -> Self {
        let scope = Scope::new(syntax);
        Self { syntax, scope, problems: Vec::new(), values: Vec::new(), is_partial: !syntax.complete }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Reports a missing key in a declaration, unless a part of the declaration could not be read: that part can be the
    /// missing one.
    fn report_missing(&mut self, key: Span, diagnostic: Diagnostic) {
        if !self.syntax.is_unparsed(key) {
            self.report(diagnostic);
        }
    }

    /// Whether an unknown name can be in an unreadable part of `api.yaml`.
    fn may_be_in_api<T>(&self, section: &Entries<T>) -> bool {
        !self.syntax.has_api && section.is_empty()
    }

    /// Whether the API was read completely and has no error.
    fn is_sound(&self) -> bool {
        self.syntax.complete && self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// Returns the doc of a public item, and reports a missing one.
    fn doc(&mut self, doc: Option<&Spanned<String>>, name: &Spanned<String>, what: &str) -> String {
        match doc {
            Some(doc) if !doc.trim().is_empty() => {
                if doc.trim_start().starts_with("TODO") {
                    self.unwritten_doc(doc, name, what);
                }
                doc.trim().to_owned()
            }
            _ => {
                self.missing_doc(name, what);
                String::new()
            }
        }
    }

    /// Warns about a `TODO` doc: a scaffold can be generated and inspected, but not shipped.
    fn unwritten_doc(&mut self, doc: &Spanned<String>, name: &Spanned<String>, what: &str) {
        self.report(
            Diagnostic::warning(
                Code::MissingDoc,
                name.span,
                format!("the doc of {what} `{}` is still to be written", name.value),
            )
            .label("`doc` begins with `TODO`")
            .note(doc.part(0, "TODO".len()), "not written yet")
            .help("replace `TODO` with the meaning, the unit and the pitfalls"),
        );
    }

    fn missing_doc(&mut self, name: &Spanned<String>, what: &str) {
        self.report_missing(
            name.span,
            Diagnostic::error(Code::MissingDoc, name.span, format!("{what} `{}` has no doc", name.value))
                .label("missing `doc`")
                .help("add `doc:` with the meaning, the unit and the pitfalls"),
        );
    }
}

/// Returns the text of an optional key.
fn text(value: Option<&Spanned<String>>) -> Option<String> {
    value.map(|text| text.trim().to_owned())
}
