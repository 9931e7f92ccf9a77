//! The bridge to serde, for users who store generated types.
//!
//! It goes through `serde_json::Value`, which costs a little time when it runs
//! and nearly none when it compiles: each type adds two calls.

use serde_core::de::Error as _;
use serde_core::ser::Error as _;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Decode, Encode, from_slice, to_vec};
use crate::Value;

/// Writes what [`Encode`] writes through any serializer.
pub(crate) fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let value: Value = serde_json::from_slice(&to_vec(value)).map_err(S::Error::custom)?;
    value.serialize(serializer)
}

/// Reads what [`Decode`] reads from any format that describes itself.
pub(crate) fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    from_slice(&to_vec(&value)).map_err(D::Error::custom)
}
