//! Connects the transports of generated API clients with Tower: a service as a transport, and a transport as a service.
//!
//! ```
//! use tower::ServiceBuilder;
//! use typefoundry_runtime::HyperTransport;
//! use typefoundry_tower::{TowerTransport, TransportService};
//!
//! let service = ServiceBuilder::new()
//!     .concurrency_limit(8)
//!     .service(TransportService::new(HyperTransport::new()));
//! let transport = TowerTransport::new(service, tokio::time::sleep);
//! # let _: &dyn typefoundry_runtime::Transport = &transport;
//! ```
//!
//! Pass the transport to the `transport` method of a client builder.
//!
//! The version of this crate follows that of `tower-service`. The clients do not depend on Tower, so a new major
//! version of `tower-service` requires no new major version of the clients.

#![cfg_attr(doctest, doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod streaming;

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use typefoundry_runtime::{BoxFuture, Transport, TransportError, TransportErrorKind};

pub use crate::streaming::{StreamingTowerTransport, StreamingTransportService};

type Source = Box<dyn StdError + Send + Sync>;

/// A transport that sends requests with a Tower service, and waits with a timer of your choice.
///
/// A clone of the service sends each request as soon as the clone is ready. Clones must therefore share their limits,
/// as the layers of Tower do. The service must not follow redirects, and needs no timeout.
///
/// An error that is a [`TransportError`], or has one among its sources, keeps its kind and its partial response. Other
/// errors become [`TransportErrorKind::Other`], which is not retried.
///
/// The service sends and receives whole bodies, so a streamed request or response is read into memory.
/// [`StreamingTowerTransport`] streams them.
#[derive(Clone)]
pub struct TowerTransport<S, W> {
    service: S,
    sleep: W,
}

impl<S, W, F> TowerTransport<S, W>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<Source>,
    S::Future: Send,
    W: Fn(Duration) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// Creates a transport over a service. `sleep` returns a future that waits, such as `tokio::time::sleep`.
    pub fn new(service: S, sleep: W) -> Self {
        Self { service, sleep }
    }
}

impl<S, W> fmt::Debug for TowerTransport<S, W> {
    /// Omits the service, whose `Debug` may show secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

impl<S, W, F> Transport for TowerTransport<S, W>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<Source>,
    S::Future: Send,
    W: Fn(Duration) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(transport_error)?;
            service.call(request).await.map_err(transport_error)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Inside the future, because a timer may require the runtime that polls it.
        Box::pin(async move { (self.sleep)(duration).await })
    }
}

/// Returns a `TransportError` unchanged. An error around one is kept as the source, with the kind of the inner error.
fn transport_error(error: impl Into<Source>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(transport_error) => *transport_error,
        Err(error) => {
            let transport_error = TransportError::find_in_chain(&*error);
            let kind = transport_error.map_or(TransportErrorKind::Other, TransportError::kind);
            let response = transport_error.and_then(TransportError::response).cloned();
            let service_error = TransportError::new(kind, "the service failed").with_source(error);
            match response {
                Some(response) => service_error.with_response(response),
                None => service_error,
            }
        }
    }
}

/// A Tower service that sends requests with a transport, so that layers of Tower can wrap it.
///
/// The service is always ready and cheap to clone: clones share one transport. [`TowerTransport`] turns the wrapped
/// service into a transport again.
#[derive(Debug)]
pub struct TransportService<T> {
    transport: Arc<T>,
}

impl<T: Transport + 'static> TransportService<T> {
    /// Creates a service that sends requests with a transport.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport) }
    }
}

impl<T> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self { transport: Arc::clone(&self.transport) }
    }
}

impl<T: Transport + 'static> Service<Request<Bytes>> for TransportService<T> {
    type Response = Response<Bytes>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Response<Bytes>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move { transport.send(request).await })
    }
}
