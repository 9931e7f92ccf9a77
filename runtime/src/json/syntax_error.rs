//! Syntax errors of the tokenizer.

use super::decode_error::DecodeError;

/// A violation of the JSON grammar. The position of the tokenizer is that of the offending byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SyntaxError {
    UnexpectedEnd,
    ExpectedColon,
    ExpectedListCommaOrEnd,
    ExpectedObjectCommaOrEnd,
    ExpectedKey,
    TrailingComma,
    TrailingText,
    InvalidValue,
    InvalidNumber,
    NumberTooLong,
    ControlCharacter,
    InvalidEscape,
    UnpairedSurrogate,
}

impl SyntaxError {
    /// Creates the error of decoding at `offset`.
    #[cold]
    pub(super) fn at(self, offset: usize, document: &[u8]) -> DecodeError {
        let (expected, found) = self.texts();
        let error = DecodeError::new(expected, found, document, offset);
        if self == Self::UnpairedSurrogate { error.repairable() } else { error }
    }

    /// Returns what the grammar requires, and what was found.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::UnexpectedEnd => ("more JSON", "the end of the document"),
            Self::ExpectedColon => ("`:`", "other text"),
            Self::ExpectedListCommaOrEnd => ("`,` or `]`", "other text"),
            Self::ExpectedObjectCommaOrEnd => ("`,` or `}`", "other text"),
            Self::ExpectedKey => ("a key in quotes", "other text"),
            Self::TrailingComma => ("another value", "a trailing comma"),
            Self::TrailingText => ("the end of the document", "more text"),
            Self::InvalidValue => ("a JSON value", "other text"),
            Self::InvalidNumber => ("a JSON number", "other text"),
            Self::NumberTooLong => ("a number within the size limit", "a longer number"),
            Self::ControlCharacter => ("a JSON string", "an unescaped control character"),
            Self::InvalidEscape | Self::UnpairedSurrogate => ("a JSON string", "an invalid escape"),
        }
    }
}
