//! Tower services as transports, transports as Tower services, and layers between them.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt, service_fn};
use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{
    BoxFuture, Bytes, RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind,
};
use typefoundry_tower::{
    StreamingTowerTransport, StreamingTransportService, TowerTransport, TransportService,
};

/// Responds with the request body after a delay, and records the maximum number of concurrent requests.
#[derive(Clone, Default)]
struct Slow {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Transport for Slow {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.now.fetch_sub(1, Ordering::SeqCst);
            Ok(Response::new(request.into_body()))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

fn request() -> Request<Bytes> {
    Request::post("http://example.com/hush").body(Bytes::from_static(b"hush")).expect("a request")
}

#[tokio::test(start_paused = true)]
async fn layer_around_a_transport_limits_concurrency() {
    let slow = Slow::default();
    let service = ServiceBuilder::new().concurrency_limit(2).service(TransportService::new(slow.clone()));
    let transport = Arc::new(TowerTransport::new(service, tokio::time::sleep));
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let transport = Arc::clone(&transport);
            tokio::spawn(async move { transport.send(request()).await })
        })
        .collect();
    for task in tasks {
        let response = task.await.expect("a task").expect("a response");
        assert_eq!(response.body().as_ref(), b"hush");
    }
    assert_eq!(slow.most.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn transport_waits_with_the_given_clock() {
    let transport = TowerTransport::new(TransportService::new(Slow::default()), tokio::time::sleep);
    let start = tokio::time::Instant::now();
    transport.sleep(Duration::from_secs(60)).await;
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    // Any clock works, and it is not used before a wait is necessary.
    let asked = Arc::new(AtomicUsize::new(0));
    let clock = Arc::clone(&asked);
    let transport = TowerTransport::new(TransportService::new(Slow::default()), move |_| {
        clock.fetch_add(1, Ordering::SeqCst);
        std::future::ready(())
    });
    let waiting = transport.sleep(Duration::from_secs(1));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    waiting.await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[derive(Debug)]
struct Wrapped(TransportError);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wrapped")
    }
}

impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

async fn fails_with(error: fn() -> BoxError) -> TransportError {
    let service = service_fn(move |_: Request<Bytes>| async move { Err::<Response<Bytes>, _>(error()) });
    let transport = TowerTransport::new(service, tokio::time::sleep);
    transport.send(request()).await.expect_err("an error")
}

fn cut_off() -> TransportError {
    let part = Response::builder().status(502).body(Bytes::from_static(b"hush")).expect("a response");
    TransportError::new(TransportErrorKind::Connection, "cut off").with_response(part)
}

#[tokio::test]
async fn transport_error_keeps_its_kind() {
    let ours = || TransportError::new(TransportErrorKind::Tls, "no secure connection");
    let plain =
        fails_with(|| TransportError::new(TransportErrorKind::Tls, "no secure connection").into()).await;
    assert_eq!((plain.kind(), plain.to_string()), (ours().kind(), ours().to_string()));
    let wrapped =
        fails_with(|| Wrapped(TransportError::new(TransportErrorKind::Connect, "connection refused")).into())
            .await;
    assert_eq!(wrapped.kind(), TransportErrorKind::Connect);
    assert_eq!(wrapped.to_string(), "the service failed: connection refused");
    let truncated = fails_with(|| Wrapped(cut_off()).into()).await;
    let (part, whole) = (truncated.response(), cut_off());
    assert_eq!(part.map(Response::status), whole.response().map(Response::status));
    assert_eq!(part.map(Response::body), whole.response().map(Response::body));
    let theirs = fails_with(|| "no idea".into()).await;
    assert_eq!(
        (theirs.kind(), theirs.to_string().as_str()),
        (TransportErrorKind::Other, "the service failed: no idea")
    );
    assert!(!format!("{plain:?}{wrapped:?}{truncated:?}{theirs:?}").contains("hush"));
}

#[tokio::test(start_paused = true)]
async fn service_that_fails_before_it_is_ready_is_an_error() {
    let service = ServiceBuilder::new()
        .timeout(Duration::from_millis(100))
        .service(TransportService::new(Slow::default()));
    let error = TowerTransport::new(service, tokio::time::sleep).send(request()).await.expect_err("late");
    assert_eq!(error.kind(), TransportErrorKind::Other);
    let unready = NeverReady;
    let error = TowerTransport::new(unready, tokio::time::sleep).send(request()).await.expect_err("unready");
    assert_eq!(error.to_string(), "the service failed: closed");
}

/// Panics if it is called, because it never reported that it is ready.
#[derive(Clone)]
struct NeverReady;

impl Service<Request<Bytes>> for NeverReady {
    type Response = Response<Bytes>;
    type Error = BoxError;
    type Future = std::future::Ready<Result<Response<Bytes>, BoxError>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
        std::task::Poll::Ready(Err("closed".into()))
    }

    fn call(&mut self, _: Request<Bytes>) -> Self::Future {
        unreachable!("it is not ready")
    }
}

#[tokio::test(start_paused = true)]
async fn transport_is_a_service() {
    let service = TransportService::new(Slow::default());
    let response = service.clone().oneshot(request()).await.expect("a response");
    assert_eq!(response.body().as_ref(), b"hush");
    let emptied = service.map_response(|response: Response<Bytes>| response.map(|_| Bytes::new()));
    let boxed = BoxCloneSyncService::new(emptied);
    let transport: Box<dyn Transport> = Box::new(TowerTransport::new(boxed, tokio::time::sleep));
    assert!(transport.send(request()).await.expect("a response").body().is_empty());
}

/// Responds to streamed requests with their body, one chunk for each chunk.
struct Echo;

impl Transport for Echo {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Other, "only streams")) })
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let body = ResponseBody::new(request.into_body().into_stream()).with_max_len(5);
        Box::pin(async { Ok(Response::new(body)) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn streaming_transport_collects_the_response_of_a_whole_request() {
    let transport = StreamingTowerTransport::new(StreamingTransportService::new(Echo), tokio::time::sleep);
    let request = |body: &'static str| Request::new(Bytes::from_static(body.as_bytes()));
    let response = transport.send(request("hello")).await.expect("a response");
    assert_eq!(response.body().as_ref(), b"hello");
    let error = transport.send(request("longer")).await.expect_err("a long body");
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
}
