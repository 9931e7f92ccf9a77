//! A response as a whole: what it holds, and what came around it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::outcome::{Exchange, Finish};
use super::pending::Exchanging;
use crate::error::Error;
use crate::operation::ErrorShape;
use crate::response::{Answer, RateLimit};

/// A call under way: the future of the response as a whole.
///
/// It is as [`Call`](crate::Call) is, and fails as that does.
#[must_use = "a call does nothing until it is awaited"]
pub struct RawCall<R> {
    exchanging: Exchanging,
    finish: Finish<R>,
    shape: &'static ErrorShape,
}

impl<R> RawCall<R> {
    pub(crate) fn new(exchanging: Exchanging, finish: Finish<R>, shape: &'static ErrorShape) -> Self {
        Self { exchanging, finish, shape }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_parts(self) -> (Exchanging, Finish<R>, &'static ErrorShape) {
        (self.exchanging, self.finish, self.shape)
    }
}

impl<R> Future for RawCall<R> {
    type Output = Result<RawResponse<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = ready!(self.exchanging.poll(cx))?;
        let value = exchange.finish(self.finish)?;
        Poll::Ready(Ok(RawResponse::new(value, &exchange, self.shape)))
    }
}

impl<R> fmt::Debug for RawCall<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall").finish_non_exhaustive()
    }
}

/// A successful response: what it holds, and its status, headers and body as they came.
#[derive(Clone)]
pub struct RawResponse<R> {
    value: R,
    answer: Answer,
    attempts: u32,
}

impl<R> RawResponse<R> {
    pub(crate) fn new(value: R, exchange: &Exchange, shape: &ErrorShape) -> Self {
        let answer = Answer::new(&exchange.response).named(shape);
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

impl<R: fmt::Debug> fmt::Debug for RawResponse<R> {
    /// Shows neither headers nor body, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.answer.status)
            .field("request_id", &self.answer.shown_id())
            .field("attempts", &self.attempts)
            .field("body_len", &self.answer.body.len())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
