//! Unknown values of open enums.

use std::fmt;

/// A value of an open enum that was unknown when the code was generated.
///
/// The value is kept unchanged and is written back as received. Only the `From<&str>` of an enum
/// creates it, and only for values without a variant. Each wire value therefore has exactly one
/// representation in Rust.
///
/// ```compile_fail
/// let value = typefoundry_runtime::UnknownValue(Box::from("sold"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

/// Creates an [`UnknownValue`]. Only `open_enum!` calls this function.
///
/// A free function, because the compiler would suggest a method to callers that cannot use it.
pub fn unknown_value(value: &str) -> UnknownValue {
    UnknownValue(value.into())
}

impl UnknownValue {
    /// Returns the value as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A value of an open enum of integers that was unknown when the code was generated.
///
/// The value is kept and is written back. Only the `From<i64>` of an enum creates it, and only for values without a
/// variant. Each wire value therefore has exactly one representation in Rust.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownInteger(i64);

/// Creates an [`UnknownInteger`]. Only `open_integer_enum!` calls this function.
pub const fn unknown_integer(value: i64) -> UnknownInteger {
    UnknownInteger(value)
}

impl UnknownInteger {
    /// Returns the value as received.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
