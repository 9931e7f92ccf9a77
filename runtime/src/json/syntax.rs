//! What the parser says of a document that is no JSON.

use jiter::{JiterError, JiterErrorType, JsonErrorType};

use super::decode_error::DecodeError;

/// Says in our words what the parser met.
pub(super) fn syntax(places: &[u8], error: JiterError) -> DecodeError {
    let JiterErrorType::JsonError(kind) = error.error_type else {
        return DecodeError::new("another kind of value", "this one", places, error.index);
    };
    let (expected, found) = match kind {
        JsonErrorType::EofWhileParsingList
        | JsonErrorType::EofWhileParsingObject
        | JsonErrorType::EofWhileParsingString
        | JsonErrorType::EofWhileParsingValue => ("more JSON", "the end"),
        JsonErrorType::ExpectedColon => ("`:`", "something else"),
        JsonErrorType::ExpectedListCommaOrEnd => ("`,` or `]`", "something else"),
        JsonErrorType::ExpectedObjectCommaOrEnd => ("`,` or `}`", "something else"),
        JsonErrorType::KeyMustBeAString => ("a key", "something else"),
        JsonErrorType::TrailingComma => ("another value", "a trailing comma"),
        JsonErrorType::TrailingCharacters => ("the end", "more text"),
        JsonErrorType::RecursionLimitExceeded => ("less nesting", "more"),
        JsonErrorType::NumberOutOfRange => ("a number that try_variant", "a longer one"),
        JsonErrorType::InvalidNumber => ("a JSON number", "something else"),
        JsonErrorType::ControlCharacterWhileParsingString => ("a JSON string", "a control character in it"),
        JsonErrorType::InvalidEscape
        | JsonErrorType::InvalidUnicodeCodePoint
        | JsonErrorType::LoneLeadingSurrogateInHexEscape
        | JsonErrorType::UnexpectedEndOfHexEscape => ("a JSON string", "a bad escape in it"),
        _ => ("a JSON value", "something else"),
    };
    let is_broken_text = matches!(
        kind,
        JsonErrorType::InvalidUnicodeCodePoint
            | JsonErrorType::LoneLeadingSurrogateInHexEscape
            | JsonErrorType::UnexpectedEndOfHexEscape
    );
    let error = DecodeError::new(expected, found, places, error.index);
    if is_broken_text { error.broken_text() } else { error }
}
