//! Syntax to model: binds every name and checks every rule. Knows APIs and nothing of Rust.
//!
//! All problems are collected; a part that has one is left out, so that it is not reported a second time by what uses it.

mod api;
mod cover;
mod errors;
mod examples;
mod fields;
mod fits;
mod http;
mod operations;
mod pagination;
mod params;
mod retry;
mod scope;
mod types;
mod unions;
mod usage;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::ApiSyntax;
use crate::model::{Api, Type};
use crate::syntax::{Spanned, Tree};

use scope::Scope;

/// Resolves one API. With an error among the problems, or when not all of it could be read, there is no model.
pub fn resolve(syntax: &ApiSyntax) -> (Option<Api>, Vec<Diagnostic>) {
    let mut resolver = Resolver::new(syntax);
    let api = resolver.api();
    (api, resolver.problems)
}

/// What is known while an API is being resolved.
struct Resolver<'s> {
    syntax: &'s ApiSyntax,
    scope: Scope<'s>,
    problems: Vec<Diagnostic>,
    /// Values that must fit a type; looked at when all types are known.
    values: Vec<ValueCheck<'s>>,
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
        Self { syntax, scope, problems: Vec::new(), values: Vec::new() }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
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
            .label("people will read about this")
            .note(doc.part(0, "TODO".len()), "it says TODO")
            .help("say what it means, in which unit, and what to look out for"),
        );
    }

    fn missing_doc(&mut self, name: &Spanned<String>, what: &str) {
        self.report(
            Diagnostic::error(Code::MissingDoc, name.span, format!("{what} `{}` has no doc", name.value))
                .label("people will read about this")
                .help("say in `doc:` what it means, in which unit, and what to look out for"),
        );
    }
}

/// The text of an optional key.
fn text(value: Option<&Spanned<String>>) -> Option<String> {
    value.map(|text| text.trim().to_owned())
}
