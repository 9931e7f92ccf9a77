//! Connections to servers and to proxies.
//!
//! An `https` request goes through a tunnel, so that the proxy cannot read it. An `http` request is forwarded by the
//! proxy, whose credentials are in a header of the request.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::proxies::{Proxies, Proxy, is_https};
use super::tunnel::tunnel;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::async_transport::BoxFuture;

pub(super) type Source = Box<dyn std::error::Error + Send + Sync>;

/// Settings of TCP sockets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tcp {
    /// The idle time before the first probe.
    pub(super) keep_alive: Option<Duration>,
    pub(super) no_delay: bool,
}

/// Opens connections to servers or to their proxies.
#[derive(Clone, Debug)]
pub(super) struct ProxyConnector {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
}

impl ProxyConnector {
    pub(super) fn new(proxies: Arc<Proxies>, settings: Tcp) -> Self {
        let mut tcp = HttpConnector::new();
        // The connector also opens the connections below TLS.
        tcp.enforce_http(false);
        tcp.set_nodelay(settings.no_delay);
        tcp.set_keepalive(settings.keep_alive);
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
        let proxies = Arc::clone(&self.proxies);
        Box::pin(async move {
            let connected = match proxies.proxy_for(&dst)? {
                None => connect_directly(tcp, dst, false).await,
                Some(proxy) => connect_through_proxy(tcp, dst, proxy).await,
            };
            connected.map_err(Into::into)
        })
    }
}

async fn connect_through_proxy(
    tcp: HttpConnector,
    dst: Uri,
    proxy: &Proxy,
) -> Result<Stream, TransportError> {
    let mut stream = connect_directly(tcp, proxy.uri.clone(), true).await?;
    if is_https(&dst) {
        stream = Stream { io: tunnel(stream.io, &dst, proxy).await?, is_proxy: false };
    }
    Ok(stream)
}

async fn connect_directly(
    mut tcp: HttpConnector,
    dst: Uri,
    is_proxy: bool,
) -> Result<Stream, TransportError> {
    let peer = if is_proxy { "the proxy" } else { "the server" };
    let io = tcp.call(dst).await.map_err(|error| connect_error(peer, error))?;
    Ok(Stream { io, is_proxy })
}

fn connect_error(peer: &str, error: impl Into<Source>) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, format!("failed to reach {peer}")).with_source(error)
}

/// A connection to a server or to a proxy. A request to a proxy that forwards it contains the whole URL.
#[derive(Debug)]
pub(super) struct Stream {
    io: TokioIo<TcpStream>,
    is_proxy: bool,
}

#[cfg(test)]
impl Stream {
    pub(super) fn into_tcp(self) -> TcpStream {
        self.io.into_inner()
    }
}

impl Connection for Stream {
    /// Omits the addresses of the connection, which would be added to every response.
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.is_proxy)
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

    /// Without vectored writes, hyper copies each body, and reports that a connection is ready before the request is sent.
    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        match bytes {
            // Most requests have no body. Their system call is `send`, which is faster than `writev`.
            [head] => Pin::new(&mut self.io).poll_write(cx, head),
            _ => Pin::new(&mut self.io).poll_write_vectored(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
