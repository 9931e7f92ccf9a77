//! A writer of JSON into a buffer of bytes.

use std::fmt;

use super::encode_error::EncodeError;
use super::nesting::MAX_DEPTH;

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
    pub(super) buffer: Vec<u8>,
    /// Where an object starts whose tag is written already, and the key of the tag.
    pub(super) tag: Option<(usize, &'static str)>,
    /// How many lists and objects are open.
    depth: u8,
    pub(super) error: Option<EncodeError>,
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

    /// Opens a list or object and says where its content starts.
    pub(crate) fn open(&mut self, bracket: u8) -> usize {
        if self.depth >= MAX_DEPTH {
            self.fail(EncodeError::too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        self.buffer.push(bracket);
        self.buffer.len()
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

    pub(super) fn key(&mut self, start: usize, key: &str) {
        self.separate(start);
        self.str(key);
        self.buffer.push(b':');
    }

    pub(super) fn separate(&mut self, start: usize) {
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
