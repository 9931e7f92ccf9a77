//! Conversion of the tree to serde types, with the location of every problem.
//!
//! serde stops at the first error. This deserializer reports an unknown or repeated key and skips it. Every error is located
//! and reported before it leaves the node in which it occurred. A value wrapped in [`Lenient`](crate::syntax::Lenient) is
//! read again without the parts known to be invalid, until no new part is invalid. One run therefore reports all problems
//! and keeps the valid parts.
//!
//! A declaration that lacks an invalid part is marked as unparsed: later steps know its name and report none of its missing
//! parts.

use super::habits;
use super::kinds;
use super::node::{Key, Kind, Layout, Meaning, Node, Scalar};
use super::problems::{Abort, Problems};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;
use serde::de::Visitor;

/// The newtype name that requests a value with its location.
pub const SPANNED: &str = "$Spanned";
/// The newtype name that requests the valid parts of a value.
pub const LENIENT: &str = "$Lenient";
/// The newtype name that requests text, or an integer that is written without quotes.
pub const TEXT_OR_INTEGER: &str = "$TextOrInteger";
/// The newtype name that requests one value or a list of values.
pub const ONE_OR_LIST: &str = "$OneOrList";
/// Structs that can be written as a bare scalar, with the field that receives the scalar.
pub const SHORTHANDS: &[(&str, &str)] =
    &[("EnumValueDecl", "doc"), ("FieldDecl", "type"), ("VariantDecl", "type")];

/// Keys whose values are sentences.
pub(super) const PROSE: &[&str] = &["doc", "deprecated", "warning"];

/// Passes an integer to a visitor. The visitors of numbers do not accept 128 bits.
pub(super) fn visit_integer<'de, V: Visitor<'de>>(value: i128, visitor: V) -> Result<V::Value, Abort> {
    match (i64::try_from(value), u64::try_from(value)) {
        (Ok(value), _) => visitor.visit_i64(value),
        (_, Ok(value)) => visitor.visit_u64(value),
        _ => visitor.visit_i128(value),
    }
}

/// A deserializer of one node.
#[derive(Clone, Copy)]
pub struct NodeDeserializer<'de> {
    pub(super) node: &'de Node,
    /// The span of the key of the node. A problem with the whole node is shown there.
    owner: Span,
    /// The key itself; empty at the root and in lists.
    pub(super) key: &'de str,
    /// The span by which later steps identify the declaration: that of its key, or the start of the file.
    declaration: Span,
    pub(super) problems: &'de Problems,
}

impl<'de> NodeDeserializer<'de> {
    /// Starts at the root of a file.
    pub fn new(node: &'de Node, problems: &'de Problems) -> Self {
        Self { declaration: Span { start: 0, end: 0, ..node.span }, ..Self::item(node, problems) }
    }

    /// Reads an item of a list.
    pub(super) fn item(node: &'de Node, problems: &'de Problems) -> Self {
        Self { node, owner: first_line(node), key: "", declaration: node.span, problems }
    }

    /// Reads the value of a key.
    pub(super) fn owned_by(node: &'de Node, key: &'de Key, problems: &'de Problems) -> Self {
        Self { node, owner: key.span, key: &key.text, declaration: key.span, problems }
    }

    /// Marks the declaration as incomplete because of an invalid part.
    pub(super) fn mark_unparsed(&self) {
        self.problems.mark_unparsed([self.declaration, self.node.span]);
    }

    pub(super) fn bad_count(&self) -> usize {
        self.problems.bad_count()
    }

    /// Reports a problem with the node. The value of an alias is shown at its definition, with a note at its use.
    pub(super) fn report(&self, diagnostic: Diagnostic) -> Abort {
        self.problems.report(match self.node.alias {
            Some(alias) => diagnostic.note(alias, "used here"),
            None => diagnostic,
        });
        Abort::Reported
    }

    pub(super) fn wrong_kind(&self, expected: &str) -> Abort {
        if let Some(help) = kinds::kind_advice(self.key, self.node) {
            return self.report_kind(expected, Some(&help));
        }
        let help = self.help_for_kind(expected);
        self.report_kind(expected, help)
    }

