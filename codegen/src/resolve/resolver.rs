//! The state of the resolution of an API, which the other files extend by methods.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::load::ApiSyntax;
use crate::model::{Direction, Type, TypeId};
use crate::source::Span;
use crate::syntax::{DocsDecl, Entries, Lenient, Spanned, SpannedValue};

/// The state of the resolution of an API.
pub(super) struct Resolver<'s> {
    pub(super) syntax: &'s ApiSyntax,
    pub(super) scope: Scope<'s>,
    pub(super) problems: Vec<Diagnostic>,
    /// The values to compare with their types when all types are known.
    pub(super) values: Vec<ValueCheck<'s>>,
    /// The resolved aliases, by type. Missing while an alias is being resolved.
    pub(super) aliases: BTreeMap<TypeId, Option<Type>>,
    /// The aliases that type expressions contain.
    pub(super) used_aliases: BTreeSet<TypeId>,
    /// Whether an invalid item was omitted, so that unused items are unknown.
    pub(super) is_partial: bool,
}

/// A value of the spec that must fit a type.
pub(super) struct ValueCheck<'s> {
    pub(super) value: &'s SpannedValue,
    pub(super) ty: Type,
    /// The direction of the value. Missing for a value with the fields of both directions.
    pub(super) direction: Option<Direction>,
    /// The code of a mismatch.
    pub(super) code: Code,
    /// `the example` or `the default`.
    pub(super) what: &'static str,
}

impl<'s> Resolver<'s> {
    pub(super) fn new(syntax: &'s ApiSyntax) -> Self {
        let scope = Scope::new(syntax);
        Self {
            syntax,
            scope,
            problems: Vec::new(),
            values: Vec::new(),
            aliases: BTreeMap::new(),
            used_aliases: BTreeSet::new(),
            is_partial: !syntax.complete,
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Reports a problem of a type, unless its form in the other direction has the same problem.
    pub(super) fn report_once(&mut self, diagnostic: Diagnostic) {
        let is_same = |other: &Diagnostic| other.code == diagnostic.code && other.span == diagnostic.span;
        if !self.problems.iter().any(is_same) {
            self.report(diagnostic);
        }
    }

    /// Reports a missing key in a declaration, unless a part of the declaration could not be read: that part can be the
    /// missing one.
    pub(super) fn report_missing(&mut self, key: Span, diagnostic: Diagnostic) {
        if !self.syntax.is_unparsed(key) {
            self.report(diagnostic);
        }
    }

    /// Whether an unknown name can be in an unreadable part of `api.yaml`.
    pub(super) fn may_be_in_api<T>(&self, section: &Entries<T>) -> bool {
        !self.syntax.has_api && section.is_empty()
    }

    /// Whether the API was read completely and has no error.
    pub(super) fn is_sound(&self) -> bool {
        self.syntax.complete && self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// Returns the doc of a public item, and reports a missing one.
    pub(super) fn doc(
        &mut self,
        doc: Option<&Spanned<String>>,
        name: &Spanned<String>,
        what: &str,
    ) -> String {
        match doc {
            Some(doc) if !doc.trim().is_empty() => {
                if doc.trim_start().starts_with("TODO") {
                    self.unwritten_doc(doc, name, what);
                }
                doc.trim().to_owned()
            }
            None if self.docs_are_optional() => String::new(),
            _ => {
                self.missing_doc(name, what);
                String::new()
            }
        }
    }

    /// Whether items can lack a doc. A value of `docs` that could not be read may be `optional`.
    pub(super) fn docs_are_optional(&self) -> bool {
        match self.syntax.decl.docs {
            Some(Lenient(level)) => level != Some(DocsDecl::Required),
            None => self.syntax.unknown.iter().any(|key| nearest(key, ["docs"]).is_some()),
        }
    }

    /// Warns about a `TODO` doc: a scaffold can be generated and inspected, but not shipped.
    fn unwritten_doc(&mut self, doc: &Spanned<String>, name: &Spanned<String>, what: &str) {
        self.report(
            Diagnostic::warning(
                Code::MissingDoc,
                name.span,
                format!("the doc of {what} `{}` is a placeholder", name.value),
            )
            .label("`doc` begins with `TODO`")
            .note(doc.part(0, "TODO".len()), "the placeholder")
            .help("replace `TODO` with the meaning, the unit and the pitfalls"),
        );
    }

    fn missing_doc(&mut self, name: &Spanned<String>, what: &str) {
        let (label, help) = match self.docs_are_optional() {
            true => ("blank `doc`", "write the doc, or remove the key `doc`"),
            false => ("missing `doc`", "add `doc:` with the meaning, the unit and the pitfalls"),
        };
        self.report_missing(
            name.span,
            Diagnostic::error(Code::MissingDoc, name.span, format!("{what} `{}` has no doc", name.value))
                .label(label)
                .help(help),
        );
    }
}

/// Returns the text of an optional key.
pub(super) fn text(value: Option<&Spanned<String>>) -> Option<String> {
    value.map(|text| text.trim().to_owned())
}
