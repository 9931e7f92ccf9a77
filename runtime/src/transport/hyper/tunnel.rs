//! Tunnels through a proxy with the method CONNECT.
//!
//! The tunnel of `hyper-util` does not report the status of a rejection. The client could not distinguish a proxy that
//! forbids a host from one that temporarily fails to reach it.

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::errors::is_invalid_http;
use super::proxies::Proxy;
use crate::error::{TransportError, TransportErrorKind};
use crate::response::is_transient;

/// Requests a tunnel to the server at `dst` on this connection to a proxy.
pub(super) async fn tunnel(
    io: TokioIo<TcpStream>,
    dst: &Uri,
    proxy: &Proxy,
) -> Result<TokioIo<TcpStream>, TransportError> {
    let request = connect_request(dst, proxy)?;
    // Some proxies recognize only headers in title case.
    let handshake = http1::Builder::new().title_case_headers(true).handshake(io).await;
    let (mut sender, connection) = handshake.map_err(proxy_connection_error)?;
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request).await.map_err(proxy_connection_error)?;
    if !response.status().is_success() {
        return Err(tunnel_rejection(response.status()));
    }
    let upgraded = hyper::upgrade::on(response).await.map_err(proxy_connection_error)?;
    let parts =
        upgraded.downcast().map_err(|_| proxy_error("failed to take over the connection of the tunnel"))?;
    // In TLS, the client sends first.
    if parts.read_buf.is_empty() {
        Ok(parts.io)
    } else {
        Err(proxy_error("the proxy sent data before the server"))
    }
}

fn connect_request(dst: &Uri, proxy: &Proxy) -> Result<Request<Empty<Bytes>>, TransportError> {
    let invalid = |_| proxy_error("invalid host: it must be valid in a request to the proxy");
    let authority = format!("{}:{}", dst.host().unwrap_or_default(), dst.port_u16().unwrap_or(443));
    let host = HeaderValue::try_from(&authority).map_err(|error| invalid(error.into()))?;
    let mut request = Request::connect(authority).header(HOST, host).body(Empty::new()).map_err(invalid)?;
    if let Some(auth) = &proxy.auth {
        request.headers_mut().insert(PROXY_AUTHORIZATION, auth.clone());
    }
    Ok(request)
}

/// Returns the error for a status of the proxy. A transient status is a failed connection, which can be retried. Any
/// other status is a rejection.
fn tunnel_rejection(status: StatusCode) -> TransportError {
    match is_transient(status) {
        true => TransportError::new(
            TransportErrorKind::Connect,
            format!("the proxy failed to connect to the server: {status}"),
        ),
        false => proxy_rejection(status),
    }
}

/// Returns the error for a proxy that rejects the request.
pub(super) fn proxy_rejection(status: StatusCode) -> TransportError {
    let hint = match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => "; check the credentials in the URL of the proxy",
        _ => "",
    };
    proxy_error(&format!("the proxy rejected the request: {status}{hint}"))
}

fn proxy_error(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Proxy, message)
}

fn proxy_connection_error(error: hyper::Error) -> TransportError {
    match is_invalid_http(&error) {
        true => proxy_error("the proxy did not reply in HTTP").with_source(error),
        false => TransportError::new(TransportErrorKind::Connect, "the connection to the proxy failed")
            .with_source(error),
    }
}
