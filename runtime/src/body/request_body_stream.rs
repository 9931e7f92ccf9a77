//! A request body while it is sent.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::chunks::{Chunks, read_error};
use super::source::BodySource;
use crate::error::TransportError;

/// The chunks of a [`RequestBody`](crate::RequestBody) that a transport sends: a [`Stream`], and with the feature
/// `http-body` also an `http_body::Body`.
///
/// A body that is shorter or longer than its declared length ends with an error, so that no server mistakes the rest for
/// another request.
pub struct RequestBodyStream {
    state: State,
    /// The declared length that is not yet sent.
    remaining: Option<u64>,
}

enum State {
    Bytes(Bytes),
    Unopened(BodySource),
    /// In a mutex that is never locked, so that the stream is `Sync` without the same bound for its source.
    Open(Mutex<Chunks>),
    Done,
}

impl RequestBodyStream {
    pub(super) fn new(source: BodySource, len: Option<u64>) -> Self {
        match source {
            BodySource::Bytes(bytes) => Self::from(bytes),
            source => Self { state: State::Unopened(source), remaining: len },
        }
    }

    /// Returns the declared length that is not yet sent, if it is known.
    pub fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// Returns whether the body has ended.
    #[cfg(feature = "http-body")]
    pub(super) fn is_done(&self) -> bool {
        match &self.state {
            State::Bytes(bytes) => bytes.is_empty(),
            State::Unopened(_) | State::Open(_) => false,
            State::Done => true,
        }
    }

    /// Reads the rest of the body into memory.
    pub(super) async fn into_bytes(mut self) -> Result<Bytes, TransportError> {
        if let State::Bytes(bytes) = self.state {
            return Ok(bytes);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| self.poll_chunk(cx)).await {
            body.extend_from_slice(&chunk?);
        }
        Ok(body.freeze())
    }

    /// Returns the next chunk, or `None` at the end and after an error.
    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = match &mut self.state {
            State::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.state = State::Done;
                self.remaining = Some(0);
                return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
            }
            State::Done => return Poll::Ready(None),
            State::Open(chunks) => {
                ready!(chunks.get_mut().unwrap_or_else(PoisonError::into_inner).poll_next(cx))
            }
            State::Unopened(source) => match source.open() {
                Ok(chunks) => {
                    self.state = State::Open(Mutex::new(chunks));
                    return self.poll_chunk(cx);
                }
                Err(error) => Some(Err(error)),
            },
        };
        let next = match next {
            Some(Ok(chunk)) => Some(self.count(chunk)),
            Some(Err(error)) => Some(Err(error)),
            None => self.length_error().map(Err),
        };
        if !matches!(next, Some(Ok(_))) {
            self.state = State::Done;
        }
        Poll::Ready(next)
    }

    /// Subtracts a chunk from the declared length.
    fn count(&mut self, chunk: Bytes) -> Result<Bytes, TransportError> {
        let Some(remaining) = &mut self.remaining else { return Ok(chunk) };
        match u64::try_from(chunk.len()).ok().and_then(|len| remaining.checked_sub(len)) {
            Some(rest) => {
                *remaining = rest;
                Ok(chunk)
            }
            None => Err(read_error("the body is longer than its declared length")),
        }
    }

    fn length_error(&self) -> Option<TransportError> {
        let missing = self.remaining.filter(|remaining| *remaining > 0)?;
        Some(read_error(format!("the body is {missing} bytes shorter than its declared length")))
    }
}

impl From<Bytes> for RequestBodyStream {
    fn from(bytes: Bytes) -> Self {
        Self { remaining: u64::try_from(bytes.len()).ok(), state: State::Bytes(bytes) }
    }
}

impl Stream for RequestBodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for RequestBodyStream {
    /// Omits the content, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBodyStream").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
