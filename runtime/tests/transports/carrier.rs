//! A common interface of all transports, async and blocking.

#![allow(dead_code, reason = "each set of features uses its own part")]

use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{
    BlockingTransport, BoxFuture, Bytes, RequestBody, ResponseBody, Stream, Transport, TransportError,
    TransportErrorKind,
};

/// Longer than any test takes, so that no test hangs.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// The maximum length of a response body in these tests.
pub const LIMIT: usize = 1000;

type Sent = Result<Response<Bytes>, TransportError>;
type Opened = Result<Response<Chunks>, TransportError>;

/// The chunks of a streamed response. The argument is the time to wait for the next one.
pub struct Chunks(Box<dyn FnMut(Duration) -> Option<Result<Bytes, TransportError>>>);

/// Sends requests over a transport.
pub struct Carrier {
    send: Box<dyn Fn(Request<Bytes>) -> Sent>,
    open: Box<dyn Fn(Request<RequestBody>, Duration) -> Opened>,
    settle: Box<dyn Fn()>,
}

impl std::fmt::Debug for Chunks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chunks")
    }
}

impl Chunks {
    pub fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        self.within(PATIENCE)
    }

    pub fn within(&mut self, timeout: Duration) -> Option<Result<Bytes, TransportError>> {
        (self.0)(timeout)
    }

    /// Returns all received bytes, and the error that ended the body.
    pub fn rest(&mut self) -> (Vec<u8>, Option<TransportError>) {
        let mut received = Vec::new();
        while let Some(chunk) = self.next() {
            match chunk {
                Ok(chunk) => received.extend_from_slice(&chunk),
                Err(error) => return (received, Some(error)),
            }
        }
        (received, None)
    }
}

impl Carrier {
    pub fn send(&self, request: Request<Bytes>) -> Sent {
        (self.send)(request)
    }

    /// Runs the tasks of the transport for a moment.
    pub fn settle(&self) {
        (self.settle)();
    }

    /// Sends a request, and returns the response as soon as its head has arrived.
    pub fn open(&self, request: Request<RequestBody>) -> Opened {
        (self.open)(request, PATIENCE)
    }

    pub fn open_within(&self, request: Request<RequestBody>, timeout: Duration) -> Opened {
        (self.open)(request, timeout)
    }

    /// Sends a POST to this URL, and returns the response as soon as its head has arrived.
    pub fn open_post(&self, url: &str) -> Opened {
        self.open(Request::post(url).body(RequestBody::from("{}")).expect("a request"))
    }

    /// Sends a POST to this URL.
    pub fn post(&self, url: &str) -> Sent {
        self.send(Request::post(url).body(Bytes::from_static(b"{}")).expect("a request"))
    }

    pub fn blocking(transport: impl BlockingTransport + 'static) -> Self {
        let transport = Rc::new(transport);
        let streaming = Rc::clone(&transport);
        Self {
            send: Box::new(move |request| transport.send(request, PATIENCE)),
            open: Box::new(move |request, timeout| {
                let response = streaming.send_streaming(request, timeout)?;
                Ok(response.map(|mut body| Chunks(Box::new(move |timeout| body.next_chunk(timeout)))))
            }),
            settle: Box::new(std::thread::yield_now),
        }
    }

    pub fn futures(transport: impl Transport + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (runtime, transport) = (Rc::new(runtime), Rc::new(transport));
        let streaming = (Rc::clone(&runtime), Rc::clone(&transport));
        let settling = Rc::clone(&runtime);
        Self {
            send: Box::new(move |request| {
                runtime.block_on(async {
                    settle().await;
                    let sent = tokio::time::timeout(PATIENCE, transport.send(request)).await.expect("an end");
                    settle().await;
                    sent
                })
            }),
            open: Box::new(move |request, timeout| {
                let (runtime, transport) = &streaming;
                let opened = runtime.block_on(async {
                    settle().await;
                    let opened = tokio::time::timeout(timeout, transport.send_streaming(request)).await;
                    opened.unwrap_or_else(|_| Err(late()))
                });
                Ok(opened?.map(|body| Chunks(Box::new(chunks(Rc::clone(runtime), body)))))
            }),
            settle: Box::new(move || settling.block_on(settle())),
        }
    }
}

