//! Methods that block the current thread.

use std::fmt;
use std::io::{self, Read};

use bytes::Buf;

use super::future::Call;
use super::items::Items;
use super::pages::Pages;
use super::response_stream::{ByteStream, ResponseStream};
use super::with_metadata::{ApiResponse, CallWithMetadata};
use crate::endpoint::Paginated;
use crate::error::Error;
use crate::stream::StreamDecoder;

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

impl<D: StreamDecoder> ResponseStream<D> {
    /// Returns a blocking iterator over the items, which uses the client's blocking transport. Each step blocks the
    /// current thread until the item arrives.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

/// A blocking iterator over [`Pages`], [`Items`] or a [`ResponseStream`], created by its method `blocking`.
#[must_use = "iterators are lazy: nothing is requested before `next` is called"]
pub struct BlockingIter<S>(S);

impl<S> BlockingIter<S> {
    /// Returns the underlying stream, which continues where this iterator stopped. A [`ResponseStream`] that has sent its
    /// request continues only as a blocking iterator.
    pub fn into_inner(self) -> S {
        self.0
    }

    /// Returns a reference to the underlying stream, for example to read the cursor of [`Pages`] or the headers of a
    /// [`ResponseStream`].
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

impl<D: StreamDecoder> BlockingIter<ResponseStream<D>> {
    /// Sends the request, unless it was sent before, and blocks the current thread until the head of the response arrives.
    ///
    /// # Errors
    /// Returns the errors of [`Call::wait`]. The iterator ends after an error.
    pub fn open(&mut self) -> Result<(), Error> {
        self.0.open_blocking()
    }
}

impl<D: StreamDecoder> Iterator for BlockingIter<ResponseStream<D>> {
    type Item = Result<D::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl Read for BlockingIter<ByteStream> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let Some(chunk) = self.0.next_blocking() else { return Ok(0) };
        let mut chunk = chunk.map_err(io::Error::other)?;
        let read = (&chunk[..]).read(buffer)?;
        chunk.advance(read);
        self.0.put_back(chunk);
        Ok(read)
    }
}

impl<S: fmt::Debug> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingIter").field(&self.0).finish()
    }
}
