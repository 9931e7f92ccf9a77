//! Points in time, sent as RFC 3339 text or as whole seconds.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use super::calendar::{DateTime, InvalidDateTime};

/// `0000-01-01T00:00:00Z`, the first second that RFC 3339 can represent.
const FIRST_SECOND: i64 = -62_167_219_200;
/// `9999-12-31T23:59:59Z`, the last second that RFC 3339 can represent.
const LAST_SECOND: i64 = 253_402_300_799;
const LAST_NANO: u32 = 999_999_999;

/// A point in time with nanosecond precision.
///
/// Parsing accepts any offset; `Display` always prints UTC, with `Z`. The range is the years 0000
/// to 9999, so every value prints as RFC 3339 and parses back to the same value. A leap second is
/// parsed as the last nanosecond before it. Digits beyond nanoseconds are dropped.
///
/// Besides RFC 3339, related ISO 8601 forms are accepted: offsets such as `+0200` and `+02`, and
/// times without seconds. A time without an offset is an error, unless it is parsed with
/// [`Timestamp::parse_or_utc`].
///
/// ```
/// use typefoundry_runtime::Timestamp;
///
/// let noon: Timestamp = "2024-05-01T14:00:00+02:00".parse()?;
/// assert_eq!(noon.to_string(), "2024-05-01T12:00:00Z");
/// assert_eq!(noon.unix_seconds(), 1_714_564_800);
/// # Ok::<(), typefoundry_runtime::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    pub(crate) const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// Creates a timestamp from the seconds since the Unix epoch and the nanoseconds after them.
    ///
    /// # Errors
    /// Returns an error if the year is outside 0000 to 9999, or if `nanos` is 1,000,000,000 or
    /// more.
    pub const fn from_unix(seconds: i64, nanos: u32) -> Result<Self, TimestampError> {
        if seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos > LAST_NANO {
            return Err(TimestampError(Problem::OutOfRange));
        }
        Ok(Self { seconds, nanos })
    }

    /// Parses a time whose offset is optional and defaults to UTC.
    ///
    /// # Errors
    /// Returns an error if the text is not a time.
    ///
    /// ```
    /// use typefoundry_runtime::Timestamp;
    ///
    /// assert_eq!(Timestamp::parse_or_utc("2024-05-01T12:00:00")?, "2024-05-01T12:00:00Z".parse()?);
    /// assert!("2024-05-01T12:00:00".parse::<Timestamp>().is_err());
    /// # Ok::<(), typefoundry_runtime::TimestampError>(())
    /// ```
    pub fn parse_or_utc(text: &str) -> Result<Self, TimestampError> {
        let (date_time, offset) = DateTime::parse(text)?;
        Self::at_offset(date_time, offset.unwrap_or(0))
    }

    /// Converts a date and time with an offset in seconds.
    fn at_offset(date_time: DateTime, offset: i64) -> Result<Self, TimestampError> {
        let seconds = date_time.unix_seconds() - offset;
        if date_time.is_leap_second() {
            return Self::from_unix(seconds - 1, LAST_NANO);
        }
        Self::from_unix(seconds, date_time.nanos)
    }

    /// Returns the whole seconds since the Unix epoch, rounded down. Negative before 1970.
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after [`Timestamp::unix_seconds`], always less than 1,000,000,000.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", DateTime::from_unix(self.seconds, self.nanos))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (date_time, offset) = DateTime::parse(text)?;
        Self::at_offset(date_time, offset.ok_or(TimestampError(Problem::NoOffset))?)
    }
}

impl From<InvalidDateTime> for TimestampError {
    fn from(InvalidDateTime: InvalidDateTime) -> Self {
        Self(Problem::NotRfc3339)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let out_of_range = TimestampError(Problem::OutOfRange);
        let (seconds, nanos) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()), after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).map(|seconds| -seconds);
                match before.subsec_nanos() {
                    0 => (seconds, 0),
                    nanos => (seconds.map(|seconds| seconds - 1), LAST_NANO + 1 - nanos),
                }
            }
        };
        Self::from_unix(seconds.map_err(|_| out_of_range)?, nanos)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Returns an error if the time is out of range for [`SystemTime`] on this platform.
    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let whole = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let start = if timestamp.seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(whole)
        } else {
            Self::UNIX_EPOCH.checked_add(whole)
        };
        start
            .and_then(|start| start.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .ok_or(TimestampError(Problem::OutOfRange))
    }
}

impl From<UnixSeconds> for i64 {
    fn from(seconds: UnixSeconds) -> Self {
        seconds.0
    }
}

impl From<i64> for UnixSeconds {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

/// A point in time, sent as a whole number of seconds since the Unix epoch.
///
/// Any number is accepted, so a server's far-future sentinel survives a round trip.
///
/// ```
/// use typefoundry_runtime::{Timestamp, UnixSeconds};
///
/// let issued = UnixSeconds::new(1_714_564_800);
/// assert_eq!(Timestamp::try_from(issued)?.to_string(), "2024-05-01T12:00:00Z");
/// # Ok::<(), typefoundry_runtime::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(i64);

impl UnixSeconds {
    /// Creates a point in time from the seconds since the Unix epoch. Negative before 1970.
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Returns the seconds since the Unix epoch.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<UnixSeconds> for Timestamp {
    type Error = TimestampError;

    fn try_from(seconds: UnixSeconds) -> Result<Self, Self::Error> {
        Self::from_unix(seconds.0, 0)
    }
}

impl From<Timestamp> for UnixSeconds {
    /// Rounds down to a whole second.
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.seconds)
    }
}

