//! The span of one attempt of a call.

use std::future::Future;

use bytes::Bytes;
use http::{Response, StatusCode, Uri};

use super::error_type::{error_type, record_failure};
use super::span::Span;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::ResponseSnapshot;
use crate::text::Sanitized;

/// The span of one HTTP request, inside that of its call.
pub(crate) struct AttemptSpan(Span);

impl AttemptSpan {
    /// Creates a span that is never recorded.
    pub(crate) fn none() -> Self {
        Self(Span::none())
    }

    /// Opens the span of an attempt, which is counted from 1. The caller is inside the span of the call.
    pub(crate) fn new(operation: &Operation, uri: &Uri, number: u32) -> Self {
        let span = Span::of_request(operation, uri);
        if number > 1 {
            span.record_number("http.request.resend_count", number - 1);
        }
        Self(span)
    }

    /// Runs a future inside the span.
    pub(crate) fn instrument<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        self.0.instrument(future)
    }

    /// Runs a function inside the span.
    pub(crate) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        self.0.in_scope(run)
    }

    /// Takes the span out, so that nothing else keeps it open.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::none())
    }

    /// Records the outcome of the attempt.
    pub(crate) fn end(&self, operation: &Operation, outcome: Result<&Response<Bytes>, &Error>) {
        if self.0.is_disabled() {
            return;
        }
        match outcome {
            Ok(response) => self.record_response(operation, response),
            Err(error) => {
                self.record_head(error.status(), error.request_id());
                record_failure(&self.0, &error_type(error));
            }
        }
    }

    fn record_response(&self, operation: &Operation, response: &Response<Bytes>) {
        let status = response.status();
        self.record_head(
            Some(status),
            ResponseSnapshot::new(response).with_request_id(operation.errors).request_id.as_deref(),
        );
        // OpenTelemetry's conventions treat no status below 400 as an error, although the call may fail for it.
        if status.as_u16() >= 400 {
            record_failure(&self.0, &status.as_u16());
        }
    }

    /// Records the status and the request ID of a response, even of an incomplete one.
    fn record_head(&self, status: Option<StatusCode>, request_id: Option<&str>) {
        if let Some(status) = status {
            self.0.record_number("http.response.status_code", status.as_u16().into());
        }
        if let Some(request_id) = request_id {
            self.0.record_text("request_id", &Sanitized::identifier(request_id));
        }
    }
}
