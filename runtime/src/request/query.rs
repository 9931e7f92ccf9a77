//! The pairs of a query or a form.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::lists::{ListStyle, ToParamList, ToParamMap};
use super::param_style::ParamStyle;
use super::structured::{Structured, check_key};
use crate::json::{Encode, JsonKind, Reader, to_vec};

/// All characters that the format `application/x-www-form-urlencoded` encodes.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// The initial capacity in bytes, enough for most paths and queries.
const INITIAL_CAPACITY: usize = 256;

/// Encoded key-value pairs in the order of writing.
pub(super) struct Query {
    text: String,
    /// The place of the pairs in errors: `query` or `form`.
    place: &'static str,
    /// The keys of merged objects, which can repeat other keys.
    flattened_keys: Vec<String>,
}

impl Query {
    /// Creates an empty query, or an empty form. `place` is `query` or `form`.
    pub(super) const fn new(place: &'static str) -> Self {
        Self { text: String::new(), place, flattened_keys: Vec::new() }
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.push_flag(name);
        self.text.push('=');
        encode(value, &mut self.text);
    }

    /// Writes a key without a value.
    pub(super) fn push_flag(&mut self, name: &str) {
        if self.text.is_empty() {
            self.text.reserve(INITIAL_CAPACITY);
        } else {
            self.text.push('&');
        }
        encode(name, &mut self.text);
    }

    /// Writes a list. Returns an error if an item would be ambiguous for the server.
    pub(super) fn push_list(
        &mut self,
        name: &str,
        style: ListStyle,
        list: &dyn ToParamList,
    ) -> Result<(), String> {
        if let Some(reason) = list.rejection_reason() {
            return Err(format!("invalid item of the {} parameter `{name}`: {reason}", self.place));
        }
        let Some(items) = list.to_param_list() else {
            return Ok(());
        };
        if let Some(separator) = style.separator() {
            let invalid = |rule| format!("invalid item of the {} parameter `{name}`: {rule}", self.place);
            separator.check(&items).map_err(invalid)?;
            self.push(name, &items.join(separator.as_str()));
            return Ok(());
        }
        let brackets = if style == ListStyle::Brackets { "[]" } else { "" };
        let name = format!("{name}{brackets}");
        for item in items {
            self.push(&name, &item);
        }
        Ok(())
    }

    /// Writes a map. Returns an error if a key would be ambiguous for the server.
    pub(super) fn push_map(&mut self, name: &str, map: &dyn ToParamMap) -> Result<(), String> {
        if let Some(reason) = map.rejection_reason() {
            return Err(format!("invalid value of the {} parameter `{name}`: {reason}", self.place));
        }
        for (key, value) in map.to_param_map().unwrap_or_default() {
            check_key(key)
                .map_err(|rule| format!("invalid key of the {} parameter `{name}`: {rule}", self.place))?;
            self.push(&format!("{name}[{key}]"), &value);
        }
        Ok(())
    }

    /// Writes a value in a style. Returns an error if the value would be ambiguous for the server.
    pub(super) fn push_value(
        &mut self,
        name: &str,
        style: ParamStyle,
        value: &dyn Encode,
    ) -> Result<(), String> {
        let what = if self.place == "form" { "form parameter" } else { "query parameter" };
        Structured::write_value(value, (what, name), style, &mut |name, text| self.push(name, text))
    }

    /// Writes the keys of an object. Returns an error if the value is not an object of scalars.
    pub(super) fn push_flattened(&mut self, value: &dyn Encode) -> Result<(), String> {
        if value.is_omitted() {
            return Ok(());
        }
        let json = to_vec(value).map_err(|error| format!("invalid {} parameters: {error}", self.place))?;
        for (key, text) in scalars(&json, self.place)? {
            self.push(&key, &text);
            self.flattened_keys.push(key);
        }
        Ok(())
    }

    /// Returns the query, or an error if a key is repeated.
    pub(super) fn finish(self) -> Result<String, String> {
        for key in &self.flattened_keys {
            let mut encoded = String::new();
            encode(key, &mut encoded);
            let names = self.text.split('&').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name));
            if names.filter(|name| *name == encoded).count() > 1 {
                return Err(format!("invalid {}: duplicate parameter `{key}`", self.place));
            }
        }
        Ok(self.text)
    }
}

/// Appends text in the format `application/x-www-form-urlencoded`.
fn encode(text: &str, query: &mut String) {
    query.extend(utf8_percent_encode(text, RESERVED).map(|part| if part == "%20" { "+" } else { part }));
}

/// Returns the keys and scalar values of an object, without null values.
fn scalars(json: &[u8], place: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    let mut nested = None;
    let read = Reader::new(json).and_then(|mut reader| {
        reader.read_entries(&mut |reader, key| {
            let kind = reader.peek_kind()?;
            match reader.read_scalar()? {
                Some(text) => pairs.push((key, text)),
                None if kind != JsonKind::Null => nested = Some(key),
                None => {}
            }
            Ok(())
        })
    });
    match (read, nested) {
        (Ok(()), None) => Ok(pairs),
        (Ok(()), Some(key)) => {
            Err(format!("invalid {place} parameter `{key}`: must not be a list or an object"))
        }
        (Err(_), _) => {
            Err(format!("invalid {place}: only an object can be merged with the other parameters"))
        }
    }
}
