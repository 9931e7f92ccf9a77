//! Errors that a transport reports, and their kinds.

use std::fmt;

use bytes::Bytes;
use http::Response;

use crate::text::sanitized;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What part of sending a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be established, or the server closed it before it processed the request. Any request may be
    /// sent again.
    Connect,
    /// No secure connection could be agreed on. The request was not sent, and the next would not be either.
    Tls,
    /// The connection broke. The server may have received the request.
    Connection,
    /// What came back is no HTTP, or has a head that is longer than a client reads. The next answer would be as this one.
    Protocol,
    /// The transport is configured wrongly, such as without root certificates for `https`. The request was not sent.
    Config,
    /// The proxy rejected the request, as with the status 407 or 403, or it cannot be used, as with an unsupported scheme.
    /// The server received nothing, and the next request would not reach it either.
    Proxy,
    /// The transport's own time was up. The server may have received the request.
    Timeout,
    /// The body of the response is longer than is allowed.
    BodyTooLarge,
    /// Something else.
    Other,
}

/// Why a transport has no response.
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
    is_early: bool,
}

impl TransportError {
    /// Says what failed. The message must hold no secret.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            response: None,
            #[cfg(feature = "blocking")]
            is_early: false,
        }
    }

    /// Adds the error that this one comes from.
    ///
    /// One whose texts are long, such as one that repeats what a server sent, is kept as a short text.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(sanitized::bounded(source.into()));
        self
    }

    /// Adds the part of a response that came before it broke off: its head, and what there is of its body.
    #[must_use]
    pub fn with_response(mut self, response: Response<Bytes>) -> Self {
        self.response = Some(Box::new(response));
        self
    }

    /// Says that it came before the time was up that the transport was given.
    #[cfg(all(feature = "blocking", feature = "tokio"))]
    pub(crate) fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Whether it came before the time was up that the transport was given; nobody says so but [`BlockingAdapter`](crate::BlockingAdapter).
    #[cfg(feature = "blocking")]
    pub(crate) fn is_early(&self) -> bool {
        self.is_early
    }

    /// Finds the first error of this type in an error and its sources, such as below an error of a layer around a transport.
    pub fn find_in_chain<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e Self> {
        std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref())
    }

    /// The message without the sources, where it has any.
    #[cfg(feature = "hyper")]
    pub(crate) fn outline(&self) -> Option<&str> {
        self.source.is_some().then_some(self.message.as_str())
    }

    /// What part of sending failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The part of a response that came before it broke off: its head, and what there is of its body.
    ///
    /// Of a body that is longer than allowed, nothing is kept.
    pub fn response(&self) -> Option<&Response<Bytes>> {
        self.response.as_deref()
    }
}

impl TransportError {
    /// Without headers and body, which may hold secrets.
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
        sanitized::debug(f, &fmt::from_fn(|f| self.debug(f)))
    }
}

impl fmt::Display for TransportError {
    /// Shows the deepest source too, since the ones between seldom say why.
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
