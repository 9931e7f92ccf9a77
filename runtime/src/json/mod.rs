//! What JSON means here, said once for all generated types.
//!
//! Types do not derive serde's traits, because those are slow to compile in
//! number. They implement [`Decode`] over a pull [`Reader`] and [`Encode`] over
//! a [`Writer`], by the macros `json_object!`, `json_union!`, `string_id!` and `open_enum!`.
//!
//! - A list, map or free object that is missing or null reads as empty.
//! - A field of type `Option` that is missing or null reads as `None`, and a
//!   `None` field is not written.
//! - A field of type [`Patch`](crate::Patch) tells the two apart: missing is `Absent`, null is `Null`.
//! - Unknown keys are ignored, or kept where a type has a `rest` field.
//! - When a key comes twice, the last one counts, save for the tag of a union: there it is the first.
//! - A union that is of no known variant is kept as it came.
//! - `30.0` and `3e1` are the integer 30. A number with a fraction is not an integer, and one that does not fit is an error.
//! - A number that is not finite is never written: JSON has no word for it.
//! - An empty list reads as an empty map or free object, because PHP writes both alike.
//! - Free JSON and what is unknown is written back with its digits and the order of its keys, see [`Value`].
//! - Lists and objects are nested up to 128 deep, whether they are read, skipped or written.
//! - A byte order mark is skipped. Bytes that are not UTF-8, and escapes of half a surrogate pair, read as U+FFFD.

mod encode_error;
mod error;
mod kind;
mod path;
mod repair;
mod syntax;

mod reader;

mod decode;
mod slot;

mod writer;

mod encode;

mod value;

mod union;
mod unknown_variant;

mod macros;
mod serde;

pub use decode::Decode;
pub use encode::Encode;
pub use encode_error::EncodeError;
pub use error::DecodeError;
pub use kind::Kind;
pub use reader::Reader;
pub use slot::{Field, Fill, Slot};
pub use unknown_variant::UnknownVariant;
pub use value::{Number, NumberError, Object, ObjectEntries, Value, from_value, to_value};
pub use writer::Writer;

#[doc(hidden)]
pub use slot::{InUtc, Passed};
#[doc(hidden)]
pub use union::{fits, payload};
#[doc(hidden)]
pub use unknown_variant::unknown_variant;

pub(crate) use repair::repaired;
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
    match read(repair::without_mark(json)) {
        Err(error) if error.is_broken_text() => read(&repaired(json)),
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
fn is_blank(body: &[u8]) -> bool {
    repair::without_mark(body).trim_ascii().is_empty()
}

/// Writes a value as a JSON document.
///
/// # Errors
/// When a value has no spelling in JSON: NaN, an infinity, or one that is nested too deep.
///
/// ```
/// use typefoundry_runtime::json;
///
/// assert_eq!(json::to_vec(&vec![1, 2])?, b"[1,2]");
/// assert!(json::to_vec(&f64::NAN).is_err());
/// # Ok::<(), typefoundry_runtime::EncodeError>(())
/// ```
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_bytes()
}
