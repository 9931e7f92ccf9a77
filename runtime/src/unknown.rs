//! What this version does not know: a value of an open enum, a variant of a union.

use std::fmt;

use crate::{Decode, DecodeError, Reader, Value};

/// A value of an open enum that had no name when the code was generated.
///
/// It is kept as it came and written back unchanged. It cannot be made by
/// hand: an enum's `From<&str>` makes it, and only for values that are really
/// unknown, so one wire value never has two spellings in Rust.
///
/// ```compile_fail
/// let value = typefoundry_runtime::UnknownValue(Box::from("sold"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

/// The only way to an [`UnknownValue`], for `open_enum!` alone. It is no method,
/// or the compiler would recommend it to those who cannot call it.
pub fn unknown(value: &str) -> UnknownValue {
    UnknownValue(value.into())
}

impl UnknownValue {
    /// The value as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

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
pub fn unknown_variant(reader: &mut Reader<'_>) -> Result<UnknownVariant, DecodeError> {
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
