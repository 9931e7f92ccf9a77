//! One fetch of an access token, which all calls that wait for it drive together.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use http::HeaderValue;

use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind};
use crate::request::AccessToken;
use crate::transport::BoxFuture;

pub(super) type TokenFuture = BoxFuture<'static, Result<AccessToken, Error>>;

/// A fetch in progress, or its outcome. A fetch that no call waits for any more is dropped.
///
/// The fetch does not belong to the call that started it: a caller can keep that call without polling it again.
pub(super) struct TokenFetch {
    pub(super) started_at: MaybeInstant,
    /// Whether the calls that wait drive the fetch. If not, a thread does.
    pub(super) is_async: bool,
    future: Mutex<Option<TokenFuture>>,
    outcome: OnceLock<FetchOutcome>,
    waiting: Arc<Waiting>,
}

#[derive(Clone)]
pub(super) enum FetchOutcome {
    /// The header with the token.
    Token(HeaderValue),
    /// The kind and the message of the error.
    Failed(ErrorKind, String),
    /// The fetch ended for a reason that concerns one call only, such as its timeout.
    Abandoned,
}

/// The tasks that wait for a fetch. Each of them can drive it, so all of them are woken.
#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = lock(&self.0);
        if !wakers.iter().any(|other| other.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl TokenFetch {
    /// Creates a fetch that the waiting calls drive, or one of a thread.
    pub(super) fn new(future: Option<TokenFuture>) -> Self {
        Self {
            started_at: MaybeInstant::now(),
            is_async: future.is_some(),
            future: Mutex::new(future),
            outcome: OnceLock::new(),
            waiting: Arc::default(),
        }
    }

    pub(super) fn outcome(&self) -> Option<&FetchOutcome> {
        self.outcome.get()
    }

    /// Sets the outcome. The first one remains.
    pub(super) fn set_outcome(&self, outcome: FetchOutcome) {
        let _ = self.outcome.set(outcome);
    }

    /// Wakes all tasks that wait.
    pub(super) fn wake(&self) {
        self.waiting.wake_by_ref();
    }

    /// Drives the fetch. Returns its result to one task, and `Ok(None)` to the tasks that read the outcome.
    pub(super) fn poll(&self, cx: &Context<'_>) -> Poll<Result<Option<AccessToken>, Error>> {
        let _unwound = Unwound(self);
        // Added first, so that no wake-up is lost.
        self.waiting.add(cx.waker());
        let mut slot = lock(&self.future);
        if self.outcome.get().is_some() {
            return Poll::Ready(Ok(None));
        }
        // A thread drives the fetch, or another task is about to set the outcome.
        let Some(mut future) = slot.take() else { return Poll::Pending };
        let waker = Waker::from(Arc::clone(&self.waiting));
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Pending => {
                *slot = Some(future);
                Poll::Pending
            }
            Poll::Ready(result) => Poll::Ready(result.map(Some)),
        }
    }
}

/// Ends a fetch whose future panics, so that other calls start another one.
struct Unwound<'f>(&'f TokenFetch);

impl Drop for Unwound<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.set_outcome(FetchOutcome::Abandoned);
            self.0.wake();
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
