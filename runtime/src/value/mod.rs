//! Value types of parameters and responses that the standard library does not provide.
//!
//! The types depend on neither JSON nor HTTP requests; the `json` module encodes and decodes them.
//!
//! Uses no other module.

mod patch;
mod secret;
mod calendar;
mod value_error;
mod timestamp;
mod date;
mod time;
mod duration;
mod uuid;
mod url;
mod canonical;
mod decimal;
mod base64;
mod unknown;
mod id;
mod param;

pub use self::base64::Base64;
pub use self::date::Date;
pub use self::decimal::Decimal;
pub use self::duration::IsoDuration;
pub use self::id::IntoId;
pub use self::param::ToParam;
pub use self::patch::Patch;
pub use self::secret::Secret;
pub use self::time::Time;
pub use self::timestamp::{Timestamp, TimestampError, UnixSeconds};
pub use self::unknown::{UnknownInteger, UnknownValue, unknown_integer, unknown_value};
pub use self::url::Url;
pub use self::uuid::Uuid;
pub use self::value_error::ValueError;

pub(crate) use self::canonical::{Canonical, WholeNumber, whole_number};
