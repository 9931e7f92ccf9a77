//! Tower services whose requests and responses are streams.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use typefoundry_runtime::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError};

use crate::{Source, transport_error};

/// A transport that sends requests with a Tower service whose requests and responses can be streams, and waits with a
/// timer of your choice.
///
/// The rules of [`TowerTransport`](crate::TowerTransport) apply. The service returns a response as soon as its head has
/// arrived, so a layer that limits concurrency or time sees the response end there.
///
/// Calls that need no stream use the same service, so a transport below it, such as a `HyperTransport`, requests no
/// compressed responses. [`TowerTransport`](crate::TowerTransport) does not have this limitation.
///
/// ```
/// use tower::ServiceBuilder;
/// use typefoundry_runtime::HyperTransport;
/// use typefoundry_tower::{StreamingTowerTransport, StreamingTransportService};
///
/// let service = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .service(StreamingTransportService::new(HyperTransport::new()));
/// let transport = StreamingTowerTransport::new(service, tokio::time::sleep);
/// # let _: &dyn typefoundry_runtime::Transport = &transport;
/// ```
#[derive(Clone)]
pub struct StreamingTowerTransport<S, W> {
    service: S,
    sleep: W,
}

impl<S, W, F> StreamingTowerTransport<S, W>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone + Send + Sync + 'static,
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

impl<S, W> fmt::Debug for StreamingTowerTransport<S, W> {
    /// Omits the service, whose `Debug` may show secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamingTowerTransport").finish_non_exhaustive()
    }
}

impl<S, W, F> Transport for StreamingTowerTransport<S, W>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone + Send + Sync + 'static,
    S::Error: Into<Source>,
    S::Future: Send,
    W: Fn(Duration) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let response = self.send_streaming(request.map(RequestBody::from));
        Box::pin(async move { ResponseBody::collect(response.await?).await })
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
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

/// A Tower service that sends requests with a transport and returns each response as soon as its head has arrived.
///
/// The service is always ready and cheap to clone. [`StreamingTowerTransport`] turns the wrapped service into a transport
/// again.
#[derive(Debug)]
pub struct StreamingTransportService<T> {
    transport: Arc<T>,
}

impl<T: Transport + 'static> StreamingTransportService<T> {
    /// Creates a service that sends requests with a transport.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport) }
    }
}

impl<T> Clone for StreamingTransportService<T> {
    fn clone(&self) -> Self {
        Self { transport: Arc::clone(&self.transport) }
    }
}

impl<T: Transport + 'static> Service<Request<RequestBody>> for StreamingTransportService<T> {
    type Response = Response<ResponseBody>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Response<ResponseBody>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move { transport.send_streaming(request).await })
    }
}
