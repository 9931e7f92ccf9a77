//! A writer of JSON into a byte buffer.

use std::fmt;

use super::encode_error::EncodeError;
use super::nesting::MAX_DEPTH;
use super::tags::Tags;
use super::tokenizer::plain_text_len;

/// A writer of JSON without white space.
///
/// Every [`Encode`](crate::Encode) implementation writes exactly one value.
///
/// ```
/// use typefoundry_runtime::Writer;
///
/// let mut writer = Writer::new();
/// writer.write_object(&[("name", &"Rex"), ("age", &None::<i32>)], None);
/// assert_eq!(writer.into_bytes()?, br#"{"name":"Rex"}"#);
/// # Ok::<(), typefoundry_runtime::EncodeError>(())
/// ```
///
/// Writing never fails. If a value cannot be encoded, the writer stores the error and ignores
/// everything after it. [`Writer::into_bytes`] returns the error.
#[derive(Default)]
pub struct Writer {
    pub(super) buffer: Vec<u8>,
    /// The tags that are already written beside the keys of the object that starts next.
    pub(super) tags: Tags,
    /// The number of open lists and objects.
    depth: u8,
    pub(super) error: Option<EncodeError>,
}

impl Writer {
    /// Creates an empty writer.
    pub const fn new() -> Self {
        Self { buffer: Vec::new(), tags: Tags::none(), depth: 0, error: None }
    }

    /// Creates an empty writer with a capacity in bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { buffer: Vec::with_capacity(bytes), ..Self::new() }
    }

    /// Returns the written JSON.
    ///
    /// # Errors
    /// Returns an error if a number is NaN or infinite, or if the value is nested too deeply.
    pub fn into_bytes(self) -> Result<Vec<u8>, EncodeError> {
        self.error.map_or(Ok(self.buffer), Err)
    }

    /// Writes `null`.
    pub fn write_null(&mut self) {
        self.write_literal("null");
    }

    /// Writes a string, escaped for JSON.
    pub fn write_str(&mut self, text: &str) {
        // Most strings need no escape and are copied at once.
        if plain_text_len(text.as_bytes()) < text.len() {
            return self.write_scalar(&text);
        }
        self.buffer.reserve(text.len() + 3);
        self.buffer.push(b'"');
        self.buffer.extend_from_slice(text.as_bytes());
        self.buffer.push(b'"');
    }

    /// Returns the length of the written JSON in bytes.
    pub(crate) const fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Opens a list or object and returns the position of its content.
    pub(crate) fn open_bracket(&mut self, bracket: u8) -> usize {
        if self.depth >= MAX_DEPTH {
            self.set_error(EncodeError::too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        self.buffer.push(bracket);
        self.buffer.len()
    }

    pub(crate) fn close_bracket(&mut self, bracket: u8) {
        self.depth = self.depth.saturating_sub(1);
        self.buffer.push(bracket);
    }

    /// Stores the error of a value that cannot be encoded. The enclosing fields and items add its
    /// path.
    pub(super) fn set_error(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Writes a boolean, string or number in the format of `serde_json`.
    pub(super) fn write_scalar(&mut self, value: &dyn Scalar) {
        value.write(&mut self.buffer);
    }

    /// Writes a number or a name such as `true`.
    pub(super) fn write_literal(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    pub(super) fn write_key(&mut self, start: usize, key: &str) {
        self.write_separator(start);
        self.write_str(key);
        self.buffer.push(b':');
    }

    pub(super) fn write_separator(&mut self, start: usize) {
        if self.buffer.len() > start {
            self.buffer.push(b',');
        }
    }
}

impl fmt::Debug for Writer {
    /// Omits the text, which may contain a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("len", &self.buffer.len()).finish_non_exhaustive()
    }
}

/// A value that is written by `serde_json`.
pub(super) trait Scalar {
    fn write(&self, buffer: &mut Vec<u8>);
}

impl<T: serde_core::Serialize> Scalar for T {
    fn write(&self, buffer: &mut Vec<u8>) {
        let written = serde_json::to_writer(&mut *buffer, self);
        // Scalars can always be encoded, since floats are checked before, and writing to a buffer
        // in memory cannot fail.
        debug_assert!(written.is_ok(), "a scalar cannot be encoded as JSON");
    }
}
