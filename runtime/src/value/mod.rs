//! Values of params and responses that need types of their own.
//!
//! The types know neither JSON nor a request. `json` reads and writes them.
//!
//! Uses no other module.

mod patch;
mod secret;
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
