//! Strings and their escapes.

use super::plain_text::plain_text_len;
use super::{SyntaxError, Tokenizer};

impl<'j> Tokenizer<'j> {
    /// Reads the string at the current position. `scratch` stores the text of a string with escapes.
    #[inline]
    pub(in crate::json) fn string<'s>(&mut self, scratch: &'s mut String) -> Result<&'s str, SyntaxError>
    where
        'j: 's,
    {
        let start = self.at + 1;
        self.at = start;
        let text = self.plain_text();
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(text);
        }
        scratch.clear();
        scratch.push_str(text);
        self.rest_of_string(Some(scratch))?;
        Ok(scratch)
    }

    /// Skips the string at the current position.
    pub(in crate::json) fn skip_string(&mut self) -> Result<(), SyntaxError> {
        self.at += 1;
        self.rest_of_string(None)
    }

    /// Consumes the text up to the next quote, backslash or control character.
    #[inline]
    fn plain_text(&mut self) -> &'j str {
        let start = self.at;
        self.at += plain_text_len(self.text.as_bytes().get(start..).unwrap_or_default());
        self.text_since(start)
    }

    /// Consumes a string from within, and appends its text to `unescaped`.
    fn rest_of_string(&mut self, mut unescaped: Option<&mut String>) -> Result<(), SyntaxError> {
        loop {
            let text = self.plain_text();
            let next = self.byte().ok_or(SyntaxError::UnexpectedEnd)?;
            if next == b'"' {
                self.at += 1;
            } else if next != b'\\' {
                return Err(SyntaxError::ControlCharacter);
            }
            if let Some(unescaped) = &mut unescaped {
                unescaped.push_str(text);
            }
            if next == b'"' {
                return Ok(());
            }
            let escaped = self.escape()?;
            if let Some(unescaped) = &mut unescaped {
                unescaped.push(escaped);
            }
        }
    }

    /// Reads the escape at the current position.
    fn escape(&mut self) -> Result<char, SyntaxError> {
        self.at += 1;
        let escaped = match self.byte().ok_or(SyntaxError::UnexpectedEnd)? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode_escape()?,
            _ => return Err(SyntaxError::InvalidEscape),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// Reads one or two code units, from the `u` of the first to the last digit.
    fn unicode_escape(&mut self) -> Result<char, SyntaxError> {
        let unit = self.code_unit()?;
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        if unit >= 0xdc00 {
            return Err(SyntaxError::UnpairedSurrogate);
        }
        for expected in [b'\\', b'u'] {
            self.at += 1;
            match self.byte() {
                Some(found) if found == expected => {}
                Some(_) => return Err(SyntaxError::UnpairedSurrogate),
                None => return Err(SyntaxError::UnexpectedEnd),
            }
        }
        let low = self.code_unit()?;
        if !matches!(low, 0xdc00..=0xdfff) {
            return Err(SyntaxError::UnpairedSurrogate);
        }
        let code_point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        char::from_u32(code_point).ok_or(SyntaxError::InvalidEscape)
    }

    /// Reads the code unit of `uXXXX`, from the `u` to the last digit.
    fn code_unit(&mut self) -> Result<u32, SyntaxError> {
        let digits = self.text.as_bytes().get(self.at + 1..).and_then(|rest| rest.first_chunk::<4>());
        let Some(digits) = digits else {
            self.at = self.text.len();
            return Err(SyntaxError::UnexpectedEnd);
        };
        digits.iter().try_fold(0, |unit, digit| {
            self.at += 1;
            let digit = char::from(*digit).to_digit(16).ok_or(SyntaxError::InvalidEscape)?;
            Ok(unit << 4 | digit)
        })
    }
}
