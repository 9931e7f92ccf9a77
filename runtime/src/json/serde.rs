//! The bridge to serde, for users that store generated types.
//!
//! The bridge converts through JSON text. This is slightly slower at run time, but each type
//! compiles only two calls.

use serde_core::de::Error as _;
use serde_core::ser::Error as _;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::decode::{Decode, from_slice};
use super::encode::{Encode, to_vec};
use super::value::{Number, Object, Received, Value, receive};
use crate::value::{Base64, Date, Decimal, IsoDuration, Secret, Time, Timestamp, UnixSeconds, Url, Uuid};

/// Serializes the JSON of an [`Encode`] value with any serializer.
pub(crate) fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value).map_err(S::Error::custom)?;
    let value: Value = from_slice(&json).map_err(S::Error::custom)?;
    value.serialize(serializer)
}

/// Deserializes a [`Decode`] value from any self-describing format.
pub(crate) fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = match receive(deserializer)? {
        Received::Text(text) => text.into_bytes(),
        Received::Value(value) => to_vec(&value).map_err(D::Error::custom)?,
    };
    from_slice(&json).map_err(D::Error::custom)
}

crate::__impl_serde!(Secret);
crate::__impl_serde!(Timestamp);
crate::__impl_serde!(UnixSeconds);
crate::__impl_serde!(Date);
crate::__impl_serde!(Time);
crate::__impl_serde!(IsoDuration);
crate::__impl_serde!(Url);
crate::__impl_serde!(Uuid);
crate::__impl_serde!(Decimal);
crate::__impl_serde!(Base64);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match receive(deserializer)? {
            Received::Text(text) => from_slice(text.as_bytes()).map_err(D::Error::custom),
            Received::Value(value) => Ok(value),
        }
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
