//! Durations of ISO 8601.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::calendar::parse_fraction;
use super::value_error::ValueError;

/// A duration of ISO 8601, such as `P1Y2M3DT4H5M6.7S`.
///
/// The components are kept: `PT60S` and `PT1M` are different values. A duration can have a sign, and weeks beside the other
/// components. Only the seconds can have a fraction. Digits beyond nanoseconds are dropped.
///
/// A [`Duration`] of the standard library converts into hours, minutes and seconds. The other direction fails for years and
/// months, whose length depends on the calendar.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::IsoDuration;
///
/// let trial: IsoDuration = "P2W".parse()?;
/// assert_eq!(trial.weeks(), 2);
/// assert_eq!(Duration::try_from(trial)?, Duration::from_secs(14 * 24 * 60 * 60));
/// assert_eq!(IsoDuration::from(Duration::from_secs(90)).to_string(), "PT1M30S");
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct IsoDuration {
    is_negative: bool,
    years: u64,
    months: u64,
    weeks: u64,
    days: u64,
    hours: u64,
    minutes: u64,
    seconds: u64,
    nanos: u32,
}

impl IsoDuration {
    /// Returns whether the duration has a minus sign.
    pub const fn is_negative(self) -> bool {
        self.is_negative
    }

    /// Returns the years.
    pub const fn years(self) -> u64 {
        self.years
    }

    /// Returns the months beside the years.
    pub const fn months(self) -> u64 {
        self.months
    }

    /// Returns the weeks.
    pub const fn weeks(self) -> u64 {
        self.weeks
    }

    /// Returns the days beside the weeks.
    pub const fn days(self) -> u64 {
        self.days
    }

    /// Returns the hours beside the days.
    pub const fn hours(self) -> u64 {
        self.hours
    }

    /// Returns the minutes beside the hours.
    pub const fn minutes(self) -> u64 {
        self.minutes
    }

    /// Returns the whole seconds beside the minutes.
    pub const fn seconds(self) -> u64 {
        self.seconds
    }

    /// Returns the nanoseconds after the whole seconds, always less than 1,000,000,000.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }
}

impl From<Duration> for IsoDuration {
    fn from(duration: Duration) -> Self {
        let seconds = duration.as_secs();
        Self {
            hours: seconds / 3600,
            minutes: seconds / 60 % 60,
            seconds: seconds % 60,
            nanos: duration.subsec_nanos(),
            ..Self::default()
        }
    }
}

impl TryFrom<IsoDuration> for Duration {
    type Error = ValueError;

    /// Counts a day as 24 hours. Returns an error for years, months, a negative duration, and one that is too long.
    fn try_from(duration: IsoDuration) -> Result<Self, Self::Error> {
        let IsoDuration { is_negative, years, months, weeks, days, hours, minutes, seconds, nanos } =
            duration;
        if years > 0 || months > 0 {
            return Err(ValueError::new("invalid duration: years and months have no fixed length"));
        }
        let units = [(weeks, 604_800), (days, 86_400), (hours, 3600), (minutes, 60), (seconds, 1)];
        let total = units
            .into_iter()
            .try_fold(0_u64, |total, (count, unit)| total.checked_add(count.checked_mul(unit)?))
            .filter(|total| !is_negative || (*total == 0 && nanos == 0));
        let total = total.ok_or(ValueError::new("invalid duration: negative or too long"))?;
        Ok(Self::new(total, nanos))
    }
}

impl fmt::Display for IsoDuration {
    /// Omits the components that are zero. A duration of zero is `PT0S`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_negative, years, months, weeks, days, hours, minutes, seconds, nanos } = *self;
        f.write_str(if is_negative { "-P" } else { "P" })?;
        write_units(f, [(years, 'Y'), (months, 'M'), (weeks, 'W'), (days, 'D')])?;
        let is_zero = Self { is_negative: false, ..*self } == Self::default();
        if is_zero || hours > 0 || minutes > 0 || seconds > 0 || nanos > 0 {
            f.write_str("T")?;
            write_units(f, [(hours, 'H'), (minutes, 'M')])?;
        }
        if nanos > 0 {
            let digits = format!("{nanos:09}");
            write!(f, "{seconds}.{}S", digits.trim_end_matches('0'))?;
        } else if seconds > 0 || is_zero {
            write!(f, "{seconds}S")?;
        }
        Ok(())
    }
}

fn write_units<const N: usize>(f: &mut fmt::Formatter<'_>, units: [(u64, char); N]) -> fmt::Result {
    for (count, unit) in units {
        if count > 0 {
            write!(f, "{count}{unit}")?;
        }
    }
    Ok(())
}

impl FromStr for IsoDuration {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or(ValueError::new("invalid duration: not in ISO 8601 format, such as P1DT12H"))
    }
}

