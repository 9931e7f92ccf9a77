//! The built-in types of integers and of text in one format.

use chrono::{DateTime, NaiveTime};

/// A type of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
}

impl Integer {
    /// Returns the Rust type.
    pub fn rust(self) -> &'static str {
        match self {
            Self::Int8 => "i8",
            Self::Int16 => "i16",
            Self::Int32 => "i32",
            Self::Int64 => "i64",
            Self::Uint8 => "u8",
            Self::Uint16 => "u16",
            Self::Uint32 => "u32",
            Self::Uint64 => "u64",
        }
    }

    /// Returns the least and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::Int8 => (i8::MIN.into(), i8::MAX.into()),
            Self::Int16 => (i16::MIN.into(), i16::MAX.into()),
            Self::Int32 => (i32::MIN.into(), i32::MAX.into()),
            Self::Int64 => (i64::MIN.into(), i64::MAX.into()),
            Self::Uint8 => (0, u8::MAX.into()),
            Self::Uint16 => (0, u16::MAX.into()),
            Self::Uint32 => (0, u32::MAX.into()),
            Self::Uint64 => (0, u64::MAX.into()),
        }
    }
}

/// A format of text that has a type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Timestamp,
    Date,
    Time,
    Duration,
    Uuid,
    Url,
    Decimal,
    Bytes,
}

impl Format {
    /// Returns the type of the runtime.
    pub fn rust(self) -> &'static str {
        match self {
            Self::Timestamp => "Timestamp",
            Self::Date => "Date",
            Self::Time => "Time",
            Self::Duration => "IsoDuration",
            Self::Uuid => "Uuid",
            Self::Url => "Url",
            Self::Decimal => "Decimal",
            Self::Bytes => "Base64",
        }
    }

    /// Returns the name of a value, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Timestamp => "a timestamp",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::Duration => "a duration",
            Self::Uuid => "a lowercase UUID",
            Self::Url => "an absolute URL",
            Self::Decimal => "a decimal number",
            Self::Bytes => "Base64 text",
        }
    }

    /// Returns the example of a value without one.
    pub fn example(self) -> &'static str {
        match self {
            Self::Timestamp => "2024-05-01T12:00:00Z",
            Self::Date => "2024-05-01",
            Self::Time => "12:30:00",
            Self::Duration => "PT1H30M",
            Self::Uuid => "123e4567-e89b-12d3-a456-426614174000",
            Self::Url => "https://example.com/path",
            Self::Decimal => "19.90",
            Self::Bytes => "aGVsbG8=",
        }
    }

    /// Whether the text is a value as the runtime writes it. A timestamp can have any offset.
    pub fn is_written(self, text: &str) -> bool {
        match self {
            Self::Timestamp => DateTime::parse_from_rfc3339(text).is_ok(),
            Self::Date => DateTime::parse_from_rfc3339(&format!("{text}T00:00:00Z")).is_ok(),
            Self::Time => is_time(text),
            Self::Duration => is_duration(text),
            Self::Uuid => is_uuid(text),
            Self::Url => is_absolute_url(text),
            Self::Decimal => is_decimal(text),
            Self::Bytes => is_base64(text),
        }
    }
}

/// Whether the text is a URL with a scheme, as the runtime reads it.
fn is_absolute_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_visible = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.strip_prefix("//").filter(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    is_scheme && is_visible && !rest.is_empty() && (!is_web || host.is_some())
}

/// Whether the text is a time with an optional offset.
fn is_time(text: &str) -> bool {
    let clock = match text.strip_suffix('Z') {
        Some(clock) => clock,
        None => text.rsplit_once(['+', '-']).map_or(text, |(clock, _)| clock),
    };
    let offset = text.get(clock.len()..).filter(|offset| !offset.is_empty()).unwrap_or("Z");
    let printed = |time: NaiveTime| time.format("%H:%M:%S%.f").to_string();
    let is_clock = NaiveTime::parse_from_str(clock, "%H:%M:%S%.f").is_ok_and(|time| printed(time) == clock);
    is_clock && DateTime::parse_from_rfc3339(&format!("2024-05-01T12:00:00{offset}")).is_ok()
}

/// Whether the text is a duration of ISO 8601 without components that are zero.
fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let is_date = are_components(date, "YMWD") && (!date.is_empty() || time.is_some());
    is_date && time.is_none_or(|time| time == "0S" || (!time.is_empty() && are_components(time, "HMS")))
}

