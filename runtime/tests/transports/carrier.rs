//! A common interface of all transports, async and blocking.

#![allow(dead_code, reason = "each set of features uses its own part")]

use std::time::Duration;

use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{BlockingTransport, Bytes, Transport, TransportError};

/// Longer than any test takes, so that no test hangs.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// The maximum length of a response body in these tests.
pub const LIMIT: usize = 1000;

type Sent = Result<Response<Bytes>, TransportError>;

/// Sends requests over a transport.
pub struct Carrier(Box<dyn Fn(Request<Bytes>) -> Sent>);

impl Carrier {
    pub fn send(&self, request: Request<Bytes>) -> Sent {
        (self.0)(request)
    }

    /// Sends a POST to this URL.
    pub fn post(&self, url: &str) -> Sent {
        self.send(Request::post(url).body(Bytes::from_static(b"{}")).expect("a request"))
    }

    pub fn blocking(transport: impl BlockingTransport + 'static) -> Self {
        Self(Box::new(move |request| transport.send(request, PATIENCE)))
    }

    pub fn futures(transport: impl Transport + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self(Box::new(move |request| {
            runtime.block_on(async {
                settle().await;
                let sent = tokio::time::timeout(PATIENCE, transport.send(request)).await.expect("an end");
                settle().await;
                sent
            })
        }))
    }
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
    use typefoundry_tower::{TowerTransport, TransportService};
    let service =
        tower::ServiceBuilder::new().concurrency_limit(1).service(TransportService::new(hyper_transport()));
    Carrier::futures(TowerTransport::new(service, tokio::time::sleep))
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
