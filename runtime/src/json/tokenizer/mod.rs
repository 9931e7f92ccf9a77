//! The JSON grammar: tokens and the separators between them.
//!
//! The text is UTF-8, so the tokenizer only looks at ASCII bytes and never splits a character. On
//! an error, the position is that of the offending byte.

mod plain_text;
mod string;
mod number;

use self::plain_text::is_same_plain_text;
use super::syntax_error::SyntaxError;

pub(super) use self::plain_text::plain_text_len;

/// A position in a JSON text.
#[derive(Clone, Copy)]
pub(super) struct Tokenizer<'j> {
    text: &'j str,
    at: usize,
}

impl<'j> Tokenizer<'j> {
    pub(super) const fn new(text: &'j str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) const fn text(&self) -> &'j str {
        self.text
    }

    pub(super) const fn offset(&self) -> usize {
        self.at
    }

    /// Returns the text between `start` and the current position.
    pub(super) fn text_since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space and returns the next byte without consuming it.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, SyntaxError> {
        match self.byte() {
            // Compact documents contain no white space.
            Some(byte) if byte > b' ' => Ok(byte),
            _ => self.skip_white_space().ok_or(SyntaxError::UnexpectedEnd),
        }
    }

    #[inline(never)]
    fn skip_white_space(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                other => return Some(other),
            }
        }
    }

    /// Consumes the `[` at the current position. Returns whether an item follows.
    pub(super) fn open_list(&mut self) -> Result<bool, SyntaxError> {
        self.at += 1;
        let has_item = self.peek()? != b']';
        self.at += usize::from(!has_item);
        Ok(has_item)
    }

    /// Consumes the separator after an item. Returns whether another item follows.
    pub(super) fn next_item(&mut self) -> Result<bool, SyntaxError> {
        let separator = self.peek()?;
        match separator {
            b',' => {}
            b']' => {
                self.at += 1;
                return Ok(false);
            }
            _ => return Err(SyntaxError::ExpectedListCommaOrEnd),
        }
        self.at += 1;
        if self.peek()? == b']' { Err(SyntaxError::TrailingComma) } else { Ok(true) }
    }

    /// Consumes the `{` at the current position. Returns whether a key follows, which is then the
    /// next token.
    pub(super) fn open_object(&mut self) -> Result<bool, SyntaxError> {
        self.at += 1;
        match self.peek()? {
            b'"' => Ok(true),
            b'}' => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(SyntaxError::ExpectedKey),
        }
    }

    /// Consumes the separator after a value. Returns whether a key follows, which is then the next
    /// token.
    #[inline]
    pub(super) fn next_entry(&mut self) -> Result<bool, SyntaxError> {
        match self.peek()? {
            b',' => {}
            b'}' => {
                self.at += 1;
                return Ok(false);
            }
            _ => return Err(SyntaxError::ExpectedObjectCommaOrEnd),
        }
        self.at += 1;
        match self.peek()? {
            b'"' => Ok(true),
            b'}' => Err(SyntaxError::TrailingComma),
            _ => Err(SyntaxError::ExpectedKey),
        }
    }

    /// Reads a key and the colon after it. `scratch` stores a key with escapes.
    #[inline]
    pub(super) fn key<'s>(&mut self, scratch: &'s mut String) -> Result<&'s str, SyntaxError>
    where
        'j: 's,
    {
        let key = self.string(scratch)?;
        self.colon()?;
        Ok(key)
    }

    /// Consumes the key at the current position and the colon after it, if the key is `expected` and
    /// is written without escapes and white space. Returns whether it did.
    ///
    /// If it did not, the key can still be the expected one.
    #[inline]
    pub(super) fn accept_key(&mut self, expected: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let Some((key, [b'"', b':', ..])) = rest.split_at_checked(expected.len()) else {
            return false;
        };
        let is_expected = is_same_plain_text(key, expected.as_bytes());
        if is_expected {
            self.at += expected.len() + 3;
        }
        is_expected
    }

    /// Skips a key and the colon after it.
    pub(super) fn skip_key(&mut self) -> Result<(), SyntaxError> {
        self.skip_string()?;
        self.colon()
    }

    fn colon(&mut self) -> Result<(), SyntaxError> {
        if self.peek()? != b':' {
            return Err(SyntaxError::ExpectedColon);
        }
        self.at += 1;
        Ok(())
    }

    /// Consumes the literal that starts at the current position: `null`, `true` or `false`.
    pub(super) fn literal(&mut self, literal: &'static str) -> Result<(), SyntaxError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(literal.as_bytes()) {
            self.at += literal.len();
            return Ok(());
        }
        self.at +=
            rest.iter().zip(literal.bytes()).take_while(|(found, expected)| *found == expected).count();
        if self.byte().is_some() { Err(SyntaxError::InvalidValue) } else { Err(SyntaxError::UnexpectedEnd) }
    }

    /// Checks that only white space is left.
    pub(super) fn finish(&mut self) -> Result<(), SyntaxError> {
        match self.skip_white_space() {
            Some(_) => Err(SyntaxError::TrailingText),
            None => Ok(()),
        }
    }
}
