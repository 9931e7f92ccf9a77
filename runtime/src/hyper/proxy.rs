//! Which requests go through a proxy, and the connections that do.
//!
//! An https request goes through a tunnel, so the proxy sees nothing of it. An
//! http request is handed to the proxy whole, which then needs the proxy's
//! credentials on the request itself.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{HeaderValue, Uri};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::Source;
use crate::{BoxFuture, TransportError, TransportErrorKind};

/// Which requests go through which proxy.
#[derive(Debug)]
pub(super) struct Proxies(Matcher);

impl Proxies {
    pub(super) fn from_env() -> Self {
        Self(Matcher::from_env())
    }

    pub(super) fn none() -> Self {
        Self(Matcher::builder().build())
    }

    /// One proxy for all requests; `None` when its URL cannot be used.
    pub(super) fn all(url: &str) -> Option<Self> {
        let matcher = Matcher::builder().all(url).build();
        let anywhere = Uri::from_static("http://example.com/");
        matcher.intercept(&anywhere).filter(|found| speaks_http(found.uri()))?;
        Some(Self(matcher))
    }

    /// The credentials that a request needs which is handed to a proxy whole.
    pub(super) fn forwarding_auth(&self, dst: &Uri) -> Option<HeaderValue> {
        if is_https(dst) {
            return None;
        }
        let mut auth = self.0.intercept(dst)?.basic_auth().cloned()?;
        auth.set_sensitive(true);
        Some(auth)
    }
}

/// Opens connections, to the server or to the proxy before it.
#[derive(Clone, Debug)]
pub(super) struct ProxyConnector {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
}

impl ProxyConnector {
    pub(super) fn new(proxies: Arc<Proxies>) -> Self {
        let mut tcp = HttpConnector::new();
        // It is asked for https addresses too; TLS comes on top of it.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, proxies }
    }
}

impl Service<Uri> for ProxyConnector {
    type Response = Stream;
    type Error = Source;
    type Future = BoxFuture<'static, Result<Stream, Source>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tcp.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, dst: Uri) -> Self::Future {
        let tcp = self.tcp.clone();
        let proxy = self.proxies.0.intercept(&dst);
        Box::pin(async move {
            let connected = match proxy {
                None => direct(tcp, dst, false).await,
                Some(proxy) => through(tcp, dst, &proxy).await,
            };
            connected.map_err(Into::into)
        })
    }
}

async fn through(tcp: HttpConnector, dst: Uri, proxy: &Intercept) -> Result<Stream, TransportError> {
    if !speaks_http(proxy.uri()) {
        let why = "only proxies that speak http themselves can be used";
        return Err(TransportError::new(TransportErrorKind::Connect, why));
    }
    if !is_https(&dst) {
        return direct(tcp, proxy.uri().clone(), true).await;
    }
    let mut tunnel = Tunnel::new(proxy.uri().clone(), tcp);
    if let Some(auth) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(auth.clone());
    }
    let io = tunnel.call(dst).await.map_err(|error| unreachable("the proxy", error))?;
    Ok(Stream { io, is_proxy: false })
}

async fn direct(mut tcp: HttpConnector, dst: Uri, is_proxy: bool) -> Result<Stream, TransportError> {
    let whom = if is_proxy { "the proxy" } else { "the server" };
    let io = tcp.call(dst).await.map_err(|error| unreachable(whom, error))?;
    Ok(Stream { io, is_proxy })
}

fn unreachable(whom: &str, error: impl Into<Source>) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, format!("cannot reach {whom}")).with_source(error)
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

fn speaks_http(proxy: &Uri) -> bool {
    proxy.scheme_str() == Some("http")
}

/// A connection that knows whether a proxy reads the requests on it: these
/// name the whole URL.
#[derive(Debug)]
pub(super) struct Stream {
    io: TokioIo<TcpStream>,
    is_proxy: bool,
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.io.connected().proxy(self.is_proxy)
    }
}

impl hyper::rt::Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buffer)
    }
}

impl hyper::rt::Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
