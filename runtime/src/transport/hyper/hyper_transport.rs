//! The default transport.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
#[cfg(feature = "gzip")]
use http::header::ACCEPT_ENCODING;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use tokio::runtime::Handle;

use super::errors::body_error;
use super::pooled_body::{PooledBody, truncation_check};
use super::pools::{Pool, Pools};
use super::proxies::{Proxies, is_https};
use super::tunnel::proxy_rejection;
use crate::body::{RequestBody, RequestBodyStream, ResponseBody};
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::async_transport::{BoxFuture, Transport};
use crate::transport::body_collector::Decoding;
use crate::transport::http_common::{read_decoded, set_framing_headers, set_streaming_framing_headers};

/// The default transport, which uses hyper on tokio and a connection pool.
///
/// The transport is cheap to clone and does not follow redirects. It supports `https` if the feature `ring` or `aws-lc`
/// is enabled, and uses `aws-lc` if both are. It trusts the certificates that the operating system trusts.
///
/// **Runtimes.** The transport must be used inside a tokio runtime with time and I/O enabled. Several runtimes can use
/// one transport, also at the same time: each has its own connections. After a `fork()`, use a new runtime; the child
/// process never uses a connection of its parent.
///
/// **Proxies.** The transport uses the proxies in `HTTP_PROXY`, `HTTPS_PROXY` and `ALL_PROXY`, except for the hosts in
/// `NO_PROXY`. It follows the rules of curl:
///
/// - A lower-case variable takes precedence over an upper-case one, and an empty variable counts as unset.
/// - `HTTP_PROXY` is ignored if `REQUEST_METHOD` is set, as in a CGI program.
/// - Entries of `NO_PROXY` are `*`, domains including their subdomains, addresses, and networks such as `10.0.0.0/8`.
///   Each entry can end in a port.
///
/// A request fails with [`TransportErrorKind::Proxy`] if its proxy is invalid or has a scheme other than `http`.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::HyperTransport;
///
/// let transport = HyperTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .max_response_len(1024 * 1024)
///     .build()?;
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    pub(super) pools: Arc<Pools>,
    pub(super) proxies: Arc<Proxies>,
    pub(super) max_response_len: usize,
    /// Whether `https` connections can use HTTP/2, whose requests have no `host`.
    pub(super) offers_http2: bool,
    #[cfg(feature = "gzip")]
    pub(super) gzip: bool,
}

impl HyperTransport {
    async fn execute(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let Prepared { request, pool, is_proxied, decoding } = self.prepare_whole(request)?;
        let (response, connection) = pool.send(request).await?;
        check_proxy(response.status(), is_proxied)?;
        let is_truncated = truncation_check(response.version());
        let limit = self.max_response_len;
        let response = read_decoded(response, limit, decoding, is_truncated, body_error).await?;
        pool.put(connection);
        Ok(response)
    }

    /// Sends a request and returns the response when its head has arrived. Its body gives the connection back.
    async fn execute_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, TransportError> {
        let Prepared { mut request, pool, is_proxied, .. } = self.prepare_streaming(request)?;
        let guard = request.body_mut().prepare().await?;
        let (response, connection) = guard.check(pool.send(request).await)?;
        let response = PooledBody::response(response, pool, connection, guard);
        check_proxy(response.status(), is_proxied)?;
        Ok(response.map(|body| ResponseBody::new(body).with_max_len(self.max_response_len)))
    }

    /// Prepares a request. A function without `async`, so that the future of the request does not contain the original
    /// request as well.
    fn prepare_whole(&self, mut request: Request<Bytes>) -> Result<Prepared, TransportError> {
        set_framing_headers(&mut request);
        self.prepare(request, true, RequestBodyStream::from)
    }

    /// Prepares a request without `accept-encoding`: a server that compresses a stream often delays its chunks.
    fn prepare_streaming(&self, mut request: Request<RequestBody>) -> Result<Prepared, TransportError> {
        set_streaming_framing_headers(&mut request)?;
        self.prepare(request, false, RequestBody::into_stream)
    }

    fn prepare<B>(
        &self,
        mut request: Request<B>,
        accepts_encoding: bool,
        into_stream: fn(B) -> RequestBodyStream,
    ) -> Result<Prepared, TransportError> {
        let runtime = Handle::try_current().map_err(|_| {
            let message = "this transport must be used inside a tokio runtime";
            TransportError::new(TransportErrorKind::Other, message)
        })?;
        set_scheme_of_connect(&mut request);
        let proxy = self.proxies.http_proxy_for(request.uri());
        if let Some(auth) = proxy.and_then(|proxy| proxy.auth.clone()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, auth);
        }
        let decoding = if accepts_encoding { self.accept_encoding(&mut request) } else { Decoding::None };
        self.set_host(&mut request);
        let pool = self.pools.pool(&runtime);
        Ok(Prepared { request: request.map(into_stream), pool, is_proxied: proxy.is_some(), decoding })
    }

    /// Sets `host`, unless the connection can use HTTP/2.
    pub(super) fn set_host<B>(&self, request: &mut Request<B>) {
        let is_http1 = !self.offers_http2 || !is_https(request.uri());
        if let Some(host) = host(request.uri()).filter(|_| is_http1) {
            request.headers_mut().insert(HOST, host);
        }
    }

    /// Requests a compressed response, if the transport can decode it.
    #[cfg(feature = "gzip")]
    fn accept_encoding<B>(&self, request: &mut Request<B>) -> Decoding {
        if !self.gzip || request.headers().contains_key(ACCEPT_ENCODING) {
            return Decoding::None;
        }
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        Decoding::Gzip
    }

    #[cfg(not(feature = "gzip"))]
    #[expect(clippy::unused_self, reason = "the setting exists with the feature")]
    fn accept_encoding<B>(&self, _: &mut Request<B>) -> Decoding {
        Decoding::None
    }
}

/// Returns an error if the response is that of a proxy that rejects the request.
fn check_proxy(status: StatusCode, is_proxied: bool) -> Result<(), TransportError> {
    match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED if is_proxied => Err(proxy_rejection(status)),
        _ => Ok(()),
    }
}

/// Completes the target of a CONNECT request, which usually is a host and a port.
fn set_scheme_of_connect<B>(request: &mut Request<B>) {
    if request.method() != Method::CONNECT || request.uri().scheme().is_some() {
        return;
    }
    let scheme = if request.uri().port_u16() == Some(443) { Scheme::HTTPS } else { Scheme::HTTP };
    let mut parts = mem::take(request.uri_mut()).into_parts();
    parts.scheme = Some(scheme);
    parts.path_and_query = Some(PathAndQuery::from_static("/"));
    // Without a host, the URL is invalid, and the pool rejects the request.
    *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
}

/// Returns the host of a URL, with the port if it is not that of the scheme.
fn host(url: &Uri) -> Option<HeaderValue> {
    let authority = url.authority()?.as_str();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let default_port = if is_https(url) { ":443" } else { ":80" };
    let host = host.strip_suffix(default_port).or_else(|| host.strip_suffix(':')).unwrap_or(host);
    HeaderValue::from_str(host).ok()
}

/// A request that is ready to be sent.
struct Prepared {
    request: Request<RequestBodyStream>,
    pool: Arc<Pool>,
    is_proxied: bool,
    decoding: Decoding,
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("max_response_len", &self.max_response_len)
            .finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.execute(request))
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(self.execute_streaming(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Inside the future, because the timer of tokio panics outside a runtime. `send` has reported that error by
        // then.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
