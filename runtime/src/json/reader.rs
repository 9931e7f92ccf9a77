//! A pull reader of JSON, strict about syntax, UTF-8 and depth. What it refuses of a text may be repaired before it is
//! read once more.
//!
//! The parser beneath stays inside: nothing of it shows in this crate's API.

use std::fmt;

use jiter::{Jiter, JiterError, Peek};

use super::decode_error::DecodeError;
use super::json_kind::JsonKind;
use super::nesting::{MAX_DEPTH, TOO_DEEP};
use super::syntax::syntax;

/// Reads one JSON document from the front to the back.
///
/// ```
/// use typefoundry_runtime::{Decode, Reader};
///
/// let mut reader = Reader::new(b"[1, 2]")?;
/// let mut sum = 0;
/// reader.list(&mut |item| {
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
    /// Where an object starts whose tag was read already, and the key of the tag.
    pub(super) tag: Option<(usize, &'static str)>,
    /// Whether this only finds out what fits. Then nobody asks for the line of an error, and counting lines from
    /// the front for each would make long lists slow.
    pub(super) is_trial: bool,
    /// How many bytes were read in vain.
    pub(super) reread: usize,
    /// Where a value starts that is told by its kind, so that an empty list must not be taken for a map.
    pub(super) strict: Option<usize>,
    /// Whether a time without an offset is UTC.
    pub(super) assume_utc: bool,
}

impl<'j> Reader<'j> {
    /// Starts at the front of a document.
    ///
    /// # Errors
    /// When the bytes are not UTF-8.
    pub fn new(json: &'j [u8]) -> Result<Self, DecodeError> {
        // Checked here at once, because the parser skips strings unchecked.
        if let Err(error) = std::str::from_utf8(json) {
            let offset = error.valid_up_to();
            return Err(DecodeError::new("UTF-8 text", "other bytes", json, offset).broken_text());
        }
        Ok(Self {
            parser: Jiter::new(json),
            json,
            depth: 0,
            tag: None,
            is_trial: false,
            reread: 0,
            strict: None,
            assume_utc: false,
        })
    }

    /// A second reader at the same place.
    pub(super) fn fork(&self) -> Self {
        Self { parser: self.parser.clone(), ..*self }
    }

    /// What comes next. Consumes nothing.
    ///
    /// # Errors
    /// When no value starts here.
    pub fn peek(&mut self) -> Result<JsonKind, DecodeError> {
        let peek = self.parser.peek().map_err(|error| self.syntax(error))?;
        match peek {
            Peek::Null => Ok(JsonKind::Null),
            Peek::True | Peek::False => Ok(JsonKind::Bool),
            Peek::String => Ok(JsonKind::String),
            Peek::Array => Ok(JsonKind::List),
            Peek::Object => Ok(JsonKind::Object),
            Peek::NaN | Peek::Infinity => Err(self.problem("a JSON value", "other text")),
            number if number.is_num() => Ok(JsonKind::Number),
            _ => Err(self.problem("a JSON value", "other text")),
        }
    }

