//! The conversion of parameters, options and credentials into an HTTP request.
//!
//! May use: `text`, `value`, `json`, `operation`, `error`, `body`.

mod secret_provider;
mod base_url;
mod server_url;
mod page_url;
mod context;
mod framing;
mod headers;
mod param_style;
mod lists;
mod structured;
mod path;
mod query;
mod client_credentials;
mod auth;
mod scheme;
mod file_part;
mod multipart;
mod body;
mod draft;
mod writer;

pub use self::auth::Auth;
pub use self::base_url::BaseUrl;
pub use self::client_credentials::ClientCredentials;
pub use self::context::RequestContext;
pub use self::file_part::FilePart;
pub use self::headers::{HeaderWriter, RequestOptions};
pub use self::lists::{ListStyle, ParamPair, ToParamList, ToParamMap};
pub use self::page_url::PageUrl;
pub use self::param_style::ParamStyle;
pub use self::secret_provider::SecretProvider;
pub use self::writer::RequestWriter;

pub(crate) use self::auth::CachedAuth;
pub(crate) use self::client_credentials::{AccessToken, read_token};
pub(crate) use self::draft::RequestDraft;
pub(crate) use self::framing::remove_framing_headers;
pub(crate) use self::framing::{framing_header, is_framing};
pub(crate) use self::headers::header_value;
pub(crate) use self::scheme::check as check_scheme;
pub(crate) use self::server_url::{ServerVariable, expand};
