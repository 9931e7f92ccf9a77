//! Free JSON: values that no type describes.
//!
//! `serde_json::Value` rounds numbers and sorts keys, unless a feature says
//! otherwise. Features are shared by all crates of a program, so this crate can
//! neither turn them on nor rely on them. [`Value`] keeps both by itself.

mod decimal;
mod number;
mod object;

mod access;
mod convert;

mod serde;

use std::fmt;
use std::str::FromStr;

pub(super) use decimal::{Whole, whole};
pub use number::{Number, NumberError};
pub use object::{Object, ObjectEntries};
pub(super) use serde::{Received, receive};

use super::{DecodeError, EncodeError, from_slice, to_vec};

/// Any JSON value.
///
/// A value is written as it was read: numbers keep all digits and their
/// spelling, objects keep the order of their keys. Of a key that an object
/// repeats, the last value is kept, in the place of the first. White space and
/// the spelling of escapes in strings are not kept.
///
/// Equality looks at the meaning: `1.0` equals `1`, and the order of keys does
/// not matter.
///
/// ```
/// use typefoundry_runtime::Value;
///
/// let value: Value = r#"{"plan": "pro", "seats": [3, 1.50], "big": 123456789012345678901234567890}"#.parse()?;
/// assert_eq!(value["plan"], "pro");
/// assert_eq!(value["seats"][0].as_i64(), Some(3));
/// assert_eq!(value.pointer("/seats/1").and_then(Value::as_f64), Some(1.5));
/// assert!(value["missing"]["too"].is_null());
/// assert_eq!(value.to_string(), r#"{"plan":"pro","seats":[3,1.50],"big":123456789012345678901234567890}"#);
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
///
/// A value converts from Rust's own types and from `serde_json::Value`, so that
/// `serde_json::json!` can build one:
///
/// ```
/// use typefoundry_runtime::Value;
///
/// let value = Value::from(serde_json::json!({"plan": "pro", "seats": 3}));
/// assert_eq!(value["seats"], 3);
/// ```
///
/// With [`json::to_value`](crate::json::to_value) and [`json::from_value`](crate::json::from_value), a type that
/// implements serde's traits becomes a value and back.
///
/// `Debug` shows the whole value.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Self>),
    /// An object.
    Object(Object),
}

/// The JSON text of the value, or in angle brackets why it has none.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(to_vec(self), f)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Value {
    type Err = DecodeError;

    /// Reads a JSON document.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        from_slice(text.as_bytes())
    }
}

/// Shows what was written. `to_string` panics when a `Display` fails, so an error is text as well.
fn display(written: Result<Vec<u8>, EncodeError>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match written {
        Ok(json) => f.write_str(&String::from_utf8_lossy(&json)),
        Err(error) => write!(f, "<{error}>"),
    }
}

/// Reads a value as a type that implements serde's `Deserialize`.
///
/// # Errors
/// When the value does not fit the type.
///
/// ```
/// use typefoundry_runtime::{Value, json};
///
/// let value: Value = "[1, 2]".parse()?;
/// assert_eq!(json::from_value::<Vec<u8>>(&value)?, [1, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_value<T: serde_core::de::DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    let json = to_vec(value).map_err(serde_core::de::Error::custom)?;
    serde_json::from_slice(&json)
}

/// Makes a value of a type that implements serde's `Serialize`.
///
/// # Errors
/// When serializing fails or a map has a key that is not text.
///
/// ```
/// use typefoundry_runtime::json;
///
/// assert_eq!(json::to_value(&["a", "b"])?, serde_json::json!(["a", "b"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn to_value<T: serde_core::Serialize + ?Sized>(value: &T) -> Result<Value, serde_json::Error> {
    from_slice(&serde_json::to_vec(value)?).map_err(serde_core::de::Error::custom)
}
