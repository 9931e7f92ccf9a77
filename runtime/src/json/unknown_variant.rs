//! Variants of a union that this version does not know.

use std::fmt;

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::encode::Encode;
use super::reader::Reader;
use super::value::Value;
use super::writer::Writer;

/// A variant of a union that was not known when the code was generated.
///
/// It is kept as a [`Value`] and written back as it came. It cannot be made by
/// hand: only reading makes it. `Debug` shows nothing of it, since what is not
/// known may be a secret.
///
/// ```compile_fail
/// let variant = typefoundry_runtime::UnknownVariant(typefoundry_runtime::Value::Null);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownVariant(Value);

/// The only way to an [`UnknownVariant`], for `json_union!` alone.
///
/// # Errors
/// When no JSON value comes next.
pub fn decode_unknown_variant(reader: &mut Reader<'_>) -> Result<UnknownVariant, DecodeError> {
    Value::decode(reader).map(UnknownVariant)
}

impl UnknownVariant {
    /// The value as it came. Take care where it goes: it may hold a secret.
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
        self.as_value().encode(writer);
    }
}
