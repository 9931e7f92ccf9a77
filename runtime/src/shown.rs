//! Texts of a server in messages and logs.

use std::fmt::{self, Write as _};

/// The longest text of a server that is repeated.
const MAX_SHOWN: usize = 500;

/// At most so many characters of a text, on one line.
pub(crate) fn cut(text: &str, most: usize) -> impl Iterator<Item = char> + '_ {
    text.chars().take(most).map(|c| if is_unruly(c) { ' ' } else { c })
}

/// A text that can neither break a line of a log nor flood it.
pub(crate) struct Shown<'t>(pub(crate) &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cut(self.0, MAX_SHOWN).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Whether a character may end a line, or turn the order of what follows.
fn is_unruly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
