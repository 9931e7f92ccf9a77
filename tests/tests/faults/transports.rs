//! The transports that carry the calls.

use std::fmt;
use std::sync::Arc;

use tokio::task::JoinSet;
use typefoundry_reqwest::ReqwestTransport;
use typefoundry_tower::{TowerTransport, TransportService};
use workos_api::runtime::{BlockingAdapter, HyperTransport, Transport};

use crate::calls::{Caller, Setup};

/// The maximum length of a response body.
pub(crate) const MAX_RESPONSE_LEN: usize = 1024 * 1024;

/// A transport and the kind of client that uses it. Every stack runs the same tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    /// The async client over the default transport.
    Hyper,
    /// The async client over a `reqwest` client of the caller.
    Reqwest,
    /// The async client over a Tower service that wraps the default transport.
    Tower,
    /// The blocking client over its default transport.
    Blocking,
}

impl Stack {
    pub(crate) const ALL: [Self; 4] = [Self::Hyper, Self::Reqwest, Self::Tower, Self::Blocking];

    /// Creates the transport that all callers of one test share, because a transport costs more than a call. It uses
    /// no proxy.
    pub(crate) fn transport(self) -> SharedTransport {
        match self {
            Self::Hyper => SharedTransport::new_async(hyper()),
            Self::Reqwest => SharedTransport::new_async(reqwest()),
            Self::Tower => SharedTransport::new_async(TowerTransport::new(
                TransportService::new(hyper()),
                tokio::time::sleep,
            )),
            Self::Blocking => SharedTransport::Blocking(BlockingAdapter::new(hyper())),
        }
    }

    /// Creates a client of the server at `url` with a transport of its own.
    pub(crate) fn caller(self, url: &str, setup: &Setup) -> Caller {
        self.transport().caller(url, setup)
    }
}

/// Runs `work` on every stack concurrently, because most of the time is spent waiting.
pub(crate) async fn on_every_stack<W>(work: impl Fn(Stack) -> W) -> Vec<W::Output>
where
    W: Future<Output: Send + 'static> + Send + 'static,
{
    Stack::ALL.map(work).into_iter().collect::<JoinSet<_>>().join_all().await
}

fn hyper() -> HyperTransport {
    let transport = HyperTransport::builder().no_proxy().gzip(false).max_response_len(MAX_RESPONSE_LEN);
    transport.build().expect("a transport")
}

fn reqwest() -> ReqwestTransport {
    // Other packages of the workspace enable TLS in `reqwest`, which then requires a crypto provider even for plain
    // HTTP. An error means that another test has already installed the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    ReqwestTransport::new(client.build().expect("a client")).max_response_len(MAX_RESPONSE_LEN)
}

/// The transport of a stack. It cannot be shared between tests, because its connections belong to the test's runtime.
#[derive(Clone)]
pub(crate) enum SharedTransport {
    Async(Arc<dyn Transport>),
    Blocking(BlockingAdapter<HyperTransport>),
}

impl SharedTransport {
    fn new_async(transport: impl Transport + fmt::Debug + 'static) -> Self {
        Self::Async(Arc::new(transport))
    }

    /// Creates a client of the server at `url`.
    pub(crate) fn caller(&self, url: &str, setup: &Setup) -> Caller {
        Caller::new(url, setup, self.clone())
    }
}
