//! The text of free JSON, and its conversion from and to types that implement serde's traits.

use std::fmt;
use std::str::FromStr;

use super::decode::from_slice;
use super::decode_error::DecodeError;
use super::encode::to_vec;
use super::encode_error::EncodeError;
use super::value::{Number, NumberError, Object, Value};

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

/// The JSON text of the object, or in angle brackets why it has none.
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
        // JSON allows white space around a value.
        if text.trim() != text {
            return Err(NumberError(()));
        }
        from_slice(text.as_bytes()).map_err(|_| NumberError(()))
    }
}
