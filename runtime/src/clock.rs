//! What time it is and how long things take, where there is a system that knows.

use std::time::{Duration, Instant, SystemTime};

/// Whether there is a system with clocks and with chance. Without one, the standard library panics where it is asked.
pub(crate) const HAS_SYSTEM: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));

/// What time it is.
pub(crate) fn now() -> Option<SystemTime> {
    HAS_SYSTEM.then(SystemTime::now)
}

/// A moment, or nothing where there is no clock.
#[derive(Clone, Copy)]
pub(crate) struct MaybeInstant(Option<Instant>);

impl MaybeInstant {
    pub(crate) fn now() -> Self {
        Self(HAS_SYSTEM.then(Instant::now))
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.map_or(Duration::ZERO, |then| then.elapsed())
    }
}
