//! YAML as a tree in which every value knows its place.
//!
//! Positions come from `saphyr-parser`, which is made for that; what a plain scalar means (a number, a boolean, null or
//! text) is decided by `serde_yaml`, so that the rules are those that everyone expects.

mod access;
mod de;
mod parse;
mod problems;

pub use de::{NodeDeserializer, RECOVER, SHORTHANDS, SPANNED};
pub use parse::parse;
pub use problems::{Abort, Problems};

use crate::source::Span;

/// One value of a YAML file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map. Keys are text in this language, whatever they look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub text: String,
    pub span: Span,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    pub text: String,
    /// Written without quotes and not as a block, so that it may be something else than text.
    pub plain: bool,
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

    /// What it is, in the words of the diagnostics.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
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
mod tests {
    use super::{Meaning, Scalar};

    fn meaning(text: &str) -> Meaning {
        Scalar { text: text.to_owned(), plain: true }.meaning()
    }

    #[test]
    fn plain_scalars_mean_what_serde_yaml_says() {
        assert_eq!(meaning("12"), Meaning::Int(12));
        assert_eq!(meaning("-1"), Meaning::Int(-1));
        assert_eq!(meaning("0x1f"), Meaning::Int(31));
        assert_eq!(meaning("1.5"), Meaning::Float(1.5));
        assert_eq!(meaning("true"), Meaning::Bool(true));
        assert_eq!(meaning("~"), Meaning::Null);
        assert_eq!(meaning(""), Meaning::Null);
        assert_eq!(meaning("null"), Meaning::Null);
        assert_eq!(meaning("no"), Meaning::Text);
        assert_eq!(meaning("1.2.3"), Meaning::Text);
        assert_eq!(meaning("- x"), Meaning::Text);
    }

    #[test]
    fn quoted_scalars_are_text() {
        assert_eq!(Scalar { text: "12".to_owned(), plain: false }.meaning(), Meaning::Text);
    }
}
