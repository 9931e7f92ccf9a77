//! Conversion of free-form JSON from and to text and types that implement serde's traits.

use std::fmt;
use std::str::FromStr;

use super::decode::from_slice;
use super::decode_error::DecodeError;
use super::encode::to_vec;
use super::encode_error::EncodeError;
use super::value::{Number, NumberError, Object, Value};

/// Writes the JSON text of the value, or an error in angle brackets if it cannot be encoded.
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

    /// Decodes a JSON document.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        from_slice(text.as_bytes())
    }
}

/// Writes the JSON or the error. The error is written as text, because `to_string` panics if a
/// `Display` fails.
fn display(written: Result<Vec<u8>, EncodeError>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match written {
        Ok(json) => f.write_str(&String::from_utf8_lossy(&json)),
        Err(error) => write!(f, "<{error}>"),
    }
}

/// Converts a value to a type that implements serde's `Deserialize`.
///
/// # Errors
/// Returns an error if the value does not match the type.
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

/// Converts a type that implements serde's `Serialize` to a value.
///
/// # Errors
/// Returns an error if serialization fails, or if a map has a key that is not a string.
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

/// Writes the JSON text of the object, or an error in angle brackets if it cannot be encoded.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(to_vec(self), f)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The decoder accepts white space around a value, but a number has none.
        if text.trim() != text {
            return Err(NumberError(()));
        }
        from_slice(text.as_bytes()).map_err(|_| NumberError(()))
    }
}
