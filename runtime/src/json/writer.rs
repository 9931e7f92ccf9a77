//! A writer of JSON into a buffer of bytes.

use std::fmt;

use super::EncodeError;
use super::encode::Encode;
use super::reader::MAX_DEPTH;
use crate::json::value::Object;

/// Writes JSON without spaces.
///
/// Each [`Encode`] writes exactly one value into it.
///
/// ```
/// use typefoundry_runtime::Writer;
///
/// let mut writer = Writer::new();
/// writer.object(&[("name", &"Rex"), ("age", &None::<i32>)], None);
/// assert_eq!(writer.into_bytes()?, br#"{"name":"Rex"}"#);
/// # Ok::<(), typefoundry_runtime::EncodeError>(())
/// ```
///
/// Writing never fails. The first value that has no spelling in JSON is remembered, nothing is written from there on,
/// and [`Writer::into_bytes`] says what it was.
#[derive(Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// Where an object starts whose tag is written already, and the key of the tag.
    tag: Option<(usize, &'static str)>,
    /// How many lists and objects are open.
    depth: u8,
    error: Option<EncodeError>,
}

impl Writer {
    /// Starts with nothing.
    pub const fn new() -> Self {
        Self { buffer: Vec::new(), tag: None, depth: 0, error: None }
    }

    /// Starts with nothing, and with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { buffer: Vec::with_capacity(bytes), ..Self::new() }
    }

    /// What was written.
    ///
    /// # Errors
    /// When a value has no spelling in JSON: NaN, an infinity, or one that is nested too deep.
    pub fn into_bytes(self) -> Result<Vec<u8>, EncodeError> {
        self.error.map_or(Ok(self.buffer), Err)
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.buffer.extend_from_slice(b"null");
    }

    /// Writes a string, with what JSON needs escaped.
    pub fn str(&mut self, text: &str) {
        self.scalar(&text);
    }

    /// Writes an object: the fields that are not absent, then `rest`.
    ///
    /// A key of `rest` that a field has too is left out, so that none comes twice.
    pub fn object(&mut self, fields: &[(&'static str, &dyn Encode)], rest: Option<&Object>) {
        let tag = self.tag.filter(|(start, _)| *start == self.buffer.len()).map(|(_, name)| name);
        let start = self.open(b'{');
        for (name, value) in fields {
            self.field(start, name, *value);
        }
        for (key, value) in rest.into_iter().flatten() {
            if tag != Some(key) && !fields.iter().any(|(name, _)| *name == key) {
                self.field(start, key, value);
            }
        }
        self.close(b'}');
    }

    /// Writes the variant of a union: the tag, if it has one, and the payload, if it has one, as the value of `key`
    /// or beside the tag.
    pub(crate) fn variant(
        &mut self,
        tag: Option<(&'static str, &dyn Encode)>,
        key: Option<&'static str>,
        payload: Option<&dyn Encode>,
    ) {
        if let (None, None, Some(payload)) = (tag, key, payload) {
            return payload.encode(self);
        }
        let start = self.open(b'{');
        if let Some((name, value)) = tag {
            self.field(start, name, value);
        }
        match (key, payload) {
            (Some(key), Some(payload)) => self.field(start, key, payload),
            (None, Some(payload)) => {
                let is_object = self.flat(start, tag.map(|(name, _)| name), payload);
                debug_assert!(
                    is_object || self.error.is_some(),
                    "the payload of a tagged variant is no object"
                );
            }
            (_, None) => {}
        }
        self.close(b'}');
    }

    /// Writes the keys of an object into the object that starts at `start`, and says whether the value is one. If
    /// not, nothing is written. A value without a spelling is remembered as such. Where the object keeps `tag` among the keys without a field, it is left out.
    pub(crate) fn flat(&mut self, start: usize, tag: Option<&'static str>, value: &dyn Encode) -> bool {
        let at = self.buffer.len();
        self.tag = tag.map(|name| (at, name));
        value.encode(self);
        // Places move below.
        self.tag = None;
        if self.error.is_some() {
            return true;
        }
        // The brackets go: the first becomes a comma where something stands before and behind it.
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

    /// Opens a list or object and says where its content starts.
    pub(crate) fn open(&mut self, bracket: u8) -> usize {
        if self.depth >= MAX_DEPTH {
            self.fail(EncodeError::too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        self.buffer.push(bracket);
        self.buffer.len()
    }

    /// Writes one item of the list that starts at `start`. An absent value is written as null.
    pub(crate) fn item(&mut self, start: usize, index: usize, value: &dyn Encode) {
        if self.error.is_none() {
            self.separate(start);
            value.encode(self);
            if let Some(error) = &mut self.error {
                error.in_item(index);
            }
        }
    }

    /// Writes one entry of the object with free keys that starts at `start`. An absent value is written as null.
    pub(crate) fn entry(&mut self, start: usize, key: &str, value: &dyn Encode) {
        if self.error.is_none() {
            self.key(start, key);
            value.encode(self);
            if let Some(error) = &mut self.error {
                error.in_key(key);
            }
        }
    }

    /// Writes one field of the object that starts at `start`, unless it is absent.
    pub(crate) fn field(&mut self, start: usize, name: &str, value: &dyn Encode) {
        if !value.is_absent() {
            self.entry(start, name, value);
        }
    }

    pub(crate) fn close(&mut self, bracket: u8) {
        self.depth = self.depth.saturating_sub(1);
        self.buffer.push(bracket);
    }

    /// Says that a value has no spelling in JSON. The fields and items around it add where it stands.
    pub(super) fn fail(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Writes a boolean, string or number as `serde_json` spells it.
    pub(super) fn scalar(&mut self, value: &dyn Scalar) {
        value.write(&mut self.buffer);
    }

    /// Writes the text of a number.
    pub(super) fn number(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn key(&mut self, start: usize, key: &str) {
        self.separate(start);
        self.str(key);
        self.buffer.push(b':');
    }

    fn separate(&mut self, start: usize) {
        if self.buffer.len() > start {
            self.buffer.push(b',');
        }
    }
}

impl fmt::Debug for Writer {
    /// Leaves the text out: it may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("len", &self.buffer.len()).finish_non_exhaustive()
    }
}

/// A value that `serde_json` spells.
pub(super) trait Scalar {
    fn write(&self, buffer: &mut Vec<u8>);
}

impl<T: serde_core::Serialize> Scalar for T {
    fn write(&self, buffer: &mut Vec<u8>) {
        let written = serde_json::to_writer(&mut *buffer, self);
        // Scalars have a spelling, but for floats that are looked at before, and a buffer in memory takes every byte.
        debug_assert!(written.is_ok(), "a scalar has no JSON spelling");
    }
}
