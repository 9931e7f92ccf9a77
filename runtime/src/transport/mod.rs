//! Transports: the traits that send one HTTP request, and their implementations.
//!
//! May use: `clock`, `response`, `error`, `body`, `request` (framing headers), `trace`, `value` (the key of a client
//! certificate).

mod async_transport;
mod blocking_feature;
mod blocking_transport;
#[cfg(feature = "http-body")]
mod body_collector;
mod http_common;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(all(feature = "blocking", feature = "tokio"))]
mod blocking_adapter;
mod selection;

pub use self::async_transport::{BoxFuture, Transport};
#[cfg(all(feature = "blocking", feature = "tokio"))]
pub use self::blocking_adapter::BlockingAdapter;
#[doc(hidden)]
pub use self::blocking_feature::BlockingFeature;
pub use self::blocking_transport::BlockingTransport;
#[cfg(feature = "http-body")]
pub use self::http_common::read_response;
pub use self::http_common::{set_framing_headers, set_streaming_framing_headers};
#[cfg(feature = "hyper")]
pub use self::hyper::{HyperTransport, HyperTransportBuilder};

pub(crate) use self::selection::Transports;