/// An error of parsing or converting a [`Timestamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampError(Problem);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NotRfc3339,
    NoOffset,
    OutOfRange,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Problem::NotRfc3339 => "invalid timestamp: not in RFC 3339 format",
            Problem::NoOffset => "invalid timestamp: missing an offset such as `Z` or `+02:00`",
            Problem::OutOfRange => "invalid timestamp: out of range",
        })
    }
}

impl std::error::Error for TimestampError {}

impl TimestampError {
    /// Returns the `found` text of a decode error.
    pub(crate) const fn found(self) -> &'static str {
        match self.0 {
            Problem::NotRfc3339 => "another string",
            Problem::NoOffset => "a time without an offset",
            Problem::OutOfRange => "an out-of-range time",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn display_prints_utc_and_round_trips() {
        for (given, printed) in [
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z"),
            ("2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.500Z"),
            ("1969-12-31T23:59:59.75Z", "1969-12-31T23:59:59.750Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999999Z"),
        ] {
            let date_time = parse(given);
            assert_eq!(date_time.to_string(), printed);
            assert_eq!(parse(printed), date_time);
        }
    }

    #[test]
    fn related_iso_8601_forms_are_accepted() {
        for (given, printed) in [
            ("2024-05-01T12:00:00+0000", "2024-05-01T12:00:00Z"),
            ("2024-05-01T12:00:00.25-0230", "2024-05-01T14:30:00.250Z"),
            ("2024-05-01T12:00:00+02", "2024-05-01T10:00:00Z"),
            ("2024-05-01T12:30Z", "2024-05-01T12:30:00Z"),
            ("2024-05-01T12:30+0200", "2024-05-01T10:30:00Z"),
            ("2024-05-01t12:30:00z", "2024-05-01T12:30:00Z"),
            ("2024-05-01t12:30z", "2024-05-01T12:30:00Z"),
            ("2024-05-01 12:30:00Z", "2024-05-01T12:30:00Z"),
            ("2024-05-01 12:30:00 +0000", "2024-05-01T12:30:00Z"),
            ("2024-05-01T12:00:00.123456789012Z", "2024-05-01T12:00:00.123456789Z"),
            ("2024-05-01T12:00:00.123456789999+0000", "2024-05-01T12:00:00.123456789Z"),
            ("2016-12-31T23:59:60+0000", "2016-12-31T23:59:59.999999999Z"),
        ] {
            assert_eq!(parse(given).to_string(), printed, "{given}");
            assert_eq!(Timestamp::parse_or_utc(given), Ok(parse(given)), "{given}");
        }
    }

    #[test]
    fn missing_offset_is_utc_only_in_parse_or_utc() {
        for (given, printed) in [
            ("2024-05-01T12:00:00", "2024-05-01T12:00:00Z"),
            ("2024-05-01 12:00:00.5", "2024-05-01T12:00:00.500Z"),
            ("2024-05-01T12:00", "2024-05-01T12:00:00Z"),
            ("0001-01-01T00:00:00", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(given.parse::<Timestamp>(), Err(TimestampError(Problem::NoOffset)), "{given}");
            assert_eq!(Timestamp::parse_or_utc(given), Ok(parse(printed)), "{given}");
        }
    }

    #[test]
    fn invalid_text_is_rejected_by_both_parsers() {
        for text in [
            "",
            "2024-05-01",
            "2024-05-01T",
            "2024-05-01T12",
            "2024-05-01T12:00:00+",
            "2024-05-01T12:00:00+2",
            "2024-05-01T12:00:00+00000",
            "2024-05-01T12:00:00+9900",
            "2024-13-01T12:00:00",
            "2024-05-01T25:00",
            "2024-05-01T12:00:00.",
            "2024-05-01T12:00.5Z",
            "2024-05-01T12:00:00 UTC",
            "20240501T120000Z",
            "2024-05-0\u{e9}T12:00:00Z",
            "noon",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
            assert!(Timestamp::parse_or_utc(text).is_err(), "{text}");
        }
    }

    #[test]
    fn out_of_range_time_is_rejected() {
        for text in ["9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00", "2024-01-01", "soon", ""] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn timestamps_are_ordered_by_time() {
        assert!(parse("1969-12-31T23:59:59.2Z") < parse("1969-12-31T23:59:59.3Z"));
        assert!(parse("1969-12-31T23:59:59.2Z") < parse("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn system_time_round_trips() {
        for text in ["1960-06-01T10:00:00.000000100Z", "2030-01-01T00:00:00.25Z"] {
            let system = SystemTime::try_from(parse(text)).expect(text);
            assert_eq!(Timestamp::try_from(system), Ok(parse(text)));
        }
    }
}