    fn help_for_kind(&self, expected: &str) -> Option<&'static str> {
        match (expected, self.node.describe(), &self.node.kind) {
            ("text", "nothing", Kind::Scalar(Scalar { comment: Some(_), text, .. })) if text.is_empty() => {
                Some("put the text in quotes")
            }
            ("text", "nothing", _) if self.key == "type" => {
                Some("write the type after the colon, such as `type: string`")
            }
            ("true or false", "text", Kind::Scalar(scalar)) => {
                match scalar.text.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" | "true" => Some("write `true`"),
                    "no" | "off" | "n" | "false" => Some("write `false`"),
                    _ => Some("write `true` or `false`"),
                }
            }
            ("text", "nothing", _) if self.node.span.start == self.node.span.end => {
                Some("write the text after the colon")
            }
            ("text", "a boolean", _) if self.key == "docs" => Some("write `optional` or `required`"),
            ("a map of fields or a type", "nothing", _)
                if self.key.len() == 3 && self.key.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Some("write `none` for a response without content")
            }
            ("text", "nothing", _) => Some("put the value in quotes for text"),
            ("text", "a boolean" | "an integer" | "a number", _) => Some("put the value in quotes for text"),
            ("text", _, Kind::List(_, Layout::Flow) | Kind::Map(_, Layout::Flow)) => {
                Some("write one text without brackets, or put it in quotes if the brackets belong to it")
            }
            (_, "nothing", _) => Some("write a value after the colon, or remove the key"),
            ("a list", "text", Kind::Scalar(scalar)) if scalar.plain && scalar.text.starts_with('-') => {
                Some("put a space after each `-`")
            }
            _ => None,
        }
    }

    pub(super) fn report_kind(&self, expected: &str, help: Option<&str>) -> Abort {
        if self.node.kind == Kind::Unparsed {
            return Abort::Reported;
        }
        let message = format!("expected {expected}, found {}", self.node.describe());
        let diagnostic = Diagnostic::error(Code::WrongKind, first_line(self.node), message)
            .label(format!("expected {expected}"));
        self.report(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        })
    }

    /// Reports an error without a location at this node.
    pub(super) fn locate<T>(&self, result: Result<T, Abort>) -> Result<T, Abort> {
        result.map_err(|abort| match abort {
            Abort::Reported => Abort::Reported,
            Abort::Missing(key) if self.has(key) => Abort::Reported,
            Abort::Missing(key) => self.report(
                Diagnostic::error(Code::MissingKey, self.owner, format!("the key `{key}` is missing"))
                    .label(format!("missing `{key}`")),
            ),
            Abort::Kind(expected) => self.wrong_kind(&expected),
            Abort::Message(message) => {
                let problem = Diagnostic::error(Code::InvalidValue, first_line(self.node), message)
                    .label("not valid here");
                self.report(match kinds::detail_advice(self.node) {
                    Some(help) => problem.help(help),
                    None => problem,
                })
            }
        })
    }

    /// Whether a key that serde reports as missing was given. Its value is invalid or its name is misspelled; both are
    /// already reported.
    fn has(&self, key: &str) -> bool {
        let is_meant = |found: &Key| nearest(&found.text, [key]).is_some() || habits::means(&found.text, key);
        matches!(&self.node.kind, Kind::Map(entries, _) if entries.iter().any(|(found, _)| is_meant(found)))
    }

    pub(super) fn scalar(&self, expected: &str) -> Result<&'de Scalar, Abort> {
        match &self.node.kind {
            Kind::Scalar(scalar) => Ok(scalar),
            _ => Err(self.wrong_kind(expected)),
        }
    }

    pub(super) fn text(&self) -> Result<&'de str, Abort> {
        let scalar = self.scalar("text")?;
        if scalar.meaning() == Meaning::Text { Ok(&scalar.text) } else { Err(self.wrong_kind("text")) }
    }

    /// Returns the entries of a map, and reports repeated keys.
    pub(super) fn entries(&self) -> Result<Vec<&'de (Key, Node)>, Abort> {
        let Kind::Map(entries, _) = &self.node.kind else {
            return Err(self.wrong_kind("a map"));
        };
        let mut seen = std::collections::BTreeMap::new();
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = &entry.0;
            if let Some(first) = seen.get(key.text.as_str()) {
                self.problems.report(
                    Diagnostic::error(
                        Code::DuplicateKey,
                        key.span,
                        format!("the key `{}` is given twice", key.text),
                    )
                    .label("given again here")
                    .note(*first, "first given here")
                    .help("keep one of them"),
                );
            } else {
                seen.insert(key.text.as_str(), key.span);
                kept.push(entry);
            }
        }
        Ok(kept)
    }

    /// Warns about a sentence that a `#` truncates.
    pub(super) fn check_prose(&self, node: &Node) {
        let Kind::Scalar(Scalar { text, comment: Some(comment), .. }) = &node.kind else { return };
        if text.is_empty() || text.ends_with(['.', '!', '?', ':', ')']) {
            return;
        }
        self.problems.report(
            Diagnostic::warning(Code::MisleadingText, *comment, "a comment follows an unfinished sentence")
                .label("a `#` after a space begins a comment")
                .help("put the whole text in quotes if this belongs to it; else move the comment to a line of its own"),
        );
    }

    /// Returns the entries whose keys the struct knows and whose values are valid. Reports unknown keys.
    pub(super) fn known_entries(
        &self,
        place: &str,
        known: &'static [&'static str],
    ) -> Result<Vec<&'de (Key, Node)>, Abort> {
        if !matches!(self.node.kind, Kind::Map(..)) {
            let help =
                kinds::kind_advice(self.key, self.node).unwrap_or_else(|| habits::keys_of(place, known));
            return Err(self.report_kind("a map", Some(&help)));
        }
        let mut entries = self.entries()?;
        entries.retain(|(key, value)| {
            let is_known = known.contains(&key.text.as_str());
            if !is_known && !habits::is_covered(place, &key.text, self.node) {
                self.problems.mark_unknown(&key.text);
                self.problems.report(self.unknown_key(place, key, value, known));
            }
            if PROSE.contains(&key.text.as_str()) {
                self.check_prose(value);
            }
            let is_read = is_known && !self.problems.is_bad(key.span);
            if !is_read {
                self.mark_unparsed();
            }
            is_read
        });
        Ok(entries)
    }

    fn unknown_key(&self, place: &str, key: &Key, value: &Node, known: &[&str]) -> Diagnostic {
        let problem = Diagnostic::error(Code::UnknownKey, key.span, format!("unknown key `{}`", key.text));
        // In `{ doc: One, or more. }` the comma begins a key.
        if value.is_nothing() && key.text.contains([' ', '.']) {
            return problem
                .label("a key without a value")
                .help("put the text in quotes if the `,` before this belongs to it");
        }
        // `style` and `items` are the keys of `paginate`; alone, `items` is a key of OpenAPI.
        if key.text == "items" && habits::has(self.node, "style") {
            self.problems.mark_stray(key.span);
        }
        if let Some(advice) = habits::advice(place, &key.text, value, self.node) {
            return problem.label(habits::label(place)).help(advice);
        }
        match habits::near(&key.text, known) {
            Some(near) => problem.label(format!("did you mean `{near}`?")),
            None => {
                if habits::is_valid_elsewhere(&key.text, value, self.node) {
                    self.problems.mark_stray(key.span);
                }
                problem.label(habits::label(place)).help(habits::keys_of(place, known))
            }
        }
    }
}

/// Returns the first line of a node. One line is enough for a caret, even if the value is long.
fn first_line(node: &Node) -> Span {
    match &node.kind {
        Kind::Scalar(_) | Kind::Unparsed => node.span,
        Kind::Map(entries, _) => entries.first().map_or(node.span, |(key, _)| key.span),
        Kind::List(items, _) => items.first().map_or(node.span, first_line),
    }
}
