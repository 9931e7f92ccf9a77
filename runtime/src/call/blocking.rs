//! Methods that block the current thread.

use std::fmt;

use super::future::Call;
use super::items::Items;
use super::pages::Pages;
use super::with_metadata::{ApiResponse, CallWithMetadata};
use crate::endpoint::Paginated;
use crate::error::Error;

impl<R> Call<R> {
    /// Sends the request and blocks the thread until there is a response, over the client's blocking transport.
    ///
    /// It must not be called where a thread runs many tasks, as in an `async fn`: there, await the call.
    ///
    /// # Errors
    /// Those of awaiting it, [`ErrorKind::Config`] when the client has no blocking transport, and [`ErrorKind::AlreadyPolled`]
    /// when the call was polled before.
    pub fn wait(self) -> Result<R, Error> {
        let (future, finish) = self.into_parts();
        future.wait()?.finish(finish)
    }
}

impl<R> CallWithMetadata<R> {
    /// Sends the request and blocks the thread until there is a response, as [`Call::wait`] does.
    ///
    /// # Errors
    /// As [`Call::wait`].
    pub fn wait(self) -> Result<ApiResponse<R>, Error> {
        let (future, finish, shape) = self.into_parts();
        let exchange = future.wait()?;
        let value = exchange.finish(finish)?;
        Ok(ApiResponse::new(value, &exchange, shape))
    }
}

impl<E: Paginated> Pages<E> {
    /// The pages one after the other, each of which blocks the thread until it is there.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<E: Paginated> Items<E> {
    /// The items one after the other. The thread blocks where a page has to be fetched.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

/// A list that is walked on a thread of its own: an iterator over [`Pages`] or [`Items`].
#[must_use = "nothing is asked for before the next one is"]
pub struct BlockingIter<S>(S);

impl<S> BlockingIter<S> {
    /// The list, to go on otherwise, or to see where it is.
    pub fn into_inner(self) -> S {
        self.0
    }

    /// The list as it stands.
    pub fn get_ref(&self) -> &S {
        &self.0
    }
}

impl<E: Paginated> Iterator for BlockingIter<Pages<E>> {
    type Item = Result<E::Response, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl<E: Paginated> Iterator for BlockingIter<Items<E>> {
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl<S: fmt::Debug> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingIter").field(&self.0).finish()
    }
}
