//! A response as a stream of its items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::config::NO_TIMEOUT;
use super::request::Request;
use super::stream_source::{ChunkError, StreamSource};
use crate::endpoint::Streamed;
use crate::error::Error;
use crate::stream::{ByteDecoder, EventDecoder, JsonLineDecoder, Step, StreamDecoder};

/// A [`Stream`] of the bytes of a response, in the chunks in which they arrive.
pub type ByteStream = ResponseStream<ByteDecoder>;

/// A [`Stream`] of the [`Event`](crate::Event)s of a response.
pub type EventStream<T> = ResponseStream<EventDecoder<T>>;

/// A [`Stream`] of the JSON values of a response, one for each line.
pub type JsonLineStream<T> = ResponseStream<JsonLineDecoder<T>>;

/// A [`Stream`] of the items of a response, which are read while the response arrives.
///
/// The stream is lazy: the request is sent when the stream is first polled, or with [`ResponseStream::open`]. Nothing is
/// read ahead, so a slow reader slows the server down. Dropping the stream cancels the call and closes its connection.
/// The stream is `Send` and borrows nothing.
///
/// **Errors.** An error response is the first item of the stream, with its whole body. Attempts are retried until the head
/// of a success has arrived, and never after that. If the response breaks off, the last item is an error with the head of
/// the response, [`Error::received_len`] and the received part of the item in progress ([`Error::body`]). The stream ends
/// after an error, except after an item that cannot be decoded: the next item follows such an error of kind
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode).
///
/// **Timeouts.** The timeout of the call ends with the head of the response. After that, [`ResponseStream::read_timeout`]
/// limits the time between two chunks.
#[must_use = "streams are lazy: no request is sent before the first item is awaited"]
pub struct ResponseStream<D: StreamDecoder> {
    source: StreamSource,
    decoder: D,
    /// Whether the body has ended.
    is_end: bool,
    /// Whether the stream has ended.
    is_done: bool,
}

/// The next step of a stream.
enum Taken<T> {
    Item(Result<T, Error>),
    /// Another chunk is required.
    More,
    End,
}

