//! The policy of retries.

use std::time::Duration;

use super::backoff::{ExponentialBackoff, Waits};

/// How often a call is repeated that failed for a reason that may pass, and how long to wait in between.
///
/// The reasons are: no connection, a broken one, an attempt that took too long, the statuses 408, 429, 500, 502, 503
/// and 504, and those that the API adds. A call is repeated only where that does no harm: its method is GET, HEAD,
/// OPTIONS, PUT or DELETE, unless the API says otherwise of its operation, it carries the header that the API names as
/// its idempotency key (which the client generates for operations that say so), or no connection was made, so that nothing
/// was sent.
///
/// Before the first repetition it waits up to `base`, then up to twice as long each time, but never longer than `cap`.
/// How long within that is left to chance, so that clients that failed together do not come back together. Where the
/// server says how long to wait (`retry-after`), the client waits that long, and a random time on top: the longest is
/// that of its own wait or a tenth of the server's, whichever is longer. Where the server asks for more than
/// `max_retry_after`, the call fails at once, and [`Error::retry_after`](crate::Error::retry_after) says when to come
/// back: sooner would be refused again. It never goes on past the timeout of the call: where the waits alone would, it
/// gives up at once, and else when that time is up. And it never takes more from the client's
/// [`RetryBudget`](crate::RetryBudget) than there is.
///
/// A retry can find its own work done: a DELETE whose response got lost is answered 404 the second time.
/// [`Error::maybe_already_done`](crate::Error::maybe_already_done) marks such errors.
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
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts in all, `base` of half a second, `cap` of 8 seconds, `max_retry_after` of 60 seconds.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
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

    /// Sets the longest wait that the server can ask for (`retry-after`). Beyond it, the call fails at once.
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Whether it repeats anything.
    pub(crate) fn repeats(&self) -> bool {
        self.max_attempts > 1
    }

    /// The waits between attempts, of which there is one fewer than attempts.
    pub(crate) fn waits(&self) -> Waits {
        let longest = ExponentialBackoff::new(self.base, self.cap, self.max_attempts.saturating_sub(1));
        Waits { longest, max_retry_after: self.max_retry_after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The waits where the server asks for none.
    fn waits(policy: &RetryPolicy) -> impl Iterator<Item = Duration> + use<> {
        let mut waits = policy.waits();
        std::iter::from_fn(move || waits.next(None))
    }

    #[test]
    fn waits_grow_up_to_the_cap_and_differ() {
        let policy = RetryPolicy::default().max_attempts(8);
        let longest = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
        let runs: Vec<Vec<_>> = (0..200).map(|_| waits(&policy).collect()).collect();
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
        assert_eq!(waits(&RetryPolicy::none()).count(), 0);
        assert_eq!(waits(&RetryPolicy::default().max_attempts(0)).count(), 0);
        let longest = RetryPolicy::default().base(Duration::MAX).cap(Duration::MAX).max_attempts(u32::MAX);
        assert_eq!(waits(&longest).take(100).count(), 100);
        let upside_down = RetryPolicy::default().base(Duration::from_secs(60)).cap(Duration::from_secs(1));
        assert!(waits(&upside_down).all(|wait| wait <= Duration::from_secs(1)));
        assert!(waits(&RetryPolicy::default().base(Duration::ZERO)).all(|wait| wait.is_zero()));
    }

    #[test]
    fn a_wait_of_the_server_is_jittered_on_top_and_limited() {
        let policy = RetryPolicy::default().max_attempts(2).max_retry_after(Duration::from_secs(40));
        let asked = |seconds: f64| policy.waits().next(Some(Duration::from_secs_f64(seconds)));
        for (least, spread) in [(0.0, 0.5), (1.0, 0.5), (5.0, 0.5), (10.0, 1.0), (40.0, 4.0)] {
            let waits: Vec<_> =
                (0..200).map(|_| asked(least).expect("a wait").as_secs_f64() - least).collect();
            assert!(waits.iter().all(|more| (-1e-6..spread).contains(more)), "{least}: {waits:?}");
            assert!(waits.iter().any(|more| *more < spread / 4.0), "{least}: always late");
            assert!(waits.iter().any(|more| *more > spread * 3.0 / 4.0), "{least}: hardly spread");
        }
        assert_eq!(asked(40.1), None);
        let endless = policy.clone().max_retry_after(Duration::MAX);
        assert!(endless.waits().next(Some(Duration::MAX)).is_some_and(|wait| wait == Duration::MAX));
    }
}
