//! The trait of types that are read from JSON.

use super::decode_error::DecodeError;
use super::reader::Reader;
use super::repair;

/// A type that is read from JSON.
pub trait Decode: Sized {
    /// Reads the next value.
    ///
    /// # Errors
    /// When it does not fit the type.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// What a missing field of this type reads as; `None` when it must not be missing.
    fn when_missing() -> Option<Self> {
        None
    }

    /// Whether [`Decode::from_body`] accepts any body, even one that is too long to be read.
    ///
    /// True for the response of an operation that describes none: a success of any kind means that the server did the work.
    const ACCEPTS_ANY_BODY: bool = false;

    /// Reads the body of a successful response. An empty body is not a value: only types that can be absent as a whole
    /// are read from it.
    ///
    /// # Errors
    /// When the body is no JSON or does not fit the type.
    fn from_body(body: &[u8]) -> Result<Self, DecodeError> {
        from_slice(body).or_else(|error| match Self::ACCEPTS_ANY_BODY {
            // Each key may be missing.
            true => from_slice(b"{}"),
            false => Err(error),
        })
    }
}

/// Reads a value from a whole JSON document.
///
/// # Errors
/// When the text is no JSON, has something after the value, or does not fit the type.
///
/// ```
/// use typefoundry_runtime::json;
///
/// let names: Vec<String> = json::from_slice(br#"["ada", "grace"]"#)?;
/// assert_eq!(names, ["ada", "grace"]);
/// # Ok::<(), json::DecodeError>(())
/// ```
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    match read(repair::without_mark(json)) {
        Err(error) if error.is_broken_text() => read(&repair::repaired(json)),
        result => result,
    }
}

fn read<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(json)?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Whether a body says nothing at all.
pub(super) fn is_blank(body: &[u8]) -> bool {
    repair::without_mark(body).trim_ascii().is_empty()
}

/// The value of a key, beside the key.
pub(super) fn entry<T: Decode>(reader: &mut Reader<'_>, key: String) -> Result<(String, T), DecodeError> {
    match T::decode(reader) {
        Ok(value) => Ok((key, value)),
        Err(error) => Err(error.in_key(key)),
    }
}
