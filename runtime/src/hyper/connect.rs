//! Connections, with TLS where the URL asks for it, in good time.

use std::io;
use std::iter::successors;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use tower_service::Service;

use super::Source;
use super::proxy::{Proxies, ProxyConnector, Stream};
use super::tls::Tls;
use crate::{BoxFuture, TransportError, TransportErrorKind};

/// Opens connections for the pool.
#[derive(Clone)]
pub(super) struct Connector {
    plain: ProxyConnector,
    tls: Tls,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(proxies: Arc<Proxies>, tls: Tls, timeout: Duration) -> Self {
        Self { plain: ProxyConnector::new(proxies), tls, timeout }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Stream>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.plain.poll_ready(cx).map_err(failed)
    }

    fn call(&mut self, dst: Uri) -> Self::Future {
        let connecting: BoxFuture<'static, _> = if dst.scheme_str() == Some("https") {
            match &self.tls {
                Ok(tls) => HttpsConnector::from((self.plain.clone(), Arc::clone(tls))).call(dst),
                Err(why) => Box::pin(std::future::ready(Err(unavailable(why).into()))),
            }
        } else {
            let connecting = self.plain.call(dst);
            Box::pin(async { connecting.await.map(MaybeHttpsStream::Http) })
        };
        let timeout = self.timeout;
        Box::pin(async move {
            match tokio::time::timeout(timeout, connecting).await {
                Ok(connected) => connected.map_err(failed),
                Err(_) => Err(too_slow(timeout)),
            }
        })
    }
}

/// What is not ours comes from TLS, which is what lies on top of our own connections, or from one that broke under it.
fn failed(error: Source) -> TransportError {
    error.downcast::<TransportError>().map_or_else(
        |error| {
            let is_broken = broke_under_tls(&*error);
            let kind = if is_broken { TransportErrorKind::Connect } else { TransportErrorKind::Tls };
            TransportError::new(kind, "no secure connection").with_source(error)
        },
        |ours| *ours,
    )
}

/// Whether the innermost error is one of I/O, and holds none of TLS.
fn broke_under_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    // Not by `source`, which passes over what an I/O error holds.
    let innermost =
        successors(error.downcast_ref::<io::Error>(), |error| error.get_ref()?.downcast_ref()).last();
    innermost.is_some_and(|error| !error.get_ref().is_some_and(|held| held.is::<rustls::Error>()))
}

fn unavailable(why: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Tls, why)
}

fn too_slow(timeout: Duration) -> TransportError {
    let why = format!("no connection was made within {timeout:?}");
    TransportError::new(TransportErrorKind::Connect, why)
}
