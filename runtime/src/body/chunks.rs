//! The chunks of a request body, from a reader or a stream.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::error::{TransportError, TransportErrorKind};

/// The maximum length in bytes of a chunk that is read from a reader.
const CHUNK_LEN: usize = 64 * 1024;

type Source = Box<dyn std::error::Error + Send + Sync>;
type DynStream = Pin<Box<dyn Stream<Item = Result<Bytes, Source>> + Send>>;

/// A source of chunks that is being read.
pub(super) enum Chunks {
    Reader(Box<dyn Read + Send>, BytesMut),
    Stream(DynStream),
}

impl Chunks {
    pub(super) fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::Reader(Box::new(reader), BytesMut::new())
    }

    pub(super) fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        Self::Stream(Box::pin(Converted(Box::pin(stream))))
    }

    /// Returns the next chunk. A reader is read at once, on this thread.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self {
            Self::Reader(reader, buffer) => Poll::Ready(read_chunk(reader, buffer).transpose()),
            Self::Stream(stream) => {
                stream.as_mut().poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map_err(read_error)))
            }
        }
    }
}

/// Returns the next chunk of a reader, or `None` at its end.
fn read_chunk(reader: &mut dyn Read, buffer: &mut BytesMut) -> Result<Option<Bytes>, TransportError> {
    buffer.resize(CHUNK_LEN, 0);
    loop {
        match reader.read(buffer) {
            Ok(0) => return Ok(None),
            Ok(len) => return Ok(Some(buffer.split_to(len.min(CHUNK_LEN)).freeze())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(read_error(error)),
        }
    }
}

pub(super) fn read_error(error: impl Into<Source>) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody, "failed to read the body of the request")
        .with_source(error)
}

/// Converts the chunks and the errors of a stream.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Source>,
{
    type Item = Result<Bytes, Source>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(cx);
        next.map(|chunk| chunk.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
