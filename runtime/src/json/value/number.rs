//! Numbers that keep their text.

use std::fmt;

use crate::value::{Canonical, WholeNumber, whole_number};

/// A JSON number of any length, stored with its original text.
///
/// Equality is numeric: `30`, `30.0` and `3e1` are equal.
///
/// ```
/// use typefoundry_runtime::Number;
///
/// let number: Number = "1.50".parse()?;
/// assert_eq!(number.as_f64(), Some(1.5));
/// assert_eq!(number.as_i64(), None);
/// assert_eq!(number.to_string(), "1.50");
/// assert_eq!(number, "15e-1".parse()?);
/// # Ok::<(), typefoundry_runtime::NumberError>(())
/// ```
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    /// An integer in the usual notation.
    Integer(i64),
    /// Any other JSON number.
    Text(Box<str>),
    /// NaN or an infinity, which cannot be decoded from JSON. Encoding it is an error.
    NotFinite(f64),
}

impl Number {
    /// Creates a number from the text of a valid JSON number.
    pub(in crate::json) fn from_text(text: &str) -> Self {
        match text.parse::<i64>() {
            // `-0` must keep its text.
            Ok(integer) if integer != 0 || text == "0" => Self(Repr::Integer(integer)),
            _ => Self(Repr::Text(text.into())),
        }
    }

    /// Returns the number as an `i64`, if it is an integer and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(integer) => Some(*integer),
            _ => self.as_integer(),
        }
    }

    /// Returns the number as a `u64`, if it is an integer and fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_integer()
    }

    /// Returns the nearest `f64`, if it is finite.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Integer(integer) => integer.to_string().parse().ok(),
            Repr::Text(text) => text.parse().ok().filter(|float: &f64| float.is_finite()),
            Repr::NotFinite(_) => None,
        }
    }

    fn as_integer<T: TryFrom<i128>>(&self) -> Option<T> {
        match &self.0 {
            Repr::Integer(integer) => i128::from(*integer).try_into().ok(),
            Repr::Text(text) => match whole_number(text) {
                WholeNumber::Integer(integer) => integer.try_into().ok(),
                WholeNumber::Fraction | WholeNumber::TooLarge => None,
            },
            Repr::NotFinite(_) => None,
        }
    }

    /// Returns the text, unless the number is stored as an integer.
    pub(in crate::json) fn text(&self) -> Option<&str> {
        match &self.0 {
            Repr::Text(text) => Some(text),
            Repr::Integer(_) | Repr::NotFinite(_) => None,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(integer) => fmt::Display::fmt(integer, f),
            Repr::Text(text) => f.write_str(text),
            Repr::NotFinite(float) => fmt::Display::fmt(float, f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Integer(one), Repr::Integer(other)) => one == other,
            (Repr::NotFinite(one), Repr::NotFinite(other)) => one.to_bits() == other.to_bits(),
            (Repr::NotFinite(_), _) | (_, Repr::NotFinite(_)) => false,
            _ => {
                let (one, other) = (self.to_string(), other.to_string());
                match (Canonical::parse(&one), Canonical::parse(&other)) {
                    (None, None) => one == other,
                    (one, other) => one == other,
                }
            }
        }
    }
}

impl Eq for Number {}

impl From<i32> for Number {
    fn from(integer: i32) -> Self {
        Self(Repr::Integer(integer.into()))
    }
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self(Repr::Integer(integer))
    }
}

impl From<u32> for Number {
    fn from(integer: u32) -> Self {
        Self(Repr::Integer(integer.into()))
    }
}

impl From<u64> for Number {
    fn from(integer: u64) -> Self {
        Self::from_text(&integer.to_string())
    }
}

impl From<usize> for Number {
    fn from(integer: usize) -> Self {
        Self::from_text(&integer.to_string())
    }
}

/// Accepts NaN and the infinities, but encoding or serializing them is an error.
impl From<f64> for Number {
    fn from(float: f64) -> Self {
        if !float.is_finite() {
            return Self(Repr::NotFinite(float));
        }
        match serde_json::to_string(&float) {
            Ok(text) => Self::from_text(&text),
            Err(_) => Self(Repr::NotFinite(float)),
        }
    }
}

/// An error of parsing a [`Number`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError(pub(in crate::json) ());

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid number: not in JSON format")
    }
}

impl std::error::Error for NumberError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect(text)
    }

    #[test]
    fn original_text_is_kept() {
        for text in ["0", "-0", "7", "-9223372036854775809", "18446744073709551616", "1.50", "1E+2", "1e400"]
        {
            assert_eq!(number(text).to_string(), text);
        }
        for text in ["", " 1", "1 ", "01", "+1", ".5", "1.", "NaN", "-Infinity", "\"1\"", "0x1", "1_0"] {
            assert_eq!(text.parse::<Number>(), Err(NumberError(())), "{text}");
        }
    }

    #[test]
    fn conversions_are_exact_or_none() {
        assert_eq!(number("3e1").as_i64(), Some(30));
        assert_eq!(number("-0").as_u64(), Some(0));
        assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551615").as_i64(), None);
        assert_eq!(number("-1").as_u64(), None);
        assert_eq!(number("0.1").as_i64(), None);
        assert_eq!(number("0.1000000000000000055511151231257827").as_f64(), Some(0.1));
        assert_eq!(number("1e400").as_f64(), None);
        assert_eq!(Number::from(u64::MAX).to_string(), "18446744073709551615");
        assert_eq!(Number::from(30.0).to_string(), "30.0");
    }

    #[test]
    fn equality_is_numeric() {
        assert_eq!(number("30"), number("3e1"));
        assert_eq!(number("1e99999999999999999999"), number("1e99999999999999999999"));
        assert_ne!(number("1e99999999999999999999"), number("1"));
        assert_ne!(number("9007199254740993"), number("9007199254740992.0"));
        assert_eq!(Number::from(f64::NAN), Number::from(f64::NAN));
        assert_ne!(Number::from(f64::INFINITY), number("1"));
    }
}
