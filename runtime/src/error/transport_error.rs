//! Errors that a transport reports, and their kinds.

use std::fmt;

use bytes::Bytes;
use http::Response;

use crate::text::sanitized;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The step in which a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established, or the server closed it before it processed the request.
    /// Every request can be retried.
    Connect,
    /// TLS negotiation failed. The request was not sent, and a retry would fail too.
    Tls,
    /// The connection broke. The server may have received the request.
    Connection,
    /// The response is not valid HTTP, or its head exceeds the limits of the client. A retry would
    /// fail too.
    Protocol,
    /// The configuration of the transport is invalid, for example without root certificates for
    /// `https`. The request was not sent.
    Config,
    /// The proxy rejected the request, for example with the status 407 or 403, or cannot be used,
    /// for example because of an unsupported scheme. The server received nothing, and a retry would
    /// fail too.
    Proxy,
    /// The timeout of the transport expired. The server may have received the request.
    Timeout,
    /// The body of the response exceeds the size limit.
    BodyTooLarge,
    /// The source of a streamed request body failed, or has another length than declared. The server may have received
    /// a part of the request.
    RequestBody,
    /// Another failure.
    Other,
}

/// The error of a transport that received no complete response.
///
/// ```
/// use typefoundry_runtime::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Connection, "the connection broke")
///     .with_source(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
/// assert_eq!(error.to_string(), "the connection broke: connection reset");
/// ```
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    source: Option<Source>,
    response: Option<Box<Response<Bytes>>>,
    #[cfg(feature = "blocking")]
    is_before_timeout: bool,
}

impl TransportError {
    /// Creates an error. The message must not contain a secret.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            response: None,
            #[cfg(feature = "blocking")]
            is_before_timeout: false,
        }
    }

    /// Sets the source.
    ///
    /// A source with long texts, for example one that includes text from a server, is stored as a
    /// short text.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(sanitized::bounded(source.into()));
        self
    }

    /// Sets the part of a response that was received before the failure: its head, and the start of
    /// its body.
    #[must_use]
    pub fn with_response(mut self, response: Response<Bytes>) -> Self {
        self.response = Some(Box::new(response));
        self
    }

    /// Marks the error as raised before the timeout of the request expired.
    #[cfg(all(feature = "blocking", feature = "tokio"))]
    pub(crate) fn before_timeout(mut self) -> Self {
        self.is_before_timeout = true;
        self
    }

    /// Returns whether the error was raised before the timeout of the request expired. Only
    /// [`BlockingAdapter`](crate::BlockingAdapter) sets this.
    #[cfg(feature = "blocking")]
    pub(crate) fn is_before_timeout(&self) -> bool {
        self.is_before_timeout
    }

    /// Returns the first `TransportError` in an error and its sources, for example inside the error
    /// of a layer around a transport.
    pub fn find_in_chain<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e Self> {
        std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref())
    }

    /// Returns the message without the sources, if there are sources.
    #[cfg(feature = "hyper")]
    pub(crate) fn message_without_sources(&self) -> Option<&str> {
        self.source.is_some().then_some(self.message.as_str())
    }

    /// Returns the step in which the transport failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the part of a response that was received before the failure: its head, and the start
    /// of its body.
    ///
    /// A body that exceeds the size limit is dropped.
    pub fn response(&self) -> Option<&Response<Bytes>> {
        self.response.as_deref()
    }
}

impl TransportError {
    /// Omits the headers and the body, which may contain secrets.
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("status", &self.response().map(Response::status))
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sanitized::debug(f, &|f| self.debug(f))
    }
}

impl fmt::Display for TransportError {
    /// Writes the message and the deepest source. The sources in between rarely name the cause.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = &self.message;
        let first = std::error::Error::source(self);
        match std::iter::successors(first, |error| (*error).source()).last() {
            Some(deepest) => {
                sanitized::display(f, sanitized::MAX_AS_SOURCE, format_args!("{message}: {deepest}"))
            }
            None => sanitized::display(f, sanitized::MAX_AS_SOURCE, format_args!("{message}")),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
