//! The body of a response that is received while it is read.

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::Response;

use crate::error::{TransportError, TransportErrorKind};

/// The maximum length of a response body in bytes, unless a transport is configured otherwise: 10 MiB.
pub const DEFAULT_MAX_RESPONSE_LEN: usize = 10 * 1024 * 1024;

type DynStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a response that is received while it is read: a [`Stream`] of its chunks.
///
/// The transport reads from the connection only when a chunk is polled, so a slow reader slows the server down. Dropping
/// the body before its end closes the connection, or resets the stream of HTTP/2. The source of a streamed request is
/// stopped when the response ends.
///
/// The stream ends after its first error.
pub struct ResponseBody {
    /// In a mutex that is never locked, so that the body is `Sync` without the same bound for its stream.
    kind: Mutex<Kind>,
    max_len: usize,
}

enum Kind {
    /// A body that was read before, or none after its end.
    Whole(Bytes),
    Stream(DynStream),
}

impl ResponseBody {
    /// Creates a body from its chunks. The stream is dropped when it ends.
    pub fn new(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self { kind: Mutex::new(Kind::Stream(Box::pin(stream))), max_len: DEFAULT_MAX_RESPONSE_LEN }
    }

    /// Sets the maximum length in bytes of a body that is read as a whole, such as that of an error response. A body that
    /// is read as a stream has no such limit. The default is [`DEFAULT_MAX_RESPONSE_LEN`], or no limit for a body that is
    /// already in memory.
    #[must_use]
    pub fn with_max_len(mut self, bytes: usize) -> Self {
        self.max_len = bytes;
        self
    }

    /// Returns the limit of [`with_max_len`](Self::with_max_len), for a body around this one.
    pub fn max_len(&self) -> usize {
        self.max_len
    }

    /// Returns the next chunk, or `None` at the end and after an error.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let kind = self.kind.get_mut().unwrap_or_else(PoisonError::into_inner);
        let next = match kind {
            Kind::Whole(bytes) => Some(mem::take(bytes)).filter(|bytes| !bytes.is_empty()).map(Ok),
            Kind::Stream(stream) => ready!(stream.as_mut().poll_next(cx)),
        };
        if !matches!(next, Some(Ok(_))) {
            // Drops the stream, which closes the connection after an error.
            *kind = Kind::Whole(Bytes::new());
        }
        Poll::Ready(next)
    }

    /// Reads the body of a response to its end.
    ///
    /// # Errors
    /// Returns one of these errors, with the head of the response:
    ///
    /// - An error of kind [`TransportErrorKind::BodyTooLarge`] if the body is longer than the limit of
    ///   [`with_max_len`](Self::with_max_len).
    /// - The error of the body. It also contains the received part of the body.
    pub async fn collect(response: Response<Self>) -> Result<Response<Bytes>, TransportError> {
        let (head, mut body) = response.into_parts();
        let mut collected = Collected::default();
        let result = loop {
            let Some(chunk) = poll_fn(|cx| body.poll_chunk(cx)).await else { break Ok(()) };
            if let Err(error) = chunk.and_then(|chunk| collected.push(chunk, body.max_len)) {
                break Err(error);
            }
        };
        collected.into_response(head, result)
    }
}

impl<B: Into<Bytes>> From<B> for ResponseBody {
    fn from(bytes: B) -> Self {
        Self { kind: Mutex::new(Kind::Whole(bytes.into())), max_len: usize::MAX }
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").field("max_len", &self.max_len).finish_non_exhaustive()
    }
}

/// The received part of a body that is read as a whole.
#[derive(Default)]
pub(super) struct Collected {
    /// The first chunk, which often is the whole body.
    first: Bytes,
    /// All chunks, if there are several.
    all: BytesMut,
}

impl Collected {
    pub(super) fn push(&mut self, chunk: Bytes, limit: usize) -> Result<(), TransportError> {
        if chunk.len() > limit.saturating_sub(self.first.len().max(self.all.len())) {
            // As with every transport, the error contains no part of the body.
            *self = Self::default();
            let message = format!("the body of the response is longer than {limit} bytes");
            return Err(TransportError::new(TransportErrorKind::BodyTooLarge, message));
        }
        if self.first.is_empty() {
            self.first = chunk;
            return Ok(());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
        Ok(())
    }

    pub(super) fn into_response(
        self,
        head: http::response::Parts,
        result: Result<(), TransportError>,
    ) -> Result<Response<Bytes>, TransportError> {
        let response =
            Response::from_parts(head, if self.all.is_empty() { self.first } else { self.all.freeze() });
        match result {
            Ok(()) => Ok(response),
            Err(error) => Err(error.with_response(response)),
        }
    }
}
