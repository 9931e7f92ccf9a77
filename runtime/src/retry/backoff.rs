//! Delays between the attempts of a call.

use std::time::Duration;

/// The backoff between the attempts of a call.
pub(crate) struct Backoff {
    pub(super) delays: ExponentialBackoff,
    pub(super) max_retry_after: Duration,
}

impl Backoff {
    /// Returns the delay before the next attempt. `retry_after` is the delay that the server
    /// requests.
    ///
    /// Returns `None` after the last attempt, and if the server requests more than the limit.
    ///
    /// The jitter is full: the random part is between zero and the whole backoff. A delay requested
    /// by the server gets at least a tenth as jitter, to spread the clients that received the same
    /// delay. Without a source of random bytes, the whole backoff is added.
    pub(crate) fn next(&mut self, retry_after: Option<Duration>) -> Option<Duration> {
        let max_delay = self.delays.next()?;
        let min_delay = retry_after.unwrap_or_default();
        let max_jitter = max_delay.max(min_delay / 10);
        (min_delay <= self.max_retry_after)
            .then(|| min_delay.saturating_add(max_jitter.mul_f64(random_fraction())))
    }
}

/// Returns a random fraction from 0 to 1, or 1 without a source of random bytes.
fn random_fraction() -> f64 {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    let random = getrandom::u32().unwrap_or(u32::MAX);
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    let random = u32::MAX;
    f64::from(random) / f64::from(u32::MAX)
}

/// Delays that double with each retry, up to a limit.
pub(super) struct ExponentialBackoff {
    delay: Duration,
    max_delay: Duration,
    retries: u32,
}

impl ExponentialBackoff {
    pub(super) fn new(initial_delay: Duration, max_delay: Duration, retries: u32) -> Self {
        Self { delay: initial_delay, max_delay, retries }
    }
}

impl Iterator for ExponentialBackoff {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        self.retries = self.retries.checked_sub(1)?;
        let delay = self.delay.min(self.max_delay);
        self.delay = delay.saturating_mul(2);
        Some(delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_limit() {
        let seconds = |seconds: &[u64]| seconds.iter().copied().map(Duration::from_secs).collect::<Vec<_>>();
        let delays = |initial, max, retries| {
            ExponentialBackoff::new(Duration::from_secs(initial), Duration::from_secs(max), retries)
                .collect::<Vec<_>>()
        };
        assert_eq!(delays(1, 6, 5), seconds(&[1, 2, 4, 6, 6]));
        assert_eq!(delays(9, 6, 2), seconds(&[6, 6]));
        assert_eq!(delays(0, 6, 2), seconds(&[0, 0]));
        assert_eq!(delays(1, 6, 0), seconds(&[]));
    }

    #[test]
    fn jitter_is_between_zero_and_the_whole_backoff() {
        let fractions: Vec<f64> = (0..1000).map(|_| random_fraction()).collect();
        assert!(fractions.iter().all(|fraction| (0.0..=1.0).contains(fraction)), "{fractions:?}");
        assert!(fractions.iter().any(|fraction| *fraction < 0.1), "{fractions:?}");
        assert!(fractions.iter().any(|fraction| *fraction > 0.9), "{fractions:?}");
    }

    #[test]
    fn delays_saturate_instead_of_overflowing() {
        let mut delays = ExponentialBackoff::new(Duration::MAX, Duration::MAX, u32::MAX);
        assert_eq!(delays.nth(200), Some(Duration::MAX));
    }
}
