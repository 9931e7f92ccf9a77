//! A response with its metadata: status, headers and body.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::outcome::{CallOutcome, DecodeFn};
use super::pending::CallFuture;
use crate::error::Error;
use crate::operation::ErrorSchema;
use crate::response::{RateLimit, ResponseSnapshot};

/// A future of a response with its metadata, created by
/// [`Request::send_with_metadata`](crate::Request::send_with_metadata).
///
/// The future behaves like a [`Call`](crate::Call) and returns the same errors.
#[must_use = "a call does nothing until it is awaited"]
pub struct CallWithMetadata<R> {
    future: CallFuture,
    decode: DecodeFn<R>,
    schema: &'static ErrorSchema,
}

impl<R> CallWithMetadata<R> {
    pub(crate) fn new(future: CallFuture, decode: DecodeFn<R>, schema: &'static ErrorSchema) -> Self {
        Self { future, decode, schema }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_parts(self) -> (CallFuture, DecodeFn<R>, &'static ErrorSchema) {
        (self.future, self.decode, self.schema)
    }
}

impl<R> Future for CallWithMetadata<R> {
    type Output = Result<ApiResponse<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(self.future.poll(cx))?;
        let value = outcome.decode(self.decode)?;
        Poll::Ready(Ok(ApiResponse::new(value, &outcome, self.schema)))
    }
}

impl<R> fmt::Debug for CallWithMetadata<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallWithMetadata").finish_non_exhaustive()
    }
}

/// A successful response: the decoded value, and the status, headers and body as received.
#[derive(Clone)]
pub struct ApiResponse<R> {
    value: R,
    snapshot: ResponseSnapshot,
    attempts: u32,
}

impl<R> ApiResponse<R> {
    pub(crate) fn new(value: R, outcome: &CallOutcome, schema: &ErrorSchema) -> Self {
        let snapshot = ResponseSnapshot::new(&outcome.response).with_request_id(schema);
        Self { value, snapshot, attempts: outcome.attempts }
    }

    /// Returns the decoded value.
    pub fn value(&self) -> &R {
        &self.value
    }

    /// Returns the decoded value, and discards the metadata.
    pub fn into_value(self) -> R {
        self.value
    }

    /// Returns the status, which is a success status of the operation.
    pub fn status(&self) -> StatusCode {
        self.snapshot.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.snapshot.headers
    }

    /// Returns the ID that the server assigned to this request.
    ///
    /// The ID is read from the body, at the location that the error bodies of the API use. If the body contains no ID,
    /// it is read from the header `x-request-id` or `request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.snapshot.request_id.as_deref()
    }

    /// Returns the rate limit that the headers report, if any.
    pub fn rate_limit(&self) -> Option<RateLimit<'_>> {
        RateLimit::of(self.headers())
    }

    /// Returns the number of attempts, including the first.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the body as received. It may contain secrets.
    pub fn body(&self) -> &Bytes {
        &self.snapshot.body
    }
}

impl<R: fmt::Debug> fmt::Debug for ApiResponse<R> {
    /// Omits the headers and the body, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("status", &self.snapshot.status)
            .field("request_id", &self.snapshot.sanitized_request_id())
            .field("attempts", &self.attempts)
            .field("body_len", &self.snapshot.body.len())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
