//! What a user adds around every attempt of a call.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::operation::Operation;

/// Sees every attempt of every call of a client: to sign requests, count them, or log them.
///
/// Interceptors are called in the order in which the client got them, on the way out and on the way back. They are called by
/// async and blocking calls alike, and must not block for long. What has to wait, or to change a response, goes around
/// the [`Transport`](crate::Transport) instead.
///
/// Take care what is logged of a request: its body, its headers and its URL may hold passwords and tokens.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use typefoundry_runtime::{Attempt, Bytes, Error, Interceptor, http};
///
/// /// Counts what was sent and what failed.
/// #[derive(Default)]
/// struct Metrics {
///     sent: AtomicU64,
///     failed: AtomicU64,
/// }
///
/// impl Interceptor for Metrics {
///     fn after_attempt(&self, _attempt: &Attempt<'_>, outcome: Result<&http::Response<Bytes>, &Error>) {
///         self.sent.fetch_add(1, Ordering::Relaxed);
///         if !outcome.is_ok_and(|response| response.status().is_success()) {
///             self.failed.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interceptor",
    label = "does not implement `Interceptor`",
    note = "an interceptor implements what it needs of `before`, `after` and `before_retry`"
)]
pub trait Interceptor: Send + Sync {
    /// Before an attempt is sent. The request is complete, with credentials, and may be changed: each attempt starts
    /// from the same one. With the feature `tracing`, the current span is that of the attempt.
    ///
    /// An interceptor must not set headers that frame the request or manage the connection, such as `content-length`, `host` and
    /// `connection`: the attempt is refused.
    ///
    /// # Errors
    /// The attempt is not sent then, no other interceptor hears of it, and the call fails with [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest), whose message
    /// repeats that of the error.
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let _ = (attempt, request);
        Ok(())
    }

    /// After an attempt: the response, whatever its status, or why there is none. Nothing comes after an attempt that
    /// was refused, nor after one whose call was dropped.
    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: Result<&Response<Bytes>, &Error>) {
        let _ = (attempt, outcome);
    }

    /// Before the client waits, to send the request once more. It does not where the time of the call ends before the
    /// wait does.
    fn before_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        let _ = (attempt, wait);
    }
}

#[diagnostic::do_not_recommend]
impl<T: Interceptor + ?Sized> Interceptor for std::sync::Arc<T> {
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        (**self).before_attempt(attempt, request)
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: Result<&Response<Bytes>, &Error>) {
        (**self).after_attempt(attempt, outcome);
    }

    fn before_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        (**self).before_retry(attempt, wait);
    }
}

/// One of the times that the request of a call is sent.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) number: u32,
    pub(crate) elapsed: Duration,
}

impl Attempt<'_> {
    /// What is called. Its `path` is the template, with no value of a param in it.
    pub fn operation(&self) -> &Operation {
        self.operation
    }

    /// Which attempt of the call it is, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long the attempt took until now; nothing before it, and nothing where there is no clock
    /// (`wasm32-unknown-unknown`).
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
