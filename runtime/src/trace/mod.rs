//! Spans of calls and attempts, with the attributes of OpenTelemetry's conventions for HTTP clients.
//!
//! A call has a span, and each of its attempts has a span below that one. Interceptors and the
//! transport run inside the span of the attempt.
//!
//! Spans contain no parameter values, no body, and no header except the request ID of the server.
//! They contain the path template instead of the URL. The conventions ask for `url.full`, which can
//! contain a token.
//!
//! May use: `text`, `operation`, `response`, `error`.

mod span;
mod error_type;
mod attempt_span;
mod call_span;

pub(crate) use self::attempt_span::AttemptSpan;
pub(crate) use self::call_span::CallSpan;
#[cfg(any(feature = "hyper", all(feature = "blocking", feature = "tokio")))]
pub(crate) use self::span::in_current_context;
pub(crate) use self::span::record_retry;
