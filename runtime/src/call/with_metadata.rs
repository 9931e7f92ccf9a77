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
    finish: DecodeFn<R>,
    shape: &'static ErrorSchema,
}

impl<R> CallWithMetadata<R> {
    pub(crate) fn new(future: CallFuture, finish: DecodeFn<R>, shape: &'static ErrorSchema) -> Self {
        Self { future, finish, shape }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_parts(self) -> (CallFuture, DecodeFn<R>, &'static ErrorSchema) {
        (self.future, self.finish, self.shape)
    }
}

impl<R> Future for CallWithMetadata<R> {
    type Output = Result<ApiResponse<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = ready!(self.future.poll(cx))?;
        let value = exchange.finish(self.finish)?;
        Poll::Ready(Ok(ApiResponse::new(value, &exchange, self.shape)))
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
    answer: ResponseSnapshot,
    attempts: u32,
}

impl<R> ApiResponse<R> {
    pub(crate) fn new(value: R, exchange: &CallOutcome, shape: &ErrorSchema) -> Self {
        let answer = ResponseSnapshot::new(&exchange.response).named(shape);
        Self { value, answer, attempts: exchange.attempts }
    }

    /// Returns the decoded value.
    pub fn value(&self) -> &R {
        &self.value
    }

    /// Returns the decoded value, and discards the metadata.
    pub fn into_value(self) -> R {
        self.value
    }

    /// Returns the status, which is always a success.
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// Returns the ID that the server assigned to this request.
    ///
    /// The ID is read from the body, at the location that the error bodies of the API use. If the body contains no ID,
    /// it is read from the header `x-request-id` or `request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id.as_deref()
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
        &self.answer.body
    }
}

impl<R: fmt::Debug> fmt::Debug for ApiResponse<R> {
    /// Omits the headers and the body, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("status", &self.answer.status)
            .field("request_id", &self.answer.shown_id())
            .field("attempts", &self.attempts)
            .field("body_len", &self.answer.body.len())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
