//! The body of a response that a blocking transport receives while it is read.

use std::fmt;
use std::io::{self, Read};
use std::mem;
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
    /// In a mutex that is never locked, so that the body is `Sync` without the same bound for its function.
    kind: Mutex<Kind>,
    max_len: usize,
}

enum Kind {
    /// A body that was read before, or none after its end.
    Whole(Bytes),
    Chunks(Next),
}

impl BlockingResponseBody {
    /// Creates a body from a function that returns the next chunk, and `None` at the end.
    ///
    /// The argument of the function is the maximum time to wait for the chunk, which is [`Duration::MAX`] without a limit.
    /// After that time, the function returns an error of kind [`TransportErrorKind::Timeout`].
    pub fn new(next: impl FnMut(Duration) -> Option<Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self { kind: Mutex::new(Kind::Chunks(Box::new(next))), max_len: DEFAULT_MAX_RESPONSE_LEN }
    }

    /// Creates a body from a reader, which must have a read timeout of its own. The timeout of a chunk has no effect.
    pub fn from_reader(mut reader: impl Read + Send + 'static) -> Self {
        let mut buffer = BytesMut::new();
        Self::new(move |_| {
            buffer.resize(CHUNK_LEN, 0);
            loop {
                return match reader.read(&mut buffer) {
                    Ok(0) => None,
                    Ok(len) => Some(Ok(buffer.split_to(len.min(CHUNK_LEN)).freeze())),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Some(Err(read_error(error))),
                };
            }
        })
    }

    /// Sets the maximum length in bytes of a body that is read as a whole, such as that of an error response. The default
    /// is [`DEFAULT_MAX_RESPONSE_LEN`], or no limit for a body that is already in memory.
    #[must_use]
    pub fn with_max_len(mut self, bytes: usize) -> Self {
        self.max_len = bytes;
        self
    }

    /// Returns the limit of [`with_max_len`](Self::with_max_len), for a body around this one.
    pub fn max_len(&self) -> usize {
        self.max_len
    }

    /// Returns the next chunk, or `None` at the end and after an error. Blocks the current thread for at most `timeout`.
    pub fn next_chunk(&mut self, timeout: Duration) -> Option<Result<Bytes, TransportError>> {
        let kind = self.kind.get_mut().unwrap_or_else(PoisonError::into_inner);
        let next = match kind {
            Kind::Whole(bytes) => Some(mem::take(bytes)).filter(|bytes| !bytes.is_empty()).map(Ok),
            Kind::Chunks(next) => next(timeout),
        };
        if !matches!(next, Some(Ok(_))) {
            // Drops the function, which closes the connection after an error.
            *kind = Kind::Whole(Bytes::new());
        }
        next
    }

    /// Reads the body of a response to its end, for at most `timeout`. The limit is checked before each chunk.
    ///
    /// # Errors
    /// Returns the errors of [`ResponseBody::collect`](crate::ResponseBody::collect), and an error of kind
    /// [`TransportErrorKind::Timeout`] that contains the received part of the body.
    pub fn collect(response: Response<Self>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let (head, mut body) = response.into_parts();
        let (start, mut collected) = (MaybeInstant::now(), Collected::default());
        let result = loop {
            let time_left = start.time_left(timeout);
            if time_left.is_zero() && !body.is_whole() {
                let message = "the response did not end within the timeout";
                break Err(TransportError::new(TransportErrorKind::Timeout, message));
            }
            let Some(chunk) = body.next_chunk(time_left) else { break Ok(()) };
            if let Err(error) = chunk.and_then(|chunk| collected.push(chunk, body.max_len)) {
                break Err(error);
            }
        };
        collected.into_response(head, result)
    }

    fn is_whole(&mut self) -> bool {
        matches!(self.kind.get_mut().unwrap_or_else(PoisonError::into_inner), Kind::Whole(_))
    }
}

fn read_error(error: io::Error) -> TransportError {
    let kind = match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Connection,
    };
    TransportError::new(kind, "failed to read the response").with_source(error)
}

impl<B: Into<Bytes>> From<B> for BlockingResponseBody {
    fn from(bytes: B) -> Self {
        Self { kind: Mutex::new(Kind::Whole(bytes.into())), max_len: usize::MAX }
    }
}

impl fmt::Debug for BlockingResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingResponseBody").field("max_len", &self.max_len).finish_non_exhaustive()
    }
}
