//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::canonical::{Canonical, WholeNumber, whole_number};
use super::value_error::ValueError;

/// A decimal number of any length, such as an amount of money.
///
/// The digits are kept as received, including trailing zeros. Comparison is numeric: `1.5`, `1.50` and `15e-1` are equal. There
/// is no arithmetic; parse the text with the library of your choice.
///
/// In JSON, a decimal is sent as a string. Strings and numbers are both received.
///
/// ```
/// use typefoundry_runtime::Decimal;
///
/// let price: Decimal = "19.90".parse()?;
/// assert_eq!(price.as_str(), "19.90");
/// assert_eq!(price, "19.9".parse()?);
/// assert!(price > Decimal::from(19));
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
    value: Canonical,
}

impl Decimal {
    pub(crate) fn placeholder() -> Self {
        Self { text: Box::default(), value: Canonical::default() }
    }

    /// Returns the text, as received.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the nearest `f64`, if it is finite.
    pub fn as_f64(&self) -> Option<f64> {
        self.text.parse().ok().filter(|float: &f64| float.is_finite())
    }

    /// Returns the number as an `i64`, if it is an integer and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match whole_number(self.text.trim_start_matches('+')) {
            WholeNumber::Integer(integer) => integer.try_into().ok(),
            WholeNumber::Fraction | WholeNumber::TooLarge => None,
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.text)
    }
}

impl FromStr for Decimal {
    type Err = ValueError;

    /// Accepts a sign, digits, a decimal point and an exponent.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let value = is_decimal(text).then(|| Canonical::parse(text.strip_prefix('+').unwrap_or(text)));
        let value =
            value.flatten().ok_or(ValueError::new("invalid decimal: not digits with a decimal point"))?;
        Ok(Self { text: text.into(), value })
    }
}

/// Returns whether the text is a sign, digits with a decimal point, and an exponent. Only the digits are required.
fn is_decimal(text: &str) -> bool {
    let unsigned = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).to_owned();
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(unsigned(exponent))),
        None => (text, None),
    };
    let mantissa = unsigned(mantissa);
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    are_digits(integer)
        && are_digits(fraction)
        && integer.len() + fraction.len() > 0
        && exponent.is_none_or(|exponent| !exponent.is_empty() && are_digits(&exponent))
}

/// Implements the conversion from an integer.
macro_rules! from_integer {
    ($type:ty) => {
        impl From<$type> for Decimal {
            fn from(integer: $type) -> Self {
                let text = integer.to_string();
                let value = Canonical::parse(&text).unwrap_or_default();
                Self { text: text.into(), value }
            }
        }
    };
}

from_integer!(i32);
from_integer!(i64);
from_integer!(u32);
from_integer!(u64);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;

    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect(text)
    }

    fn hash_of(decimal: &Decimal) -> u64 {
        let mut hasher = DefaultHasher::new();
        decimal.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn text_is_kept() {
        for text in [
            "0",
            "19.90",
            "-0.00",
            "+1.5",
            "007.50",
            ".5",
            "5.",
            "1e3",
            "1E-3",
            "0.1000000000000000055511151231257827",
        ] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(format!("{:?}", decimal("19.90")), "Decimal(19.90)");
    }

    #[test]
    fn other_text_is_rejected() {
        for text in [
            "",
            ".",
            "-",
            "+",
            "e5",
            "1e",
            "1e+",
            "1e1.5",
            "1.2.3",
            "1,5",
            " 1",
            "1 ",
            "--1",
            "+-1",
            "0x1",
            "1_0",
            "NaN",
            "inf",
            "1e99999999999999999999",
            "\u{663}",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn comparison_is_numeric() {
        for same in
            [["1.5", "1.50"], ["1.5", "15e-1"], ["0", "-0.0"], ["+2", "2"], [".5", "0.5"], ["5.", "5"]]
        {
            let [one, other] = same.map(decimal);
            assert_eq!(one, other);
            assert_eq!(hash_of(&one), hash_of(&other), "{same:?}");
        }
        let ascending = [
            "-1e3", "-12", "-2", "-1.51", "-1.5", "-0.01", "0", "0.009", "0.01", "0.1", "1.5", "1.51", "2",
            "12", "1e3",
        ];
        for (at, smaller) in ascending.iter().enumerate() {
            for larger in ascending.iter().skip(at + 1) {
                assert!(decimal(smaller) < decimal(larger), "{smaller} < {larger}");
                assert!(decimal(larger) > decimal(smaller), "{smaller} < {larger}");
            }
        }
    }

    #[test]
    fn conversions_are_exact_or_none() {
        assert_eq!(decimal("+30.0").as_i64(), Some(30));
        assert_eq!(decimal("30.5").as_i64(), None);
        assert_eq!(decimal("-1.25").as_f64(), Some(-1.25));
        assert_eq!(decimal("1e400").as_f64(), None);
        assert_eq!(Decimal::from(u64::MAX).as_str(), "18446744073709551615");
        assert_eq!(Decimal::from(-7).as_i64(), Some(-7));
    }

    proptest! {
        #[test]
        fn integers_are_compared_as_their_numbers(one: i64, other: i64) {
            prop_assert_eq!(Decimal::from(one).cmp(&Decimal::from(other)), one.cmp(&other));
        }

        #[test]
        fn fractions_are_compared_as_their_numbers(one: i32, other: i32, places in 0_u32..9) {
            let scaled = |number: i32| decimal(&format!("{number}e-{places}"));
            prop_assert_eq!(scaled(one).cmp(&scaled(other)), one.cmp(&other));
        }
    }
}
