//! A response as a whole: what it holds, and what came around it.

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

/// A call under way: the future of the response as a whole.
///
/// It is as [`Call`](crate::Call) is, and fails as that does.
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

/// A successful response: what it holds, and its status, headers and body as they came.
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

    /// What the response holds.
    pub fn value(&self) -> &R {
        &self.value
    }

    /// What the response holds, and nothing else.
    pub fn into_value(self) -> R {
        self.value
    }

    /// The status, which is one of success.
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The server's name for this request: from the body, where that says it as error bodies do, else from the header
    /// `x-request-id` or `request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id.as_deref()
    }

    /// How much of what the server allows is left, where its headers say so.
    pub fn rate_limit(&self) -> Option<RateLimit<'_>> {
        RateLimit::of(self.headers())
    }

    /// How often the client sent the request.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body as it came. It may hold secrets.
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }
}

impl<R: fmt::Debug> fmt::Debug for ApiResponse<R> {
    /// Shows neither headers nor body, which may hold secrets.
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
