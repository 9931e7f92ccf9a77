//! Days of the calendar without a time.

use std::fmt;
use std::str::FromStr;

use super::calendar::{is_date, parse_date};
use super::value_error::ValueError;

/// A day of the Gregorian calendar, in the years 0000 to 9999, without a time and a time zone.
///
/// The text form is `YYYY-MM-DD`.
///
/// ```
/// use typefoundry_runtime::Date;
///
/// let day: Date = "2024-02-29".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 2, 29));
/// assert_eq!(day, Date::new(2024, 2, 29)?);
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    pub(crate) const UNIX_EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// Creates a date. January is the month 1.
    ///
    /// # Errors
    /// Returns an error if the year is after 9999, or if the calendar does not have the day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ValueError> {
        if year > 9999 || !is_date(year.into(), month.into(), day.into()) {
            return Err(ValueError::new("invalid date: not a day of the years 0000 to 9999"));
        }
        Ok(Self { year, month, day })
    }

    /// Returns the year, between 0 and 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, between 1 and 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, between 1 and 31.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = parse_date(text).and_then(|(year, month, day)| {
            let year = u16::try_from(year).ok()?;
            Some(Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
        });
        parts.ok_or(ValueError::new("invalid date: not in the format YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_round_trips() {
        for text in ["0000-01-01", "1999-12-31", "2000-02-29", "2024-02-29", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn day_that_the_calendar_lacks_is_rejected() {
        for (year, month, day) in [
            (2023, 2, 29),
            (1900, 2, 29),
            (2024, 4, 31),
            (2024, 0, 1),
            (2024, 13, 1),
            (2024, 1, 0),
            (10_000, 1, 1),
        ] {
            assert!(Date::new(year, month, day).is_err(), "{year} {month} {day}");
            assert!(format!("{year:04}-{month:02}-{day:02}").parse::<Date>().is_err());
        }
    }

    #[test]
    fn other_text_is_rejected() {
        for text in [
            "",
            "2024-05-01T00:00:00Z",
            "2024-05-1",
            "24-05-01",
            "2024/05/01",
            "20240501",
            " 2024-05-01",
            "2024-05-01 ",
            "+2024-05-01",
            "2024-05-0\u{e9}",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_are_ordered_by_time() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        assert!(date("2023-12-31") < date("2024-01-01"));
        assert!(date("2024-01-31") < date("2024-02-01"));
        assert!(date("2024-01-09") < date("2024-01-10"));
    }

    proptest! {
        /// `chrono` has the same calendar.
        #[test]
        fn the_same_dates_as_those_of_chrono_are_accepted(year in 0_u16..=9999, month in 0_u8..14, day in 0_u8..33) {
            let theirs = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            prop_assert_eq!(Date::new(year, month, day).ok().map(|date| date.to_string()),
                theirs.map(|date| date.to_string()));
        }
    }
}
