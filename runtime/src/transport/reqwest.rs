//! A transport over a `reqwest::Client` that the user has already.
//!
//! It is the one place where a type of another HTTP library stands in the public API, and that is its purpose: who
//! has such a client, with its proxies, its certificates and its pool, hands it over.

use std::error::Error as _;
use std::fmt;
use std::iter::successors;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::Client;
use tokio::runtime::Handle;

use super::async_transport::{BoxFuture, Transport};
use super::body_collector::Decoding;
use super::http_common::{DEFAULT_MAX_RESPONSE_LEN, NO_HTTP, frame, is_no_http, read};
use crate::error::{TransportError, TransportErrorKind};

/// Sends requests with a `reqwest::Client`.
///
/// **Build the client with `redirect::Policy::none()`.** It follows redirects unless told otherwise, and takes most
/// headers along, so that credentials reach whatever server a response names. A response that comes from another
/// URL than the one that was asked is an error, but by then they have been sent.
///
/// The other settings of the client apply as well: its own timeouts, proxies, TLS and headers. It ignores a variable
/// such as `HTTPS_PROXY` whose value is invalid.
///
/// It must be used inside a tokio runtime whose clock and I/O are enabled, and in one runtime at a time: a request that
/// finds a connection of another one waits for that one to run. After a `fork()`, the child process must build a new
/// `reqwest::Client`: both processes would use the same connections.
///
/// ```
/// use typefoundry_runtime::ReqwestTransport;
///
/// # fn transport() -> Result<ReqwestTransport, reqwest::Error> {
/// let client = reqwest::Client::builder()
///     .redirect(reqwest::redirect::Policy::none())
///     .build()?;
/// let transport = ReqwestTransport::new(client).max_response_len(1024 * 1024);
/// # Ok(transport)
/// # }
/// ```
#[derive(Clone)]
pub struct ReqwestTransport {
    client: Client,
    max_response_len: usize,
}

impl ReqwestTransport {
    /// A transport over this client, which is cheap to clone.
    pub fn new(client: Client) -> Self {
        Self { client, max_response_len: DEFAULT_MAX_RESPONSE_LEN }
    }

    /// How many bytes the body of a response may have; 64 MiB unless set.
    ///
    /// Where the client takes compressed bodies, the length is that of what comes out.
    #[must_use]
    pub fn max_response_len(mut self, bytes: usize) -> Self {
        self.max_response_len = bytes;
        self
    }

    async fn exchange(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(other("this transport must be used inside a tokio runtime"));
        }
        frame(&mut request);
        let path = request.uri().path().to_owned();
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        // It parses URLs as browsers do, which fold `..` and turn backslashes.
        if request.url().path() != path {
            return Err(other("the path would not arrive as it was written"));
        }
        let asked = request.url().clone();
        let response = self.client.execute(request).await.map_err(failed)?;
        if *response.url() != asked {
            return Err(other("a redirect was followed; build the client with `redirect::Policy::none()`"));
        }
        let response = Response::<reqwest::Body>::from(response);
        read(response, self.max_response_len, Decoding::None, failed).await
    }
}

impl fmt::Debug for ReqwestTransport {
    /// Without the client, which would show the headers that it adds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport")
            .field("max_response_len", &self.max_response_len)
            .finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Inside the future, because tokio's timer panics outside of its runtime;
        // `send` has said by then what is wrong.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Says which part failed. URLs may hold secrets, so the error goes on without its own, and not at all where one
/// within it has another.
fn failed(error: reqwest::Error) -> TransportError {
    let (kind, what) = if rejects_request(&error) {
        (TransportErrorKind::Proxy, "the proxy rejected the request")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "cannot connect")
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, "the client's own time was up")
    } else if error.is_body() || error.is_decode() {
        (TransportErrorKind::Connection, "the response broke off")
    } else if is_no_http(&error) {
        (TransportErrorKind::Protocol, NO_HTTP)
    } else if error.is_request() {
        (TransportErrorKind::Connection, "the connection failed")
    } else {
        (TransportErrorKind::Other, "the request cannot be sent")
    };
    let failed = TransportError::new(kind, what);
    let within = successors(error.source(), |error| (*error).source());
    if within.filter_map(|error| error.downcast_ref::<reqwest::Error>()).any(|error| error.url().is_some()) {
        failed
    } else {
        failed.with_source(error.without_url())
    }
}

/// Whether a proxy refused to connect to the server. The type of such an error is private, and it does not tell the
/// status, so that 502 looks as 403 does.
fn rejects_request(error: &reqwest::Error) -> bool {
    let chain = successors(error.source(), |error| (*error).source());
    let mut messages = chain.map(ToString::to_string);
    messages.any(|message| REJECTIONS.contains(&message.as_str()))
}

const REJECTIONS: [&str; 2] = ["tunnel error: proxy authorization required", "tunnel error: unsuccessful"];

fn other(why: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Other, why)
}
