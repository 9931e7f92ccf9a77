//! Why JSON could not be read: where, what was expected, what stood there.
//!
//! An error never holds a value of the document, only its kind, since any
//! value may be a secret.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use jiter::LinePosition;

use crate::shown;

/// Why a JSON document could not be read as a type.
///
/// ```
/// use typefoundry_runtime::json;
///
/// let error = json::from_slice::<Vec<bool>>(b"[true, 7]").unwrap_err();
/// assert_eq!(error.path(), "$[1]");
/// assert_eq!(error.to_string(), "$[1]: expected a boolean, found a number at line 1 column 8");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    /// Innermost first: the segments are added while the error travels outward.
    path: Vec<Segment>,
    expected: Cow<'static, str>,
    found: Cow<'static, str>,
    line: usize,
    column: usize,
}

/// The longest key that a path names in full: it may be one of a server.
const MAX_KEY: usize = 100;

/// The longest path, in characters. Of a longer one, the middle is left out.
const MAX_PATH: usize = 150;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

impl DecodeError {
    pub(crate) fn new(
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
        json: &[u8],
        offset: usize,
    ) -> Self {
        let LinePosition { line, column } = LinePosition::find(json, offset);
        Self(Box::new(Inner {
            path: Vec::new(),
            expected: expected.into(),
            found: found.into(),
            line,
            column,
        }))
    }

    /// Says that the error lies inside the value of `key`.
    pub(crate) fn in_key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        let mut key = key.into();
        if let Some((end, _)) = key.char_indices().nth(MAX_KEY) {
            key.to_mut().truncate(end);
        }
        self.0.path.push(Segment::Key(key));
        self
    }

    /// Says that the error lies inside the item at `index`.
    pub(crate) fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Where in the document, such as `$.members[3].roles[0].role_id`. In the middle of a long path stands `…`.
    pub fn path(&self) -> String {
        Path(&self.0.path).to_string()
    }

    /// What should have stood there, such as `a string`.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// The kind of thing that stood there instead, such as `null`. Never a value.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// The line where the problem was met, counted from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The byte in that line, counted from 1.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, expected, found, line, column } = &*self.0;
        let path = Path(path);
        let text = format_args!("{path}: expected {expected}, found {found} at line {line} column {column}");
        shown::display(f, shown::MAX_AS_SOURCE, text)
    }
}

impl DecodeError {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.path())
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("line", &self.0.line)
            .field("column", &self.0.column)
            .finish()
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::debug(f, &fmt::from_fn(|f| self.debug(f)))
    }
}

impl std::error::Error for DecodeError {}

struct Path<'a>(&'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = fmt::from_fn(|f| self.whole(f)).to_string();
        let length = whole.chars().count();
        if length <= MAX_PATH {
            return f.write_str(&whole);
        }
        let half = (MAX_PATH - 1) / 2;
        let start = whole.chars().take(half);
        let end = whole.chars().skip(length - half);
        start.chain(['…']).chain(end).try_for_each(|c| f.write_char(c))
    }
}

impl Path<'_> {
    fn whole(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for segment in self.0.iter().rev() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if is_plain(key) => write!(f, ".{key}")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

/// Whether a key can stand behind a dot without quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