    /// Consumes a `null` if one comes next, and says whether it did.
    ///
    /// # Errors
    /// When no value starts here.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != JsonKind::Null {
            return Ok(false);
        }
        self.parser.known_null().map_err(|error| self.syntax(error))?;
        Ok(true)
    }

    /// Consumes what some servers write for an empty map: a `null`, or an empty list. Says whether it did.
    ///
    /// A list with items is left to whoever reads an object next, and is an error there.
    pub(super) fn nothing(&mut self) -> Result<bool, DecodeError> {
        match self.peek()? {
            JsonKind::List if self.strict != Some(self.offset()) => {
                let mut ahead = self.fork();
                let is_empty = ahead.parser.known_array().map_err(|error| self.syntax(error))?.is_none();
                if is_empty {
                    *self = ahead;
                }
                Ok(is_empty)
            }
            JsonKind::Null => self.null(),
            _ => Ok(false),
        }
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// When something else comes next.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        self.require(JsonKind::Bool, "a boolean")?;
        self.parser.next_bool().map_err(|error| self.syntax(error))
    }

    /// Reads a number and gives its text as it stands in the document.
    ///
    /// # Errors
    /// When something else comes next; `expected` says what the caller needs.
    pub fn number(&mut self, expected: &'static str) -> Result<&'j str, DecodeError> {
        self.require(JsonKind::Number, expected)?;
        let start = self.offset();
        let places = self.places();
        self.parser.next_number_bytes().map_err(|error| syntax(places, error))?;
        std::str::from_utf8(self.since(start)).map_err(|_| self.problem(expected, "other bytes"))
    }

    /// Reads a string.
    ///
    /// # Errors
    /// When something else comes next; `expected` says what the caller needs.
    pub fn str(&mut self, expected: &'static str) -> Result<&str, DecodeError> {
        self.require(JsonKind::String, expected)?;
        let places = self.places();
        self.parser.known_str().map_err(|error| syntax(places, error))
    }

    /// Reads a list: calls `item` for each item, which must consume it.
    ///
    /// # Errors
    /// When something else comes next, or when `item` fails.
    pub fn list(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.require(JsonKind::List, "a list")?;
        self.enter()?;
        let mut more = self.parser.known_array().map_err(|error| self.syntax(error))?;
        let mut index = 0;
        while more.is_some() {
            item(self).map_err(|error| error.in_item(index))?;
            index += 1;
            more = self.parser.array_step().map_err(|error| self.syntax(error))?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Reads an object with free keys: calls `entry` for each key, which must consume the value.
    ///
    /// # Errors
    /// When something else comes next, or when `entry` fails.
    pub fn map(
        &mut self,
        entry: &mut dyn FnMut(&mut Self, &str) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.entries(&mut |reader, key| entry(reader, &key).map_err(|error| error.in_key(key)))
    }

    /// As `map`, but gives the keys away, and leaves it to `entry` to say which it failed at.
    pub(crate) fn entries(
        &mut self,
        entry: &mut dyn FnMut(&mut Self, String) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        self.enter()?;
        let places = self.places();
        let first = self.parser.known_object().map_err(|error| syntax(places, error))?;
        let mut next = first.map(str::to_owned);
        while let Some(key) = next {
            entry(self, key)?;
            let key = self.parser.next_key().map_err(|error| syntax(places, error))?;
            next = key.map(str::to_owned);
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes over one value of any kind and gives its text.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek()?;
        let start = self.offset();
        self.skip()?;
        Ok(self.since(start))
    }

    /// Passes over one value of any kind.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        // The parser could skip lists and objects by itself, but with a limit of depth of its own.
        match self.parser.peek().map_err(|error| self.syntax(error))? {
            Peek::Array => self.skip_list(),
            Peek::Object => self.skip_object(),
            scalar => self.parser.known_skip(scalar).map_err(|error| self.syntax(error)),
        }
    }

    fn skip_list(&mut self) -> Result<(), DecodeError> {
        self.enter()?;
        let mut more = self.parser.known_array().map_err(|error| self.syntax(error))?;
        while more.is_some() {
            self.skip()?;
            more = self.parser.array_step().map_err(|error| self.syntax(error))?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn skip_object(&mut self) -> Result<(), DecodeError> {
        self.enter()?;
        let places = self.places();
        let first = self.parser.next_object_bytes().map_err(|error| syntax(places, error))?;
        let mut more = first.is_some();
        while more {
            self.skip()?;
            more = self.parser.next_key_bytes().map_err(|error| syntax(places, error))?.is_some();
        }
        self.depth -= 1;
        Ok(())
    }

    /// Makes sure that nothing but space is left.
    ///
    /// # Errors
    /// When something is.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.parser.finish().map_err(|error| self.syntax(error))
    }

    /// An error at the present place. Say what was found by its kind, never by its value.
    pub fn problem(&self, expected: &'static str, found: &'static str) -> DecodeError {
        DecodeError::new(expected, found, self.places(), self.offset())
    }

    pub(super) fn offset(&self) -> usize {
        self.parser.current_index()
    }

    pub(super) fn len(&self) -> usize {
        self.json.len()
    }

    /// The text in which the lines of errors are counted.
    pub(super) fn places(&self) -> &'j [u8] {
        if self.is_trial { &[] } else { self.json }
    }

    pub(super) fn require(&mut self, kind: JsonKind, expected: &'static str) -> Result<(), DecodeError> {
        match self.peek()? {
            found if found == kind => Ok(()),
            found => Err(self.problem(expected, found.name())),
        }
    }

    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.problem(TOO_DEEP, "more"));
        }
        self.depth += 1;
        Ok(())
    }

    fn since(&self, start: usize) -> &'j [u8] {
        self.json.get(start..self.offset()).unwrap_or_default()
    }

    pub(super) fn syntax(&self, error: JiterError) -> DecodeError {
        syntax(self.places(), error)
    }
}

impl fmt::Debug for Reader<'_> {
    /// Leaves the document out: it may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("at", &self.offset())
            .field("len", &self.json.len())
            .finish_non_exhaustive()
    }
}
