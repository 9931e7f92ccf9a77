//! The current time and elapsed time, on systems with a clock.

use std::time::{Duration, Instant, SystemTime};

/// Whether the target has clocks and a source of randomness. Without them, the standard library
/// panics when they are used.
pub(crate) const HAS_SYSTEM: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));

/// Returns the current time, if there is a clock.
pub(crate) fn now() -> Option<SystemTime> {
    HAS_SYSTEM.then(SystemTime::now)
}

/// A point in time, or nothing if there is no clock.
#[derive(Clone, Copy)]
pub(crate) struct MaybeInstant(Option<Instant>);

impl MaybeInstant {
    /// Returns no point in time, since which no time elapses.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    pub(crate) fn now() -> Self {
        Self(HAS_SYSTEM.then(Instant::now))
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.map_or(Duration::ZERO, |then| then.elapsed())
    }

    /// Returns the rest of a timeout that started at this time. The timeout [`Duration::MAX`] never ends.
    pub(crate) fn time_left(self, timeout: Duration) -> Duration {
        if timeout == Duration::MAX { timeout } else { timeout.saturating_sub(self.elapsed()) }
    }
}
