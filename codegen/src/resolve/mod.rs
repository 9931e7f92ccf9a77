//! Syntax to model: binds every name and checks every rule. Knows APIs and nothing of Rust.
//!
//! All problems are collected, and none is reported twice: a declaration that could not be read stays known by its name. Its
//! type is [`Type::Unread`], which fits everything; nothing is reported as missing in it.

mod api;
mod base_url;
mod cover;
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
mod texts;
mod types;
mod unions;
mod usage;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::ApiSyntax;
use crate::model::{Api, Type};
use crate::source::Span;
use crate::syntax::{Entries, Spanned, Tree};

use scope::Scope;

/// One API, resolved as far as that goes.
#[derive(Debug)]
pub struct Resolved {
    /// Where [`Resolved::sound`] does not hold, it lacks what could not be read, and only its problems count.
    pub api: Api,
    pub problems: Vec<Diagnostic>,
    /// Whether all of it could be read and no problem is an error.
    pub sound: bool,
}

/// Resolves one API, and goes on past every problem.
pub fn resolve(syntax: &ApiSyntax) -> Resolved {
    let mut resolver = Resolver::new(syntax);
    let api = resolver.api();
    markdown::drop_follow_ups(&mut resolver.problems);
    let sound = resolver.is_sound();
    Resolved { api, problems: resolver.problems, sound }
}

/// What is known while an API is being resolved.
struct Resolver<'s> {
    syntax: &'s ApiSyntax,
    scope: Scope<'s>,
    problems: Vec<Diagnostic>,
    /// Values that must fit a type; looked at when all types are known.
    values: Vec<ValueCheck<'s>>,
    /// Whether something was left out because it has a problem, so that it is unknown what is unused.
    is_partial: bool,
}

/// A value of the spec that must fit a type.
struct ValueCheck<'s> {
    value: &'s Tree,
    ty: Type,
    /// What a misfit is.
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

    /// Reports that something is missing in the declaration under a key. Where a part of it could not be read, that part may
    /// be what is missing.
    fn report_missing(&mut self, key: Span, diagnostic: Diagnostic) {
        if !self.syntax.is_unread(key) {
            self.report(diagnostic);
        }
    }

    /// Whether a name that is not found may stand in a part of `api.yaml` that could not be read.
    fn may_be_in_api<T>(&self, section: &Entries<T>) -> bool {
        !self.syntax.has_api && section.is_empty()
    }

    /// Whether all could be read and no problem is an error.
    fn is_sound(&self) -> bool {
        self.syntax.complete && self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// The doc of something public; without one it is a problem.
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

    /// A scaffold may be generated and looked at, and not be shipped.
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

/// The text of an optional key.
fn text(value: Option<&Spanned<String>>) -> Option<String> {
    value.map(|text| text.trim().to_owned())
}
