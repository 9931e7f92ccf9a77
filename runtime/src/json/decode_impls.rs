//! Implementations of `Decode` for standard types and for the value types of this crate.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::decode::{Decode, decode_entry, from_slice, is_blank};
use super::decode_error::DecodeError;
use super::json_kind::JsonKind;
use super::reader::Reader;
use super::value::{Number, Object, Value};
use crate::value::{
    Base64, Date, Decimal, IsoDuration, Patch, Secret, Time, Timestamp, UnixSeconds, Url, Uuid, WholeNumber,
    whole_number,
};

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_str("a string").map(str::to_owned)
    }
}

impl Decode for Secret {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_str("a string").map(Self::from)
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_bool()
    }
}

/// Implements [`Decode`] for an integer.
macro_rules! integer {
    ($type:ty, $expected:literal) => {
        impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                integer(reader, $expected)
            }
        }
    };
}

integer!(i8, "an 8-bit integer");
integer!(i16, "a 16-bit integer");
integer!(i32, "a 32-bit integer");
integer!(i64, "a 64-bit integer");
integer!(u8, "an unsigned 8-bit integer");
integer!(u16, "an unsigned 16-bit integer");
integer!(u32, "an unsigned 32-bit integer");
integer!(u64, "an unsigned 64-bit integer");

/// Decodes an integer. `30`, `30.0` and `3e1` are equivalent.
fn integer<T: FromStr + TryFrom<i128>>(
    reader: &mut Reader<'_>,
    expected: &'static str,
) -> Result<T, DecodeError> {
    let text = reader.read_number(expected)?;
    if let Ok(integer) = text.parse() {
        return Ok(integer);
    }
    let found = match whole_number(text) {
        WholeNumber::Integer(integer) => match integer.try_into() {
            Ok(integer) => return Ok(integer),
            Err(_) => "an out-of-range integer",
        },
        WholeNumber::TooLarge => "an out-of-range integer",
        WholeNumber::Fraction => "a number with a fraction",
    };
    Err(reader.error(expected, found))
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.read_number("a number")?.parse() {
            Ok(number) if Self::is_finite(number) => Ok(number),
            _ => Err(reader.error("a number", "an out-of-range number")),
        }
    }
}

impl Decode for Timestamp {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const EXPECTED: &str = "an RFC 3339 timestamp";
        let assume_utc = reader.assume_utc;
        let text = reader.read_str(EXPECTED)?;
        let parsed = if assume_utc { Self::parse_or_utc(text) } else { text.parse() };
        parsed.map_err(|error| reader.error(EXPECTED, error.found()))
    }
}

/// Implements [`Decode`] for a type that is text of one form.
macro_rules! parsed {
    ($type:ty, $expected:literal) => {
        impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let parsed = reader.read_str($expected)?.parse();
                parsed.map_err(|_| reader.error($expected, "another string"))
            }
        }
    };
}

parsed!(Date, "a date");
parsed!(Time, "a time");
parsed!(IsoDuration, "an ISO 8601 duration");
parsed!(Uuid, "a UUID");
parsed!(Url, "an absolute URL");
parsed!(Base64, "Base64 text");

impl Decode for Decimal {
    /// Decodes a number, or text that contains one.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const EXPECTED: &str = "a decimal number";
        let (text, found) = match reader.peek_kind()? {
            JsonKind::Number => (reader.read_number(EXPECTED)?, "an out-of-range number"),
            _ => (reader.read_str(EXPECTED)?, "another string"),
        };
        let parsed = text.parse();
        parsed.map_err(|_| reader.error(EXPECTED, found))
    }
}

impl Decode for UnixSeconds {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        integer(reader, "a whole number of seconds").map(Self::new)
    }
}

impl Decode for Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.peek_kind()? {
            JsonKind::Null => reader.read_null().map(|_| Self::Null),
            JsonKind::Bool => reader.read_bool().map(Self::Bool),
            JsonKind::Number => Number::decode(reader).map(Self::Number),
            JsonKind::String => String::decode(reader).map(Self::String),
            JsonKind::List => Vec::decode(reader).map(Self::Array),
            JsonKind::Object => Object::decode(reader).map(Self::Object),
        }
    }
}

impl Decode for Object {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut entries = Vec::new();
        if !reader.read_empty_map()? {
            reader.read_entries(&mut |reader, key| {
                entries.push(decode_entry(reader, key)?);
                Ok(())
            })?;
        }
        Ok(Self::from_entries(entries))
    }

    fn when_missing() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        if !reader.read_null()? {
            reader.read_list(&mut |reader| {
                items.push(T::decode(reader)?);
                Ok(())
            })?;
        }
        Ok(items)
    }

    fn when_missing() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut entries = Self::new();
        if !reader.read_empty_map()? {
            reader.read_entries(&mut |reader, key| {
                let (key, value) = decode_entry(reader, key)?;
                entries.insert(key, value);
                Ok(())
            })?;
        }
        Ok(entries)
    }

    fn when_missing() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.read_null()? { Ok(None) } else { T::decode(reader).map(Some) }
    }

    fn when_missing() -> Option<Self> {
        Some(None)
    }

    fn from_body(body: &[u8]) -> Result<Self, DecodeError> {
        if is_blank(body) { Ok(None) } else { from_slice(body) }
    }
}

impl<T: Decode> Decode for Patch<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.read_null()? { Ok(Self::Null) } else { T::decode(reader).map(Self::Value) }
    }

    fn when_missing() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Self::new)
    }

    fn when_missing() -> Option<Self> {
        T::when_missing().map(Self::new)
    }
}

impl Decode for () {
    /// The status alone reports success. A body such as `OK`, an HTML page or a truncated document
    /// is ignored.
    const ACCEPTS_ANY_BODY: bool = true;

    /// Skips any value.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.skip()
    }

    fn when_missing() -> Option<Self> {
        Some(())
    }
}

impl Decode for Number {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_number("a number").map(Self::from_text)
    }
}
