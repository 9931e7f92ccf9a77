//! A pull reader of JSON that is strict about syntax, UTF-8 and depth.
//!
//! Callers repair invalid text and read it again.

use std::fmt;

use super::decode_error::DecodeError;
use super::json_kind::JsonKind;
use super::nesting::{MAX_DEPTH, TOO_DEEP};
use super::syntax_error::SyntaxError;
use super::tags::Tags;
use super::tokenizer::Tokenizer;

/// A pull reader of one JSON document, from start to end.
///
/// ```
/// use typefoundry_runtime::{Decode, Reader};
///
/// let mut reader = Reader::new(b"[1, 2]")?;
/// let mut sum = 0;
/// reader.read_list(&mut |item| {
///     sum += i64::decode(item)?;
///     Ok(())
/// })?;
/// reader.finish()?;
/// assert_eq!(sum, 3);
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
pub struct Reader<'j> {
    pub(super) tokenizer: Tokenizer<'j>,
    /// The text of the last string with escapes.
    scratch: String,
    pub(super) depth: u8,
    /// The tags of the object whose variant was last selected.
    pub(super) tags: Tags,
    /// Whether this reader is a trial, which only determines whether a value matches. The line of
    /// an error is not used then. Counting lines from the start for each error would make long
    /// lists slow.
    pub(super) is_trial: bool,
    /// The number of bytes read by failed trials.
    pub(super) reread_bytes: usize,
    /// The start of a value whose variant depends on its kind. An empty list there is not a map.
    pub(super) strict_at: Option<usize>,
    /// Whether a time without an offset is UTC.
    pub(super) assume_utc: bool,
}