impl<D: StreamDecoder> ResponseStream<D> {
    /// Overrides the client's maximum time between two chunks. `None` sets no limit.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.source.read_timeout = timeout.into().unwrap_or(NO_TIMEOUT);
        self
    }

    /// Sets the maximum length of an event or line in bytes. The default is 10 MiB. Streams of bytes ignore the limit.
    pub fn max_item_len(mut self, bytes: usize) -> Self {
        self.decoder.set_max_item_len(bytes);
        self
    }

    /// Sets the maximum length of the whole body in bytes. By default, there is none.
    pub fn max_len(mut self, bytes: u64) -> Self {
        self.source.max_len = bytes;
        self
    }

    /// Sends the request, unless it was sent before, and waits for the head of the response.
    ///
    /// # Errors
    /// Returns the errors of awaiting a request. The stream ends after an error.
    pub async fn open(&mut self) -> Result<(), Error> {
        let opened = poll_fn(|cx| self.source.poll_open(cx)).await;
        self.is_done |= opened.is_err();
        opened
    }

    /// Returns the next item, or `None` at the end.
    ///
    /// This method is cancel safe: if its future is dropped, the next call returns the item.
    pub async fn next(&mut self) -> Option<Result<D::Item, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Collects all remaining items.
    ///
    /// # Errors
    /// Returns the first error that occurs. The items before it are lost; use [`ResponseStream::next`] to keep them.
    pub async fn try_collect(mut self) -> Result<Vec<D::Item>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// Returns the status of the response, when its head has arrived.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.source.outcome.as_ref()?.response.status())
    }

    /// Returns the headers of the response, when its head has arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(self.source.outcome.as_ref()?.response.headers())
    }

    /// Returns the ID that the server assigned to the request, when the head of the response has arrived.
    pub fn request_id(&self) -> Option<String> {
        self.source.request_id()
    }

    /// Returns the number of bytes of the body that were received so far.
    pub fn received_len(&self) -> u64 {
        self.source.received_len
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<D::Item, Error>>> {
        loop {
            match self.take() {
                Taken::Item(item) => return Poll::Ready(Some(item)),
                Taken::More => {}
                Taken::End => {
                    ready!(self.source.poll_end(cx));
                    self.is_done = true;
                    return Poll::Ready(None);
                }
            }
            let chunk = ready!(self.source.poll_chunk(cx));
            if let Some(error) = self.push(chunk) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Returns the next item, and blocks the current thread until it arrives.
    #[cfg(feature = "blocking")]
    pub(super) fn next_blocking(&mut self) -> Option<Result<D::Item, Error>> {
        loop {
            match self.take() {
                Taken::Item(item) => return Some(item),
                Taken::More => {}
                Taken::End => {
                    self.source.end_blocking();
                    self.is_done = true;
                    return None;
                }
            }
            let chunk = self.source.next_chunk();
            if let Some(error) = self.push(chunk) {
                return Some(Err(error));
            }
        }
    }

    /// Sends the request with the blocking transport, and waits for the head of the response.
    #[cfg(feature = "blocking")]
    pub(super) fn open_blocking(&mut self) -> Result<(), Error> {
        let opened = self.source.open_blocking();
        self.is_done |= opened.is_err();
        opened
    }

    /// Takes the next item from the received part of the body.
    fn take(&mut self) -> Taken<D::Item> {
        if self.is_done {
            return Taken::End;
        }
        match self.decoder.step(self.is_end) {
            Step::Item(item) => Taken::Item(Ok(item)),
            Step::Invalid(error, item) => Taken::Item(Err(self.source.item_error(error, item))),
            Step::TooLong(max_len) => {
                self.is_done = true;
                Taken::Item(Err(self.source.item_too_long(max_len, self.decoder.pending())))
            }
            Step::More => Taken::More,
            Step::End => Taken::End,
        }
    }

    /// Passes a chunk to the decoder. Returns the error that ends the stream.
    fn push(&mut self, chunk: Option<Result<Bytes, ChunkError>>) -> Option<Error> {
        let error = match chunk {
            Some(Ok(chunk)) => {
                self.decoder.push(chunk);
                return None;
            }
            None => {
                self.is_end = true;
                return None;
            }
            Some(Err(ChunkError::Call(error))) => error,
            Some(Err(ChunkError::Body(error))) => self.source.body_error(error, self.decoder.pending()),
        };
        self.is_done = true;
        Some(error)
    }
}

impl<T: Send + 'static> EventStream<T> {
    /// Returns the last event ID that the server has set. The client does not connect again; a new request can send the ID
    /// as `last-event-id`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.decoder.last_event_id()
    }
}

#[cfg(feature = "blocking")]
impl ByteStream {
    /// Keeps the rest of a chunk for the next read.
    pub(super) fn put_back(&mut self, rest: Bytes) {
        self.decoder.push(rest);
    }
}

impl<E: Streamed> Request<'_, E> {
    /// Returns the response as a stream, which sends the request when it is first polled.
    pub fn stream(self) -> ResponseStream<E::Decoder> {
        let source = StreamSource::new(self.into_pending(), E::ACCEPT, E::SUCCESS_STATUSES);
        ResponseStream { source, decoder: E::decoder(), is_end: false, is_done: false }
    }
}

// No field is pinned: a call is a boxed future.
impl<D: StreamDecoder> Unpin for ResponseStream<D> {}

impl<D: StreamDecoder> Stream for ResponseStream<D> {
    type Item = Result<D::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<D: StreamDecoder> fmt::Debug for ResponseStream<D> {
    /// Omits the received data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseStream")
            .field("operation", &self.source.operation().name)
            .field("status", &self.status())
            .field("received_len", &self.received_len())
            .finish_non_exhaustive()
    }
}
