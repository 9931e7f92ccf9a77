//! The idle HTTP/1 connections, and the requests that wait for one.
//!
//! A request that finds no idle connection waits for the first that becomes available. It opens one itself unless enough
//! connections are expected: those that other requests open and do not need any more, and those that are finishing their
//! last response. The connections of a host are therefore no more than its concurrent requests, unless an expected one takes
//! longer than [`MAX_WAIT`].

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::oneshot::{Receiver, Sender, channel};
use tokio::time::Instant;

use super::http1_connection::{Connection, Origin};
use crate::error::TransportError;

/// The time for which a request can rely on an expected connection.
const MAX_WAIT: Duration = Duration::from_millis(250);

pub(super) type Opened = Result<Connection, TransportError>;

/// The hosts that have idle or expected connections.
#[derive(Default)]
pub(super) struct Hosts {
    hosts: Vec<Host>,
    last_id: u64,
}

struct Host {
    origin: Origin,
    /// In the order of their last use.
    idle: Vec<(Instant, Connection)>,
    /// The requests that wait for a connection, the oldest first.
    waiters: VecDeque<Waiter>,
    expected: Vec<Expected>,
}

struct Waiter {
    id: u64,
    sender: Sender<Opened>,
    is_opening: bool,
}

/// A connection that will become available.
struct Expected {
    /// The ID of the request that opens it, if it is new.
    id: u64,
    until: Instant,
}

/// The place of a request in the queue of a host.
pub(super) struct Place {
    pub(super) id: u64,
    /// Receives nothing if the expected connection does not become available.
    pub(super) receiver: Receiver<Opened>,
    /// The end of the wait for an expected connection. `None` if the request must open one.
    pub(super) until: Option<Instant>,
}

impl Hosts {
    /// Returns the idle connection that was used last.
    pub(super) fn take(&mut self, origin: &Origin, timeout: Option<Duration>) -> Option<Connection> {
        self.update(origin, |host| {
            while let Some(last) = host.idle.pop() {
                if is_usable(&last, timeout) {
                    return Some(last.1);
                }
            }
            None
        })
    }

    /// Adds a request to the queue of a host. It must open a connection if it cannot rely on an expected one.
    pub(super) fn wait(&mut self, origin: &Origin, can_rely: bool) -> Place {
        let id = self.next_id();
        let (sender, receiver) = channel();
        let until = self.update(origin, |host| {
            let until = host.expected_until().filter(|_| can_rely);
            host.waiters.push_back(Waiter { id, sender, is_opening: until.is_none() });
            if until.is_none() {
                host.expected.push(Expected::new(id));
            }
            until
        });
        Place { id, receiver, until }
    }

    /// Adds a connection that is finishing its last response. Returns its ID.
    pub(super) fn expect(&mut self, origin: &Origin) -> u64 {
        let id = self.next_id();
        self.update(origin, |host| host.expected.push(Expected::new(id)));
        id
    }

    /// Removes a connection that became available or failed. If it failed, a request that relied on it stops waiting.
    pub(super) fn remove_expected(&mut self, origin: &Origin, id: u64) {
        self.update(origin, |host| {
            host.expected.retain(|expected| expected.id != id);
            let own = host.waiters.iter().position(|waiter| waiter.id == id);
            let relying = host.waiters.iter().position(|waiter| !waiter.is_opening);
            let is_short = host.expected.len() < host.waiters.len();
            if let Some(at) = own.or(relying.filter(|_| is_short)) {
                host.waiters.remove(at);
            }
        });
    }

    /// Removes a request from the queue. Returns the sender of its result, if it still waits.
    pub(super) fn remove_waiter(&mut self, origin: &Origin, id: u64) -> Option<Sender<Opened>> {
        self.update(origin, |host| {
            let at = host.waiters.iter().position(|waiter| waiter.id == id)?;
            host.waiters.remove(at).map(|waiter| waiter.sender)
        })
    }

    /// Passes a connection to the request that opened it, or else to the oldest one that waits. If none waits, the
    /// connection becomes idle, unless the host has `max` idle ones.
    pub(super) fn put(&mut self, mut connection: Connection, opened_by: Option<u64>, max: usize) {
        let origin = connection.origin.clone();
        self.update(&origin, |host| {
            while let Some(sender) = host.next_waiter(opened_by) {
                match sender.send(Ok(connection)) {
                    Err(Ok(unused)) => connection = unused,
                    _ => return,
                }
            }
            if host.idle.len() < max {
                connection.is_new = false;
                host.idle.push((Instant::now(), connection));
            }
        });
    }

    pub(super) fn has_idle(&self) -> bool {
        self.hosts.iter().any(|host| !host.idle.is_empty())
    }

    /// Closes expired connections.
    pub(super) fn evict(&mut self, timeout: Duration) {
        for host in &mut self.hosts {
            host.idle.retain(|connection| is_usable(connection, Some(timeout)));
        }
        self.hosts.retain(|host| !host.is_empty());
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Changes a host, and keeps it only if something remains.
    fn update<T>(&mut self, origin: &Origin, change: impl FnOnce(&mut Host) -> T) -> T {
        let at = self.hosts.iter().position(|host| host.origin == *origin);
        let mut host = at.map_or_else(|| Host::new(origin.clone()), |at| self.hosts.swap_remove(at));
        let result = change(&mut host);
        if !host.is_empty() {
            self.hosts.push(host);
        }
        result
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.hosts.len()
    }
}

impl Host {
    fn new(origin: Origin) -> Self {
        Self { origin, idle: Vec::new(), waiters: VecDeque::new(), expected: Vec::new() }
    }

    /// Returns the end of the wait if more connections are expected than requests wait.
    fn expected_until(&self) -> Option<Instant> {
        let now = Instant::now();
        let expected = self.expected.iter().map(|expected| expected.until).filter(|until| *until > now);
        expected.clone().max().filter(|_| expected.count() > self.waiters.len())
    }

    /// Returns the request with this ID, or else the oldest one that waits.
    fn next_waiter(&mut self, id: Option<u64>) -> Option<Sender<Opened>> {
        let own = self.waiters.iter().position(|waiter| Some(waiter.id) == id);
        self.waiters.remove(own.unwrap_or_default()).map(|waiter| waiter.sender)
    }

    fn is_empty(&self) -> bool {
        self.idle.is_empty() && self.waiters.is_empty() && self.expected.is_empty()
    }
}

impl Expected {
    fn new(id: u64) -> Self {
        Self { id, until: Instant::now() + MAX_WAIT }
    }
}

fn is_usable((since, connection): &(Instant, Connection), timeout: Option<Duration>) -> bool {
    !connection.is_closed() && timeout.is_none_or(|timeout| since.elapsed() <= timeout)
}