impl<'j> Reader<'j> {
    /// Creates a reader at the start of a document.
    ///
    /// # Errors
    /// Returns an error if the bytes are not UTF-8.
    pub fn new(json: &'j [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(json).map_err(|error| {
            DecodeError::new("UTF-8 text", "invalid bytes", json, error.valid_up_to()).repairable()
        })?;
        Ok(Self {
            tokenizer: Tokenizer::new(text),
            scratch: String::new(),
            depth: 0,
            tags: Tags::none(),
            is_trial: false,
            reread_bytes: 0,
            strict_at: None,
            assume_utc: false,
        })
    }

    /// Creates a second reader at the same position.
    pub(super) fn fork(&self) -> Self {
        Self { scratch: String::new(), ..*self }
    }

    /// Returns the kind of the next value without consuming it.
    ///
    /// # Errors
    /// Returns an error if no value starts here.
    #[inline]
    pub fn peek_kind(&mut self) -> Result<JsonKind, DecodeError> {
        match self.tokenizer.peek() {
            Ok(first) => JsonKind::of(first).ok_or_else(|| self.error("a JSON value", "invalid text")),
            Err(error) => Err(self.syntax_error(error)),
        }
    }

    /// Consumes the next value if it is `null`, and returns whether it was.
    ///
    /// # Errors
    /// Returns an error if no value starts here.
    #[inline]
    pub fn read_null(&mut self) -> Result<bool, DecodeError> {
        if self.peek_kind()? != JsonKind::Null {
            return Ok(false);
        }
        self.tokenizer.literal("null").map_err(|error| self.syntax_error(error))?;
        Ok(true)
    }

    /// Consumes an empty map as some servers encode it: `null` or an empty list. Returns whether
    /// the next value was one.
    ///
    /// A list with items is not consumed; reading an object then fails.
    pub(super) fn read_empty_map(&mut self) -> Result<bool, DecodeError> {
        match self.peek_kind()? {
            JsonKind::List if self.strict_at != Some(self.offset()) => {
                let mut ahead = self.tokenizer;
                let has_item =
                    ahead.open_list().map_err(|error| self.syntax_error_at(error, ahead.offset()))?;
                if !has_item {
                    self.tokenizer = ahead;
                }
                Ok(!has_item)
            }
            JsonKind::Null => self.read_null(),
            _ => Ok(false),
        }
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// Returns an error if the next value is not a boolean.
    pub fn read_bool(&mut self) -> Result<bool, DecodeError> {
        self.require(JsonKind::Bool, "a boolean")?;
        let is_true = self.tokenizer.peek() == Ok(b't');
        let literal = self.tokenizer.literal(if is_true { "true" } else { "false" });
        literal.map_err(|error| self.syntax_error(error))?;
        Ok(is_true)
    }

    /// Reads a number and returns its text as written in the document.
    ///
    /// # Errors
    /// Returns an error if the next value is not a number. `expected` describes the caller's
    /// expectation in the error, such as `a number`.
    pub fn read_number(&mut self, expected: &'static str) -> Result<&'j str, DecodeError> {
        self.require(JsonKind::Number, expected)?;
        self.tokenizer.number().map_err(|error| self.syntax_error(error))
    }

    /// Reads a string.
    ///
    /// # Errors
    /// Returns an error if the next value is not a string. `expected` describes the caller's
    /// expectation in the error, such as `a string`.
    pub fn read_str(&mut self, expected: &'static str) -> Result<&str, DecodeError> {
        self.require(JsonKind::String, expected)?;
        let document = self.document_for_errors();
        let Self { tokenizer, scratch, .. } = self;
        tokenizer.string(scratch).map_err(|error| error.at(tokenizer.offset(), document))
    }

    /// Reads a list. Calls `item` for each item; `item` must consume it.
    ///
    /// # Errors
    /// Returns an error if the next value is not a list, or if `item` fails.
    pub fn read_list(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.require(JsonKind::List, "a list")?;
        self.enter()?;
        let mut has_item = self.tokenizer.open_list().map_err(|error| self.syntax_error(error))?;
        let mut index = 0;
        while has_item {
            item(self).map_err(|error| error.in_item(index))?;
            index += 1;
            has_item = self.tokenizer.next_item().map_err(|error| self.syntax_error(error))?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Reads an object with arbitrary keys. Calls `entry` for each key; `entry` must consume the
    /// value.
    ///
    /// # Errors
    /// Returns an error if the next value is not an object, or if `entry` fails.
    pub fn read_map(
        &mut self,
        entry: &mut dyn FnMut(&mut Self, &str) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.read_entries(&mut |reader, key| entry(reader, &key).map_err(|error| error.in_key(key)))
    }

    /// Reads an object like [`Reader::read_map`], but passes owned keys. `entry` adds the key to its
    /// errors.
    pub(crate) fn read_entries(
        &mut self,
        entry: &mut dyn FnMut(&mut Self, String) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut has_entry = self.open_object()?;
        while has_entry {
            let key = self.key()?.to_owned();
            entry(self, key)?;
            has_entry = self.next_entry()?;
        }
        Ok(())
    }

    /// Enters the next value, which must be an object. Returns whether a key follows.
    pub(super) fn open_object(&mut self) -> Result<bool, DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        self.enter()?;
        let has_entry = self.tokenizer.open_object().map_err(|error| self.syntax_error(error))?;
        self.depth -= u8::from(!has_entry);
        Ok(has_entry)
    }

    /// Consumes the next key if it is `expected`, and returns whether it did. If not, the key can
    /// still be the expected one.
    #[inline]
    pub(super) fn accept_key(&mut self, expected: &str) -> bool {
        self.tokenizer.accept_key(expected)
    }

    /// Reads the key of an entry. Its value is next.
    #[inline]
    pub(super) fn key(&mut self) -> Result<&str, DecodeError> {
        let document = self.document_for_errors();
        let Self { tokenizer, scratch, .. } = self;
        tokenizer.key(scratch).map_err(|error| error.at(tokenizer.offset(), document))
    }

    /// Moves to the next key of an object, or leaves the object. Returns whether a key follows.
    #[inline]
    pub(super) fn next_entry(&mut self) -> Result<bool, DecodeError> {
        let has_entry = self.tokenizer.next_entry().map_err(|error| self.syntax_error(error))?;
        self.depth -= u8::from(!has_entry);
        Ok(has_entry)
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// Returns an error if other text is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.tokenizer.finish().map_err(|error| self.syntax_error(error))
    }

    /// Creates an error at the current position. `found` must name the kind of the value, never the
    /// value itself.
    #[cold]
    pub fn error(&self, expected: &'static str, found: &'static str) -> DecodeError {
        DecodeError::new(expected, found, self.document_for_errors(), self.offset())
    }

    /// Returns the tags of the next value that were already read.
    pub(super) fn tags_here(&mut self) -> Result<Tags, DecodeError> {
        self.peek_kind()?;
        Ok(self.tags.at(self.offset()))
    }

    pub(super) fn offset(&self) -> usize {
        self.tokenizer.offset()
    }

    pub(super) fn len(&self) -> usize {
        self.tokenizer.text().len()
    }

    /// Returns the document in which the lines of errors are counted.
    fn document_for_errors(&self) -> &'j [u8] {
        if self.is_trial { &[] } else { self.tokenizer.text().as_bytes() }
    }

    #[inline]
    pub(super) fn require(&mut self, kind: JsonKind, expected: &'static str) -> Result<(), DecodeError> {
        match self.peek_kind()? {
            found if found == kind => Ok(()),
            found => Err(self.error(expected, found.name())),
        }
    }

    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(TOO_DEEP, "more levels"));
        }
        self.depth += 1;
        Ok(())
    }

    #[cold]
    pub(super) fn syntax_error(&self, error: SyntaxError) -> DecodeError {
        self.syntax_error_at(error, self.offset())
    }

    #[cold]
    fn syntax_error_at(&self, error: SyntaxError, offset: usize) -> DecodeError {
        error.at(offset, self.document_for_errors())
    }
}

impl fmt::Debug for Reader<'_> {
    /// Omits the document, which may contain a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("at", &self.offset()).field("len", &self.len()).finish_non_exhaustive()
    }
}
