//! A pull reader of JSON that is strict about syntax, UTF-8 and depth.
//!
//! Callers repair invalid text and read it again. The parser library is not part of the public API.

use std::fmt;

use jiter::{Jiter, JiterError, Peek};

use super::decode_error::DecodeError;
use super::json_kind::JsonKind;
use super::nesting::{MAX_DEPTH, TOO_DEEP};
use super::syntax_error::syntax_error;

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
    pub(super) parser: Jiter<'j>,
    json: &'j [u8],
    pub(super) depth: u8,
    /// The start of an object whose tag was already read, and the key of the tag.
    pub(super) tag: Option<(usize, &'static str)>,
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
        // Checked up front, because the parser does not check the strings that it skips.
        if let Err(error) = std::str::from_utf8(json) {
            let offset = error.valid_up_to();
            return Err(DecodeError::new("UTF-8 text", "invalid bytes", json, offset).repairable());
        }
        Ok(Self {
            parser: Jiter::new(json),
            json,
            depth: 0,
            tag: None,
            is_trial: false,
            reread_bytes: 0,
            strict_at: None,
            assume_utc: false,
        })
    }

    /// Creates a second reader at the same position.
    pub(super) fn fork(&self) -> Self {
        Self { parser: self.parser.clone(), ..*self }
    }

    /// Returns the kind of the next value without consuming it.
    ///
    /// # Errors
    /// Returns an error if no value starts here.
    pub fn peek_kind(&mut self) -> Result<JsonKind, DecodeError> {
        let peek = self.parser.peek().map_err(|error| self.syntax_error(error))?;
        match peek {
            Peek::Null => Ok(JsonKind::Null),
            Peek::True | Peek::False => Ok(JsonKind::Bool),
            Peek::String => Ok(JsonKind::String),
            Peek::Array => Ok(JsonKind::List),
            Peek::Object => Ok(JsonKind::Object),
            Peek::NaN | Peek::Infinity => Err(self.error("a JSON value", "invalid text")),
            number if number.is_num() => Ok(JsonKind::Number),
            _ => Err(self.error("a JSON value", "invalid text")),
        }
    }

    /// Consumes the next value if it is `null`, and returns whether it was.
    ///
    /// # Errors
    /// Returns an error if no value starts here.
    pub fn read_null(&mut self) -> Result<bool, DecodeError> {
        if self.peek_kind()? != JsonKind::Null {
            return Ok(false);
        }
        self.parser.known_null().map_err(|error| self.syntax_error(error))?;
        Ok(true)
    }

    /// Consumes an empty map as some servers encode it: `null` or an empty list. Returns whether
    /// the next value was one.
    ///
    /// A list with items is not consumed; reading an object then fails.
    pub(super) fn read_empty_map(&mut self) -> Result<bool, DecodeError> {
        match self.peek_kind()? {
            JsonKind::List if self.strict_at != Some(self.offset()) => {
                let mut ahead = self.fork();
                let is_empty =
                    ahead.parser.known_array().map_err(|error| self.syntax_error(error))?.is_none();
                if is_empty {
                    *self = ahead;
                }
                Ok(is_empty)
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
        self.parser.next_bool().map_err(|error| self.syntax_error(error))
    }

    /// Reads a number and returns its text as written in the document.
    ///
    /// # Errors
    /// Returns an error if the next value is not a number. `expected` describes the caller's
    /// expectation in the error, such as `a number`.
    pub fn read_number(&mut self, expected: &'static str) -> Result<&'j str, DecodeError> {
        self.require(JsonKind::Number, expected)?;
        let start = self.offset();
        let document = self.document_for_errors();
        self.parser.next_number_bytes().map_err(|error| syntax_error(document, error))?;
        std::str::from_utf8(self.text_since(start)).map_err(|_| self.error(expected, "invalid bytes"))
    }

    /// Reads a string.
    ///
    /// # Errors
    /// Returns an error if the next value is not a string. `expected` describes the caller's
    /// expectation in the error, such as `a string`.
    pub fn read_str(&mut self, expected: &'static str) -> Result<&str, DecodeError> {
        self.require(JsonKind::String, expected)?;
        let document = self.document_for_errors();
        self.parser.known_str().map_err(|error| syntax_error(document, error))
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
        let mut more = self.parser.known_array().map_err(|error| self.syntax_error(error))?;
        let mut index = 0;
        while more.is_some() {
            item(self).map_err(|error| error.in_item(index))?;
            index += 1;
            more = self.parser.array_step().map_err(|error| self.syntax_error(error))?;
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
        self.require(JsonKind::Object, "an object")?;
        self.enter()?;
        let document = self.document_for_errors();
        let first = self.parser.known_object().map_err(|error| syntax_error(document, error))?;
        let mut next = first.map(str::to_owned);
        while let Some(key) = next {
            entry(self, key)?;
            let key = self.parser.next_key().map_err(|error| syntax_error(document, error))?;
            next = key.map(str::to_owned);
        }
        self.depth -= 1;
        Ok(())
    }

    /// Skips one value of any kind and returns its text.
    ///
    /// # Errors
    /// Returns an error if the value is not valid JSON.
    pub fn read_raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek_kind()?;
        let start = self.offset();
        self.skip()?;
        Ok(self.text_since(start))
    }

    /// Skips one value of any kind.
    ///
    /// # Errors
    /// Returns an error if the value is not valid JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        // The parser can skip lists and objects, but with a depth limit of its own.
        match self.parser.peek().map_err(|error| self.syntax_error(error))? {
            Peek::Array => self.skip_list(),
            Peek::Object => self.skip_object(),
            scalar => self.parser.known_skip(scalar).map_err(|error| self.syntax_error(error)),
        }
    }

    fn skip_list(&mut self) -> Result<(), DecodeError> {
        self.enter()?;
        let mut more = self.parser.known_array().map_err(|error| self.syntax_error(error))?;
        while more.is_some() {
            self.skip()?;
            more = self.parser.array_step().map_err(|error| self.syntax_error(error))?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn skip_object(&mut self) -> Result<(), DecodeError> {
        self.enter()?;
        let document = self.document_for_errors();
        let first = self.parser.next_object_bytes().map_err(|error| syntax_error(document, error))?;
        let mut more = first.is_some();
        while more {
            self.skip()?;
            more = self.parser.next_key_bytes().map_err(|error| syntax_error(document, error))?.is_some();
        }
        self.depth -= 1;
        Ok(())
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// Returns an error if other text is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.parser.finish().map_err(|error| self.syntax_error(error))
    }

    /// Creates an error at the current position. `found` must name the kind of the value, never the
    /// value itself.
    pub fn error(&self, expected: &'static str, found: &'static str) -> DecodeError {
        DecodeError::new(expected, found, self.document_for_errors(), self.offset())
    }

    pub(super) fn offset(&self) -> usize {
        self.parser.current_index()
    }

    pub(super) fn len(&self) -> usize {
        self.json.len()
    }

    /// Returns the document in which the lines of errors are counted.
    pub(super) fn document_for_errors(&self) -> &'j [u8] {
        if self.is_trial { &[] } else { self.json }
    }

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

    fn text_since(&self, start: usize) -> &'j [u8] {
        self.json.get(start..self.offset()).unwrap_or_default()
    }

    pub(super) fn syntax_error(&self, error: JiterError) -> DecodeError {
        syntax_error(self.document_for_errors(), error)
    }
}

impl fmt::Debug for Reader<'_> {
    /// Omits the document, which may contain a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("at", &self.offset())
            .field("len", &self.json.len())
            .finish_non_exhaustive()
    }
}
