//! Delays between the attempts of a call.

use std::time::Duration;

use backon::ExponentialBackoff;

/// The waits between the attempts of a call.
pub(crate) struct Waits {
    pub(super) longest: ExponentialBackoff,
    pub(super) cap: Duration,
    pub(super) max_retry_after: Duration,
}

impl Waits {
    /// Returns the wait before the next attempt, where the server asks for `retry_after`, if it does; `None` after the
    /// last attempt, and where the server asks for too much.
    ///
    /// Full jitter: `backon` has none of its own that may also wait less. A tenth of a long wait spreads the clients
    /// that a server has put off together.
    pub(crate) fn next(&mut self, retry_after: Option<Duration>) -> Option<Duration> {
        let longest = self.longest.next()?.min(self.cap);
        let least = retry_after.unwrap_or_default();
        let spread = longest.max(least / 10);
        (least <= self.max_retry_after).then(|| least.saturating_add(spread.mul_f64(fastrand::f64())))
    }
}
