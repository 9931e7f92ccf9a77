//! YAML as a tree in which every value knows its place.
//!
//! Events and positions come from `granit-parser`; `serde_yaml` decides the meaning of a plain scalar (a number, a boolean,
//! null or text), so that the rules are those that everyone expects. Errors of syntax are described in our own words, from
//! the text where they are.

mod access;
mod anchors;
mod build;
mod de;
mod fault;
mod habits;
mod kinds;
mod lines;
mod parse;
mod problems;

pub use de::{NodeDeserializer, RECOVER, SHORTHANDS, SPANNED};
pub use parse::{Document, parse};
pub use problems::{Abort, Problems};

use crate::source::Span;

/// One value of a YAML file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The place of the text. The value of an alias has the place at which its anchor defines it.
    pub span: Span,
    pub kind: Kind,
    /// The last alias that leads to the value.
    pub alias: Option<Span>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Scalar(Scalar),
    List(Vec<Node>, Layout),
    Map(Vec<(Key, Node)>, Layout),
    /// A value with an error that is reported already. Nothing is known of it.
    Unread,
}

/// How a list or a map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Over lines, by indentation.
    Block,
    /// In brackets.
    Flow,
}
/// A key of a map. Keys are text in this language, whatever they look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub text: String,
    pub span: Span,
    /// Written without quotes.
    pub plain: bool,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    pub text: String,
    /// Written without quotes and not as a block, so that it may be something else than text.
    pub plain: bool,
    /// The comment behind it on its line.
    pub comment: Option<Span>,
}

/// What a scalar means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text,
}

impl Scalar {
    /// What the scalar means by YAML's core rules.
    pub fn meaning(&self) -> Meaning {
        if !self.plain || !may_be_other_than_text(&self.text) {
            return Meaning::Text;
        }
        match serde_yaml::from_str::<serde_yaml::Value>(&self.text) {
            Ok(serde_yaml::Value::Null) => Meaning::Null,
            Ok(serde_yaml::Value::Bool(value)) => Meaning::Bool(value),
            Ok(serde_yaml::Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Meaning::Int(value),
                (None, Some(value)) => Meaning::Float(value),
                (None, None) => Meaning::Text,
            },
            _ => Meaning::Text,
        }
    }
}

/// Spares the parser the many scalars that are plainly text.
fn may_be_other_than_text(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'~' | b'+' | b'-' | b'.' | b'0'..=b'9') => true,
        Some(b'n' | b'N' | b't' | b'T' | b'f' | b'F') => text.len() <= 5,
        Some(_) => false,
    }
}

impl Node {
    /// Whether no value stands there.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.meaning() == Meaning::Null)
    }

    /// How many keys and items it has, with those of its parts.
    pub fn keys(&self) -> usize {
        match &self.kind {
            Kind::Scalar(_) | Kind::Unread => 0,
            Kind::List(items, _) => items.iter().map(|item| 1 + item.keys()).sum(),
            Kind::Map(entries, _) => entries.iter().map(|(_, value)| 1 + value.keys()).sum(),
        }
    }

    /// What it is, in the words of the diagnostics.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::List(..) => "a list",
            Kind::Map(..) => "a map",
            Kind::Unread => "a value that is not YAML",
            Kind::Scalar(scalar) => match scalar.meaning() {
                Meaning::Null => "nothing",
                Meaning::Bool(_) => "a boolean",
                Meaning::Int(_) => "an integer",
                Meaning::Float(_) => "a number",
                Meaning::Text => "text",
            },
        }
    }
}

#[cfg(test)]
mod tests;
