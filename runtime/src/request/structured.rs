//! Values of any form in a path, a query, a header or a cookie.

use super::lists::Separator;
use super::param_style::ParamStyle;
use crate::json::{Encode, Value, from_slice, to_vec};

/// A value as its JSON, which shows its form.
pub(super) struct Structured {
    json: Vec<u8>,
    value: Value,
}

/// A reason why a value cannot be sent. It never contains the value, which can be a secret.
pub(super) enum Problem {
    Value(String),
    Item(&'static str),
    Key(&'static str),
}

impl Problem {
    /// Returns the message about a parameter.
    pub(super) fn of(&self, what: &str, name: &str) -> String {
        match self {
            Self::Value(reason) => format!("invalid {what} `{name}`: {reason}"),
            Self::Item(rule) => format!("invalid item of the {what} `{name}`: {rule}"),
            Self::Key(rule) => format!("invalid key of the {what} `{name}`: {rule}"),
        }
    }

    fn value(reason: &str) -> Self {
        Self::Value(reason.to_owned())
    }
}

type Written<T = ()> = Result<T, Problem>;

/// A function that writes a name and a text.
type Push<'p> = &'p mut dyn FnMut(&str, &str);

impl Structured {
    /// Writes the pairs of a value, unless it is absent. `what` names the parameter in errors.
    pub(super) fn write_value(
        value: &dyn Encode,
        (what, name): (&str, &str),
        style: ParamStyle,
        push: Push<'_>,
    ) -> Result<(), String> {
        let written = match Self::new(value) {
            Ok(None) => return Ok(()),
            Ok(Some(value)) => value.write_pairs(name, style, push),
            Err(problem) => Err(problem),
        };
        written.map_err(|problem| problem.of(what, name))
    }

    /// Encodes a value, unless it is omitted.
    pub(super) fn new(value: &dyn Encode) -> Written<Option<Self>> {
        if value.is_omitted() {
            return Ok(None);
        }
        let json = to_vec(value).map_err(|error| Problem::Value(error.to_string()))?;
        let value = from_slice(&json).map_err(|error| Problem::Value(error.to_string()))?;
        Ok(Some(Self { json, value }))
    }

    /// Writes the value as name-value pairs of a query or a form.
    pub(super) fn write_pairs(&self, name: &str, style: ParamStyle, push: Push<'_>) -> Written {
        match style {
            ParamStyle::Repeat | ParamStyle::Brackets => {
                write_pairs(name, &self.value, style == ParamStyle::Brackets, push).map(drop)
            }
            ParamStyle::Label | ParamStyle::Matrix => {
                Err(Problem::value("its style is only supported in a path"))
            }
            ParamStyle::Json => {
                push(name, &self.json());
                Ok(())
            }
            ParamStyle::Plain | ParamStyle::Comma | ParamStyle::Space | ParamStyle::Pipe => {
                push(name, &self.to_text(style)?);
                Ok(())
            }
        }
    }

    /// Returns the value as one text.
    pub(super) fn to_text(&self, style: ParamStyle) -> Written<String> {
        if style == ParamStyle::Json {
            return Ok(self.json());
        }
        match Separator::of(style) {
            Some(separator) => Ok(self.items(separator)?.join(separator.as_str())),
            None => scalar(&self.value),
        }
    }

    /// Returns the value as the text of a header, or `None` for an empty list or object.
    pub(super) fn to_header(&self, style: ParamStyle) -> Written<Option<String>> {
        match style {
            ParamStyle::Json => Ok(Some(self.to_ascii_json())),
            ParamStyle::Plain | ParamStyle::Comma => {
                let text = self.to_text(style)?;
                Ok((!text.is_empty() || is_scalar(&self.value)).then_some(text))
            }
            _ => Err(Problem::value("its style is not supported in a header")),
        }
    }

    /// Returns the value as JSON in ASCII. Strings have escapes for other characters.
    fn to_ascii_json(&self) -> String {
        let mut ascii = String::new();
        for c in self.json().chars() {
            if matches!(c, ' '..='~') {
                ascii.push(c);
            } else {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")));
            }
        }
        ascii
    }

    /// Returns the texts of the items, or of the keys and values of an object, which the separator
    /// separates again. A single text is one item.
    pub(super) fn items(&self, separator: Separator) -> Written<Vec<String>> {
        let items = match &self.value {
            Value::Array(items) => items.iter().map(scalar).collect::<Written<Vec<_>>>()?,
            Value::Object(entries) => {
                let mut texts = Vec::new();
                for (key, value) in entries {
                    texts.extend([key.to_owned(), scalar(value)?]);
                }
                texts
            }
            single => {
                let text = scalar(single)?;
                // The dot of a number with a fraction separates no items.
                if separator == Separator::Dot && !text.is_empty() {
                    return Ok(vec![text]);
                }
                vec![text]
            }
        };
        separator.check(&items).map_err(Problem::Item)?;
        Ok(items)
    }

    fn json(&self) -> String {
        String::from_utf8_lossy(&self.json).into_owned()
    }
}

/// Checks a key that is written in brackets.
pub(super) fn check_key(key: &str) -> Result<(), &'static str> {
    let is_ambiguous = key.is_empty() || key.contains(['[', ']']);
    if is_ambiguous { Err("must not be empty or contain a bracket") } else { Ok(()) }
}

/// Writes the pairs of a value below a name, and returns their number.
fn write_pairs(name: &str, value: &Value, in_brackets: bool, push: Push<'_>) -> Written<usize> {
    let mut count = 0;
    match value {
        Value::Array(items) if items.iter().all(is_scalar) => {
            let name = if in_brackets { format!("{name}[]") } else { name.to_owned() };
            for item in items {
                push(&name, &scalar(item)?);
                count += 1;
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let written = write_pairs(&format!("{name}[{index}]"), item, in_brackets, push)?;
                // Without a pair, the server would number the following items differently.
                if written == 0 {
                    return Err(Problem::Item("must not be an empty list or object"));
                }
                count += written;
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                check_key(key).map_err(Problem::Key)?;
                count += write_pairs(&format!("{name}[{key}]"), value, in_brackets, push)?;
            }
        }
        single => {
            push(name, &scalar(single)?);
            count = 1;
        }
    }
    Ok(count)
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

/// Returns the text of a value. A float without a fraction has no `.0`, as in [`ToParam`](crate::ToParam).
fn scalar(value: &Value) -> Written<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => {
            let text = number.to_string();
            Ok(text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned))
        }
        Value::Null => Err(Problem::value("must not contain null")),
        Value::Array(_) | Value::Object(_) => {
            Err(Problem::value("its style does not support lists and objects here"))
        }
    }
}
