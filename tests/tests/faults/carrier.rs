//! What carries the calls: each transport that there is.

use std::fmt;
use std::sync::Arc;

use tokio::task::JoinSet;
use workos_api::runtime::{
    BlockOn, HyperTransport, ReqwestTransport, TowerTransport, Transport, TransportService,
};

use crate::stack::{Caller, Setup};

/// How long a body may be.
pub(crate) const MAX_RESPONSE_LEN: usize = 1024 * 1024;

/// A transport, and the kind of client that is built on it. All of them run the same tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    /// The asynchronous client over the default transport.
    Hyper,
    /// The asynchronous client over a client of the user's.
    Reqwest,
    /// The asynchronous client over a service that carries to the default transport.
    Tower,
    /// The client whose calls block, over its default transport.
    Blocking,
}

impl Stack {
    pub(crate) const ALL: [Self; 4] = [Self::Hyper, Self::Reqwest, Self::Tower, Self::Blocking];

    /// The transport, for all callers of one test: it costs more than a call. It uses no proxy.
    pub(crate) fn carrier(self) -> Carrier {
        match self {
            Self::Hyper => Carrier::awaited(hyper()),
            Self::Reqwest => Carrier::awaited(reqwest()),
            Self::Tower => {
                Carrier::awaited(TowerTransport::new(TransportService::new(hyper()), tokio::time::sleep))
            }
            Self::Blocking => Carrier::Blocking(BlockOn::new(hyper())),
        }
    }

    /// A client of the server at `url` that shares its transport with nobody.
    pub(crate) fn caller(self, url: &str, setup: &Setup) -> Caller {
        self.carrier().caller(url, setup)
    }
}

/// Does this over each stack, side by side, since most of it is waiting.
pub(crate) async fn over_all<W>(work: impl Fn(Stack) -> W) -> Vec<W::Output>
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
    // Other parts of the workspace give reqwest TLS, and it then wants crypto even where nobody speaks https. It need not
    // be set here: whoever was first has set the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    ReqwestTransport::new(client.build().expect("a client")).max_response_len(MAX_RESPONSE_LEN)
}

/// The transport of a stack. It belongs to the test that made it, for its connections live in that one's runtime.
#[derive(Clone)]
pub(crate) enum Carrier {
    Awaited(Arc<dyn Transport>),
    Blocking(BlockOn<HyperTransport>),
}

impl Carrier {
    fn awaited(transport: impl Transport + fmt::Debug + 'static) -> Self {
        Self::Awaited(Arc::new(transport))
    }

    /// A client of the server at `url`.
    pub(crate) fn caller(&self, url: &str, setup: &Setup) -> Caller {
        Caller::new(url, setup, self.clone())
    }
}
