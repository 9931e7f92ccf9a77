//! Unknown variants of unions.

use std::fmt;

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::encode::Encode;
use super::reader::Reader;
use super::value::Value;
use super::writer::Writer;

/// A variant of a union that was unknown when the code was generated.
///
/// The value is kept as a [`Value`] and written back as received. Only decoding creates it. `Debug`
/// shows nothing of the value, which may be a secret.
///
/// ```compile_fail
/// let variant = typefoundry_runtime::UnknownVariant(typefoundry_runtime::Value::Null);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownVariant(Value);

/// Decodes an [`UnknownVariant`]. Only `json_union!` calls this function.
///
/// # Errors
/// Returns an error if the input has no valid JSON value at the current position.
pub fn decode_unknown_variant(reader: &mut Reader<'_>) -> Result<UnknownVariant, DecodeError> {
    Value::decode(reader).map(UnknownVariant)
}

/// Creates the placeholder of a union. Only `json_union!` calls this function.
pub const fn placeholder_variant() -> UnknownVariant {
    UnknownVariant(Value::Null)
}

impl UnknownVariant {
    /// Returns the value as received. Do not log it: it may contain a secret.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnknownVariant(..)")
    }
}

impl Encode for UnknownVariant {
    fn encode(&self, writer: &mut Writer) {
        writer.write_unknown_variant(self.as_value());
    }
}
