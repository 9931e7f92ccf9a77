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
use crate::response::{ResponseSnapshot, is_transient, retry_after, why_no_json};
use crate::text::sanitized;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// `Display` is one line, with neither a body nor a secret in it. It has at most 1,000 characters, whatever the server
/// sends, and so do `Debug` and the texts of all sources together.
/// [`Error::kind`] says where the call failed; [`Error::api_error`] holds what the
/// server said, when it was the server that refused.
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
}

/// What came from the server, if anything did.
enum Detail {
    None,
    Api(ApiError),
    /// It cannot be read, or broke off.
    Unread(ResponseSnapshot),
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
        }))
    }

    pub(crate) fn from_transport(source: TransportError) -> Self {
        let kind = match source.kind() {
            TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Config | TransportErrorKind::Proxy => ErrorKind::Config,
            _ => ErrorKind::Transport,
        };
        let answer =
            source.response().map(|response| ResponseSnapshot::new(response).named(&ErrorSchema::NONE));
        let message = match &answer {
            Some(answer) => format!("{source} ({})", answer.status),
            None => source.to_string(),
        };
        let mut error = Self::new(kind, message);
        error.0.is_transient = matches!(
            source.kind(),
            TransportErrorKind::Connect | TransportErrorKind::Connection | TransportErrorKind::Timeout
        );
        error.0.detail = answer.map_or(Detail::None, Detail::Unread);
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn from_api(answer: ResponseSnapshot, shape: &ErrorSchema) -> Self {
        let api = ApiError::new(answer, shape);
        let mut error = Self::new(ErrorKind::Api, api.to_string());
        error.0.is_transient = is_transient(api.status());
        error.0.detail = Detail::Api(api);
        error
    }

    pub(crate) fn from_decode(answer: ResponseSnapshot, shape: &ErrorSchema, source: DecodeError) -> Self {
        let status = answer.status;
        let answer = answer.named(shape);
        let message = match why_no_json(&answer.headers) {
            Some(why) => format!("cannot read the response ({status}): {why}: {source}"),
            None => format!("cannot read the response ({status}): {source}"),
        };
        let mut error = Self::new(ErrorKind::Decode, message);
        error.0.detail = Detail::Unread(answer);
        error.0.source = Some(Box::new(source));
        error
    }

    /// The same problem, found elsewhere.
    pub(crate) fn into_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Adds the error that this one comes from.
    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(sanitized::bounded(source.into()));
        self
    }

    /// Names the operation that failed.
    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// Says how often the client sent the request, and whether the failure may pass.
    pub(crate) fn after(mut self, attempts: u32, is_transient: bool) -> Self {
        self.0.attempts = attempts;
        self.0.is_transient = is_transient;
        self
    }

    /// Sets whether an attempt may have done what was asked.
    pub(crate) fn maybe_done(mut self, maybe_done: bool) -> Self {
        self.0.maybe_done = maybe_done;
        self
    }

    /// What the transport said, when it was the transport that failed: its kind tells which part did.
    pub fn transport_error(&self) -> Option<&TransportError> {
        self.0.source.as_deref()?.downcast_ref()
    }

    /// Where the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called, such as `pets.get`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// What the server said, when it refused the call.
    pub fn api_error(&self) -> Option<&ApiError> {
        match &self.0.detail {
            Detail::Api(api) => Some(api),
            Detail::None | Detail::Unread(_) => None,
        }
    }

    /// The body of the response, read as one of the types that the operation's error bodies have.
    ///
    /// `None` unless the server refused the call with a body that is one of those that `T` knows.
    pub fn body_as<T: ErrorBody>(&self) -> Option<T> {
        let body = json::from_slice::<T>(self.api_error()?.body()).ok()?;
        body.is_known().then_some(body)
    }

    /// What went wrong, as a word of the API for programs, when the server refused the call with one.
    pub fn code(&self) -> Option<&str> {
        self.api_error()?.code()
    }

    /// The same as the type that an API has for its codes: a code that `C` does not know is in its `Unknown`.
    pub fn code_as<C: ApiErrorCode>(&self) -> Option<C> {
        self.code().map(C::from)
    }

    /// Whether the same call may well succeed a moment later: the connection failed, no response came in time, or the
    /// server answered 408, 429, 500, 502, 503, 504 or what its API adds to these.
    ///
    /// It does not say that the call does no harm when it is repeated. The client has repeated it already where
    /// that is sure and its [`RetryPolicy`](crate::RetryPolicy) allows it.
    pub fn is_retryable(&self) -> bool {
        self.0.is_transient
    }

    /// Whether the server may have done what was asked, although the call failed: the operation changes something, and
    /// this attempt or an earlier one may have reached the server without a response that denies it.
    ///
    /// A timeout and a broken connection are the plain cases. The subtle one is a retry that finds its own work done:
    /// a DELETE whose response got lost is sent again and answered 404, a PUT that creates something 409.
    ///
    /// ```
    /// use typefoundry_runtime::Error;
    /// use typefoundry_runtime::http::StatusCode;
    ///
    /// /// Whether a DELETE left nothing to delete.
    /// fn is_gone(deleted: Result<(), Error>) -> Result<(), Error> {
    ///     match deleted {
    ///         Err(error) if error.status() == Some(StatusCode::NOT_FOUND) && error.maybe_already_done() => Ok(()),
    ///         deleted => deleted,
    ///     }
    /// }
    /// ```
    pub fn maybe_already_done(&self) -> bool {
        self.0.maybe_done
    }

    /// How long the server asks to wait before the next call, by its header `retry-after`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// How often the client sent the request; 0 where it sent nothing.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The status of the response, if one came, be it one that broke off.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|answer| answer.status)
    }

    /// The server's name for this request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.request_id.as_deref())
    }

    /// The headers of the response, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|answer| &answer.headers)
    }

    /// The body of the response as it came, if one came; of one that broke off, what there was of it.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(|answer| &answer.body)
    }

    fn answer(&self) -> Option<&ResponseSnapshot> {
        match &self.0.detail {
            Detail::None => None,
            Detail::Api(api) => Some(api.answer()),
            Detail::Unread(answer) => Some(answer),
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
            .field("request_id", &self.answer().and_then(ResponseSnapshot::shown_id))
            .field("body_len", &self.body().map(Bytes::len))
            .field("attempts", &self.0.attempts)
            .field("maybe_already_done", &self.0.maybe_done)
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = if self.0.source.is_some() { sanitized::MAX_WITH_SOURCE } else { usize::MAX };
        let message = &self.0.message;
        match self.0.operation {
            Some(operation) => sanitized::display(f, most, format_args!("{operation}: {message}")),
            None => sanitized::display(f, most, format_args!("{message}")),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sanitized::debug(f, &fmt::from_fn(|f| self.debug(f)))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
