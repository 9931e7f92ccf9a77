//! Parsing of dates and times.

use super::days::days_in_month;
use super::{DateTime, InvalidDateTime};

impl DateTime {
    /// Parses a date, a time, and an offset in seconds if there is one.
    ///
    /// The grammar is that of RFC 3339 with the related forms that
    /// [`Timestamp`](crate::Timestamp) lists.
    pub(in crate::value) fn parse(text: &str) -> Result<(Self, Option<i64>), InvalidDateTime> {
        parse(text.as_bytes()).ok_or(InvalidDateTime)
    }
}

fn parse(text: &[u8]) -> Option<(DateTime, Option<i64>)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', h1, h2, b':', n1, n2, rest @ ..] =
        text
    else {
        return None;
    };
    let year = number([*y1, *y2])? * 100 + number([*y3, *y4])?;
    let (month, day) = (number([*m1, *m2])?, number([*d1, *d2])?);
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
    let is_date = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some((DateTime { year, month, day, hour, minute, second, nanos }, parse_offset(rest)?))
}

fn number(digits: [u8; 2]) -> Option<u32> {
    let [tens, ones] = digits.map(|digit| digit.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// Parses one or more digits after a decimal point, and returns nanoseconds and the rest of the
/// text. Digits beyond nanoseconds are dropped.
fn parse_fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let (mut nanos, mut place, mut rest) = (0, 100_000_000, text);
    while let [digit @ b'0'..=b'9', others @ ..] = rest {
        nanos += u32::from(digit - b'0') * place;
        place /= 10;
        rest = others;
    }
    (rest.len() < text.len()).then_some((nanos, rest))
}

/// Parses an offset such as `Z`, `+02:00`, `+0200` or `+02`, or the end of the text.
fn parse_offset(mut text: &[u8]) -> Option<Option<i64>> {
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
