//! A request body for a blocking transport.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};

use super::request_body_stream::RequestBodyStream;
use crate::clock::MaybeInstant;
use crate::error::{TransportError, TransportErrorKind};

/// A reader of a [`RequestBody`](crate::RequestBody), for a blocking transport.
///
/// A body that is a stream is polled on the thread that reads it. A read waits for the source without a limit.
pub struct RequestBodyReader {
    stream: RequestBodyStream,
    /// The rest of the last chunk.
    chunk: Bytes,
}

impl RequestBodyReader {
    pub(super) fn new(stream: RequestBodyStream) -> Self {
        Self { stream, chunk: Bytes::new() }
    }

    /// Reads the rest of the body into memory. A reader that waits can exceed the timeout.
    pub(crate) fn into_bytes(mut self, timeout: Duration) -> Result<Bytes, TransportError> {
        let (start, mut body) = (MaybeInstant::now(), BytesMut::from(self.chunk));
        loop {
            let time_left = start.time_left(timeout);
            match wait(time_left, |cx| self.stream.poll_chunk(cx)) {
                Some(Some(chunk)) => body.extend_from_slice(&chunk?),
                Some(None) => return Ok(body.freeze()),
                None => {
                    let message = "the body of the request was not read within the timeout";
                    return Err(TransportError::new(TransportErrorKind::Timeout, message));
                }
            }
        }
    }
}

impl fmt::Debug for RequestBodyReader {
    /// Omits the content, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBodyReader")
            .field("remaining", &self.stream.remaining())
            .finish_non_exhaustive()
    }
}

impl Read for RequestBodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            match wait(Duration::MAX, |cx| self.stream.poll_chunk(cx)).flatten() {
                Some(chunk) => self.chunk = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let read = (&self.chunk[..]).read(buffer)?;
        self.chunk.advance(read);
        Ok(read)
    }
}

/// Polls until a value is ready, and blocks the thread in between. Returns nothing after the timeout.
fn wait<T>(timeout: Duration, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Option<T> {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let start = MaybeInstant::now();
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        let time_left = start.time_left(timeout);
        if time_left.is_zero() {
            return None;
        }
        match poll(&mut context) {
            Poll::Ready(value) => return Some(value),
            Poll::Pending if timeout == Duration::MAX => thread::park(),
            Poll::Pending => thread::park_timeout(time_left),
        }
    }
}
