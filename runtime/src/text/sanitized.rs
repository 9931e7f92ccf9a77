//! Texts of servers and of other libraries in messages and logs.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::iter::successors;

/// The longest text of an error, in characters, whatever a server, a caller or another library puts into it.
const MAX_ERROR: usize = 1000;

/// The longest `Display` of an error that has a source, so that an error and all of its sources stay below
/// [`MAX_ERROR`] together.
pub(crate) const MAX_WITH_SOURCE: usize = 400;

/// The longest `Display` of an error that is itself a source.
pub(crate) const MAX_AS_SOURCE: usize = 250;

/// The longest chain of errors of other libraries.
const MAX_FOREIGN: usize = 330;

/// The longest sentence of a server that is repeated.
const MAX_SENTENCE: usize = 500;

/// The longest code or identifier of a server that is repeated.
const MAX_NAME: usize = 150;

type Source = Box<dyn Error + Send + Sync>;

/// At most so many characters of a text, on one line.
pub(crate) fn cut(text: &str, most: usize) -> impl Iterator<Item = char> + '_ {
    text.chars().take(most).map(|c| if is_unruly(c) { ' ' } else { c })
}

/// A text that can neither break a line of a log nor flood it.
pub(crate) struct Sanitized<'t> {
    text: &'t str,
    most: usize,
}

impl<'t> Sanitized<'t> {
    /// A message for people.
    pub(crate) fn sentence(text: &'t str) -> Self {
        Self { text, most: MAX_SENTENCE }
    }

    /// A code or an identifier.
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

/// Whether a character may end a line, or turn the order of what follows.
fn is_unruly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes the `Display` of an error, in at most so many characters.
pub(crate) fn display(f: &mut fmt::Formatter<'_>, most: usize, text: fmt::Arguments<'_>) -> fmt::Result {
    Limited { inner: f, left: most.min(MAX_ERROR) }.write_fmt(text)
}

/// Writes the `Debug` of an error, plain or pretty, in as many characters as an error may have.
pub(crate) fn debug(f: &mut fmt::Formatter<'_>, value: &dyn fmt::Debug) -> fmt::Result {
    let is_pretty = f.alternate();
    let mut limited = Limited { inner: f, left: MAX_ERROR };
    if is_pretty { write!(limited, "{value:#?}") } else { write!(limited, "{value:?}") }
}

/// Passes on a number of characters; an ellipsis stands for the rest.
struct Limited<W> {
    inner: W,
    /// The ellipsis included; none once it is written.
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

/// Returns a source as it is, unless its texts are too long: then one that repeats the start of them.
///
/// A server can make the errors of other libraries long, such as with the names in a certificate.
pub(crate) fn bounded(source: Source) -> Source {
    let is_short = chain(&*source).map(length_of).sum::<usize>() <= MAX_FOREIGN
        && chain(&*source).all(|error| format!("{error:#?}").len() <= MAX_ERROR);
    if is_short { source } else { Box::new(Shortened(joined(&*source))) }
}

fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    successors(Some(error), |error| (*error).source())
}

/// The length of one text of a chain, with what stands between it and the next.
fn length_of(error: &(dyn Error + 'static)) -> usize {
    error.to_string().chars().count() + 2
}

fn joined(error: &(dyn Error + 'static)) -> String {
    let mut text = Limited { inner: String::new(), left: MAX_FOREIGN };
    for (at, error) in chain(error).enumerate() {
        let colon = if at == 0 { "" } else { ": " };
        // A `String` takes everything.
        let _ = write!(text, "{colon}{error}");
    }
    text.inner
}

/// An error of another library of which only the start is kept.
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
        pieces.iter().for_each(|piece| writer.write_str(piece).expect("a String"));
        writer.inner
    }

    #[test]
    fn a_text_is_cut_at_characters_and_once() {
        assert_eq!(limited(4, &["ab", "c"]), "abc");
        assert_eq!(limited(4, &["ab", "cd", "ef"]), "abc…");
        assert_eq!(limited(3, &["\u{fc}\u{fc}\u{fc}\u{fc}"]), "\u{fc}\u{fc}…");
        assert_eq!(limited(1, &["", "a", "b"]), "…");
        assert_eq!(limited(0, &["a"]), "");
    }
}
