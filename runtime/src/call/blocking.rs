//! Methods that block the current thread.

use std::fmt;

use super::future::Call;
use super::items::Items;
use super::pages::Pages;
use super::with_metadata::{ApiResponse, CallWithMetadata};
use crate::endpoint::Paginated;
use crate::error::Error;

impl<R> Call<R> {
    /// Sends the request with the client's blocking transport, and blocks the current thread until the response
    /// arrives.
    ///
    /// Do not call this method in an `async fn` or on another thread that runs many tasks: await the call there.
    ///
    /// # Errors
    /// Returns the errors of awaiting the call, and an error of one of these kinds:
    ///
    /// - [`ErrorKind::Config`](crate::ErrorKind::Config) if the client has no blocking transport.
    /// - [`ErrorKind::AlreadyPolled`](crate::ErrorKind::AlreadyPolled) if the call was polled before.
    pub fn wait(self) -> Result<R, Error> {
        let (future, decode) = self.into_parts();
        future.wait()?.decode(decode)
    }
}

impl<R> CallWithMetadata<R> {
    /// Sends the request and blocks the current thread until the response arrives, as [`Call::wait`] does.
    ///
    /// # Errors
    /// Returns the errors of [`Call::wait`].
    pub fn wait(self) -> Result<ApiResponse<R>, Error> {
        let (future, decode, schema) = self.into_parts();
        let outcome = future.wait()?;
        let value = outcome.decode(decode)?;
        Ok(ApiResponse::new(value, &outcome, schema))
    }
}

impl<E: Paginated> Pages<E> {
    /// Returns a blocking iterator over the pages. Each step blocks the current thread until the page arrives.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<E: Paginated> Items<E> {
    /// Returns a blocking iterator over the items. A step that requests a page blocks the current thread until the page
    /// arrives.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

/// A blocking iterator over [`Pages`] or [`Items`], created by [`Pages::blocking`] or [`Items::blocking`].
#[must_use = "iterators are lazy: no page is requested before `next` is called"]
pub struct BlockingIter<S>(S);

impl<S> BlockingIter<S> {
    /// Returns the underlying [`Pages`] or [`Items`], which continue where this iterator stopped.
    pub fn into_inner(self) -> S {
        self.0
    }

    /// Returns a reference to the underlying [`Pages`] or [`Items`], for example to read the cursor.
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
