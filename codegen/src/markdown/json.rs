//! Readable JSON: a value that fits on a line is written on one.

use crate::value::Value;

/// The maximum number of characters of a line in a code block that is 800 pixels wide.
const WIDTH: usize = 84;

/// A JSON value that can contain comments, for example in position of a long object.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|(key, item)| (key.clone(), item.into())).collect())
            }
            _ => Self::Text(value.to_string()),
        }
    }
}

impl Json {
    /// Renders the value on as few lines as are readable. Each level is indented by `step`.
    pub fn render(&self, step: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, Position { step, depth: 0, taken: 0 });
        out
    }

    /// Whether a comment replaces a part of the value.
    pub fn has_comment(&self) -> bool {
        match self {
            Self::Text(text) => text.starts_with('{'),
            Self::List(items) => items.iter().any(Self::has_comment),
            Self::Map(entries) => entries.iter().any(|(_, item)| item.has_comment()),
        }
    }

    fn write(&self, out: &mut String, position: Position) {
        let line = self.on_one_line();
        if position.step * position.depth + position.taken + line.len() <= WIDTH {
            out.push_str(&line);
            return;
        }
        match self {
            Self::Text(_) => out.push_str(&line),
            Self::List(items) => {
                write_group(out, position, ['[', ']'], items.iter().map(|item| (String::new(), item)))
            }
            Self::Map(entries) => {
                write_group(
                    out,
                    position,
                    ['{', '}'],
                    entries.iter().map(|(key, item)| (key_text(key), item)),
                );
            }
        }
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => format!("[{}]", joined(items.iter().map(Self::on_one_line))),
            Self::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Map(entries) => {
                format!(
                    "{{ {} }}",
                    joined(entries.iter().map(|(key, item)| key_text(key) + &item.on_one_line()))
                )
            }
        }
    }
}

/// The position of a value.
#[derive(Clone, Copy)]
struct Position {
    step: usize,
    depth: usize,
    /// The width of the other parts of the line: the key, and the comma after the value.
    taken: usize,
}

fn write_group<'j>(
    out: &mut String,
    position: Position,
    [open, close]: [char; 2],
    items: impl Iterator<Item = (String, &'j Json)>,
) {
    let depth = position.depth + 1;
    out.push(open);
    for (at, (key, item)) in items.enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&" ".repeat(position.step * depth));
        out.push_str(&key);
        item.write(out, Position { depth, taken: key.len() + 1, ..position });
    }
    out.push('\n');
    out.push_str(&" ".repeat(position.step * position.depth));
    out.push(close);
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn key_text(key: &str) -> String {
    format!("{}: ", Value::Text(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::value::Value;

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    #[test]
    fn short_value_is_written_on_one_line() {
        let value = map(&[("a", Value::List(vec![Value::Int(1), Value::Null])), ("b", map(&[]))]);
        assert_eq!(Json::from(&value).render(2), r#"{ "a": [1, null], "b": {} }"#);
    }

    #[test]
    fn long_value_is_broken_into_lines() {
        let long = Value::Text("x".repeat(90));
        let value =
            map(&[("a", map(&[("b", Value::Bool(true)), ("c", long.clone())])), ("d", Value::List(vec![]))]);
        let expected =
            format!("{{\n  \"a\": {{\n    \"b\": true,\n    \"c\": {long}\n  }},\n  \"d\": []\n}}");
        assert_eq!(Json::from(&value).render(2), expected);
    }
}
