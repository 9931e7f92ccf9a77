//! Decoding and encoding of JSON, with the same rules for all generated types.
//!
//! Types do not derive serde's traits, because many derives are slow to compile. They implement
//! [`Decode`] over a pull [`Reader`] and [`Encode`] over a [`Writer`], through the macros
//! `json_object!`, `json_union!`, `string_id!`, `open_enum!` and `open_integer_enum!`.
//!
//! - A list, map or free-form object that is missing or null decodes as empty.
//! - An `Option` field that is missing or null decodes as `None`, and a `None` field is omitted.
//! - A [`Patch`](crate::Patch) field distinguishes the two: missing is `Absent`, null is `Null`.
//! - Unknown keys are ignored, or stored if the type has a field for additional keys.
//! - If a key is repeated, the last value is used. The tag of a union is the exception: the first
//!   is used.
//! - An unknown variant of a union is stored unchanged.
//! - `30.0` and `3e1` decode as the integer 30. A number with a fraction, or out of range, is not a
//!   valid integer.
//! - A number that is not finite cannot be encoded, because JSON cannot represent it.
//! - An empty list decodes as an empty map or free-form object, because PHP encodes both alike.
//! - Free-form JSON and unknown values keep the digits of numbers and the order of keys, see
//!   [`Value`].
//! - Lists and objects can be nested up to 128 levels deep, in both directions.
//! - A byte order mark is skipped. Bytes that are not UTF-8 and unpaired surrogate escapes decode
//!   as U+FFFD.
//!
//! May use: `text`, `value`.

mod json_kind;
mod nesting;
mod path;
mod index_set;
mod repair;
mod decode_error;
mod encode_error;
mod syntax_error;
mod tags;
mod tokenizer;
mod value;
mod reader;
mod skip;
mod decode;
mod decode_impls;
mod decode_in_place;
mod writer;
mod encode;
mod additional_fields;
mod field_slot;
mod encode_object;
mod encode_impls;
mod tuples;
mod written_keys;
mod union;
mod unknown_variant;
mod value_text;
mod macros;
mod serde;

pub use self::additional_fields::AdditionalFields;
pub use self::decode::{Decode, from_slice};
pub use self::decode_error::DecodeError;
pub use self::decode_in_place::DecodeInPlace;
pub use self::encode::{Encode, to_vec};
pub use self::encode_error::EncodeError;
pub use self::field_slot::{DecodeSlot, Field, FieldSlot};
pub use self::json_kind::JsonKind;
pub use self::reader::Reader;
pub use self::unknown_variant::UnknownVariant;
pub use self::value::{Number, NumberError, Object, ObjectEntries, Value};
pub use self::value_text::{from_value, to_value};
pub use self::writer::Writer;

#[doc(hidden)]
pub use self::decode_in_place::decode_from_placeholder;
#[doc(hidden)]
pub use self::field_slot::{AssumeUtc, Ignored, WithDefault, WithJsonDefault};
#[doc(hidden)]
pub use self::union::{decode_payload, try_variant};
#[doc(hidden)]
pub use self::unknown_variant::{decode_unknown_variant, placeholder_variant};

pub(crate) use self::decode::{is_blank, read_document};
pub(crate) use self::serde::{deserialize, serialize};
pub(crate) use self::written_keys::may_repeat_key;
