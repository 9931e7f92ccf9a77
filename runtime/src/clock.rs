//! How long things take, where there is a clock.

use std::time::{Duration, Instant};

/// A moment, or nothing on a platform where asking for one panics.
#[derive(Clone, Copy)]
pub(crate) struct Moment(Option<Instant>);

impl Moment {
    pub(crate) fn now() -> Self {
        Self((!cfg!(all(target_family = "wasm", target_os = "unknown"))).then(Instant::now))
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.map_or(Duration::ZERO, |then| then.elapsed())
    }
}
