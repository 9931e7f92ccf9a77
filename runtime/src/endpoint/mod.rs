//! The traits of generated parameter types. They connect parameters to HTTP, without a client and
//! without I/O.
//!
//! May use: `value`, `json`, `operation`, `response`, `error`, `request`.

mod http_endpoint;
mod url_endpoint;
mod paginated;

pub use self::http_endpoint::Endpoint;
pub use self::paginated::Paginated;
pub use self::url_endpoint::{UrlEndpoint, UrlRequest};
