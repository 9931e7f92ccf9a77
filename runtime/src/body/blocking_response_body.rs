//! The body of a response that a blocking transport receives while it is read.

use std::fmt;
use std::io::Read;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Response;

use super::response_body::{Collected, DEFAULT_MAX_RESPONSE_LEN};
use crate::clock::MaybeInstant;
use crate::error::{TransportError, TransportErrorKind};

/// The maximum length in bytes of a chunk that is read from a reader.
const CHUNK_LEN: usize = 16 * 1024;

type Next = Box<dyn FnMut(Duration) -> Option<Result<Bytes, TransportError>> + Send>;

/// The body of a response that a blocking transport receives while it is read.
///
/// Dropping the body before its end must close the connection. The body ends after its first error.
pub struct BlockingResponseBody {
    /// `None` after the end. In a mutex that is never locked, so that the body is `Sync`.
    next: Mutex<Option<Next>>,
    max_len: usize,
}

impl BlockingResponseBody {
    /// Creates a body from a function that returns the next chunk, and `None` at the end.
    ///
    /// The argument of the function is the maximum time to wait for the chunk, which is [`Duration::MAX`] without a limit.
    /// After that time, the function returns an error of kind [`TransportErrorKind::Timeout`].
    pub fn new(next: impl FnMut(Duration) -> Option<Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self { next: Mutex::new(Some(Box::new(next))), max_len: DEFAULT_MAX_RESPONSE_LEN }
    }

    /// Creates a body from a reader, which must have a read timeout of its own.
    pub fn from_reader(mut reader: impl Read + Send + 'static) -> Self {
        let mut buffer = BytesMut::new();
        Self::new(move |_| {
            buffer.resize(CHUNK_LEN, 0);
            match reader.read(&mut buffer) {
                Ok(0) => None,
                Ok(len) => Some(Ok(buffer.split_to(len.min(CHUNK_LEN)).freeze())),
                Err(error) => Some(Err(read_error(error))),
            }
        })
    }

    /// Sets the maximum length in bytes of a body that is read as a whole, such as that of an error response. The default
    /// is [`DEFAULT_MAX_RESPONSE_LEN`].
    #[must_use]
    pub fn max_len(mut self, bytes: usize) -> Self {
        self.max_len = bytes;
        self
    }

    /// Returns the next chunk, or `None` at the end and after an error. Blocks the current thread for at most `timeout`.
    pub fn next_chunk(&mut self, timeout: Duration) -> Option<Result<Bytes, TransportError>> {
        let slot = self.next.get_mut().unwrap_or_else(PoisonError::into_inner);
        let next = slot.as_mut().and_then(|next| next(timeout));
        if !matches!(next, Some(Ok(_))) {
            *slot = None;
        }
        next
    }

    /// Reads the body of a response to its end, for at most `timeout`.
    ///
    /// # Errors
    /// Returns the errors of [`ResponseBody::collect`](crate::ResponseBody::collect).
    pub fn collect(response: Response<Self>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let (head, mut body) = response.into_parts();
        let (start, mut collected) = (MaybeInstant::now(), Collected::default());
        let result = loop {
            let time_left =
                if timeout == Duration::MAX { timeout } else { timeout.saturating_sub(start.elapsed()) };
            let Some(chunk) = body.next_chunk(time_left) else { break Ok(()) };
            if let Err(error) = chunk.and_then(|chunk| collected.push(&chunk, body.max_len)) {
                break Err(error);
            }
        };
        collected.into_response(head, result)
    }
}

fn read_error(error: std::io::Error) -> TransportError {
    let kind = match error.kind() {
        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Connection,
    };
    TransportError::new(kind, "failed to read the response").with_source(error)
}

impl<B: Into<Bytes>> From<B> for BlockingResponseBody {
    fn from(bytes: B) -> Self {
        let mut bytes = Some(bytes.into()).filter(|bytes| !bytes.is_empty());
        Self::new(move |_| bytes.take().map(Ok))
    }
}

impl fmt::Debug for BlockingResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingResponseBody").field("max_len", &self.max_len).finish_non_exhaustive()
    }
}