/// Whether the text consists of numbers, each before its unit, in this order.
fn are_components(text: &str, units: &str) -> bool {
    let mut units = units.chars();
    let mut components = text.split_inclusive(char::is_alphabetic);
    components.all(|component| {
        let unit = component.chars().next_back();
        let Some(unit) = unit.filter(|unit| units.any(|next| next == *unit)) else { return false };
        let number = component.trim_end_matches(unit);
        let (whole, fraction) = number.split_once('.').map_or((number, None), |(one, two)| (one, Some(two)));
        let is_fraction = |text: &str| {
            unit == 'S' && are_digits(text) && (1..=9).contains(&text.len()) && !text.ends_with('0')
        };
        let is_whole = are_digits(whole) && (1..19).contains(&whole.len());
        is_whole
            && fraction.is_none_or(is_fraction)
            && (!whole.starts_with('0') || (whole == "0" && fraction.is_some()))
    })
}

fn is_uuid(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    text.len() == 36
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => is_digit(c),
        })
}

/// Whether the text is a sign, digits with a decimal point, and an exponent. Only the digits are required.
fn is_decimal(text: &str) -> bool {
    let unsigned = |text| str::strip_prefix(text, ['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = unsigned(mantissa).split_once('.').unwrap_or((unsigned(mantissa), ""));
    let exponent = unsigned(exponent);
    are_digits(whole)
        && are_digits(fraction)
        && whole.len() + fraction.len() > 0
        && are_digits(exponent)
        && (1..10).contains(&exponent.len())
}

/// Whether the text is Base64 of the standard alphabet with padding.
fn is_base64(text: &str) -> bool {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=');
    // The bits of the last digit that belong to no byte are zero.
    let step = match text.len() - digits.len() {
        0 => 1,
        1 => 4,
        2 => 16,
        _ => return false,
    };
    let last = digits.chars().next_back().map_or(Some(0), |last| ALPHABET.find(last));
    text.len().is_multiple_of(4)
        && digits.chars().all(|c| ALPHABET.contains(c))
        && last.is_some_and(|last| last.is_multiple_of(step))
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn text_is_compared_with_its_format() {
        for (format, written, other) in [
            (
                Format::Date,
                &["2024-02-29", "0000-01-01"][..],
                &["2023-02-29", "2024-5-1", "2024-05-01T00:00:00Z", "+024-05-01", ""][..],
            ),
            (
                Format::Time,
                &["12:30:00", "23:59:60Z", "00:00:00.500-03:30", "12:30:00+00:00", "12:30:00.000000001"],
                &[
                    "12:30",
                    "24:00:00",
                    "12:30:00.5",
                    "12:30:00z",
                    "12:30:00+0200",
                    "12:30:00+",
                    "1:30:00",
                    "",
                ],
            ),
            (
                Format::Duration,
                &["P1Y2M3W4DT5H6M7.8S", "-P1D", "PT0S", "PT0.5S", "P2W", "PT90M"],
                &[
                    "", "P", "PT", "P1DT", "P0D", "P01D", "P1S", "PT1M1H", "PT1.50S", "P1.5D", "p1d", "90",
                    "PT1",
                ],
            ),
            (
                Format::Uuid,
                &["123e4567-e89b-12d3-a456-426614174000"],
                &[
                    "",
                    "123E4567-e89b-12d3-a456-426614174000",
                    "123e4567e89b12d3a456426614174000",
                    "123e4567-e89b-12d3-a456-42661417400g",
                    "123e456-7e89b-12d3-a456-426614174000",
                ],
            ),
            (
                Format::Decimal,
                &["0", "-1.50", "+.5", "5.", "1e-3"],
                &["", ".", "e1", "1e", "1,5", "1_0", "--1", "1e9999999999"],
            ),
            (
                Format::Bytes,
                &["", "aGk=", "aA==", "aGVs", "+/+/"],
                &["aGk", "aGl=", "aB==", "a===", "-_-_", "aG k", "\u{e9}aa="],
            ),
        ] {
            for text in written.iter().copied().chain([format.example()]) {
                assert!(format.is_written(text), "{format:?}: {text}");
            }
            for text in other {
                assert!(!format.is_written(text), "{format:?}: {text}");
            }
        }
    }
}
