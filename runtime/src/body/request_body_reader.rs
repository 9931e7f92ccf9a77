//! A request body for a blocking transport.

use std::future::Future;
use std::io::{self, Read};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::{Buf, Bytes};

use super::request_body_stream::RequestBodyStream;
use crate::error::TransportError;

/// A reader of a [`RequestBody`](crate::RequestBody), for a blocking transport.
///
/// A body that is a stream is polled on the thread that reads it.
#[derive(Debug)]
pub struct RequestBodyReader {
    stream: RequestBodyStream,
    /// The rest of the last chunk.
    chunk: Bytes,
}

impl RequestBodyReader {
    pub(super) fn new(stream: RequestBodyStream) -> Self {
        Self { stream, chunk: Bytes::new() }
    }

    /// Reads the rest of the body into memory.
    pub(crate) fn into_bytes(self) -> Result<Bytes, TransportError> {
        let mut bytes = pin!(self.stream.into_bytes());
        wait(|cx| bytes.as_mut().poll(cx))
    }
}

impl Read for RequestBodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            match wait(|cx| self.stream.poll_chunk(cx)) {
                Some(chunk) => self.chunk = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let read = (&self.chunk[..]).read(buffer)?;
        self.chunk.advance(read);
        Ok(read)
    }
}

/// Polls until a value is ready, and blocks the thread in between.
fn wait<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
