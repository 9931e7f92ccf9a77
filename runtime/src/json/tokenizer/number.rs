//! Numbers, whose text is checked but not converted.

use super::{SyntaxError, Tokenizer};

/// The maximum number of digits before the decimal point. Conversions take more than linear time.
const MAX_INTEGER_DIGITS: usize = 4300;

impl<'j> Tokenizer<'j> {
    /// Reads the number at the current position and returns its text.
    pub(in crate::json) fn number(&mut self) -> Result<&'j str, SyntaxError> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        self.integer_digits()?;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.text_since(start))
    }

    /// Consumes the digits before the decimal point. A zero is not followed by more digits.
    fn integer_digits(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let is_zero = self.byte() == Some(b'0');
        self.digits()?;
        let digits = self.at - start;
        if is_zero && digits > 1 {
            self.at = start + 1;
            return Err(SyntaxError::InvalidNumber);
        }
        if digits > MAX_INTEGER_DIGITS {
            self.at = start + MAX_INTEGER_DIGITS + 1;
            return Err(SyntaxError::NumberTooLong);
        }
        Ok(())
    }

    /// Consumes one or more digits.
    fn digits(&mut self) -> Result<(), SyntaxError> {
        match self.byte() {
            Some(b'0'..=b'9') => self.at += 1,
            Some(_) => return Err(SyntaxError::InvalidNumber),
            None => return Err(SyntaxError::UnexpectedEnd),
        }
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }
}
