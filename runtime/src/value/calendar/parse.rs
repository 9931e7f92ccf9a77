//! Parsing of dates and times.

use super::days::days_in_month;
use super::{Clock, DateTime, InvalidDateTime};

impl DateTime {
    /// Parses a date, a time, and an offset in seconds if there is one.
    ///
    /// The grammar is that of RFC 3339 with the related forms that
    /// [`Timestamp`](crate::Timestamp) lists.
    pub(in crate::value) fn parse(text: &str) -> Result<(Self, Option<i64>), InvalidDateTime> {
        parse(text.as_bytes()).ok_or(InvalidDateTime)
    }
}

/// Year, month and day.
type Day = (u32, u32, u32);

/// Parses a date without a time.
pub(in crate::value) fn parse_date(text: &str) -> Option<Day> {
    match date_prefix(text.as_bytes())? {
        (date, []) => Some(date),
        _ => None,
    }
}

/// Parses a time without a date, and returns the text behind it, which can be an offset.
pub(in crate::value) fn parse_clock(text: &str) -> Option<(Clock, &[u8])> {
    clock_prefix(text.as_bytes())
}

fn parse(text: &[u8]) -> Option<(DateTime, Option<i64>)> {
    let ((year, month, day), [b'T' | b't' | b' ', rest @ ..]) = date_prefix(text)? else {
        return None;
    };
    let (Clock { hour, minute, second, nanos }, rest) = clock_prefix(rest)?;
    Some((DateTime { year, month, day, hour, minute, second, nanos }, parse_offset(rest)?))
}

/// Parses year, month and day.
fn date_prefix(text: &[u8]) -> Option<(Day, &[u8])> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = text else {
        return None;
    };
    let year = number([*y1, *y2])? * 100 + number([*y3, *y4])?;
    let (month, day) = (number([*m1, *m2])?, number([*d1, *d2])?);
    is_date(year, month, day).then_some(((year, month, day), rest))
}

/// Returns whether the calendar has this day.
pub(in crate::value) fn is_date(year: u32, month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)
}

fn clock_prefix(text: &[u8]) -> Option<(Clock, &[u8])> {
    let [h1, h2, b':', n1, n2, rest @ ..] = text else {
        return None;
    };
    let (hour, minute) = (number([*h1, *h2])?, number([*n1, *n2])?);
    let (second, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (Some(number([*s1, *s2])?), rest),
        _ => (None, rest),
    };
    let (nanos, rest) = match rest {
        [b'.', digits @ ..] if second.is_some() => parse_fraction(digits)?,
        _ => (0, rest),
    };
    let second = second.unwrap_or(0);
    let is_time = hour <= 23 && minute <= 59 && second <= 60;
    is_time.then_some((Clock { hour, minute, second, nanos }, rest))
}

fn number(digits: [u8; 2]) -> Option<u32> {
    let [tens, ones] = digits.map(|digit| digit.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// Parses one or more digits after a decimal point, and returns nanoseconds and the rest of the
/// text. Digits beyond nanoseconds are dropped.
pub(in crate::value) fn parse_fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let (mut nanos, mut place, mut rest) = (0, 100_000_000, text);
    while let [digit @ b'0'..=b'9', others @ ..] = rest {
        nanos += u32::from(digit - b'0') * place;
        place /= 10;
        rest = others;
    }
    (rest.len() < text.len()).then_some((nanos, rest))
}

/// Parses an offset such as `Z`, `+02:00`, `+0200` or `+02`, or the end of the text.
pub(in crate::value) fn parse_offset(mut text: &[u8]) -> Option<Option<i64>> {
    while let [b' ', rest @ ..] = text {
        text = rest;
    }
    let (is_negative, rest) = match text {
        [] => return Some(None),
        b"Z" | b"z" => return Some(Some(0)),
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        // U+2212, the minus sign, in an offset as RFC 3339 defines it.
        [0xe2, 0x88, 0x92, rest @ ..] if rest.get(2) == Some(&b':') => (true, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => (number([*h1, *h2])?, number([*m1, *m2])?),
        [h1, h2] => (number([*h1, *h2])?, 0),
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i64::from(hours * 3600 + minutes * 60);
    Some(Some(if is_negative { -seconds } else { seconds }))
}
