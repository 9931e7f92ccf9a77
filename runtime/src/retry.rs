//! When a call is repeated, and how long the client waits before it does.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::{Request, StatusCode};

use crate::{IdempotencyKey, Operation};

/// What servers answer when the same call may well succeed a moment later.
const TRANSIENT: [StatusCode; 6] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// How often a call is repeated that failed for a reason that may pass, and how long to wait in between.
///
/// The reasons are: no connection, a broken one, an attempt that took too long, the statuses 408, 429, 500, 502, 503
/// and 504, and those that the API adds. A call is repeated only where that does no harm: its method is GET, HEAD,
/// OPTIONS, PUT or DELETE, unless the API says otherwise of its operation, it carries the header that the API names as
/// its idempotency key (which the client makes up where the API lets it), or no connection was made, so that nothing
/// was sent.
///
/// Before the first repetition it waits up to `base`, then up to twice as long each time, but never longer than `cap`.
/// How long within that is left to chance, so that clients that failed together do not come back together. Where the
/// server says how long to wait (`retry-after`), it waits at least as long. It never goes on past the timeout of the
/// call: where the waits alone would, it gives up at once, and else when that time is up. And it never takes more from
/// the client's [`RetryBudget`](crate::RetryBudget) than there is.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).cap(Duration::from_secs(20));
/// assert_ne!(patient, RetryPolicy::none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a client or a request"]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts in all, `base` of half a second, `cap` of 8 seconds.
    fn default() -> Self {
        Self { max_attempts: 3, base: Duration::from_millis(500), cap: Duration::from_secs(8) }
    }
}

impl RetryPolicy {
    /// Repeats nothing.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// How often a call is sent at most, the first time counted. 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the first repetition.
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait before any repetition, unless the server asks for a longer one.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Whether it repeats anything.
    pub(crate) fn repeats(&self) -> bool {
        self.max_attempts > 1
    }

    /// The waits between attempts, of which there is one fewer than attempts.
    pub(crate) fn waits(&self) -> Waits {
        let repetitions = usize::try_from(self.max_attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let longest = ExponentialBuilder::new()
            .with_min_delay(self.base)
            .with_max_delay(self.cap)
            .with_max_times(repetitions)
            .build();
        Waits { longest, cap: self.cap }
    }
}

/// The waits between the attempts of a call.
pub(crate) struct Waits {
    longest: ExponentialBackoff,
    cap: Duration,
}

impl Iterator for Waits {
    type Item = Duration;

    /// Full jitter: `backon` has none of its own that may also wait less.
    fn next(&mut self) -> Option<Duration> {
        let longest = self.longest.next()?.min(self.cap);
        Some(longest.mul_f64(fastrand::f64()))
    }
}

/// Whether the same call may well succeed a moment later.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    TRANSIENT.contains(&status)
}

/// Whether the server may see the request twice without harm.
pub(crate) fn is_repeatable<B>(operation: &Operation, request: &Request<B>) -> bool {
    operation.repeatable
        || match operation.idempotency_key {
            IdempotencyKey::None => false,
            IdempotencyKey::Given(header) | IdempotencyKey::Made(header) => {
                request.headers().contains_key(header)
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_cap_and_differ() {
        let policy = RetryPolicy::default().max_attempts(8);
        let longest = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
        let runs: Vec<Vec<_>> = (0..200).map(|_| policy.waits().collect()).collect();
        for (place, longest) in longest.into_iter().enumerate() {
            let waits: Vec<_> = runs.iter().map(|run| run[place]).collect();
            assert!(waits.iter().all(|wait| *wait < longest), "{place}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait < longest / 4), "{place}: the jitter is not full");
            assert!(waits.iter().any(|wait| *wait > longest * 3 / 4), "{place}: the wait does not grow");
        }
        assert!(runs.iter().all(|run| run.len() == longest.len()));
    }

    #[test]
    fn odd_policies_are_taken_at_their_word() {
        assert_eq!(RetryPolicy::none().waits().count(), 0);
        assert_eq!(RetryPolicy::default().max_attempts(0).waits().count(), 0);
        let longest = RetryPolicy::default().base(Duration::MAX).cap(Duration::MAX).max_attempts(u32::MAX);
        assert_eq!(longest.waits().take(100).count(), 100);
        let upside_down = RetryPolicy::default().base(Duration::from_secs(60)).cap(Duration::from_secs(1));
        assert!(upside_down.waits().all(|wait| wait <= Duration::from_secs(1)));
        assert!(RetryPolicy::default().base(Duration::ZERO).waits().all(|wait| wait.is_zero()));
    }
}
