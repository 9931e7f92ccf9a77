//! A JSON value whose keys have the order of the spec.
//!
//! Examples and defaults keep this type from the YAML to the emitted Rust and Markdown. The docs therefore show keys in
//! the order of the author.

use std::fmt;
use std::fmt::Write as _;

use crate::characters::is_hidden;

/// The value of an example or a default.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// Returns the kind of the value, as named in diagnostics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    /// Whether the value is text, a number or a boolean.
    pub fn is_scalar(&self) -> bool {
        matches!(self, Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::Text(_))
    }

    /// Returns the value of a key, if this is a map with that key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Returns the text, if the value is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Renders indented JSON for a page of the docs.
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out
    }

    fn write(&self, out: &mut String, indent: Option<usize>) {
        match self {
            Self::List(items) => {
                write_group(out, indent, ['[', ']'], items, |out, indent, item| item.write(out, indent))
            }
            Self::Map(entries) => {
                write_group(out, indent, ['{', '}'], entries, |out, indent, (key, value)| {
                    out.push_str(&json_text(key));
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.write(out, indent);
                })
            }
            Self::Null => out.push_str("null"),
            Self::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Self::Int(n) => out.push_str(&n.to_string()),
            Self::Float(n) => out.push_str(&format!("{n:?}")),
            Self::Text(text) => out.push_str(&json_text(text)),
        }
    }
}

impl fmt::Display for Value {
    /// Writes compact JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out, None);
        f.write_str(&out)
    }
}

fn write_group<T>(
    out: &mut String,
    indent: Option<usize>,
    [open, close]: [char; 2],
    items: &[T],
    write_item: impl Fn(&mut String, Option<usize>, &T),
) {
    out.push(open);
    let inner = indent.map(|depth| depth + 1);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        break_line(out, inner);
        write_item(out, inner, item);
    }
    if !items.is_empty() {
        break_line(out, indent);
    }
    out.push(close);
}

fn break_line(out: &mut String, indent: Option<usize>) {
    if let Some(depth) = indent {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}

/// Quotes and escapes text as JSON. Invisible characters are escaped as well.
fn json_text(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    if !quoted.contains(is_hidden) {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len());
    for c in quoted.chars() {
        match is_hidden(c) {
            true => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(escaped, "\\u{unit:04x}");
            }),
            false => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::Value;

    fn sample() -> Value {
        Value::Map(vec![
            ("b".into(), Value::List(vec![Value::Int(1), Value::Null])),
            ("a".into(), Value::Text("x\"\n".into())),
            ("empty".into(), Value::Map(vec![])),
            ("float".into(), Value::Float(2.0)),
        ])
    }

    #[test]
    fn compact_json_keeps_key_order_and_escapes_text() {
        assert_eq!(sample().to_string(), r#"{"b":[1,null],"a":"x\"\n","empty":{},"float":2.0}"#);
    }

    #[test]
    fn hidden_characters_are_escaped() {
        let value = Value::Text("a\u{202e}b\u{e0001}é".into());
        assert_eq!(value.to_string(), r#""a\u202eb\udb40\udc01é""#);
    }

    #[test]
    fn pretty_json_is_indented() {
        let expected = "{\n  \"b\": [\n    1,\n    null\n  ],\n  \"a\": \"x\\\"\\n\",\n  \"empty\": {},\n  \"float\": 2.0\n}";
        assert_eq!(sample().to_json_pretty(), expected);
    }
}
