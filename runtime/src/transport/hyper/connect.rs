//! Connections with a timeout, and with TLS for `https`.

use std::io;
use std::iter::successors;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use tower_service::Service;

use super::proxies::Proxies;
use super::proxy::{ProxyConnector, Source, Stream, Tcp};
use super::tls::Tls;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::async_transport::BoxFuture;

/// Opens connections for the pool.
#[derive(Clone)]
pub(super) struct Connector {
    plain: ProxyConnector,
    tls: Tls,
    timeout: Option<Duration>,
}

impl Connector {
    pub(super) fn new(proxies: Arc<Proxies>, tls: Tls, tcp: Tcp, timeout: Option<Duration>) -> Self {
        // Without a limit, no timer is started.
        let timeout = timeout.filter(|timeout| *timeout != Duration::MAX);
        Self { plain: ProxyConnector::new(proxies, tcp), tls, timeout }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Stream>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.plain.poll_ready(cx).map_err(|error| connection_error(error, None))
    }

    fn call(&mut self, dst: Uri) -> Self::Future {
        let mut plain = self.plain.clone();
        let tls = (dst.scheme_str() == Some("https")).then(|| self.tls.clone());
        let connecting = async move {
            match tls {
                Some(tls) => connect_tls(plain, &tls, dst).await,
                None => plain
                    .call(dst)
                    .await
                    .map(MaybeHttpsStream::Http)
                    .map_err(|error| connection_error(error, None)),
            }
        };
        match self.timeout {
            None => Box::pin(connecting),
            Some(timeout) => Box::pin(async move {
                tokio::time::timeout(timeout, connecting)
                    .await
                    .unwrap_or_else(|_| Err(timeout_error(timeout)))
            }),
        }
    }
}

async fn connect_tls(
    plain: ProxyConnector,
    tls: &Tls,
    dst: Uri,
) -> Result<MaybeHttpsStream<Stream>, TransportError> {
    let ready = tls.ready().await?;
    let connected = HttpsConnector::from((plain, ready.config)).call(dst).await;
    connected.map_err(|error| connection_error(error, ready.unreadable_roots.as_deref()))
}

/// Converts an error of connecting. An error of another library comes from TLS, or from the connection below TLS.
///
/// `unreadable_roots` describes root certificates that could not be read. One of them may have signed the certificate of
/// the server.
fn connection_error(error: Source, unreadable_roots: Option<&str>) -> TransportError {
    error.downcast::<TransportError>().map_or_else(
        |error| {
            let is_io_error = is_io_error_below_tls(&*error);
            let kind = if is_io_error { TransportErrorKind::Connect } else { TransportErrorKind::Tls };
            let note = unreadable_roots.filter(|_| !is_io_error);
            let note = note.map(|reason| format!(" (some root certificates could not be read: {reason})"));
            let message = format!("failed to secure the connection{}", note.unwrap_or_default());
            TransportError::new(kind, message).with_source(error)
        },
        |transport_error| *transport_error,
    )
}

/// Returns whether the innermost error is an I/O error that contains no TLS error.
fn is_io_error_below_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    // `source` skips the error that an I/O error contains.
    let innermost =
        successors(error.downcast_ref::<io::Error>(), |error| error.get_ref()?.downcast_ref()).last();
    innermost.is_some_and(|error| !error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()))
}

fn timeout_error(timeout: Duration) -> TransportError {
    let message = format!("no connection was established within {timeout:?}");
    TransportError::new(TransportErrorKind::Connect, message)
}
