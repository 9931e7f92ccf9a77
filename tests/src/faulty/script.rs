//! What a faulty server does, and in what order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Bytes;

/// One thing that a server does to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Waits until a request begins to arrive, and reads nothing of it.
    Await,
    /// Reads one request to its last byte, and counts it.
    Read,
    /// Writes these bytes.
    Write(Bytes),
    /// Writes these bytes one by one, with a pause before each.
    Drip(Bytes, Duration),
    /// Writes these bytes so many times, or until the client hangs up.
    Flood(Bytes, usize),
    /// Does nothing for a while.
    Pause(Duration),
    /// Does nothing until the client hangs up.
    Stall,
    /// Hangs up.
    Close,
    /// Hangs up with a reset, so that the client's next read or write fails.
    Reset,
}

type Answers = dyn Fn(&str) -> Vec<Act> + Send + Sync;

/// What to do next.
pub(super) enum Script {
    /// One turn after the other over whichever connection, and the last one from then on.
    Turns(Vec<Vec<Act>>, AtomicUsize),
    /// Reads a request whole, which then says what is done.
    Answers(Box<Answers>),
}

impl Script {
    pub(super) fn turns(turns: Vec<Vec<Act>>) -> Self {
        Self::Turns(turns, AtomicUsize::new(0))
    }

    /// Whether the turn that comes next does not wait for a request.
    pub(super) fn speaks_first(&self) -> bool {
        let Self::Turns(turns, next) = self else { return false };
        let turn = turns.get(next.load(Ordering::SeqCst)).or(turns.last());
        turn.is_some_and(|turn| !matches!(turn.first(), Some(Act::Await | Act::Read)))
    }
}
