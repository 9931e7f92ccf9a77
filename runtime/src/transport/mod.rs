//! Transports: the traits that send one HTTP request, and their implementations.
//!
//! May use: `response`, `error`, `request` (framing headers), `trace`.

mod async_transport;
mod blocking_feature;
mod blocking_transport;

#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod body_collector;
#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod http_common;

#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;

#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
mod blocking_adapter;

mod selection;

pub use self::async_transport::{BoxFuture, Transport};
#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
pub use self::blocking_adapter::BlockingAdapter;
#[doc(hidden)]
pub use self::blocking_feature::BlockingFeature;
pub use self::blocking_transport::BlockingTransport;
#[cfg(feature = "hyper")]
pub use self::hyper::{HyperTransport, HyperTransportBuilder};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::tower::{TowerTransport, TransportService};

pub(crate) use self::selection::Transports;
