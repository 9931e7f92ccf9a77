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

use super::failure::is_no_http;
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
    let (mut sender, connection) = handshake.map_err(broken)?;
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request).await.map_err(broken)?;
    if !response.status().is_success() {
        return Err(refused(response.status()));
    }
    let upgraded = hyper::upgrade::on(response).await.map_err(broken)?;
    let parts =
        upgraded.downcast().map_err(|_| unusable("failed to take over the connection of the tunnel"))?;
    // In TLS, the client sends first.
    if parts.read_buf.is_empty() {
        Ok(parts.io)
    } else {
        Err(unusable("the proxy sent data before the server"))
    }
}

fn connect_request(dst: &Uri, proxy: &Proxy) -> Result<Request<Empty<Bytes>>, TransportError> {
    let invalid = |_| unusable("invalid host: it must be valid in a request to the proxy");
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
fn refused(status: StatusCode) -> TransportError {
    match is_transient(status) {
        true => TransportError::new(
            TransportErrorKind::Connect,
            format!("the proxy failed to connect to the server: {status}"),
        ),
        false => rejected(status),
    }
}

/// Returns the error for a proxy that rejects the request.
pub(super) fn rejected(status: StatusCode) -> TransportError {
    let hint = match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => "; check the credentials in the URL of the proxy",
        _ => "",
    };
    unusable(&format!("the proxy rejected the request: {status}{hint}"))
}

fn unusable(why: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Proxy, why)
}

fn broken(error: hyper::Error) -> TransportError {
    match is_no_http(&error) {
        true => unusable("the proxy did not reply in HTTP").with_source(error),
        false => TransportError::new(TransportErrorKind::Connect, "the connection to the proxy failed")
            .with_source(error),
    }
}
