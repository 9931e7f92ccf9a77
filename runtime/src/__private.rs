//! Items that generated code and the macros of this crate expand to. Not part of the API.

pub use crate::json::{
    AssumeUtc, Ignored, WithDefault, WithJsonDefault, decode_from_placeholder, decode_payload,
    decode_unknown_variant, placeholder_variant, try_variant,
};
pub use crate::transport::BlockingFeature;
pub use crate::value::{unknown_integer, unknown_value};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{Decode, DecodeError, Encode, Reader, Writer};

/// Returns the tag of a union as text.
///
/// # Errors
/// Returns an error if the next value is not an object.
pub fn peek_tag(reader: &mut Reader<'_>, names: &[&'static str]) -> Result<Option<String>, DecodeError> {
    reader.peek_tag(names)
}

/// Returns the tag of a union at a path of keys as text.
///
/// # Errors
/// Returns an error if the next value is not an object.
pub fn peek_tag_at(reader: &mut Reader<'_>, path: &[&'static str]) -> Result<Option<String>, DecodeError> {
    reader.peek_tag_at(path)
}

/// Returns whether the next value is an object with this constant.
///
/// # Errors
/// Returns an error if the next value is not valid JSON.
pub fn has_constant(reader: &mut Reader<'_>, key: &str, value: &str) -> Result<bool, DecodeError> {
    reader.has_constant(key, value)
}

/// Writes a variant of a union.
pub fn write_variant(
    writer: &mut Writer,
    tag: Option<(&'static str, &dyn Encode)>,
    key: Option<&'static str>,
    payload: Option<&dyn Encode>,
) {
    writer.write_variant(tag, key, payload);
}

/// Serializes a value through the bridge to serde.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    crate::json::serialize(value, serializer)
}

/// Deserializes a value through the bridge to serde.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    crate::json::deserialize(deserializer)
}
