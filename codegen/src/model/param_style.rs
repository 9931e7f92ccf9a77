//! The notation of values outside JSON.

use crate::value::Value;

/// The notation of a list, a map or an object in a path, a query or a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamStyle {
    Comma,
    Space,
    Pipe,
    Repeat,
    Brackets,
    Label,
    Matrix,
    Json,
}

impl ParamStyle {
    /// Returns the style in the description language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Space => "space",
            Self::Pipe => "pipe",
            Self::Repeat => "repeat",
            Self::Brackets => "brackets",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Json => "json",
        }
    }

    /// Returns the variant of the runtime.
    pub fn rust(self) -> &'static str {
        match self {
            Self::Comma => "Comma",
            Self::Space => "Space",
            Self::Pipe => "Pipe",
            Self::Repeat => "Repeat",
            Self::Brackets => "Brackets",
            Self::Label => "Label",
            Self::Matrix => "Matrix",
            Self::Json => "Json",
        }
    }

    /// Returns the separator of items that are sent as one text.
    pub fn separator(self) -> Option<&'static str> {
        match self {
            Self::Comma | Self::Matrix => Some(","),
            Self::Space => Some(" "),
            Self::Pipe => Some("|"),
            Self::Label => Some("."),
            Self::Repeat | Self::Brackets | Self::Json => None,
        }
    }

    /// Returns a value as one text, without percent-encoding.
    pub fn text(style: Option<Self>, wire: &str, value: &Value) -> String {
        let joined = |mark: &str| items(value).join(mark);
        match style {
            Some(Self::Json) => value.to_string(),
            Some(Self::Label) => format!(".{}", joined(".")),
            Some(Self::Matrix) => format!(";{wire}={}", joined(",")),
            _ => joined(style.and_then(Self::separator).unwrap_or(",")),
        }
    }

    /// Returns a value as the text of a header, in which JSON is ASCII.
    pub fn header_text(style: Option<Self>, wire: &str, value: &Value) -> String {
        let text = Self::text(style, wire, value);
        if style == Some(Self::Json) { ascii_json(&text) } else { text }
    }

    /// Returns a value as the pairs of a query, without percent-encoding.
    pub fn pairs(style: Option<Self>, wire: &str, value: &Value) -> Vec<(String, String)> {
        match style {
            Some(Self::Repeat | Self::Brackets) => {
                let mut pairs = Vec::new();
                push_pairs(wire, value, style == Some(Self::Brackets), &mut pairs);
                pairs
            }
            _ => vec![(wire.to_owned(), Self::text(style, wire, value))],
        }
    }
}

/// Escapes the characters of JSON that a header cannot contain.
fn ascii_json(json: &str) -> String {
    let mut ascii = String::new();
    for c in json.chars() {
        match c {
            ' '..='~' => ascii.push(c),
            c => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")))
            }
        }
    }
    ascii
}

fn push_pairs(name: &str, value: &Value, in_brackets: bool, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::List(items) if items.iter().all(is_single) => {
            let name = if in_brackets { format!("{name}[]") } else { name.to_owned() };
            pairs.extend(items.iter().map(|item| (name.clone(), plain_text(item))));
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_pairs(&format!("{name}[{index}]"), item, in_brackets, pairs);
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                push_pairs(&format!("{name}[{key}]"), value, in_brackets, pairs);
            }
        }
        single => pairs.push((name.to_owned(), plain_text(single))),
    }
}

fn is_single(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Map(_))
}

/// Returns the texts of the items of a list, or of the keys and values of a map.
pub fn items(value: &Value) -> Vec<String> {
    match value {
        Value::List(items) => items.iter().map(plain_text).collect(),
        Value::Map(entries) => {
            entries.iter().flat_map(|(key, value)| [key.clone(), plain_text(value)]).collect()
        }
        single => vec![plain_text(single)],
    }
}

/// Returns a value in the form outside JSON, in which text has no quotes and a number no `.0`.
pub fn plain_text(value: &Value) -> String {
    let text = value.as_text().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Float(_) => text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned),
        _ => text,
    }
}
