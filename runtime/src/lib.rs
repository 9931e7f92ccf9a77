//! The runtime of generated API clients.
//!
//! ```no_run
//! use std::time::Duration;
//! use typefoundry_runtime::{ApiInfo, Auth, Client, Endpoint, Method, Operation, RequestWriter};
//!
//! // A generated package contains these items.
//! static API: ApiInfo =
//!     ApiInfo { name: "petstore", user_agent: "petstore/1", retry_statuses: &[] };
//! struct GetName;
//! impl Endpoint for GetName {
//!     type Options = ();
//!     type Response = String;
//!     const OPERATION: Operation = Operation::new("pets.name", Method::GET, "/pets/7/name");
//!     fn write(&self, _request: &mut RequestWriter) {}
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), typefoundry_runtime::Error> {
//! let client = Client::builder(&API, "https://api.example.com", Auth::none()).build()?;
//! let name = client.request(GetName).timeout(Duration::from_secs(5)).await?;
//! # let _: String = name;
//! # Ok(())
//! # }
//! ```
//!
//! Generated code stays thin: an operation consists of parameters, a descriptor and a few calls into this crate. This
//! crate contains the code that all operations share: JSON, requests, errors, retries and transports. It is independent
//! of any one vendor.
//!
//! Modules are declared in the order of the data flow, and a module uses only modules that are declared before it:
//!
//! `text` → `clock` → `value` → `json` → `operation` → `response` → `error` → `body` → `stream` → `request` → `endpoint` →
//! `trace` → `transport` → `retry` → `interceptor` → `call` → `client`

#![cfg_attr(doctest, doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod text;
mod clock;
mod value;
pub mod json;
mod operation;
mod response;
mod error;
mod body;
mod stream;
mod request;
mod endpoint;
mod trace;
mod transport;
mod retry;
mod interceptor;
mod call;
mod client;
#[cfg(feature = "pkce")]
mod pkce;

#[doc(hidden)]
pub mod __private;

pub use crate::body::{
    BlockingResponseBody, DEFAULT_MAX_RESPONSE_LEN, RequestBody, RequestBodyGuard, RequestBodyReader,
    RequestBodyStream, ResponseBody,
};
#[cfg(feature = "blocking")]
pub use crate::call::BlockingIter;
pub use crate::call::{
    ApiResponse, ByteStream, Call, CallWithMetadata, EventStream, Items, JsonLineStream, Pages, Request,
    ResponseStream,
};
pub use crate::client::{Client, ClientBuilder, env_var, optional_env_var};
pub use crate::endpoint::{
    Endpoint, PageProgress, Paginated, Streamed, UrlEndpoint, UrlRequest, read_bytes, read_items, read_text,
};
pub use crate::error::{
    ApiError, ApiErrorCode, Error, ErrorBody, ErrorKind, TransportError, TransportErrorKind,
};
pub use crate::interceptor::{Attempt, Interceptor};
pub use crate::json::{
    Decode, DecodeError, Encode, EncodeError, Number, NumberError, Object, ObjectEntries, Reader,
    UnknownVariant, Value, Writer,
};
pub use crate::operation::{
    ApiInfo, AuthRequirement, AuthScheme, Body, ErrorSchema, IdempotencyKey, Method, Operation, Permission,
};
#[cfg(feature = "pkce")]
pub use crate::pkce::{Pkce, random_token};
pub use crate::request::{
    Auth, BaseUrl, ClientCredentials, FilePart, HeaderWriter, ListStyle, PageUrl, ParamPair, ParamStyle,
    RequestContext, RequestOptions, RequestWriter, SecretProvider, ToParamList, ToParamMap,
};
pub use crate::response::{FromResponse, HeaderReader, RateLimit};
pub use crate::retry::{RetryBudget, RetryPolicy};
pub use crate::stream::{ByteDecoder, Event, EventDecoder, JsonLineDecoder, StreamDecoder};
#[cfg(all(feature = "blocking", feature = "tokio"))]
pub use crate::transport::BlockingAdapter;
#[cfg(feature = "http-body")]
pub use crate::transport::read_response;
pub use crate::transport::{
    BlockingTransport, BoxFuture, Transport, set_framing_headers, set_streaming_framing_headers,
};
#[cfg(feature = "hyper")]
pub use crate::transport::{HyperTransport, HyperTransportBuilder};
pub use crate::value::{
    Base64, Date, Decimal, IntoId, IsoDuration, Patch, Secret, Time, Timestamp, TimestampError, ToParam,
    UnixSeconds, UnknownInteger, UnknownValue, Url, Uuid, ValueError,
};

/// The body of a request or response, cheap to clone.
pub use bytes::Bytes;
/// The trait that [`Pages`] and [`Items`] implement.
pub use futures_core::Stream;
/// The HTTP types that appear in this crate's API.
pub use http;
