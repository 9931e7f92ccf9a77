//! Characters that are invisible to a reader.

use std::borrow::Cow;

/// Whether the character changes the direction of surrounding text. rustc rejects such a character in source files.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character has neither width nor a meaning for a reader: a control, a directional mark or a zero-width space.
///
/// Zero-width joiners do not count: Persian words and emoji contain them.
pub fn is_hidden(c: char) -> bool {
    let is_blank = matches!(c, '\n' | '\t');
    let is_format = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'
    );
    (c.is_control() && !is_blank) || is_format || is_bidi_control(c)
}

/// Returns the character in the notation of the Unicode standard.
pub fn notation(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Escapes each character that changes the direction of text.
pub fn escape_bidi(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_bidi_control) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| if is_bidi_control(c) { c.escape_unicode().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(escape).collect())
}

#[cfg(test)]
mod tests {
    use super::{escape_bidi, is_hidden, notation};

    #[test]
    fn bidi_controls_are_escaped() {
        assert_eq!(escape_bidi("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(escape_bidi("a\u{200d}b"), "a\u{200d}b");
        assert_eq!(notation('\u{202e}'), "U+202E");
    }

    #[test]
    fn joiners_and_line_ends_are_not_hidden() {
        assert!(!"a\n\tb\u{200c}\u{200d}\u{fe0f}é".contains(is_hidden));
        assert!("\0\u{200b}\u{feff}\u{2066}\u{ad}".chars().all(is_hidden));
    }
}
