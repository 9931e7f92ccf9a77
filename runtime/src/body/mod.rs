//! The bodies of streamed requests and responses, as transports send and receive them.
//!
//! May use: `clock`, `error`.

mod reader_chunks;
#[cfg(all(feature = "blocking", feature = "tokio"))]
mod offloaded_reader;
mod chunks;
mod source;
mod upload;
mod request_body_guard;
mod request_body_stream;
mod request_body_reader;
mod request_body;
mod response_body;
mod blocking_response_body;
#[cfg(feature = "http-body")]
mod http_body_impls;

pub use self::blocking_response_body::BlockingResponseBody;
#[cfg(feature = "http-body")]
pub(crate) use self::http_body_impls::{is_truncated, truncated};
pub use self::request_body::RequestBody;
pub use self::request_body_guard::RequestBodyGuard;
pub use self::request_body_reader::RequestBodyReader;
pub use self::request_body_stream::RequestBodyStream;
pub use self::response_body::{DEFAULT_MAX_RESPONSE_LEN, ResponseBody};
