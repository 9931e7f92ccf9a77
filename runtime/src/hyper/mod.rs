//! The default transport: hyper over tokio, rustls for https.
//!
//! It holds what a client of one API needs and no more: HTTP/1.1, pooled
//! connections, proxies of the environment. It follows no redirect, and no type
//! of these libraries shows in its API.

mod tls;

mod builder;
mod connect;
mod proxy;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use tokio::runtime::Handle;

use self::connect::Connector;
use self::proxy::Proxies;
use crate::exchange::{NO_HTTP, frame, is_no_http, read};
use crate::{BoxFuture, Transport, TransportError, TransportErrorKind};

pub use self::builder::HyperTransportBuilder;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The default transport: hyper over tokio, with a pool of connections.
///
/// It speaks `https` when the feature `ring` or `aws-lc` is on (`aws-lc` where
/// both are) and trusts the certificates that the operating system trusts. It goes
/// through the proxies that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and
/// `NO_PROXY` name, follows no redirect, and is cheap to clone. It must be used
/// inside a tokio runtime whose clock and I/O are enabled.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::HyperTransport;
///
/// let transport = HyperTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .max_response_len(1024 * 1024)
///     .build()?;
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector, Full<Bytes>>,
    proxies: Arc<Proxies>,
    max_response_len: usize,
}

impl HyperTransport {
    /// A transport with the defaults that [`HyperTransportBuilder`] names.
    ///
    /// It reads the system's certificates once, here. Where there are none, it
    /// still speaks `http`, and every `https` request fails with an error that says so.
    pub fn new() -> Self {
        HyperTransportBuilder::default().assemble(Proxies::from_env())
    }

    /// Sets up a transport.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }

    async fn exchange(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if Handle::try_current().is_err() {
            let why = "this transport must be used inside a tokio runtime";
            return Err(TransportError::new(TransportErrorKind::Other, why));
        }
        frame(&mut request);
        if let Some(auth) = self.proxies.forwarding_auth(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, auth);
        }
        let sent = self.client.request(request.map(Full::new)).await;
        read(sent.map_err(not_sent)?, self.max_response_len, broken_off).await
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("max_response_len", &self.max_response_len)
            .finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Inside the future, because tokio's timer panics outside of its runtime;
        // `send` has said by then what is wrong.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Says which part of sending failed.
fn not_sent(error: hyper_util::client::legacy::Error) -> TransportError {
    let (kind, what) = if let Some(known) = TransportError::within(&error) {
        (known.kind(), "cannot connect")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "cannot connect")
    } else if is_no_http(&error) {
        (TransportErrorKind::Protocol, NO_HTTP)
    } else {
        (TransportErrorKind::Io, "the connection failed")
    };
    TransportError::new(kind, what).with_source(error)
}

fn broken_off(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Io, "the response broke off").with_source(error)
}
