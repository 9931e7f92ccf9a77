//! The values of a YAML file, each with its span.

use crate::source::Span;

/// A value of a YAML file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The span of the text. The value of an alias has the span of its definition.
    pub span: Span,
    pub kind: Kind,
    /// The last alias through which the value was reached.
    pub alias: Option<Span>,
}

/// The content of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Scalar(Scalar),
    List(Vec<Node>, Layout),
    Map(Vec<(Key, Node)>, Layout),
    /// A value whose error is already reported. Its content is unknown.
    Unparsed,
}

/// The notation of a list or a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Several lines, by indentation.
    Block,
    /// Brackets.
    Flow,
}

/// A key of a map. Every key is text, including those that look like numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub text: String,
    pub span: Span,
    /// Whether the key is written without quotes.
    pub plain: bool,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    pub text: String,
    /// Whether the value is written without quotes and not as a block, so that it can be something other than text.
    pub plain: bool,
    /// The comment after the value on its line.
    pub comment: Option<Span>,
}

/// The type of a scalar, with its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Null,
    Bool(bool),
    /// An integer of 64 bits, with or without a sign.
    Int(i128),
    Float(f64),
    Text,
}

impl Scalar {
    /// Returns the value of the scalar by YAML's core schema.
    pub fn meaning(&self) -> Meaning {
        if !self.plain || !may_be_other_than_text(&self.text) {
            return Meaning::Text;
        }
        match serde_yaml::from_str::<serde_yaml::Value>(&self.text) {
            Ok(serde_yaml::Value::Null) => Meaning::Null,
            Ok(serde_yaml::Value::Bool(value)) => Meaning::Bool(value),
            Ok(serde_yaml::Value::Number(number)) => match (whole(&number), number.as_f64()) {
                (Some(value), _) => Meaning::Int(value),
                (None, Some(value)) => Meaning::Float(value),
                (None, None) => Meaning::Text,
            },
            _ => Meaning::Text,
        }
    }

    /// Returns the integer, if the value is one in the usual notation: `+1` and `0x1` are not.
    pub fn decimal_integer(&self) -> Option<i128> {
        match self.meaning() {
            Meaning::Int(value) if value.to_string() == self.text => Some(value),
            _ => None,
        }
    }
}

impl Key {
    /// Returns the integer, if a value of this text would be one.
    pub fn decimal_integer(&self) -> Option<i128> {
        Scalar { text: self.text.clone(), plain: self.plain, comment: None }.decimal_integer()
    }
}

fn whole(number: &serde_yaml::Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Excludes most text cheaply, so that `serde_yaml` parses few scalars.
fn may_be_other_than_text(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'~' | b'+' | b'-' | b'.' | b'0'..=b'9') => true,
        Some(b'n' | b'N' | b't' | b'T' | b'f' | b'F') => text.len() <= 5,
        Some(_) => false,
    }
}

impl Node {
    /// Whether the value is missing or null.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.meaning() == Meaning::Null)
    }

    /// Returns the number of keys and items in the value, at all levels.
    pub fn keys(&self) -> usize {
        match &self.kind {
            Kind::Scalar(_) | Kind::Unparsed => 0,
            Kind::List(items, _) => items.iter().map(|item| 1 + item.keys()).sum(),
            Kind::Map(entries, _) => entries.iter().map(|(_, value)| 1 + value.keys()).sum(),
        }
    }

    /// Returns the kind of the value, as named in diagnostics.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::List(..) => "a list",
            Kind::Map(..) => "a map",
            Kind::Unparsed => "a value that is not YAML",
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
