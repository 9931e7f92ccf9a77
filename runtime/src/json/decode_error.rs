//! The error of decoding a response: location, expectation and finding.
//!
//! An error names the kind of a value but never contains the value, which may be a secret.

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;

use super::path::Path;
use crate::text::sanitized;

/// An error of decoding JSON, or the status or a header of a response.
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
    path: Path,
    expected: Cow<'static, str>,
    found: Cow<'static, str>,
    /// The line and the column in a JSON document, both starting at 1.
    position: Option<(usize, usize)>,
    /// Whether decoding may succeed after the text is repaired.
    is_repairable: bool,
    /// Whether the error is in a JSON text that is only a part of the body.
    is_in_part: bool,
}

impl DecodeError {
    pub(crate) fn new(
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
        json: &[u8],
        offset: usize,
    ) -> Self {
        Self::at(Path::default(), expected.into(), found.into(), Some(line_and_column(json, offset)))
    }

    /// Creates the error of a response with a success status that the operation does not list.
    pub fn unexpected_status(status: StatusCode, listed: &[u16]) -> Self {
        let listed: Vec<_> = listed.iter().map(u16::to_string).collect();
        Self::at(Path::status(), listed.join(" or ").into(), status.as_u16().to_string().into(), None)
    }

    /// Creates the error of a header of a response. `found` must not contain the value of the header,
    /// which may be a secret.
    pub fn in_header(name: &'static str, expected: &'static str, found: &'static str) -> Self {
        Self::at(Path::header(name), expected.into(), found.into(), None)
    }

    /// Moves the error of the text of a header to the header.
    pub(crate) fn at_header(mut self, name: &'static str) -> Self {
        self.0.path.set_header(name);
        self.0.position = None;
        self
    }

    /// Sets the kind of the actual value.
    pub(crate) fn with_found(mut self, found: &'static str) -> Self {
        self.0.found = found.into();
        self
    }

    fn at(
        path: Path,
        expected: Cow<'static, str>,
        found: Cow<'static, str>,
        position: Option<(usize, usize)>,
    ) -> Self {
        Self(Box::new(Inner { path, expected, found, position, is_repairable: false, is_in_part: false }))
    }

    /// Creates the error of a response of another media type or character set.
    pub(crate) fn unexpected_content_type(expected: String, found: String) -> Self {
        Self::at(Path::header("content-type"), expected.into(), found.into(), None)
    }

    /// Creates the error of a text that is not valid UTF-8.
    pub(crate) fn invalid_utf8(text: &[u8], offset: usize) -> Self {
        Self::new("UTF-8 text", "an invalid byte", text, offset).in_part()
    }

    /// Marks the error as one in a JSON text that is only a part of the body.
    pub(crate) fn in_part(mut self) -> Self {
        self.0.is_in_part = true;
        self
    }

    /// Returns whether the whole body was expected to be JSON.
    pub(crate) fn is_in_json_body(&self) -> bool {
        self.0.position.is_some() && !self.0.is_in_part
    }

    /// Marks the error as caused by invalid text that can be repaired.
    pub(super) fn repairable(mut self) -> Self {
        self.0.is_repairable = true;
        self
    }

    /// Returns whether decoding may succeed after the text is repaired.
    pub(super) fn is_repairable(&self) -> bool {
        self.0.is_repairable
    }

    /// Prepends `key` to the path of the error.
    pub(crate) fn in_key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.in_key(key.into());
        self
    }

    /// Prepends `index` to the path of the error.
    pub(crate) fn in_item(mut self, index: usize) -> Self {
        self.0.path.in_item(index);
        self
    }

    /// Returns the path of the value in the document, such as `$.members[3].roles[0].role_id`. The
    /// middle of a long path is replaced with `…`.
    ///
    /// Returns `status` or `header x-total-count` if the value is not in the body of a response.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// Returns the expected value, such as `a string`.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns the kind of the actual value, such as `null`. It contains no value except a status.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns the line of the error, starting at 1, or 0 if the error is not in a document.
    pub fn line(&self) -> usize {
        self.0.position.map_or(0, |(line, _)| line)
    }

    /// Returns the column of the error in bytes, starting at 1, or 0 if the error is not in a document.
    pub fn column(&self) -> usize {
        self.0.position.map_or(0, |(_, column)| column)
    }
}

/// Returns the line and the column of a byte, both starting at 1. The column behind the last byte is
/// that of the last byte.
fn line_and_column(json: &[u8], offset: usize) -> (usize, usize) {
    let read = json.get(..=offset).unwrap_or(json);
    let line_start = read.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let lines = read.iter().filter(|byte| **byte == b'\n').count();
    (lines + 1, read.len() - line_start)
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, expected, found, position, .. } = &*self.0;
        match position {
            Some((line, column)) => sanitized::display(
                f,
                sanitized::MAX_AS_SOURCE,
                format_args!("{path}: expected {expected}, found {found} at line {line} column {column}"),
            ),
            None => sanitized::display(
                f,
                sanitized::MAX_AS_SOURCE,
                format_args!("{path}: expected {expected}, found {found}"),
            ),
        }
    }
}

impl DecodeError {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.path())
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("line", &self.line())
            .field("column", &self.column())
            .finish()
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sanitized::debug(f, &|f| self.debug(f))
    }
}

impl std::error::Error for DecodeError {}
