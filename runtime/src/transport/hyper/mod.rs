//! The default transport: hyper on tokio, with rustls for `https`.
//!
//! The module contains only what a client of one API needs: HTTP/1.1 (and HTTP/2 behind a feature), pooled connections
//! and the proxies of the environment. It does not follow redirects, and no type of these libraries appears in its API.

mod crypto;
mod certificates;
mod tls;
mod errors;
mod no_proxy;
mod proxies;
mod tunnel;
mod proxy;
mod connect;
mod http1_connection;
mod http1_hosts;
mod http1_pool;
mod pools;
mod pooled_body;
mod hyper_transport;
mod builder;

#[cfg(test)]
pub(crate) mod tests;

pub use self::builder::HyperTransportBuilder;
pub use self::hyper_transport::HyperTransport;
