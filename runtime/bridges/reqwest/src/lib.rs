//! A transport for generated API clients that sends requests with a [`reqwest::Client`] of the application.
//!
//! ```
//! use typefoundry_reqwest::ReqwestTransport;
//!
//! # fn transport() -> Result<ReqwestTransport, reqwest::Error> {
//! let client = reqwest::Client::builder()
//!     .redirect(reqwest::redirect::Policy::none())
//!     .build()?;
//! let transport = ReqwestTransport::new(client).max_response_len(1024 * 1024);
//! # Ok(transport)
//! # }
//! ```
//!
//! Pass the transport to the `transport` method of a client builder. The `reqwest::Client` provides TLS, so the
//! packages need neither `hyper` nor `ring`.
//!
//! For blocking calls, also pass `BlockingAdapter::new(transport)` to `blocking_transport`, which requires the
//! `blocking` feature of the package.
//!
//! The version of this crate follows that of reqwest. The clients do not depend on reqwest, so a new major version of
//! reqwest requires no new major version of the clients.

#![cfg_attr(doctest, doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::{Body, Client};
use tokio::runtime::Handle;

use typefoundry_runtime::{
    BoxFuture, DEFAULT_MAX_RESPONSE_LEN, RequestBody, ResponseBody, Transport, TransportError,
    TransportErrorKind, read_response, set_framing_headers, set_streaming_framing_headers,
};

/// A transport that sends requests with a [`reqwest::Client`].
///
/// **Build the client with `redirect::Policy::none()`.** By default, reqwest follows redirects and forwards most
/// headers, so credentials reach any server that a response names. A response from another URL than that of the request
/// is an error, but the credentials have been sent by then.
///
/// The other settings of the client apply: timeouts, proxies, TLS and headers. reqwest ignores a variable such as
/// `HTTPS_PROXY` whose value is invalid.
///
/// Use the transport inside a tokio runtime with time and I/O enabled, and in one runtime at a time. A request over a
/// connection of another runtime waits until that runtime runs. After a `fork()`, build a new `reqwest::Client` in the
/// child process, because both processes would use the same connections.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: Client,
    max_response_len: usize,
}

impl ReqwestTransport {
    /// Creates a transport over a client, which is cheap to clone.
    pub fn new(client: Client) -> Self {
        Self { client, max_response_len: DEFAULT_MAX_RESPONSE_LEN }
    }

    /// Sets the maximum length of a response body in bytes; the default is [`DEFAULT_MAX_RESPONSE_LEN`].
    ///
    /// If the client decompresses bodies, the limit applies to the decompressed body.
    #[must_use]
    pub fn max_response_len(mut self, bytes: usize) -> Self {
        self.max_response_len = bytes;
        self
    }

    async fn execute(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        set_framing_headers(&mut request);
        read_response(self.send_request(request).await?, self.max_response_len, transport_error).await
    }

    async fn execute_streaming(
        &self,
        mut request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, TransportError> {
        set_streaming_framing_headers(&mut request)?;
        let (head, body) = request.into_parts();
        let bytes = body.as_bytes().cloned();
        let mut stream = body.into_stream();
        let guard = stream.prepare().await?;
        let body = bytes.map_or_else(|| Body::wrap(stream), Body::from);
        let response = guard.check(self.send_request(Request::from_parts(head, body)).await)?;
        Ok(response.map(|body| {
            // The body keeps the guard until it ends.
            let map_error = move |error| guard.source_error(transport_error(error));
            ResponseBody::from_http_body(body, map_error).with_max_len(self.max_response_len)
        }))
    }

    /// Sends a request, and returns the response when its head has arrived.
    async fn send_request(
        &self,
        request: Request<impl Into<Body>>,
    ) -> Result<Response<Body>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(other_error("this transport must be used inside a tokio runtime"));
        }
        let path = request.uri().path().to_owned();
        let request = reqwest::Request::try_from(request).map_err(transport_error)?;
        // reqwest parses URLs like browsers, which remove `..` and convert backslashes.
        if request.url().path() != path {
            return Err(other_error("reqwest would change the path of the request"));
        }
        let requested_url = request.url().clone();
        let response = self.client.execute(request).await.map_err(transport_error)?;
        if *response.url() != requested_url {
            return Err(other_error(
                "a redirect was followed; build the client with `redirect::Policy::none()`",
            ));
        }
        Ok(response.into())
    }
}

impl fmt::Debug for ReqwestTransport {
    /// Omits the client, whose `Debug` shows the headers that it adds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport")
            .field("max_response_len", &self.max_response_len)
            .finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
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
        // Inside the future: the timer of tokio panics outside of a runtime, which `send` has reported by then.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Converts an error of reqwest. URLs can contain secrets: the URL is removed, and the source is dropped if an error
/// below it contains another URL.
fn transport_error(error: reqwest::Error) -> TransportError {
    let (kind, message) = if rejects_request(&error) {
        (TransportErrorKind::Proxy, "the proxy rejected the request")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "failed to connect")
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, "the timeout of the `reqwest::Client` expired")
    } else if error.is_body() || error.is_decode() {
        (TransportErrorKind::Connection, "failed to read the response")
    } else if is_invalid_http(&error) {
        (TransportErrorKind::Protocol, "the response is not valid HTTP")
    } else if error.is_request() {
        (TransportErrorKind::Connection, "the connection failed")
    } else {
        (TransportErrorKind::Other, "failed to send the request")
    };
    let error_without_source = TransportError::new(kind, message);
    let sources = successors(error.source(), |error| (*error).source());
    if sources.filter_map(|error| error.downcast_ref::<reqwest::Error>()).any(|error| error.url().is_some()) {
        error_without_source
    } else {
        error_without_source.with_source(error.without_url())
    }
}

/// Whether the received bytes are not valid HTTP.
fn is_invalid_http(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error| (*error).source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

/// Whether a proxy refused to connect to the server. The type of such an error is private, and does not contain the
/// status, so 502 cannot be distinguished from 403.
fn rejects_request(error: &reqwest::Error) -> bool {
    let chain = successors(error.source(), |error| (*error).source());
    let mut messages = chain.map(ToString::to_string);
    messages.any(|message| REJECTIONS.contains(&message.as_str()))
}

const REJECTIONS: [&str; 2] = ["tunnel error: proxy authorization required", "tunnel error: unsuccessful"];

fn other_error(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Other, message)
}
