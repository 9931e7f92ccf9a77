//! The error of a call.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::api_error::ApiError;
use super::body::ErrorBody;
use super::code::ApiErrorCode;
use super::kind::ErrorKind;
use super::transport_error::{TransportError, TransportErrorKind};
use crate::json;
use crate::json::DecodeError;
use crate::operation::ErrorSchema;
use crate::response::{ResponseSnapshot, is_transient, non_json_reason, retry_after};
use crate::text::sanitized;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The error of a failed call.
///
/// [`Error::kind`] is the step in which the call failed. [`Error::api_error`] is the error response
/// of the server, if there is one.
///
/// `Display` is a single line and contains neither a body nor a secret. Its length is limited to
/// 1,000 characters, whatever the server sends. The same limit applies to `Debug` and to the texts
/// of all sources together.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    message: String,
    detail: Detail,
    source: Option<Source>,
    attempts: u32,
    is_transient: bool,
    maybe_done: bool,
    /// The received length of a streamed body.
    received_len: Option<u64>,
}

/// The response of the server, if any.
enum Detail {
    None,
    Api(ApiError),
    /// A response that is incomplete or cannot be decoded.
    Undecoded(ResponseSnapshot),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Inner {
            kind,
            operation: None,
            message,
            detail: Detail::None,
            source: None,
            attempts: 0,
            is_transient: kind == ErrorKind::Timeout,
            maybe_done: false,
            received_len: None,
        }))
    }

    pub(crate) fn from_transport(source: TransportError) -> Self {
        let kind = match source.kind() {
            TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Config | TransportErrorKind::Proxy => ErrorKind::Config,
            _ => ErrorKind::Transport,
        };
        let snapshot = source
            .response()
            .map(|response| ResponseSnapshot::new(response).with_request_id(&ErrorSchema::NONE));
        let message = match &snapshot {
            Some(snapshot) => format!("{source} ({})", snapshot.status),
            None => source.to_string(),
        };
        let mut error = Self::new(kind, message);
        error.0.is_transient = matches!(
            source.kind(),
            TransportErrorKind::Connect | TransportErrorKind::Connection | TransportErrorKind::Timeout
        );
        error.0.detail = snapshot.map_or(Detail::None, Detail::Undecoded);
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn from_api(snapshot: ResponseSnapshot, schema: &ErrorSchema) -> Self {
        let api = ApiError::new(snapshot, schema);
        let mut error = Self::new(ErrorKind::Api, api.to_string());
        error.0.is_transient = is_transient(api.status());
        error.0.detail = Detail::Api(api);
        error
    }

    pub(crate) fn from_decode(snapshot: ResponseSnapshot, schema: &ErrorSchema, source: DecodeError) -> Self {
        let status = snapshot.status;
        let snapshot = snapshot.with_request_id(schema);
        let reason = source.is_in_json_body().then(|| non_json_reason(&snapshot.headers)).flatten();
        let message = match reason {
            Some(reason) => format!("failed to decode the response ({status}): {reason}: {source}"),
            None => format!("failed to decode the response ({status}): {source}"),
        };
        let mut error = Self::new(ErrorKind::Decode, message);
        error.0.detail = Detail::Undecoded(snapshot);
        error.0.source = Some(Box::new(source));
        error
    }

    /// Changes the kind.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Sets the source.
    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(sanitized::bounded(source.into()));
        self
    }

    /// Sets the operation that failed.
    pub(crate) fn with_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// Sets the number of attempts and whether the failure is transient.
    pub(crate) fn with_attempts(mut self, attempts: u32, is_transient: bool) -> Self {
        self.0.attempts = attempts;
        self.0.is_transient = is_transient;
        self
    }

    /// Sets whether the server may have performed the operation.
    pub(crate) fn with_maybe_done(mut self, maybe_done: bool) -> Self {
        self.0.maybe_done = maybe_done;
        self
    }

    /// Sets the received length of a streamed body.
    pub(crate) fn with_received_len(mut self, bytes: u64) -> Self {
        self.0.received_len = Some(bytes);
        self.0.message = format!("{} after {bytes} bytes of the body", self.0.message);
        self
    }

    /// Returns the error of the transport, if the transport failed. Its kind names the failed step.
    pub fn transport_error(&self) -> Option<&TransportError> {
        self.0.source.as_deref()?.downcast_ref()
    }

    /// Returns the step in which the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the name of the operation, such as `pets.get`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the error response of the server, if there is one.
    pub fn api_error(&self) -> Option<&ApiError> {
        match &self.0.detail {
            Detail::Api(api) => Some(api),
            Detail::None | Detail::Undecoded(_) => None,
        }
    }

    /// Decodes the error response's body as `T`, one of the error types of the operation.
    ///
    /// Returns `None` if there is no error response, or if its body is not a known variant of `T`.
    pub fn body_as<T: ErrorBody>(&self) -> Option<T> {
        let body = json::from_slice::<T>(self.api_error()?.body()).ok()?;
        body.is_known().then_some(body)
    }

    /// Returns the machine-readable code of the error response, if there is one.
    pub fn code(&self) -> Option<&str> {
        self.api_error()?.code()
    }

    /// Returns the code of the error response as the typed code `C`. An unknown code becomes the
    /// `Unknown` variant.
    pub fn code_as<C: ApiErrorCode>(&self) -> Option<C> {
        self.code().map(C::from)
    }

    /// Returns whether the failure is transient, so that the same call may succeed later.
    ///
    /// Transient failures are connection failures, timeouts, the statuses 408, 429, 500, 502, 503
    /// and 504, and the retryable statuses of the API.
    ///
    /// A transient failure does not imply that a retry is safe. The client has already retried the
    /// call if that was safe and its [`RetryPolicy`](crate::RetryPolicy) allowed it.
    pub fn is_retryable(&self) -> bool {
        self.0.is_transient
    }

    /// Returns whether the server may have performed the operation although the call failed.
    ///
    /// This is the case if the operation has side effects, and an attempt may have reached the
    /// server without a response that rules it out.
    ///
    /// Typical causes are timeouts and broken connections. Another cause is a retry after a lost
    /// response. The retry of a successful DELETE receives 404. The retry of a PUT that creates
    /// something receives 409.
    ///
    /// ```
    /// use typefoundry_runtime::Error;
    /// use typefoundry_runtime::http::StatusCode;
    ///
    /// /// Treats a 404 after a retried DELETE as success.
    /// fn ignore_gone(deleted: Result<(), Error>) -> Result<(), Error> {
    ///     match deleted {
    ///         Err(error)
    ///             if error.status() == Some(StatusCode::NOT_FOUND) && error.maybe_already_done() =>
    ///         {
    ///             Ok(())
    ///         }
    ///         deleted => deleted,
    ///     }
    /// }
    /// ```
    pub fn maybe_already_done(&self) -> bool {
        self.0.maybe_done
    }

    /// Returns the delay that the server requests before the next call, from its `retry-after`
    /// header.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// Returns the number of attempts, or 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the status of the response, if one was received, even an incomplete one.
    pub fn status(&self) -> Option<StatusCode> {
        self.snapshot().map(|snapshot| snapshot.status)
    }

    /// Returns the request ID of the server, to be quoted in support requests.
    pub fn request_id(&self) -> Option<&str> {
        self.snapshot().and_then(|snapshot| snapshot.request_id.as_deref())
    }

    /// Returns the headers of the response, if one was received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.snapshot().map(|snapshot| &snapshot.headers)
    }

    /// Returns the body of the response as received. The body of an incomplete response is the part
    /// that was received.
    ///
    /// The body of a streamed response is the received part of the event or line that failed.
    pub fn body(&self) -> Option<&Bytes> {
        self.snapshot().map(|snapshot| &snapshot.body)
    }

    /// Returns the number of bytes that were received before a streamed response failed.
    pub fn received_len(&self) -> Option<u64> {
        self.0.received_len
    }

    fn snapshot(&self) -> Option<&ResponseSnapshot> {
        match &self.0.detail {
            Detail::None => None,
            Detail::Api(api) => Some(api.snapshot()),
            Detail::Undecoded(snapshot) => Some(snapshot),
        }
    }
}

impl Error {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("message", &self.0.message)
            .field("status", &self.status())
            .field("request_id", &self.snapshot().and_then(ResponseSnapshot::sanitized_request_id))
            .field("body_len", &self.body().map(Bytes::len))
            .field("attempts", &self.0.attempts)
            .field("maybe_already_done", &self.0.maybe_done)
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max_len = if self.0.source.is_some() { sanitized::MAX_WITH_SOURCE } else { usize::MAX };
        let message = &self.0.message;
        match self.0.operation {
            Some(operation) => sanitized::display(f, max_len, format_args!("{operation}: {message}")),
            None => sanitized::display(f, max_len, format_args!("{message}")),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sanitized::debug(f, &|f| self.debug(f))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<Error> for std::io::Error {
    /// Wraps the error, for readers over a stream of bytes.
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}
