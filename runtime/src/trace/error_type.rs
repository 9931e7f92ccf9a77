//! The values of the attribute `error.type`.

use std::fmt::Display;

use super::span::Span;
use crate::error::{Error, ErrorKind, TransportErrorKind};

/// Records that a span failed, with the value of `error.type`.
pub(super) fn record_failure(span: &Span, error_type: &dyn Display) {
    span.record_text("error.type", error_type);
    span.record_text("otel.status_code", &"ERROR");
}

/// Returns the value of `error.type` for an error without a status.
pub(super) fn error_type(error: &Error) -> &'static str {
    let transport = error.transport_error().map(|error| transport_error_type(error.kind()));
    match error.kind() {
        ErrorKind::Config => transport.unwrap_or("config"),
        ErrorKind::InvalidRequest => "invalid_request",
        ErrorKind::Credentials => "credentials",
        ErrorKind::Transport => transport.unwrap_or("transport"),
        ErrorKind::Timeout => "timeout",
        ErrorKind::Api => "api",
        ErrorKind::Decode => "decode",
        ErrorKind::AlreadyPolled => "already_polled",
        ErrorKind::Pagination => "pagination",
    }
}

fn transport_error_type(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::Tls => "tls",
        TransportErrorKind::Connection => "connection",
        TransportErrorKind::Protocol => "protocol",
        TransportErrorKind::Config => "config",
        TransportErrorKind::Proxy => "proxy",
        TransportErrorKind::Timeout => "timeout",
        TransportErrorKind::BodyTooLarge => "body_too_large",
        TransportErrorKind::RequestBody => "request_body",
        TransportErrorKind::Other => "transport",
    }
}
