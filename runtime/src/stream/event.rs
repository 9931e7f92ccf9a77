//! A server-sent event.

use std::time::Duration;

/// A server-sent event of a `text/event-stream`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Event<T> {
    /// The name of the event, from its field `event`. `None` is the default name, `message`.
    pub name: Option<String>,
    /// The ID of the event, if it has one. A client that connects again sends the last ID.
    pub id: Option<String>,
    /// The time that the server asks a client to wait before it connects again.
    pub retry: Option<Duration>,
    /// The decoded data.
    pub data: T,
}

impl<T> Event<T> {
    /// Creates an event that consists of its data.
    pub fn new(data: T) -> Self {
        Self { name: None, id: None, retry: None, data }
    }
}
