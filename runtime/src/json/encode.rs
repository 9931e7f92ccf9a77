//! The trait of types that can be encoded as JSON, and the encoding of variants, entries and items.

use super::encode_error::EncodeError;
use super::tags::Tags;
use super::value::Value;
use super::writer::Writer;

/// A type that can be encoded as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// Returns whether a field with this value is omitted from its object. Defaults to `false`.
    fn is_omitted(&self) -> bool {
        false
    }
}

/// Encodes a value as a JSON document.
///
/// # Errors
/// Returns an error if a number is NaN or infinite, or if the value is nested too deeply.
///
/// ```
/// use typefoundry_runtime::json;
///
/// assert_eq!(json::to_vec(&vec![1, 2])?, b"[1,2]");
/// assert!(json::to_vec(&f64::NAN).is_err());
/// # Ok::<(), typefoundry_runtime::EncodeError>(())
/// ```
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_bytes()
}

impl Writer {
    /// Writes the variant of a union. The optional tag comes first. The optional payload follows as
    /// the value of `key`, or its own keys follow next to the tag.
    pub(crate) fn write_variant(
        &mut self,
        tag: Option<(&'static str, &dyn Encode)>,
        key: Option<&'static str>,
        payload: Option<&dyn Encode>,
    ) {
        if let (None, None, Some(payload)) = (tag, key, payload) {
            return payload.encode(self);
        }
        // The tags of unions that have this one as a variant.
        let outer = self.tags.at(self.buffer.len());
        let start = self.open_bracket(b'{');
        if let Some((name, value)) = tag.filter(|(name, _)| !outer.contains(name)) {
            self.write_field(start, name, value);
        }
        match (key, payload) {
            (Some(key), Some(payload)) => self.write_field(start, key, payload),
            (None, Some(payload)) => {
                let is_object = self.write_flattened(start, outer.with(tag.map(|(name, _)| name)), payload);
                debug_assert!(
                    is_object || self.error.is_some(),
                    "the payload of a tagged variant is not an object"
                );
            }
            (_, None) => {}
        }
        self.close_bracket(b'}');
    }

    /// Writes the keys of an object into the object that starts at `start`. Returns whether `value`
    /// is an object; if not, nothing is written.
    ///
    /// If the value cannot be encoded, the error is stored. Keys of the value that are among `tags`
    /// are skipped.
    fn write_flattened(&mut self, start: usize, tags: Tags, value: &dyn Encode) -> bool {
        let at = self.buffer.len();
        self.tags = tags.moved(at);
        value.encode(self);
        // The buffer shifts below, so the offset is no longer valid.
        self.tags = Tags::none();
        if self.error.is_some() {
            return true;
        }
        // Removes the brackets. The first one becomes a comma if keys precede and follow it.
        match self.buffer.get(at..) {
            Some(b"{}") => self.buffer.truncate(at),
            Some([b'{', .., b'}']) => {
                self.buffer.pop();
                match self.buffer.get_mut(at) {
                    Some(bracket) if at > start => *bracket = b',',
                    _ => drop(self.buffer.remove(at)),
                }
            }
            _ => {
                self.buffer.truncate(at);
                return false;
            }
        }
        true
    }

    /// Writes the keys of an object outside of a union into the object that starts at
    /// `start`. Returns whether `value` is an object.
    pub(crate) fn write_keys(&mut self, start: usize, value: &dyn Encode) -> bool {
        self.write_flattened(start, Tags::none(), value)
    }

    /// Writes a value that was received as a variant of a union, without the tags that are already
    /// written.
    pub(super) fn write_unknown_variant(&mut self, value: &Value) {
        let tags = self.tags.at(self.buffer.len());
        match value {
            Value::Object(object) if !tags.is_empty() => {
                let start = self.open_bracket(b'{');
                for (key, value) in object.iter().filter(|(key, _)| !tags.contains(key)) {
                    self.write_entry(start, key, value);
                }
                self.close_bracket(b'}');
            }
            value => value.encode(self),
        }
    }

    /// Writes one item of the list that starts at `start`. An omitted value is written as null.
    pub(crate) fn write_item(&mut self, start: usize, index: usize, value: &dyn Encode) {
        if self.error.is_none() {
            self.write_separator(start);
            value.encode(self);
            if let Some(error) = &mut self.error {
                error.in_item(index);
            }
        }
    }

    /// Writes one entry of the map that starts at `start`. An omitted value is written as null.
    pub(crate) fn write_entry(&mut self, start: usize, key: &str, value: &dyn Encode) {
        if self.error.is_none() {
            self.write_key(start, key);
            value.encode(self);
            if let Some(error) = &mut self.error {
                error.in_key(key);
            }
        }
    }

    /// Writes one field of the object that starts at `start`, unless its value is omitted.
    pub(crate) fn write_field(&mut self, start: usize, name: &str, value: &dyn Encode) {
        if !value.is_omitted() {
            self.write_entry(start, name, value);
        }
    }
}
