//! The query of a request, written param by param.

use form_urlencoded::{Serializer, parse};

use super::lists::{ListStyle, ToParamList, ToParamMap};
use crate::json::{Encode, JsonKind, Reader, to_vec};

/// Pairs in the order in which they were written, encoded.
#[derive(Default)]
pub(super) struct Query {
    text: String,
    /// The keys that came with an object, so that nobody foresaw them.
    flat: Vec<String>,
}

impl Query {
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        let text = std::mem::take(&mut self.text);
        self.text = Serializer::new(text).append_pair(name, value).finish();
    }

    /// Says why not, when the server could not tell the items apart.
    pub(super) fn list(
        &mut self,
        name: &str,
        style: ListStyle,
        list: &dyn ToParamList,
    ) -> Result<(), String> {
        if let Some(why) = list.refusal() {
            return Err(format!("an item of the query param `{name}` {why}"));
        }
        let Some(items) = list.wire_texts() else {
            return Ok(());
        };
        if let Some(separator) = style.separator() {
            check_items(name, separator, &items)?;
            self.pair(name, &items.join(separator));
            return Ok(());
        }
        let brackets = if style == ListStyle::Brackets { "[]" } else { "" };
        let name = format!("{name}{brackets}");
        for item in items {
            self.pair(&name, &item);
        }
        Ok(())
    }

    /// Says why not, when a key would read as another one.
    pub(super) fn map(&mut self, name: &str, map: &dyn ToParamMap) -> Result<(), String> {
        if let Some(why) = map.refusal() {
            return Err(format!("a value of the query param `{name}` {why}"));
        }
        for (key, value) in map.wire_pairs().unwrap_or_default() {
            if key.is_empty() || key.contains(['[', ']']) {
                return Err(format!(
                    "a key of the query param `{name}` must not be empty nor hold a bracket"
                ));
            }
            self.pair(&format!("{name}[{key}]"), &value);
        }
        Ok(())
    }

    /// Writes the keys of an object. Says why not, when it is none or holds more than scalars.
    pub(super) fn flat(&mut self, value: &dyn Encode) -> Result<(), String> {
        if value.is_omitted() {
            return Ok(());
        }
        let json = to_vec(value).map_err(|error| format!("invalid query params: {error}"))?;
        for (key, text) in scalars(&json)? {
            self.pair(&key, &text);
            self.flat.push(key);
        }
        Ok(())
    }

    /// The whole, or why it would say two things at once.
    pub(super) fn finish(self) -> Result<String, String> {
        for key in &self.flat {
            if parse(self.text.as_bytes()).filter(|(name, _)| name == key).count() > 1 {
                return Err(format!("the query param `{key}` is written twice"));
            }
        }
        Ok(self.text)
    }
}

/// The keys of an object and what they lead to, less those that lead to null.
fn scalars(json: &[u8]) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    let mut deep = None;
    let read = Reader::new(json).and_then(|mut reader| {
        reader.entries(&mut |reader, key| {
            let kind = reader.peek()?;
            match reader.scalar()? {
                Some(text) => pairs.push((key, text)),
                None if kind != JsonKind::Null => deep = Some(key),
                None => {}
            }
            Ok(())
        })
    });
    match (read, deep) {
        (Ok(()), None) => Ok(pairs),
        (Ok(()), Some(key)) => Err(format!("the query param `{key}` must be no list and no object")),
        (Err(_), _) => Err("only the keys of an object can stand beside the other query params".to_owned()),
    }
}

/// An item of nothing would read as no item at all where it is alone.
fn check_items(name: &str, separator: &str, items: &[impl AsRef<str>]) -> Result<(), String> {
    let is_lost = |item: &str| item.is_empty() || item.contains(separator);
    if items.iter().any(|item| is_lost(item.as_ref())) {
        let separator = if separator == "," { "comma" } else { "space" };
        return Err(format!("an item of the query param `{name}` must not be empty nor hold a {separator}"));
    }
    Ok(())
}
