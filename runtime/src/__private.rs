//! What the macros of this crate expand to. Not part of the API.

pub use crate::json::{InUtc, Passed, Slot, fits, payload};
pub use crate::unknown::{unknown, unknown_variant};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Decode, DecodeError, Encode, Reader, Writer};

/// A bound that nothing meets: methods that need the feature `blocking` have it in a build without that feature.
#[diagnostic::on_unimplemented(
    message = "blocking calls require the feature `blocking`",
    label = "this method requires the feature `blocking`",
    note = "enable it in `Cargo.toml`: `features = [\"blocking\"]`",
    note = "in async code, use the method that is awaited: `.await`, `.next().await`, `.transport(…)`"
)]
pub trait BlockingFeature {}

/// Finds the tag of a union.
///
/// # Errors
/// When no object comes next.
pub fn tag(reader: &mut Reader<'_>, names: &[&'static str]) -> Result<Option<String>, DecodeError> {
    reader.tag(names)
}

/// Writes a variant of a union.
pub fn write_variant(
    writer: &mut Writer,
    tag: Option<(&'static str, &dyn Encode)>,
    key: Option<&'static str>,
    payload: Option<&dyn Encode>,
) {
    writer.variant(tag, key, payload);
}

/// See the bridge to serde.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    crate::json::serialize(value, serializer)
}

/// See the bridge to serde.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    crate::json::deserialize(deserializer)
}
