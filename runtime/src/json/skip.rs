//! Skipping of values, which are checked as strictly as values that are decoded.

use super::decode_error::DecodeError;
use super::reader::Reader;
use super::syntax_error::SyntaxError;

impl<'j> Reader<'j> {
    /// Skips one value of any kind and returns its text.
    ///
    /// # Errors
    /// Returns an error if the value is not valid JSON.
    pub fn read_raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek_kind()?;
        let start = self.offset();
        self.skip()?;
        Ok(self.tokenizer.text_since(start).as_bytes())
    }

    /// Skips one value of any kind.
    ///
    /// # Errors
    /// Returns an error if the value is not valid JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let skipped = match self.tokenizer.peek() {
            Ok(b'{') => return self.skip_object(),
            Ok(b'[') => return self.skip_list(),
            Ok(b'"') => self.tokenizer.skip_string(),
            Ok(b'0'..=b'9' | b'-') => self.tokenizer.number().map(drop),
            Ok(b't') => self.tokenizer.literal("true"),
            Ok(b'f') => self.tokenizer.literal("false"),
            Ok(b'n') => self.tokenizer.literal("null"),
            Ok(_) => Err(SyntaxError::InvalidValue),
            Err(error) => Err(error),
        };
        skipped.map_err(|error| self.syntax_error(error))
    }

    fn skip_list(&mut self) -> Result<(), DecodeError> {
        self.enter()?;
        let mut has_item = self.tokenizer.open_list().map_err(|error| self.syntax_error(error))?;
        while has_item {
            self.skip()?;
            has_item = self.tokenizer.next_item().map_err(|error| self.syntax_error(error))?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn skip_object(&mut self) -> Result<(), DecodeError> {
        let mut has_entry = self.open_object()?;
        while has_entry {
            self.skip_key()?;
            self.skip()?;
            has_entry = self.next_entry()?;
        }
        Ok(())
    }

    /// Skips the key of an entry and returns its text, up to the colon. The value of the entry is next.
    pub(super) fn skip_key(&mut self) -> Result<&'j str, DecodeError> {
        let start = self.offset();
        self.tokenizer.skip_key().map_err(|error| self.syntax_error(error))?;
        Ok(self.tokenizer.text_since(start))
    }
}
