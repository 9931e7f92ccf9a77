//! The default transport: hyper over tokio, rustls for https.
//!
//! It contains what a client of one API needs and no more: HTTP/1.1 (and HTTP/2 behind a feature), pooled connections,
//! proxies of the environment. It follows no redirect, and no type of these libraries appears in its API.

mod crypto;

mod certificates;

mod tls;

mod failure;
mod no_proxy;
mod proxies;
mod proxy;
mod tunnel;

mod connect;
mod pools;

mod hyper_transport;

mod builder;

#[cfg(test)]
pub(crate) mod tests;

pub use self::builder::HyperTransportBuilder;
pub use self::hyper_transport::HyperTransport;
