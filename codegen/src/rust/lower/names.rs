//! Who holds which name of a scope, and what is said when two want the same.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::rust::names::{self, RustName, Unusable};
use crate::source::Span;

use super::reserved::Reserved;

/// Something of the spec that wants a Rust name.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    kind: &'static str,
    word: String,
    span: Span,
    way_out: &'static str,
}

impl Thing {
    /// `kind` is its word in the spec language; `way_out` says how a person gives it another name.
    pub(super) fn new(
        kind: &'static str,
        word: impl Into<String>,
        span: Span,
        way_out: &'static str,
    ) -> Self {
        Self { kind, word: word.into(), span, way_out }
    }

    fn described(&self) -> String {
        format!("the {} `{}`", self.kind, self.word)
    }
}

/// All problems of one lowering.
#[derive(Default)]
pub(super) struct Problems(Vec<Diagnostic>);

impl Problems {
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }

    pub(super) fn type_name(&mut self, text: &str, thing: &Thing) -> Option<RustName> {
        self.usable(names::type_name(text), thing)
    }

    pub(super) fn variant_name(&mut self, text: &str, thing: &Thing) -> Option<RustName> {
        self.usable(names::variant_name(text), thing)
    }

    pub(super) fn value_name(&mut self, text: &str, thing: &Thing) -> Option<RustName> {
        self.usable(names::value_name(text), thing)
    }

    pub(super) fn module_name(&mut self, text: &str, thing: &Thing) -> Option<RustName> {
        self.usable(names::module_name(text), thing)
    }

    /// Reports a name that is kept for something else. Says whether it was free.
    pub(super) fn check_reserved(&mut self, name: &RustName, thing: &Thing, reserved: &[Reserved]) -> bool {
        let holder = reserved.iter().find(|reserved| reserved.names.contains(&name.plain()));
        if let Some(holder) = holder {
            self.report_reserved(name, thing, holder.why);
        }
        holder.is_none()
    }

    /// Reports a name that is kept for this purpose.
    pub(super) fn report_reserved(&mut self, name: &RustName, thing: &Thing, why: &str) {
        self.0.push(reserved_name(name, thing, why));
    }

    fn usable(&mut self, name: Result<RustName, Unusable>, thing: &Thing) -> Option<RustName> {
        let why = match name {
            Ok(name) => return Some(name),
            Err(why) => why,
        };
        let message = format!("{} cannot be a Rust name", thing.described());
        let problem = Diagnostic::error(Code::UnusableName, thing.span, message).label(why.to_string());
        self.0.push(problem.help(thing.way_out));
        None
    }
}

/// The names of one scope.
pub(super) struct Namespace {
    place: String,
    reserved: &'static [Reserved],
    taken: BTreeMap<RustName, Thing>,
}

impl Namespace {
    /// `place` reads on from "in": `the fields of …`.
    pub(super) fn new(place: impl Into<String>, reserved: &'static [Reserved]) -> Self {
        Self { place: place.into(), reserved, taken: BTreeMap::new() }
    }

    /// Gives the name to the thing, or reports why it cannot have it. Says whether it could.
    pub(super) fn claim(&mut self, name: &RustName, thing: Thing, problems: &mut Problems) -> bool {
        if !problems.check_reserved(name, &thing, self.reserved) {
            return false;
        }
        if let Some(first) = self.taken.get(name) {
            problems.0.push(collision(name, &thing, first, &self.place));
            return false;
        }
        self.taken.insert(name.clone(), thing);
        true
    }
}

fn reserved_name(name: &RustName, thing: &Thing, why: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedName,
        thing.span,
        format!("{} cannot be called `{name}`", thing.described()),
    )
    .label(format!("`{name}` is kept for {why}"))
    .help(thing.way_out)
}

fn collision(name: &RustName, thing: &Thing, first: &Thing, place: &str) -> Diagnostic {
    let message = format!("{} and {} are both `{name}` in {place}", thing.described(), first.described());
    Diagnostic::error(Code::NameCollision, thing.span, message)
        .label(format!("{} is `{name}` in Rust", thing.described()))
        .note(first.span, format!("{} is `{name}` as well", first.described()))
        .help(thing.way_out)
}
