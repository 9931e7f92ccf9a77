//! What JSON means here, said once for all generated types.
//!
//! Types do not derive serde's traits, because those are slow to compile in
//! number. They implement [`Decode`] over a pull [`Reader`] and [`Encode`] over
//! a [`Writer`], by the macros `json_object!`, `string_id!` and `open_enum!`.
//!
//! - A list, map or free object that is missing or null reads as empty.
//! - A field of type `Option` that is missing or null reads as `None`, and a
//!   `None` field is not written.
//! - Unknown keys are ignored, or kept where a type has a `rest` field.
//! - When a key comes twice, the last one counts.
//! - Numbers are strict: a float is no integer, and one that does not fit is an error.
//! - Nesting is limited, and the text must be UTF-8.

mod error;
mod reader;

mod decode;
mod slot;

mod writer;

mod encode;

mod macros;
mod serde;

pub use decode::Decode;
pub use encode::Encode;
pub use error::DecodeError;
pub use reader::{Kind, Reader};
pub use slot::{Field, Fill, Slot};
pub use writer::Writer;

pub(crate) use serde::{deserialize, serialize};

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
    let mut reader = Reader::new(json)?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Reads the body of a response: as [`from_slice`], but a body of nothing
/// reads as what a missing field of this type would.
///
/// # Errors
/// As [`from_slice`].
pub(crate) fn from_body<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    if body.trim_ascii().is_empty()
        && let Some(value) = T::absent()
    {
        return Ok(value);
    }
    from_slice(body)
}

/// Writes a value as a JSON document.
///
/// ```
/// use typefoundry_runtime::json;
///
/// assert_eq!(json::to_vec(&vec![1, 2]), b"[1,2]");
/// ```
pub fn to_vec(value: &dyn Encode) -> Vec<u8> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_bytes()
}
