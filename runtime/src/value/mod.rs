//! Value types of parameters and responses that the standard library does not provide.
//!
//! The types depend on neither JSON nor HTTP requests; the `json` module encodes and decodes them.
//!
//! Uses no other module.

mod patch;
mod secret;
mod calendar;
mod timestamp;
mod unknown;
mod id;
mod param;

pub use self::id::IntoId;
pub use self::param::ToParam;
pub use self::patch::Patch;
pub use self::secret::Secret;
pub use self::timestamp::{Timestamp, TimestampError, UnixSeconds};
pub use self::unknown::{UnknownValue, unknown_value};
