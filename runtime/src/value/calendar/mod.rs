//! Dates and times of the Gregorian calendar as text.

mod days;
mod parse;

use std::fmt;

use self::days::{date, days_since_epoch};
pub(super) use self::parse::{is_date, parse_clock, parse_date, parse_fraction, parse_offset};

const SECONDS_PER_DAY: i64 = 86_400;

/// A date and time without an offset, in the years 0000 to 9999. The second 60 is a leap second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    pub(super) nanos: u32,
}

/// A time of day. The second 60 is a leap second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) nanos: u32,
}

/// The text is not a date and time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InvalidDateTime;

impl DateTime {
    pub(super) const fn is_leap_second(self) -> bool {
        self.second == 60
    }

    /// Returns the seconds since the Unix epoch if the offset is zero.
    pub(super) fn unix_seconds(self) -> i64 {
        let minutes = i64::from(self.hour * 60 + self.minute);
        days_since_epoch(self.year, self.month, self.day) * SECONDS_PER_DAY
            + minutes * 60
            + i64::from(self.second)
    }

    /// Returns the date and time in UTC. The year must be between 0000 and 9999.
    pub(super) fn from_unix(seconds: i64, nanos: u32) -> Self {
        let (year, month, day) = date(seconds.div_euclid(SECONDS_PER_DAY));
        let time = u32::try_from(seconds.rem_euclid(SECONDS_PER_DAY)).unwrap_or_default();
        Self { year, month, day, hour: time / 3600, minute: time / 60 % 60, second: time % 60, nanos }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, nanos } = *self;
        write!(f, "{year:04}-{month:02}-{day:02}T{}", Clock { hour, minute, second, nanos })
    }
}

impl fmt::Display for Clock {
    /// Writes as many digits of the fraction as needed, in groups of three.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hour, minute, second, nanos } = self;
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        match nanos {
            0 => Ok(()),
            _ if nanos.is_multiple_of(1_000_000) => write!(f, ".{:03}", nanos / 1_000_000),
            _ if nanos.is_multiple_of(1_000) => write!(f, ".{:06}", nanos / 1_000),
            _ => write!(f, ".{nanos:09}"),
        }
    }
}

#[cfg(test)]
mod tests;
