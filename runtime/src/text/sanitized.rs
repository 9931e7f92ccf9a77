//! Sanitizing and shortening of untrusted text in messages and logs.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::iter::successors;

/// The maximum length of an error's text in characters, whatever its source.
const MAX_ERROR: usize = 1000;

/// The maximum length of the `Display` of an error that has a source.
///
/// An error and all of its sources together stay below [`MAX_ERROR`].
pub(crate) const MAX_WITH_SOURCE: usize = 400;

/// The maximum length of the `Display` of an error that is itself a source.
pub(crate) const MAX_AS_SOURCE: usize = 250;

/// The maximum length of a chain of errors from other libraries.
const MAX_FOREIGN: usize = 330;

/// The maximum length of a server's message.
const MAX_SENTENCE: usize = 500;

/// The maximum length of a server's error code or request ID.
const MAX_NAME: usize = 150;

type Source = Box<dyn Error + Send + Sync>;

/// Returns at most `most` characters of a text, with control characters replaced by spaces.
pub(crate) fn cut(text: &str, most: usize) -> impl Iterator<Item = char> + '_ {
    text.chars().take(most).map(|c| if is_unruly(c) { ' ' } else { c })
}

/// A text from a server, shortened and restricted to one line so that it is safe to log.
pub(crate) struct Sanitized<'t> {
    text: &'t str,
    most: usize,
}

impl<'t> Sanitized<'t> {
    /// Sanitizes a human-readable message.
    pub(crate) fn sentence(text: &'t str) -> Self {
        Self { text, most: MAX_SENTENCE }
    }

    /// Sanitizes a code or an identifier.
    pub(crate) fn name(text: &'t str) -> Self {
        Self { text, most: MAX_NAME }
    }
}

impl fmt::Display for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cut(self.text, self.most).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Returns whether a character can end a line or change the direction of the following text.
fn is_unruly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes the `Display` of an error, limited to `most` characters.
pub(crate) fn display(f: &mut fmt::Formatter<'_>, most: usize, text: fmt::Arguments<'_>) -> fmt::Result {
    Limited { inner: f, left: most.min(MAX_ERROR) }.write_fmt(text)
}

/// Writes the `Debug` of an error, plain or pretty, limited to [`MAX_ERROR`] characters.
pub(crate) fn debug(f: &mut fmt::Formatter<'_>, value: &dyn fmt::Debug) -> fmt::Result {
    let is_pretty = f.alternate();
    let mut limited = Limited { inner: f, left: MAX_ERROR };
    if is_pretty { write!(limited, "{value:#?}") } else { write!(limited, "{value:?}") }
}

/// A writer that replaces all text beyond a limit with an ellipsis.
struct Limited<W> {
    inner: W,
    /// The number of characters that can still be written, including the ellipsis.
    left: usize,
}

impl<W: fmt::Write> fmt::Write for Limited<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.left == 0 {
            return Ok(());
        }
        let kept = self.left - 1;
        let Some((end, _)) = text.char_indices().nth(kept) else {
            self.left -= text.chars().count();
            return self.inner.write_str(text);
        };
        self.left = 0;
        self.inner.write_str(text.get(..end).unwrap_or_default())?;
        self.inner.write_char('…')
    }
}

/// Returns the source unchanged if its texts are short, and a shortened copy of its text otherwise.
///
/// A server can make the errors of other libraries long, for example through the names in a
/// certificate.
pub(crate) fn bounded(source: Source) -> Source {
    let is_short = chain(&*source).map(length_of).sum::<usize>() <= MAX_FOREIGN
        && chain(&*source).all(|error| format!("{error:#?}").len() <= MAX_ERROR);
    if is_short { source } else { Box::new(Shortened(joined(&*source))) }
}

fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    successors(Some(error), |error| (*error).source())
}

/// Returns the length of one error's text in a chain, including the separator.
fn length_of(error: &(dyn Error + 'static)) -> usize {
    error.to_string().chars().count() + 2
}

fn joined(error: &(dyn Error + 'static)) -> String {
    let mut text = Limited { inner: String::new(), left: MAX_FOREIGN };
    for (at, error) in chain(error).enumerate() {
        let colon = if at == 0 { "" } else { ": " };
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{colon}{error}");
    }
    text.inner
}

/// The start of the text of another library's error.
struct Shortened(String);

impl fmt::Display for Shortened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cut(&self.0, MAX_FOREIGN).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Shortened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(f, &Sanitized { text: &self.0, most: MAX_FOREIGN })
    }
}

impl Error for Shortened {}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(left: usize, pieces: &[&str]) -> String {
        let mut writer = Limited { inner: String::new(), left };
        pieces.iter().for_each(|piece| writer.write_str(piece).expect("writing to a String cannot fail"));
        writer.inner
    }

    #[test]
    fn long_text_is_cut_once_at_a_character_boundary() {
        assert_eq!(limited(4, &["ab", "c"]), "abc");
        assert_eq!(limited(4, &["ab", "cd", "ef"]), "abc…");
        assert_eq!(limited(3, &["\u{fc}\u{fc}\u{fc}\u{fc}"]), "\u{fc}\u{fc}…");
        assert_eq!(limited(1, &["", "a", "b"]), "…");
        assert_eq!(limited(0, &["a"]), "");
    }
}
