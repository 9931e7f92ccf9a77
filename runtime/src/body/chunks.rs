//! The chunks of a request body, from a reader or a stream.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

#[cfg(all(feature = "blocking", feature = "tokio"))]
use super::offloaded_reader::OffloadedReader;
use super::reader_chunks::{ReaderChunks, read_error};
use crate::error::TransportError;

type Source = Box<dyn std::error::Error + Send + Sync>;
type DynStream = Pin<Box<dyn Stream<Item = Result<Bytes, Source>> + Send>>;

/// A source of chunks that is being read.
pub(super) enum Chunks {
    Reader(ReaderChunks),
    #[cfg(all(feature = "blocking", feature = "tokio"))]
    Offloaded(OffloadedReader),
    Stream(DynStream),
}

impl Chunks {
    pub(super) fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::Reader(ReaderChunks::new(reader))
    }

    pub(super) fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        Self::Stream(Box::pin(Converted(Box::pin(stream))))
    }

    /// Reads a reader on the threads of a runtime for blocking functions.
    #[cfg(all(feature = "blocking", feature = "tokio"))]
    pub(super) fn offloaded(self, runtime: &tokio::runtime::Handle) -> Self {
        match self {
            Self::Reader(chunks) => Self::Offloaded(OffloadedReader::new(chunks, runtime.clone())),
            other => other,
        }
    }

    /// Returns the next chunk. A reader that is not offloaded is read at once, on this thread.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self {
            Self::Reader(chunks) => Poll::Ready(chunks.read().transpose()),
            #[cfg(all(feature = "blocking", feature = "tokio"))]
            Self::Offloaded(reader) => reader.poll_read(cx).map(Result::transpose),
            Self::Stream(stream) => {
                stream.as_mut().poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map_err(read_error)))
            }
        }
    }
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
