//! How params and options become an HTTP request.

mod base_url;
mod headers;
mod writer;

pub use base_url::BaseUrl;
pub(crate) use headers::header_value;
pub use headers::{HeaderWriter, RequestOptions};
pub use writer::RequestWriter;
