//! Values of an open enum that this version does not know.

use std::fmt;

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
pub fn unknown_value(value: &str) -> UnknownValue {
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
