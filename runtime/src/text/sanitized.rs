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
const MAX_EXTERNAL: usize = 330;

/// The maximum length of a server's message.
const MAX_MESSAGE: usize = 500;

/// The maximum length of a server's error code or request ID.
const MAX_IDENTIFIER: usize = 150;

type Source = Box<dyn Error + Send + Sync>;

/// Returns at most `max_len` characters of a text, with control characters replaced by spaces.
pub(crate) fn truncated(text: &str, max_len: usize) -> impl Iterator<Item = char> + '_ {
    text.chars().take(max_len).map(|c| if is_line_or_direction_control(c) { ' ' } else { c })
}

/// A text from a server, shortened and restricted to one line so that it is safe to log.
pub(crate) struct Sanitized<'t> {
    text: &'t str,
    max_len: usize,
}

impl<'t> Sanitized<'t> {
    /// Sanitizes a human-readable message.
    pub(crate) fn message(text: &'t str) -> Self {
        Self { text, max_len: MAX_MESSAGE }
    }

    /// Sanitizes a code or an identifier.
    pub(crate) fn identifier(text: &'t str) -> Self {
        Self { text, max_len: MAX_IDENTIFIER }
    }
}

impl fmt::Display for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        truncated(self.text, self.max_len).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Returns whether a character can end a line or change the direction of the following text.
fn is_line_or_direction_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes the `Display` of an error, limited to `max_len` characters.
pub(crate) fn display(f: &mut fmt::Formatter<'_>, max_len: usize, text: fmt::Arguments<'_>) -> fmt::Result {
    Limited { inner: f, remaining: max_len.min(MAX_ERROR) }.write_fmt(text)
}

/// A function that writes the `Debug` of a value.
pub(crate) type DebugFn<'a> = &'a dyn Fn(&mut fmt::Formatter<'_>) -> fmt::Result;

/// Writes the `Debug` of an error, plain or pretty, limited to [`MAX_ERROR`] characters.
pub(crate) fn debug(f: &mut fmt::Formatter<'_>, write: DebugFn<'_>) -> fmt::Result {
    let is_pretty = f.alternate();
    let value = Written(write);
    let mut limited = Limited { inner: f, remaining: MAX_ERROR };
    if is_pretty { write!(limited, "{value:#?}") } else { write!(limited, "{value:?}") }
}

/// A value whose `Debug` is a function. `std::fmt::from_fn` requires Rust 1.93.
struct Written<'a>(DebugFn<'a>);

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

/// A writer that replaces all text beyond a limit with an ellipsis.
struct Limited<W> {
    inner: W,
    /// The number of characters that can still be written, including the ellipsis.
    remaining: usize,
}

impl<W: fmt::Write> fmt::Write for Limited<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.remaining == 0 {
            return Ok(());
        }
        let kept = self.remaining - 1;
        let Some((end, _)) = text.char_indices().nth(kept) else {
            self.remaining -= text.chars().count();
            return self.inner.write_str(text);
        };
        self.remaining = 0;
        self.inner.write_str(text.get(..end).unwrap_or_default())?;
        self.inner.write_char('…')
    }
}

/// Returns the source unchanged if its texts are short, and a shortened copy of its text otherwise.
///
/// A server can make the errors of other libraries long, for example through the names in a
/// certificate.
pub(crate) fn bounded(source: Source) -> Source {
    let is_short = chain(&*source).map(text_len).sum::<usize>() <= MAX_EXTERNAL
        && chain(&*source).all(|error| format!("{error:#?}").len() <= MAX_ERROR);
    if is_short { source } else { Box::new(Shortened(joined(&*source))) }
}

fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    successors(Some(error), |error| (*error).source())
}

/// Returns the length of one error's text in a chain, including the separator.
fn text_len(error: &(dyn Error + 'static)) -> usize {
    error.to_string().chars().count() + 2
}

fn joined(error: &(dyn Error + 'static)) -> String {
    let mut text = Limited { inner: String::new(), remaining: MAX_EXTERNAL };
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
        truncated(&self.0, MAX_EXTERNAL).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Shortened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Sanitized { text: &self.0, max_len: MAX_EXTERNAL };
        debug(f, &|f| fmt::Debug::fmt(&text, f))
    }
}

impl Error for Shortened {}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(max_len: usize, pieces: &[&str]) -> String {
        let mut writer = Limited { inner: String::new(), remaining: max_len };
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
