//! The parts of a response that do not depend on its type: status, headers, and single values of a
//! JSON body.
//!
//! May use: `text`, `clock`, `value`, `json`, `operation`.

mod from_response;
mod header_reader;
mod content_type;
mod media_type;
mod rate_limit;
mod link;
mod status;
mod retry_after;
mod json_lookup;
mod snapshot;

pub use self::from_response::FromResponse;
pub use self::header_reader::HeaderReader;
pub use self::rate_limit::RateLimit;

pub(crate) use self::content_type::non_json_reason;
pub(crate) use self::link::next_link;
pub(crate) use self::media_type::{check_charset, check_content_type};
pub(crate) use self::retry_after::retry_after;
pub(crate) use self::snapshot::ResponseSnapshot;
pub(crate) use self::status::{is_success, is_transient};
