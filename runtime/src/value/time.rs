//! Times of day without a date.

use std::fmt;
use std::str::FromStr;

use super::calendar::{Clock, parse_clock, parse_offset};
use super::value_error::ValueError;

/// A time of day without a date, with nanosecond precision and an optional offset from UTC.
///
/// The text form is `HH:MM:SS`, with a fraction and an offset where there are any. Missing seconds and offsets
/// such as `+0200` and `+02` are accepted. The offset is kept, and `Z` remains `Z`. Digits beyond nanoseconds are dropped.
///
/// Times are not ordered, because the order of two times with offsets depends on the day.
///
/// ```
/// use typefoundry_runtime::Time;
///
/// let opening: Time = "08:30".parse()?;
/// assert_eq!(opening, Time::new(8, 30, 0)?);
/// assert_eq!(opening.to_string(), "08:30:00");
/// assert_eq!("08:30:00+02:00".parse::<Time>()?.offset_minutes(), Some(120));
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    clock: Clock,
    offset: Option<Offset>,
}

/// An offset from UTC, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Offset {
    /// The letter `Z`.
    Zulu,
    /// Hours and minutes.
    Minutes(i16),
}

const OUT_OF_RANGE: ValueError = ValueError::new("invalid time: out of range");

impl Time {
    pub(crate) const MIDNIGHT: Self =
        Self { clock: Clock { hour: 0, minute: 0, second: 0, nanos: 0 }, offset: None };

    /// Creates a time without an offset. The second 60 is a leap second.
    ///
    /// # Errors
    /// Returns an error if a part is out of range.
    pub fn new(hour: u8, minute: u8, second: u8) -> Result<Self, ValueError> {
        if hour > 23 || minute > 59 || second > 60 {
            return Err(OUT_OF_RANGE);
        }
        let clock = Clock { hour: hour.into(), minute: minute.into(), second: second.into(), nanos: 0 };
        Ok(Self { clock, offset: None })
    }

    /// Returns the time with these nanoseconds after its second.
    ///
    /// # Errors
    /// Returns an error if `nanos` is 1,000,000,000 or more.
    pub const fn with_nanos(self, nanos: u32) -> Result<Self, ValueError> {
        if nanos > 999_999_999 {
            return Err(OUT_OF_RANGE);
        }
        Ok(Self { clock: Clock { nanos, ..self.clock }, ..self })
    }

    /// Returns the time of day with this offset from UTC. The hours and minutes do not change.
    ///
    /// # Errors
    /// Returns an error if the offset is a day or more.
    pub const fn with_offset_minutes(self, minutes: i16) -> Result<Self, ValueError> {
        if minutes.unsigned_abs() >= 24 * 60 {
            return Err(OUT_OF_RANGE);
        }
        Ok(Self { offset: Some(Offset::Minutes(minutes)), ..self })
    }

    /// Returns the hour, between 0 and 23.
    pub const fn hour(self) -> u32 {
        self.clock.hour
    }

    /// Returns the minute, between 0 and 59.
    pub const fn minute(self) -> u32 {
        self.clock.minute
    }

    /// Returns the second, between 0 and 59, or 60 for a leap second.
    pub const fn second(self) -> u32 {
        self.clock.second
    }

    /// Returns the nanoseconds after the second, always less than 1,000,000,000.
    pub const fn subsec_nanos(self) -> u32 {
        self.clock.nanos
    }

    /// Returns the minutes by which the time is ahead of UTC, or `None` without an offset.
    pub const fn offset_minutes(self) -> Option<i16> {
        match self.offset {
            Some(Offset::Zulu) => Some(0),
            Some(Offset::Minutes(minutes)) => Some(minutes),
            None => None,
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.clock, f)?;
        match self.offset {
            None => Ok(()),
            Some(Offset::Zulu) => f.write_str("Z"),
            Some(Offset::Minutes(minutes)) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl FromStr for Time {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or(ValueError::new("invalid time: not in the format HH:MM:SS with an optional offset"))
    }
}

fn parse(text: &str) -> Option<Time> {
    let (clock, rest) = parse_clock(text)?;
    let offset = match (rest, parse_offset(rest)?) {
        ([], _) => None,
        // Blanks without an offset.
        (_, None) => return None,
        ([.., b'Z' | b'z'], _) => Some(Offset::Zulu),
        (_, Some(seconds)) => Some(Offset::Minutes(i16::try_from(seconds / 60).ok()?)),
    };
    Some(Time { clock, offset })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_printed_in_one_form() {
        for (given, printed) in [
            ("00:00", "00:00:00"),
            ("23:59:60Z", "23:59:60Z"),
            ("12:30:00z", "12:30:00Z"),
            ("12:30:00+00:00", "12:30:00+00:00"),
            ("12:30:00.5-0330", "12:30:00.500-03:30"),
            ("12:30+02", "12:30:00+02:00"),
            ("12:30:00 +02:00", "12:30:00+02:00"),
            ("12:30:00.123456789012", "12:30:00.123456789"),
        ] {
            let time: Time = given.parse().expect(given);
            assert_eq!(time.to_string(), printed, "{given}");
            assert_eq!(printed.parse(), Ok(time));
        }
    }

    #[test]
    fn other_text_is_rejected() {
        for text in [
            "",
            "12",
            "1:30",
            "24:00",
            "12:60",
            "12:30:61",
            "12:30:00.",
            "12:30:00 ",
            "12:30:00+",
            "12:30:00+24:00",
            "2024-05-01T12:30:00",
            "T12:30",
            "12:30 PM",
            "noon",
        ] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn parts_are_checked() -> Result<(), ValueError> {
        let time = Time::new(8, 30, 15)?.with_nanos(250_000_000)?.with_offset_minutes(-90)?;
        assert_eq!(time.to_string(), "08:30:15.250-01:30");
        assert_eq!((time.hour(), time.minute(), time.second()), (8, 30, 15));
        assert_eq!((time.subsec_nanos(), time.offset_minutes()), (250_000_000, Some(-90)));
        assert_eq!("08:30Z".parse::<Time>()?.offset_minutes(), Some(0));
        assert_eq!("08:30".parse::<Time>()?.offset_minutes(), None);
        assert!(Time::new(24, 0, 0).is_err() && Time::new(0, 60, 0).is_err() && Time::new(0, 0, 61).is_err());
        assert!(time.with_nanos(1_000_000_000).is_err());
        assert!(time.with_offset_minutes(1440).is_err() && time.with_offset_minutes(-1440).is_err());
        assert!(time.with_offset_minutes(-1439).is_ok());
        Ok(())
    }

    proptest! {
        #[test]
        fn every_time_round_trips(
            (hour, minute, second) in (0_u8..24, 0_u8..60, 0_u8..=60),
            nanos in 0_u32..1_000_000_000,
            offset in proptest::option::of(-1439_i16..1440),
        ) {
            let mut time = Time::new(hour, minute, second)?.with_nanos(nanos)?;
            if let Some(minutes) = offset {
                time = time.with_offset_minutes(minutes)?;
            }
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
