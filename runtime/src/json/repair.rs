//! Repair of JSON with invalid text.
//!
//! Some servers truncate text in the middle of a character. Like browsers, this crate replaces the
//! invalid part with U+FFFD. Valid documents are never repaired.

use std::borrow::Cow;

/// The UTF-8 byte order mark, which some servers send before a document.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Strips a leading byte order mark.
pub(crate) fn without_byte_order_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

/// Replaces bytes that are not UTF-8, and unpaired surrogate escapes, with U+FFFD.
///
/// The new escape has the length of the old one, so positions in the text do not change.
pub(crate) fn repaired(json: &[u8]) -> Cow<'_, [u8]> {
    let mut text = match String::from_utf8_lossy(without_byte_order_mark(json)) {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    };
    let mut at = 0;
    // Valid JSON contains backslashes only in strings.
    while let Some(next) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += next;
        at += match (escaped(&text, at), escaped(&text, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                if let Some(digits) = text.to_mut().get_mut(at + 2..at + 6) {
                    digits.copy_from_slice(b"fffd");
                }
                6
            }
            _ => 2,
        };
    }
    text
}

/// Returns the code unit of the escape `\uXXXX` at `at`, if there is one.
fn escaped(text: &[u8], at: usize) -> Option<u16> {
    let digits = text.get(at..)?.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |number: u16, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(number << 4 | u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpaired_surrogate_is_replaced() {
        for (text, expected) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\uD83D\uDE00""#, r#""\uD83D\uDE00""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83dx\ude00""#, r#""\ufffdx\ufffd""#),
            (r#""\\ud83d\\\ud83d""#, r#""\\ud83d\\\ufffd""#),
            (r#""\ud83"#, r#""\ud83"#),
            (r#""\ud83d"#, r#""\ufffd"#),
            (r"\", r"\"),
            ("plain", "plain"),
        ] {
            assert_eq!(String::from_utf8_lossy(&repaired(text.as_bytes())), expected, "{text}");
        }
    }

    #[test]
    fn invalid_utf8_is_replaced() {
        assert_eq!(
            &*repaired(b"\xef\xbb\xbf\"a\xffb\xf0\x9f\"\\ud83d"),
            "\"a\u{fffd}b\u{fffd}\"\\ufffd".as_bytes()
        );
        assert!(matches!(repaired("\"\u{e9}\"".as_bytes()), Cow::Borrowed(_)));
    }
}
