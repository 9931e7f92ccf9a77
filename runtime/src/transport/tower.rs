//! The bridge to tower, both ways: a service that is a transport, and a transport that is a service.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::async_transport::{BoxFuture, Transport};
use crate::error::{TransportError, TransportErrorKind};

type Source = Box<dyn StdError + Send + Sync>;

/// Sends requests with a service of tower, and waits with a clock that is given beside it.
///
/// Each request goes to a clone of the service, once that is ready. So what limits a service must be shared among its
/// clones, as it is with the layers of tower. The service must not follow redirects, and need not time out.
///
/// An error that is a [`TransportError`], or has one among its sources, keeps its kind and its part of a response. All others are
/// [`TransportErrorKind::Other`], which nobody repeats.
///
/// ```
/// # #[cfg(feature = "hyper")] {
/// use tower::ServiceBuilder;
/// use typefoundry_runtime::{HyperTransport, TowerTransport, TransportService};
///
/// let service = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .service(TransportService::new(HyperTransport::new()));
/// let transport = TowerTransport::new(service, tokio::time::sleep);
/// # let _: &dyn typefoundry_runtime::Transport = &transport;
/// # }
/// ```
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
    /// A transport over this service. `sleep` gives a future that waits, such as `tokio::time::sleep`.
    pub fn new(service: S, sleep: W) -> Self {
        Self { service, sleep }
    }
}

impl<S, W> fmt::Debug for TowerTransport<S, W> {
    /// Without the service, of which nobody knows what it shows.
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
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(failed)?;
            service.call(request).await.map_err(failed)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Inside the future, because a timer may want the runtime that polls it.
        Box::pin(async move { (self.sleep)(duration).await })
    }
}

/// What is ours comes back as it went in; what is wrapped around ours is kept, with the kind of ours.
fn failed(error: impl Into<Source>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(ours) => *ours,
        Err(error) => {
            let ours = TransportError::find_in_chain(&*error);
            let kind = ours.map_or(TransportErrorKind::Other, TransportError::kind);
            let part = ours.and_then(TransportError::response).cloned();
            let failed = TransportError::new(kind, "the service failed").with_source(error);
            match part {
                Some(part) => failed.with_response(part),
                None => failed,
            }
        }
    }
}

/// Any transport as a service, so that layers of tower can be put around it.
///
/// It is always ready and cheap to clone: clones share one transport. [`TowerTransport`] makes a transport of what
/// the layers make of it.
#[derive(Debug)]
pub struct TransportService<T> {
    transport: Arc<T>,
}

impl<T: Transport + 'static> TransportService<T> {
    /// A service that sends requests with this transport.
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
