//! Numeric comparison of the texts of numbers.

use std::cmp::Ordering;

/// A number as `digits × 10^exponent`, in canonical form: equal numbers have equal fields.
///
/// The digits neither start nor end with a zero, and zero has no digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Canonical {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Canonical {
    /// Parses the text of a JSON number. Returns `None` if the exponent does not fit into 64 bits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [integer, fraction].concat();
        let digits = all.trim_start_matches('0').trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits: String::new(), exponent: 0 });
        }
        let zeros = all.len() - all.trim_end_matches('0').len();
        let shift = i64::try_from(zeros).ok()? - i64::try_from(fraction.len()).ok()?;
        let exponent = exponent.parse::<i64>().ok()?.checked_add(shift)?;
        Some(Self { is_negative, digits: digits.to_owned(), exponent })
    }
}

impl Canonical {
    /// Returns the number of digits before the decimal point. Negative for zeros behind it.
    fn magnitude(&self) -> i128 {
        i128::from(self.exponent) + i128::try_from(self.digits.len()).unwrap_or(i128::from(i64::MAX))
    }
}

impl Ord for Canonical {
    fn cmp(&self, other: &Self) -> Ordering {
        // The digits are a fraction below 1, so the number with more digits before the point is larger.
        let size = |number: &Self| (!number.digits.is_empty(), number.magnitude());
        let magnitude = size(self).cmp(&size(other)).then_with(|| self.digits.cmp(&other.digits));
        match (self.is_negative, other.is_negative) {
            (false, false) => magnitude,
            (true, true) => magnitude.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Canonical {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The result of converting a number to an integer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WholeNumber {
    /// The number is this integer.
    Integer(i128),
    /// The number has a fraction.
    Fraction,
    /// The number is an integer that does not fit.
    TooLarge,
}

/// Converts the text of a JSON number to an integer. `30`, `30.0` and `3e1` are equivalent.
pub(crate) fn whole_number(text: &str) -> WholeNumber {
    let Some(Canonical { is_negative, mut digits, exponent }) = Canonical::parse(text) else {
        return if text.contains("e-") || text.contains("E-") {
            WholeNumber::Fraction
        } else {
            WholeNumber::TooLarge
        };
    };
    // An `i128` has up to 39 digits.
    let Ok(zeros) = usize::try_from(exponent) else {
        return WholeNumber::Fraction;
    };
    if zeros.saturating_add(digits.len()) > 39 {
        return WholeNumber::TooLarge;
    }
    digits.extend(std::iter::repeat_n('0', zeros));
    let sign = if is_negative { "-" } else { "" };
    match format!("{sign}0{digits}").parse() {
        Ok(integer) => WholeNumber::Integer(integer),
        Err(_) => WholeNumber::TooLarge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_one_canonical_form() {
        for same in [
            &["30", "30.0", "3e1", "3E+1", "0.3e2", "300e-1", "30.000e00"][..],
            &["0", "-0", "0.0", "0e99999999999999999999", "-0.0E-7"],
            &["-1.5", "-15e-1", "-0.15e1"],
        ] {
            for text in same {
                assert_eq!(Canonical::parse(text), Canonical::parse(same[0]), "{text}");
                assert!(Canonical::parse(text).is_some(), "{text}");
            }
        }
        assert_ne!(Canonical::parse("1"), Canonical::parse("-1"));
        assert_ne!(Canonical::parse("1"), Canonical::parse("10"));
        assert_eq!(Canonical::parse("1e99999999999999999999"), None);
    }

    #[test]
    fn whole_numbers_are_integers_in_any_notation() {
        for (text, expected) in [
            ("30.0", WholeNumber::Integer(30)),
            ("-3.10e1", WholeNumber::Integer(-31)),
            ("-0", WholeNumber::Integer(0)),
            ("-0.0", WholeNumber::Integer(0)),
            ("1714564800.000", WholeNumber::Integer(1_714_564_800)),
            ("170141183460469231731687303715884105727", WholeNumber::Integer(i128::MAX)),
            ("170141183460469231731687303715884105728", WholeNumber::TooLarge),
            ("30.5", WholeNumber::Fraction),
            ("1e-1", WholeNumber::Fraction),
            ("1e-99999999999999999999", WholeNumber::Fraction),
            ("1e40", WholeNumber::TooLarge),
            ("1e9223372036854775807", WholeNumber::TooLarge),
            ("1e99999999999999999999", WholeNumber::TooLarge),
        ] {
            assert_eq!(whole_number(text), expected, "{text}");
        }
    }
}
