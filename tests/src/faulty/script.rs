//! The actions of a faulty server, and their order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Bytes;

/// An action of the server on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Waits until a request begins to arrive, without reading it.
    Await,
    /// Reads one request to the end, and counts it.
    Read,
    /// Writes these bytes.
    Write(Bytes),
    /// Writes these bytes one at a time, with a pause before each.
    Drip(Bytes, Duration),
    /// Writes these bytes this many times, or until the client closes the connection.
    Flood(Bytes, usize),
    /// Pauses for this long.
    Pause(Duration),
    /// Waits until the client closes the connection.
    Stall,
    /// Closes the connection.
    Close,
    /// Resets the connection, so that the client's next read or write fails.
    Reset,
}

type Respond = dyn Fn(&str) -> Vec<Action> + Send + Sync;

/// The source of the next turn.
pub(super) enum Script {
    /// Takes turns in order, over all connections, and repeats the last one.
    Turns(Vec<Vec<Action>>, AtomicUsize),
    /// Reads a complete request, then asks this function for the actions.
    Respond(Box<Respond>),
}

impl Script {
    pub(super) fn turns(turns: Vec<Vec<Action>>) -> Self {
        Self::Turns(turns, AtomicUsize::new(0))
    }

    /// Whether the next turn begins without waiting for a request.
    pub(super) fn begins_without_request(&self) -> bool {
        let Self::Turns(turns, next) = self else { return false };
        let turn = turns.get(next.load(Ordering::SeqCst)).or(turns.last());
        turn.is_some_and(|turn| !matches!(turn.first(), Some(Action::Await | Action::Read)))
    }
}
