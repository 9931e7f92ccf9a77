//! Errors of calls and of transports.
//!
//! An error names the operation, the failed step and the cause. It never shows a request, a body or
//! a secret.
//!
//! May use: `text`, `json`, `operation`, `response`.

mod transport_error;
mod api_error;
mod body;
mod code;
mod kind;
mod call_error;

pub use self::api_error::ApiError;
pub use self::body::ErrorBody;
pub use self::call_error::Error;
pub use self::code::ApiErrorCode;
pub use self::kind::ErrorKind;
pub use self::transport_error::{TransportError, TransportErrorKind};
