//! The policy of retries.

use std::time::Duration;

use super::backoff::{Backoff, ExponentialBackoff};

/// A retry policy: which attempts of a call may follow a transient failure, and after which delay.
///
/// Transient failures are connection failures, attempts that exceeded their timeout, and certain
/// statuses: 408, 429, 500, 502, 503, 504, and those that the API adds. A call is retried only if
/// at least one of these conditions makes the retry safe:
///
/// - The operation is idempotent. GET, HEAD, OPTIONS, PUT and DELETE are, unless the API specifies
///   otherwise.
/// - The request contains the API's idempotency key. The client generates a key if the operation
///   requires it to.
/// - No connection was established, so nothing was sent.
///
/// The delay before the first retry is random, between zero and `initial_backoff`. The upper limit doubles with each
/// retry, up to `max_backoff`. Randomness keeps clients that failed together from retrying together.
///
/// If the server sends `retry-after`, the client waits that long plus a random time. The random
/// time is at most the client's own delay or a tenth of the server's, whichever is longer. If the
/// server requests more than `max_retry_after`, the call fails at once, and
/// [`Error::retry_after`](crate::Error::retry_after) returns the requested delay.
///
/// A call never exceeds its timeout: if the delay would, the call fails at once. Each retry also takes a token from the
/// client's [`RetryBudget`](crate::RetryBudget).
///
/// A retry can find its own work done: a DELETE whose response was lost fails with 404 the second time.
/// [`Error::maybe_already_done`](crate::Error::maybe_already_done) marks such errors.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).max_backoff(Duration::from_secs(20));
/// assert_ne!(patient, RetryPolicy::never());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a retry policy has no effect until it is passed to a client or a request"]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Creates the default policy: 3 attempts, `initial_backoff` of 500 milliseconds, `max_backoff`
    /// of 8 seconds, and `max_retry_after` of 60 seconds.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Creates a policy without retries.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. 0 is treated as 1. Defaults to 3.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum delay before the first retry. Defaults to 500 milliseconds.
    pub fn initial_backoff(mut self, delay: Duration) -> Self {
        self.initial_backoff = delay;
        self
    }

    /// Sets the maximum delay before any retry, unless the server requests a longer one. Defaults
    /// to 8 seconds.
    pub fn max_backoff(mut self, delay: Duration) -> Self {
        self.max_backoff = delay;
        self
    }

    /// Sets the maximum delay that the server can request with `retry-after`. If the server
    /// requests more, the call fails at once. Defaults to 60 seconds.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Returns whether the policy allows any retry.
    pub(crate) fn allows_retries(&self) -> bool {
        self.max_attempts > 1
    }

    /// Returns the backoff between attempts, which has one delay less than there are attempts.
    pub(crate) fn backoff(&self) -> Backoff {
        let delays = ExponentialBackoff::new(
            self.initial_backoff,
            self.max_backoff,
            self.max_attempts.saturating_sub(1),
        );
        Backoff { delays, max_retry_after: self.max_retry_after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the delays of a policy if the server requests none.
    fn delays(policy: &RetryPolicy) -> impl Iterator<Item = Duration> + use<> {
        let mut backoff = policy.backoff();
        std::iter::from_fn(move || backoff.next(None))
    }

    #[test]
    fn delays_grow_to_the_maximum_with_jitter() {
        let policy = RetryPolicy::default().max_attempts(8);
        let max_delays = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
        let runs: Vec<Vec<_>> = (0..200).map(|_| delays(&policy).collect()).collect();
        for (retry, max_delay) in max_delays.into_iter().enumerate() {
            let delays: Vec<_> = runs.iter().map(|run| run[retry]).collect();
            assert!(delays.iter().all(|delay| *delay < max_delay), "{retry}: {delays:?}");
            assert!(delays.iter().any(|delay| *delay < max_delay / 4), "{retry}: the jitter is not full");
            assert!(
                delays.iter().any(|delay| *delay > max_delay * 3 / 4),
                "{retry}: the delay does not grow"
            );
        }
        assert!(runs.iter().all(|run| run.len() == max_delays.len()));
    }

    #[test]
    fn extreme_policies_are_applied_as_given() {
        assert_eq!(delays(&RetryPolicy::never()).count(), 0);
        assert_eq!(delays(&RetryPolicy::default().max_attempts(0)).count(), 0);
        let unbounded = RetryPolicy::default()
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX)
            .max_attempts(u32::MAX);
        assert_eq!(delays(&unbounded).take(100).count(), 100);
        let upside_down = RetryPolicy::default()
            .initial_backoff(Duration::from_secs(60))
            .max_backoff(Duration::from_secs(1));
        assert!(delays(&upside_down).all(|delay| delay <= Duration::from_secs(1)));
        assert!(delays(&RetryPolicy::default().initial_backoff(Duration::ZERO)).all(|delay| delay.is_zero()));
    }

    #[test]
    fn requested_delay_is_extended_by_jitter_and_limited() {
        let policy = RetryPolicy::default().max_attempts(2).max_retry_after(Duration::from_secs(40));
        let delay_after = |seconds: f64| policy.backoff().next(Some(Duration::from_secs_f64(seconds)));
        for (min_delay, max_jitter) in [(0.0, 0.5), (1.0, 0.5), (5.0, 0.5), (10.0, 1.0), (40.0, 4.0)] {
            let delays: Vec<_> = (0..200)
                .map(|_| delay_after(min_delay).expect("a delay").as_secs_f64() - min_delay)
                .collect();
            assert!(delays.iter().all(|more| (-1e-6..max_jitter).contains(more)), "{min_delay}: {delays:?}");
            assert!(
                delays.iter().any(|more| *more < max_jitter / 4.0),
                "{min_delay}: the jitter is always large"
            );
            assert!(
                delays.iter().any(|more| *more > max_jitter * 3.0 / 4.0),
                "{min_delay}: the jitter is always small"
            );
        }
        assert_eq!(delay_after(40.1), None);
        let endless = policy.clone().max_retry_after(Duration::MAX);
        assert!(endless.backoff().next(Some(Duration::MAX)).is_some_and(|delay| delay == Duration::MAX));
    }
}
