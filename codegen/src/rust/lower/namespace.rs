//! The names of a scope, and the diagnostics about names that collide.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::rust::names::{self, RustName, Unusable};
use crate::source::Span;

use super::reserved::NameScope;

/// An item of the spec that needs a Rust name.
#[derive(Clone, Debug)]
pub(super) struct NamedItem {
    kind: &'static str,
    name: String,
    span: Span,
    advice: &'static str,
}

impl NamedItem {
    /// Creates an item. `kind` is its name in the description language, and `advice` tells how to give it another name.
    pub(super) fn new(kind: &'static str, name: impl Into<String>, span: Span, advice: &'static str) -> Self {
        Self { kind, name: name.into(), span, advice }
    }

    fn described(&self) -> String {
        format!("the {} `{}`", self.kind, self.name)
    }
}

/// The problems of one lowering.
#[derive(Default)]
pub(super) struct Problems(Vec<Diagnostic>);

impl Problems {
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }

    pub(super) fn type_name(
        &mut self,
        text: &str,
        scope: NameScope<'_>,
        named_item: &NamedItem,
    ) -> Option<RustName> {
        self.usable(names::type_name(text), scope, named_item)
    }

    pub(super) fn variant_name(&mut self, text: &str, named_item: &NamedItem) -> Option<RustName> {
        self.usable(names::variant_name(text), NameScope::Variants, named_item)
    }

    pub(super) fn value_name(
        &mut self,
        text: &str,
        scope: NameScope<'_>,
        named_item: &NamedItem,
    ) -> Option<RustName> {
        self.usable(names::value_name(text), scope, named_item)
    }

    pub(super) fn module_name(
        &mut self,
        text: &str,
        scope: NameScope<'_>,
        named_item: &NamedItem,
    ) -> Option<RustName> {
        self.usable(names::module_name(text), scope, named_item)
    }

    fn usable(
        &mut self,
        name: Result<RustName, Unusable>,
        scope: NameScope<'_>,
        named_item: &NamedItem,
    ) -> Option<RustName> {
        let why = match name {
            Ok(name) => return Some(scope.fit(name)),
            Err(why) => why,
        };
        let message = format!("{} cannot be a Rust name", named_item.described());
        let problem =
            Diagnostic::error(Code::InvalidIdentifier, named_item.span, message).label(why.to_string());
        self.0.push(problem.help(named_item.advice));
        None
    }
}

/// The names of one scope.
pub(super) struct Namespace {
    place: String,
    taken: BTreeMap<RustName, NamedItem>,
}

impl Namespace {
    /// Creates an empty scope. `place` completes "in …": `the fields of …`.
    pub(super) fn new(place: impl Into<String>) -> Self {
        Self { place: place.into(), taken: BTreeMap::new() }
    }

    /// Registers the name of an item, or reports the item that already has it. Returns whether the name was free.
    pub(super) fn claim(&mut self, name: &RustName, named_item: NamedItem, problems: &mut Problems) -> bool {
        if let Some(first) = self.taken.get(name) {
            problems.0.push(collision(name, &named_item, first, &self.place));
            return false;
        }
        self.taken.insert(name.clone(), named_item);
        true
    }
}

fn collision(name: &RustName, named_item: &NamedItem, first: &NamedItem, place: &str) -> Diagnostic {
    let message =
        format!("{} and {} are both `{name}` in {place}", named_item.described(), first.described());
    Diagnostic::error(Code::NameCollision, named_item.span, message)
        .label(format!("{} is `{name}` in Rust", named_item.described()))
        .note(first.span, format!("{} is `{name}` as well", first.described()))
        .help(named_item.advice)
}
