//! Interceptors, which run around every attempt of a call.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::operation::Operation;

/// An interceptor of every attempt of every call of a client, for example to sign, count or log
/// requests.
///
/// Interceptors run in the order in which they were added to the client, both before and after an
/// attempt. Async and blocking calls run them alike, so they must not block for long. To wait, or
/// to change a response, wrap the [`Transport`](crate::Transport) instead.
///
/// Be careful when logging requests: the body, the headers and the URL can contain passwords and
/// tokens.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use typefoundry_runtime::{Attempt, Bytes, Error, Interceptor, http};
///
/// /// Counts sent and failed attempts.
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
    note = "implement any of `before_attempt`, `after_attempt` and `before_retry`"
)]
pub trait Interceptor: Send + Sync {
    /// Called before an attempt is sent.
    ///
    /// The request is complete, including credentials, and can be changed. Each attempt starts from
    /// the same request. With the feature `tracing`, the current span is the one of the attempt.
    ///
    /// The body of a streamed request is not part of the request here, whose body is then empty.
    ///
    /// An interceptor must not set headers that frame the request or manage the connection, such as
    /// `content-length`, `host` and `connection`. Such an attempt is rejected.
    ///
    /// # Errors
    /// If an error is returned, the attempt is not sent and no other interceptor is called. The
    /// call fails with [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest), and its
    /// message includes the returned error.
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called after an attempt, with the response of any status, or with the error if there is
    /// none.
    ///
    /// It is called when the head of a streamed response has arrived, whose body is then empty.
    ///
    /// It is not called after an attempt that was rejected, or whose call was dropped.
    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: Result<&Response<Bytes>, &Error>) {
        let _ = (attempt, outcome);
    }

    /// Called before the client waits for the next attempt.
    ///
    /// It is not called if the call's timeout would expire during the wait.
    fn before_retry(&self, attempt: &Attempt<'_>, delay: Duration) {
        let _ = (attempt, delay);
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

    fn before_retry(&self, attempt: &Attempt<'_>, delay: Duration) {
        (**self).before_retry(attempt, delay);
    }
}

/// One attempt to send the request of a call.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) number: u32,
    pub(crate) elapsed: Duration,
}

impl Attempt<'_> {
    /// Returns the operation. Its `path` is the template, without values of parameters.
    pub fn operation(&self) -> &Operation {
        self.operation
    }

    /// Returns the number of this attempt within the call, starting at 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the time since the attempt started.
    ///
    /// It is zero before the attempt, and on targets without a clock (`wasm32-unknown-unknown`).
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
