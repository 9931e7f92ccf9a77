//! The future of a response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::outcome::Finish;
use super::pending::Exchanging;
use crate::error::Error;

/// A call under way: the future of the response.
///
/// It is `Send` and borrows nothing. Dropping it gives the call up; the server
/// may have received the request by then.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R> {
    exchanging: Exchanging,
    finish: Finish<R>,
}

impl<R> Call<R> {
    pub(super) fn new(exchanging: Exchanging, finish: Finish<R>) -> Self {
        Self { exchanging, finish }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_parts(self) -> (Exchanging, Finish<R>) {
        (self.exchanging, self.finish)
    }
}

impl<R> Future for Call<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = ready!(self.exchanging.poll(cx))?;
        Poll::Ready(exchange.finish(self.finish))
    }
}

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
