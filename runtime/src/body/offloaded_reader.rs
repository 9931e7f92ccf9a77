//! A reader that an async transport does not wait for.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::reader_chunks::{ReaderChunks, read_error};
use crate::error::TransportError;

/// A reader that is read on the threads of a tokio runtime for blocking functions.
pub(super) struct OffloadedReader {
    runtime: Handle,
    state: State,
}

type Chunk = Result<Option<Bytes>, TransportError>;

enum State {
    Idle(ReaderChunks),
    Reading(JoinHandle<(ReaderChunks, Chunk)>),
    Panicked,
}

impl OffloadedReader {
    pub(super) fn new(chunks: ReaderChunks, runtime: Handle) -> Self {
        Self { runtime, state: State::Idle(chunks) }
    }

    /// Returns the next chunk, or `None` at the end.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Chunk> {
        loop {
            match std::mem::replace(&mut self.state, State::Panicked) {
                State::Idle(mut chunks) => {
                    self.state = State::Reading(self.runtime.spawn_blocking(move || {
                        let chunk = chunks.read();
                        (chunks, chunk)
                    }));
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(cx) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let Ok((chunks, chunk)) = read else { continue };
                    self.state = State::Idle(chunks);
                    return Poll::Ready(chunk);
                }
                State::Panicked => return Poll::Ready(Err(read_error("the reader panicked"))),
            }
        }
    }
}