fn parse(text: &str) -> Option<IsoDuration> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix(['P', 'p'])?;
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let ([years, months, weeks, days], rest, date_count) = counts(date, [b'Y', b'M', b'W', b'D'])?;
    if !rest.is_empty() {
        return None;
    }
    let ([hours, minutes], rest, time_count) = counts(time.unwrap_or_default(), [b'H', b'M'])?;
    let (seconds, nanos) = parse_seconds(rest)?;
    // A `T` needs a component behind it, and so does a `P`.
    let time_count = time_count + usize::from(!rest.is_empty());
    let is_complete = if time.is_some() { time_count > 0 } else { date_count > 0 };
    is_complete.then_some(IsoDuration {
        is_negative,
        years,
        months,
        weeks,
        days,
        hours,
        minutes,
        seconds,
        nanos,
    })
}

/// Parses whole numbers, each before its unit, in this order. Returns the numbers, the text behind them and their count.
fn counts<const N: usize>(text: &str, units: [u8; N]) -> Option<([u64; N], &str, usize)> {
    let (mut rest, mut found) = (text, 0);
    let mut numbers = [0; N];
    for (number, unit) in numbers.iter_mut().zip(units) {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at_checked(end)?;
        if !digits.is_empty()
            && behind.as_bytes().first().is_some_and(|byte| byte.eq_ignore_ascii_case(&unit))
        {
            *number = digits.parse().ok()?;
            rest = behind.get(1..)?;
            found += 1;
        }
    }
    Some((numbers, rest, found))
}

/// Parses seconds with an optional fraction, or the end of the text.
fn parse_seconds(text: &str) -> Option<(u64, u32)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let number = text.strip_suffix(['S', 's'])?;
    let (whole, fraction) = match number.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos = match fraction.map(|fraction| parse_fraction(fraction.as_bytes())) {
        None => 0,
        Some(Some((nanos, []))) => nanos,
        Some(_) => return None,
    };
    Some((whole.parse().ok()?, nanos))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn duration(text: &str) -> IsoDuration {
        text.parse().expect(text)
    }

    #[test]
    fn text_is_printed_in_one_form() {
        for (given, printed) in [
            ("P1Y2M3DT4H5M6.7S", "P1Y2M3DT4H5M6.7S"),
            ("P3W", "P3W"),
            ("P1Y2W", "P1Y2W"),
            ("P0D", "PT0S"),
            ("PT0S", "PT0S"),
            ("-PT0S", "-PT0S"),
            ("-P1D", "-P1D"),
            ("+P1D", "P1D"),
            ("p1dt1h", "P1DT1H"),
            ("PT60S", "PT60S"),
            ("P0Y1M", "P1M"),
            ("PT1M", "PT1M"),
            ("PT0,5S", "PT0.5S"),
            ("PT1.0000000019S", "PT1.000000001S"),
            ("PT36H", "PT36H"),
            ("PT18446744073709551615S", "PT18446744073709551615S"),
        ] {
            assert_eq!(duration(given).to_string(), printed, "{given}");
            assert_eq!(duration(printed), duration(given), "{given}");
        }
    }

    #[test]
    fn other_text_is_rejected() {
        for text in [
            "",
            "P",
            "PT",
            "P1DT",
            "1D",
            "P1",
            "PT1",
            "P1S",
            "PT1D",
            "P1H",
            "P1M1Y",
            "P1D1D",
            "PT1S1M",
            "P1.5D",
            "PT1.5H",
            "PT.5S",
            "PT1.S",
            "PT1.5",
            "PT1.x5S",
            "P-1D",
            "--P1D",
            "P 1D",
            "P1D ",
            "PT+1S",
            "PT18446744073709551616S",
            "P1é",
            "90",
        ] {
            assert!(text.parse::<IsoDuration>().is_err(), "{text}");
        }
    }

    #[test]
    fn components_are_kept() {
        let all = duration("-P1Y2M3W4DT5H6M7.008S");
        assert!(all.is_negative());
        assert_eq!((all.years(), all.months(), all.weeks(), all.days()), (1, 2, 3, 4));
        assert_eq!((all.hours(), all.minutes(), all.seconds(), all.subsec_nanos()), (5, 6, 7, 8_000_000));
        assert!(!duration("P1D").is_negative());
        assert_ne!(duration("PT60S"), duration("PT1M"));
    }

    #[test]
    fn length_is_known_without_years_and_months() {
        let length = |text: &str| Duration::try_from(duration(text)).ok();
        assert_eq!(length("P1W1DT1H1M1.5S"), Some(Duration::from_millis(694_861_500)));
        assert_eq!(length("-PT0S"), Some(Duration::ZERO));
        for text in ["P1Y", "P1M", "-PT1S", "-PT0.1S", "PT18446744073709551615M", "PT18446744073709551615S1"]
        {
            assert_eq!(
                text.parse().ok().and_then(|it: IsoDuration| Duration::try_from(it).ok()),
                None,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_standard_duration_round_trips(seconds: u64, nanos in 0_u32..1_000_000_000) {
            let standard = Duration::new(seconds, nanos);
            let text = IsoDuration::from(standard).to_string();
            prop_assert_eq!(Duration::try_from(duration(&text)), Ok(standard));
        }

        #[test]
        fn no_text_panics(text in "[-+]?P?([0-9]{0,3}[YMWDTHS.,é]){0,5}") {
            if let Ok(duration) = text.parse::<IsoDuration>() {
                prop_assert_eq!(duration.to_string().parse(), Ok(duration));
            }
        }
    }
}
