//! The bridge to serde, for users who store generated types.
//!
//! It goes through JSON text, which costs a little time when it runs and nearly
//! none when it compiles: each type adds two calls.

use serde_core::de::Error as _;
use serde_core::ser::Error as _;
use serde_core::{Deserializer, Serialize, Serializer};

use super::value::{Received, receive};
use super::{Decode, Encode, from_slice, to_vec};
use crate::json::value::Value;
use crate::value::{Secret, Timestamp, UnixSeconds};

/// Writes what [`Encode`] writes through any serializer.
pub(crate) fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value).map_err(S::Error::custom)?;
    let value: Value = from_slice(&json).map_err(S::Error::custom)?;
    value.serialize(serializer)
}

/// Reads what [`Decode`] reads from any format that describes itself.
pub(crate) fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = match receive(deserializer)? {
        Received::Text(text) => text.into_bytes(),
        Received::Value(value) => to_vec(&value).map_err(D::Error::custom)?,
    };
    from_slice(&json).map_err(D::Error::custom)
}

crate::__serde!(Secret);
crate::__serde!(Timestamp);
crate::__serde!(UnixSeconds);
