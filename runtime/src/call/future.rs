//! The future of a response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::outcome::DecodeFn;
use super::pending::CallFuture;
use crate::error::Error;

/// A future of the response to one request, created by [`Request::send`](crate::Request::send).
///
/// The future is `Send` and borrows nothing. Dropping it cancels the call, but the server may have received the request
/// by then.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R> {
    future: CallFuture,
    decode: DecodeFn<R>,
}

impl<R> Call<R> {
    pub(super) fn new(future: CallFuture, decode: DecodeFn<R>) -> Self {
        Self { future, decode }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_parts(self) -> (CallFuture, DecodeFn<R>) {
        (self.future, self.decode)
    }
}

impl<R> Future for Call<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(self.future.poll(cx))?;
        Poll::Ready(outcome.decode(self.decode))
    }
}

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
