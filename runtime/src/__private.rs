//! What the macros of this crate expand to. Not part of the API.

pub use crate::json::{Slot, Writer};
pub use crate::unknown::unknown;
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Decode, Encode};

/// See the bridge to serde.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    crate::json::serialize(value, serializer)
}

/// See the bridge to serde.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    crate::json::deserialize(deserializer)
}
