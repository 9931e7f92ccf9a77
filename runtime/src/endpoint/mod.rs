//! The traits of generated parameter types. They connect parameters to HTTP, without a client and
//! without I/O.
//!
//! May use: `value`, `json`, `operation`, `response`, `error`, `stream`,
//! `request`.

mod http_endpoint;
mod url_endpoint;
mod page_progress;
mod paginated;
mod streamed;
mod read;

pub use self::http_endpoint::Endpoint;
pub use self::page_progress::PageProgress;
pub use self::paginated::Paginated;
pub use self::read::{read_bytes, read_items, read_text};
pub use self::streamed::Streamed;
pub use self::url_endpoint::{UrlEndpoint, UrlRequest};

pub(crate) use self::http_endpoint::{check_status, undecoded};
