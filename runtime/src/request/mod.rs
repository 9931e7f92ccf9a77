//! How params and options become an HTTP request.

mod base_url;
mod target;

mod body;
mod headers;
mod lists;
mod path;
mod query;

mod writer;

pub use base_url::BaseUrl;
pub(crate) use headers::header_value;
pub use headers::{HeaderWriter, RequestOptions};
pub use lists::{ListStyle, WirePair, WirePairs, WireTexts};
pub use target::Target;
pub use writer::RequestWriter;
