//! A source while it is sent, which the body of the request and its guard share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;

use super::chunks::Chunks;
use super::reader_chunks::read_error;
use super::source::BodySource;
use crate::error::TransportError;

/// A source that is sent until it ends, fails or is stopped.
pub(super) struct Upload {
    state: Mutex<State>,
    /// Outside of the mutex, which is locked while the source is read.
    is_stopped: AtomicBool,
}

struct State {
    phase: Phase,
    /// The declared length that is not yet read.
    unread: Option<u64>,
    /// The chunk that completes the declared length. It is sent when the source has ended: HTTP libraries ignore what
    /// follows it.
    last: Option<Bytes>,
    /// Wakes the task that waits for the source.
    waker: Option<Waker>,
    is_guarded: bool,
    /// The error of a guarded source.
    error: Option<TransportError>,
}

enum Phase {
    Unopened(BodySource),
    Open(Chunks),
    /// The source was read to its end.
    Finished,
    Failed,
    /// The guard stopped the source, and the HTTP library does not know yet.
    Stopped,
    /// The HTTP library dropped the body before it read the first chunk.
    Ignored,
}

impl Upload {
    pub(super) fn new(source: BodySource, len: Option<u64>) -> Self {
        let state = State {
            phase: Phase::Unopened(source),
            unread: len,
            last: None,
            waker: None,
            is_guarded: false,
            error: None,
        };
        Self { state: Mutex::new(state), is_stopped: AtomicBool::new(false) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A source that panicked is not read again: its connection fails.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next chunk, or `None` at the end and after an error.
    pub(super) fn poll_chunk(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = self.lock().poll_chunk(cx);
        // `stop` does not wait for a source that is being read.
        if self.is_stopped.load(Ordering::SeqCst) {
            self.stop();
            let mut state = self.lock();
            if matches!(state.phase, Phase::Stopped) {
                return state.poll_chunk(cx);
            }
        }
        next
    }

    /// Stops the source and drops it, unless it has ended.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // The thread that reads the source stops it.
            Err(TryLockError::WouldBlock) => return,
        };
        if !matches!(state.phase, Phase::Unopened(_) | Phase::Open(_)) {
            return;
        }
        let source = std::mem::replace(&mut state.phase, Phase::Stopped);
        let waker = state.waker.take();
        drop(state);
        drop(source);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Keeps the error of the source for the guard.
    pub(super) fn set_guarded(&self) {
        self.lock().is_guarded = true;
    }

    pub(super) fn take_error(&self) -> Option<TransportError> {
        self.lock().error.take()
    }

    /// Drops the source: the HTTP library does not read the body any more.
    pub(super) fn set_dropped(&self) {
        let mut state = self.lock();
        match state.phase {
            Phase::Unopened(_) => state.phase = Phase::Ignored,
            Phase::Open(_) | Phase::Stopped => state.phase = Phase::Failed,
            Phase::Finished | Phase::Failed | Phase::Ignored => {}
        }
    }

    pub(super) fn is_ignored(&self) -> bool {
        matches!(self.lock().phase, Phase::Ignored)
    }

    /// Returns whether the source was read to its end.
    #[cfg(feature = "hyper")]
    pub(super) fn is_finished(&self) -> bool {
        matches!(self.lock().phase, Phase::Finished)
    }

    /// Returns whether no chunk and no error follows.
    #[cfg(feature = "http-body")]
    pub(super) fn is_over(&self) -> bool {
        matches!(self.lock().phase, Phase::Finished | Phase::Failed)
    }
}

impl State {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = match self.poll_source(cx) {
            Poll::Pending => {
                if !self.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
                    self.waker = Some(cx.waker().clone());
                }
                return Poll::Pending;
            }
            Poll::Ready(next) => next,
        };
        Poll::Ready(next.map_err(|error| self.fail(error)).transpose())
    }

    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            let chunk = match &mut self.phase {
                Phase::Unopened(source) => {
                    self.phase = Phase::Open(source.open()?);
                    continue;
                }
                Phase::Open(chunks) => ready!(chunks.poll_next(cx)).transpose()?,
                Phase::Stopped => {
                    self.is_guarded = false;
                    return Poll::Ready(Err(read_error("the response ended before the request")));
                }
                Phase::Finished | Phase::Failed | Phase::Ignored => return Poll::Ready(Ok(None)),
            };
            match chunk {
                Some(chunk) if chunk.is_empty() => {}
                Some(chunk) => match self.count(chunk.len())? {
                    Some(0) => self.last = Some(chunk),
                    _ => return Poll::Ready(Ok(Some(chunk))),
                },
                None => return Poll::Ready(self.finish()),
            }
        }
    }

    /// Subtracts the length of a chunk from the declared length. Returns the rest.
    fn count(&mut self, len: usize) -> Result<Option<u64>, TransportError> {
        let Some(unread) = self.unread else { return Ok(None) };
        let rest = u64::try_from(len).ok().and_then(|len| unread.checked_sub(len));
        self.unread = Some(rest.ok_or_else(|| read_error("the body is longer than its declared length"))?);
        Ok(self.unread)
    }

    /// Returns the last chunk after the end of the source.
    fn finish(&mut self) -> Result<Option<Bytes>, TransportError> {
        if let Some(missing) = self.unread.filter(|unread| *unread > 0) {
            return Err(read_error(format!("the body is {missing} bytes shorter than its declared length")));
        }
        self.phase = Phase::Finished;
        Ok(self.last.take())
    }

    /// Ends the source after an error. HTTP libraries do not always return the error of a body, so a guard receives it.
    fn fail(&mut self, error: TransportError) -> TransportError {
        self.phase = Phase::Failed;
        self.last = None;
        if !self.is_guarded {
            return error;
        }
        let reported = TransportError::new(error.kind(), error.to_string());
        self.error = Some(error);
        reported
    }
}
