//! The problems of one file, and the error that aborts the reading of a value.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de;

use crate::diagnostic::{self, Diagnostic};
use crate::source::Span;

/// The problems of one file, collected while it is read.
#[derive(Debug, Default)]
pub struct Problems {
    found: RefCell<Vec<Diagnostic>>,
    /// The spans of the keys whose values could not be read.
    bad: RefCell<BTreeSet<Span>>,
    /// The declarations that were not read completely, each by the span of its key and of its value.
    unparsed: RefCell<BTreeSet<Span>>,
    /// The unknown keys. A misplaced declaration is among them.
    unknown: RefCell<BTreeSet<String>>,
    /// The unknown keys that are valid elsewhere, by span.
    strays: RefCell<BTreeSet<Span>>,
}

impl Problems {
    /// Adds a problem.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Returns all problems, each once, even if a value was read several times.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut found = self.found.borrow().clone();
        diagnostic::sort(&mut found);
        found
    }

    /// Returns the spans of the incomplete declarations, and the unknown keys.
    pub fn into_unparsed(self) -> (BTreeSet<Span>, BTreeSet<String>) {
        (self.unparsed.into_inner(), self.unknown.into_inner())
    }

    pub(super) fn mark_unknown(&self, key: &str) {
        self.unknown.borrow_mut().insert(key.to_owned());
    }

    /// Returns the spans of unknown keys that are valid elsewhere.
    pub fn strays(&self) -> Vec<Span> {
        self.strays.borrow().iter().copied().collect()
    }

    pub(super) fn mark_stray(&self, key: Span) {
        self.strays.borrow_mut().insert(key);
    }

    pub(super) fn mark_unparsed(&self, declaration: [Span; 2]) {
        self.unparsed.borrow_mut().extend(declaration);
    }

    pub(super) fn bad_count(&self) -> usize {
        self.bad.borrow().len()
    }

    pub(super) fn mark_bad(&self, key: Span) {
        self.bad.borrow_mut().insert(key);
    }

    pub(super) fn is_bad(&self, key: Span) -> bool {
        self.bad.borrow().contains(&key)
    }
}

/// The reason why a value could not be read.
#[derive(Debug)]
pub enum Abort {
    /// A diagnostic is already reported.
    Reported,
    /// A key is missing in the struct.
    Missing(&'static str),
    /// The value is not of this kind.
    Kind(String),
    /// Any other error of serde or of a type.
    Message(String),
}

impl fmt::Display for Abort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("reported"),
            Self::Missing(key) => write!(f, "missing key `{key}`"),
            Self::Kind(expected) => write!(f, "expected {expected}"),
            Self::Message(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Abort {}

impl de::Error for Abort {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Message(message.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::Kind(match expected.to_string().as_str() {
            // serde's name of an unsigned integer.
            "u64" => "a whole number, 0 or more".to_owned(),
            expected => expected.to_owned(),
        })
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}
