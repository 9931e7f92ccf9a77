//! Syntax errors of the parser.

use jiter::{JiterError, JiterErrorType, JsonErrorType};

use super::decode_error::DecodeError;

/// Converts a syntax error of the parser.
pub(super) fn syntax_error(document: &[u8], error: JiterError) -> DecodeError {
    let JiterErrorType::JsonError(kind) = error.error_type else {
        return DecodeError::new("another kind of value", "an unexpected kind", document, error.index);
    };
    let (expected, found) = match kind {
        JsonErrorType::EofWhileParsingList
        | JsonErrorType::EofWhileParsingObject
        | JsonErrorType::EofWhileParsingString
        | JsonErrorType::EofWhileParsingValue => ("more JSON", "the end of the document"),
        JsonErrorType::ExpectedColon => ("`:`", "other text"),
        JsonErrorType::ExpectedListCommaOrEnd => ("`,` or `]`", "other text"),
        JsonErrorType::ExpectedObjectCommaOrEnd => ("`,` or `}`", "other text"),
        JsonErrorType::KeyMustBeAString => ("a key in quotes", "other text"),
        JsonErrorType::TrailingComma => ("another value", "a trailing comma"),
        JsonErrorType::TrailingCharacters => ("the end of the document", "more text"),
        JsonErrorType::RecursionLimitExceeded => ("less nesting", "more levels"),
        JsonErrorType::NumberOutOfRange => ("a number within the size limit", "a longer number"),
        JsonErrorType::InvalidNumber => ("a JSON number", "other text"),
        JsonErrorType::ControlCharacterWhileParsingString => {
            ("a JSON string", "an unescaped control character")
        }
        JsonErrorType::InvalidEscape
        | JsonErrorType::InvalidUnicodeCodePoint
        | JsonErrorType::LoneLeadingSurrogateInHexEscape
        | JsonErrorType::UnexpectedEndOfHexEscape => ("a JSON string", "an invalid escape"),
        _ => ("a JSON value", "other text"),
    };
    let is_repairable = matches!(
        kind,
        JsonErrorType::InvalidUnicodeCodePoint
            | JsonErrorType::LoneLeadingSurrogateInHexEscape
            | JsonErrorType::UnexpectedEndOfHexEscape
    );
    let error = DecodeError::new(expected, found, document, error.index);
    if is_repairable { error.repairable() } else { error }
}
