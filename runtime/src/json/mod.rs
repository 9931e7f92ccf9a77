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
//!
//! May use: `text`, `value`.

mod json_kind;
mod nesting;
mod path;
mod repair;

mod decode_error;
mod encode_error;

mod syntax;

mod value;

mod reader;

mod decode;

mod decode_impls;
mod field_slot;

mod writer;

mod encode;

mod encode_impls;

mod union;
mod unknown_variant;
mod value_text;

mod macros;
mod serde;

pub use self::decode::{Decode, from_slice};
pub use self::decode_error::DecodeError;
pub use self::encode::{Encode, to_vec};
pub use self::encode_error::EncodeError;
pub use self::field_slot::{Field, FieldSlot, Fill};
pub use self::json_kind::JsonKind;
pub use self::reader::Reader;
pub use self::unknown_variant::UnknownVariant;
pub use self::value::{Number, NumberError, Object, ObjectEntries, Value};
pub use self::value_text::{from_value, to_value};
pub use self::writer::Writer;

#[doc(hidden)]
pub use self::field_slot::{AssumeUtc, Ignored};
#[doc(hidden)]
pub use self::union::{decode_payload, try_variant};
#[doc(hidden)]
pub use self::unknown_variant::decode_unknown_variant;

pub(crate) use self::repair::repaired;
pub(crate) use self::serde::{deserialize, serialize};