/// Returns a function that polls the next chunk for a limited time.
fn chunks(
    runtime: Rc<tokio::runtime::Runtime>,
    body: ResponseBody,
) -> impl FnMut(Duration) -> Option<Result<Bytes, TransportError>> {
    let mut body = Some(body);
    move |timeout| {
        let mut open = body.take()?;
        let next = std::future::poll_fn(|cx| Pin::new(&mut open).poll_next(cx));
        let polled = runtime.block_on(async {
            let polled = tokio::time::timeout(timeout, next).await;
            settle().await;
            polled
        });
        let Ok(chunk) = polled else { return Some(Err(late())) };
        body = Some(open);
        chunk
    }
}

fn late() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, "late")
}

/// Runs the tasks of the pool, which return connections and detect closed ones.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

/// The default transport, without proxy settings and content encodings.
#[cfg(feature = "hyper")]
fn hyper_transport() -> typefoundry_runtime::HyperTransport {
    let builder = typefoundry_runtime::HyperTransport::builder().no_proxy().max_response_len(LIMIT);
    #[cfg(feature = "gzip")]
    let builder = builder.gzip(false);
    builder.build().expect("a transport")
}

#[cfg(feature = "hyper")]
pub fn hyper() -> Carrier {
    Carrier::futures(hyper_transport())
}

/// The default transport, wrapped by Tower twice.
#[cfg(feature = "hyper")]
pub fn tower() -> Carrier {
    use typefoundry_tower::{
        StreamingTowerTransport, StreamingTransportService, TowerTransport, TransportService,
    };

    /// Sends whole bodies over one service, and streams over another.
    struct Both<T, U>(T, U);

    impl<T: Transport, U: Transport> Transport for Both<T, U> {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Sent> {
            self.0.send(request)
        }

        fn send_streaming(
            &self,
            request: Request<RequestBody>,
        ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
            self.1.send_streaming(request)
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
            self.0.sleep(duration)
        }
    }

    let transport = hyper_transport();
    let whole =
        tower::ServiceBuilder::new().concurrency_limit(1).service(TransportService::new(transport.clone()));
    let streaming =
        tower::ServiceBuilder::new().concurrency_limit(1).service(StreamingTransportService::new(transport));
    let sleep = tokio::time::sleep;
    Carrier::futures(Both(TowerTransport::new(whole, sleep), StreamingTowerTransport::new(streaming, sleep)))
}

/// A transport that only implements `send`.
#[cfg(feature = "hyper")]
pub fn only_send() -> Carrier {
    struct OnlySend(typefoundry_runtime::HyperTransport);

    impl Transport for OnlySend {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Sent> {
            self.0.send(request)
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
            self.0.sleep(duration)
        }
    }

    Carrier::futures(OnlySend(hyper_transport()))
}

/// A blocking transport that only implements `send`.
#[cfg(all(feature = "hyper", feature = "blocking"))]
pub fn only_blocking_send() -> Carrier {
    struct OnlySend(typefoundry_runtime::BlockingAdapter<typefoundry_runtime::HyperTransport>);

    impl BlockingTransport for OnlySend {
        fn send(&self, request: Request<Bytes>, timeout: Duration) -> Sent {
            self.0.send(request, timeout)
        }
    }

    Carrier::blocking(OnlySend(typefoundry_runtime::BlockingAdapter::new(hyper_transport())))
}

/// A client without system settings that follows no redirects.
pub fn reqwest_client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_backend_preconfigured(super::server::trusting_the_test_root())
}

pub fn over(client: reqwest::ClientBuilder) -> Carrier {
    let client = client.build().expect("a client");
    Carrier::futures(typefoundry_reqwest::ReqwestTransport::new(client).max_response_len(LIMIT))
}

pub fn reqwest() -> Carrier {
    over(reqwest_client())
}

/// The default transport on its own thread.
#[cfg(all(feature = "hyper", feature = "blocking"))]
pub fn blocking() -> Carrier {
    Carrier::blocking(typefoundry_runtime::BlockingAdapter::new(hyper_transport()))
}
