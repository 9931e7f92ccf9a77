//! The trait of types that can be decoded from JSON.

use super::decode_error::DecodeError;
use super::reader::Reader;
use super::repair;

/// A type that can be decoded from JSON.
pub trait Decode: Sized {
    /// Decodes the next value.
    ///
    /// # Errors
    /// Returns an error if the value does not match the type.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Returns the value of a missing field of this type, or `None` if the field is required.
    /// Defaults to `None`.
    fn when_missing() -> Option<Self> {
        None
    }

    /// Whether [`Decode::from_body`] accepts any body, even one that exceeds the size limit.
    /// Defaults to `false`.
    ///
    /// This is `true` for the response of an operation without a described response, where a
    /// success status alone means that the operation was performed.
    const ACCEPTS_ANY_BODY: bool = false;

    /// Decodes the body of a successful response. An empty body is accepted only by types whose
    /// value can be absent, such as `Option`.
    ///
    /// # Errors
    /// Returns an error if the body is not valid JSON or does not match the type.
    fn from_body(body: &[u8]) -> Result<Self, DecodeError> {
        from_slice(body).or_else(|error| match Self::ACCEPTS_ANY_BODY {
            // All fields of such a type are optional.
            true => from_slice(b"{}"),
            false => Err(error),
        })
    }
}

/// Decodes a value from a complete JSON document.
///
/// # Errors
/// Returns an error if the text is not valid JSON, contains more than one value, or does not match
/// the type.
///
/// ```
/// use typefoundry_runtime::json;
///
/// let names: Vec<String> = json::from_slice(br#"["ada", "grace"]"#)?;
/// assert_eq!(names, ["ada", "grace"]);
/// # Ok::<(), json::DecodeError>(())
/// ```
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    read_document(json, T::decode)
}

/// Reads a complete JSON document. Invalid text is repaired and read again.
pub(crate) fn read_document<T>(
    json: &[u8],
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let read_all = |json: &[u8]| -> Result<T, DecodeError> {
        let mut reader = Reader::new(json)?;
        let value = read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    };
    match read_all(repair::without_byte_order_mark(json)) {
        Err(error) if error.is_repairable() => read_all(&repair::repaired(json)),
        result => result,
    }
}

/// Returns whether a body is empty or contains only white space.
pub(crate) fn is_blank(body: &[u8]) -> bool {
    repair::without_byte_order_mark(body).trim_ascii().is_empty()
}

/// Decodes the value of `key` and returns it together with the key.
pub(super) fn decode_entry<T: Decode>(
    reader: &mut Reader<'_>,
    key: String,
) -> Result<(String, T), DecodeError> {
    match T::decode(reader) {
        Ok(value) => Ok((key, value)),
        Err(error) => Err(error.in_key(key)),
    }
}
