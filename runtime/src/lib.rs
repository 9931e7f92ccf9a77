//! What every generated client shares.
//!
//! Generated code stays thin: an operation is plain params, a descriptor and a
//! few calls into this crate. What all operations have in common (how JSON is
//! read and written, how a request is built, what an error says, how bytes
//! travel) is said once, here. This crate knows HTTP and no vendor.
//!
//! The modules follow the way of the data: values, their text and JSON, the
//! request, the endpoint that ties request and response together, errors, the
//! transport, and last the client.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod patch;
mod secret;
mod text_problem;

mod secret_source;
mod timestamp;
mod unknown;

mod id;
mod text;

pub mod json;

mod framing;
mod operation;
mod request;

mod endpoint;
mod url_endpoint;

mod pick;
mod shown;

mod answer;
mod answer_headers;
mod api_error;
mod content;
mod error;
mod error_body;
mod error_code;

mod blocking_transport;
mod transport;

#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod collect;
#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod exchange;

#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;

mod auth;
mod budget;
mod clock;
mod hook;
mod idempotency;
mod retry;
mod trace;

#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
mod block_on;

mod transports;

mod attempts;
mod drive;

mod call;
mod client;
mod client_builder;
mod paginated;

mod pages;

mod items;
mod raw;

#[cfg(feature = "blocking")]
mod blocking;
#[cfg(not(feature = "blocking"))]
mod blocking_off;

#[cfg(feature = "pkce")]
mod pkce;

#[doc(hidden)]
pub mod __private;

pub use crate::answer_headers::RateLimit;
pub use crate::api_error::{ApiError, ErrorShape};
pub use crate::auth::Auth;
#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
pub use crate::block_on::BlockOn;
#[cfg(feature = "blocking")]
pub use crate::blocking::Blocking;
pub use crate::blocking_transport::BlockingTransport;
pub use crate::budget::RetryBudget;
pub use crate::call::{Call, Request};
pub use crate::client::{Api, Client};
pub use crate::client_builder::{ClientBuilder, env_var};
pub use crate::endpoint::Endpoint;
pub use crate::error::{Error, ErrorKind};
pub use crate::error_body::ErrorBody;
pub use crate::error_code::ApiErrorCode;
pub use crate::hook::{Attempt, Hook};
#[cfg(feature = "hyper")]
pub use crate::hyper::{HyperTransport, HyperTransportBuilder};
pub use crate::id::IntoId;
pub use crate::items::Items;
pub use crate::json::{
    Decode, DecodeError, Encode, EncodeError, Number, NumberError, Object, ObjectEntries, Reader, Value,
    Writer,
};
pub use crate::operation::{Authentication, Body, IdempotencyKey, Method, Operation, Permission};
pub use crate::pages::Pages;
pub use crate::paginated::Paginated;
pub use crate::patch::Patch;
#[cfg(feature = "pkce")]
pub use crate::pkce::{Pkce, random_token};
pub use crate::raw::{RawCall, RawResponse};
pub use crate::request::{
    BaseUrl, HeaderWriter, ListStyle, RequestOptions, RequestWriter, Target, WirePair, WirePairs, WireTexts,
};
#[cfg(feature = "reqwest")]
pub use crate::reqwest::ReqwestTransport;
pub use crate::retry::RetryPolicy;
pub use crate::secret::Secret;
pub use crate::secret_source::SecretSource;
pub use crate::text::WireText;
pub use crate::timestamp::{Timestamp, TimestampError, UnixSeconds};
#[cfg(feature = "tower")]
pub use crate::tower::{TowerTransport, TransportService};
pub use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
pub use crate::unknown::{UnknownValue, UnknownVariant};
pub use crate::url_endpoint::{UrlEndpoint, UrlRequest};

/// The body of a request or response, cheap to clone.
pub use bytes::Bytes;
/// What [`Pages`] and [`Items`] are.
pub use futures_core::Stream;
/// The HTTP types that stand in this crate's API.
pub use http;
