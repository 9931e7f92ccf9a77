//! The HTTP/1 connections of one tokio runtime.
//!
//! The pool of `hyper-util` does not know when a response has been read. It opens another connection if the next request
//! is faster than a background task, keeps both, and takes 8 thousand instructions per request longer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::{Method, Request, Response, Uri, Version};
use hyper::body::Incoming;
use tokio::runtime::Handle;
use tokio::sync::oneshot::Receiver;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, sleep_until};

use super::connect::Connector;
use super::errors::request_error;
use super::http1_connection::{Connection, Origin};
use super::http1_hosts::{Hosts, Opened};
use crate::body::RequestBodyStream;
use crate::error::{TransportError, TransportErrorKind};
use crate::trace::in_current_context;

/// The minimum time between two searches for expired connections.
const MIN_EVICTION_INTERVAL: Duration = Duration::from_millis(90);

/// Limits of idle connections.
#[derive(Clone, Copy)]
pub(super) struct IdleLimits {
    pub(super) timeout: Option<Duration>,
    pub(super) max_per_host: usize,
}

/// A pool that opens a connection for each request that finds no idle or expected one.
pub(super) struct Http1Pool {
    connector: Connector,
    shared: Arc<Shared>,
}

/// The part of a pool that its tasks use. A task does not keep the pool alive.
struct Shared {
    limits: IdleLimits,
    /// The runtime of all tasks. A request can be polled in another runtime, or in none.
    runtime: Handle,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    hosts: Hosts,
    /// The task that closes expired connections, while there are idle ones.
    eviction: Option<AbortHandle>,
}

/// A request in the queue of a host.
struct Waiting<'a> {
    shared: &'a Arc<Shared>,
    origin: &'a Origin,
    id: u64,
    receiver: Receiver<Opened>,
    /// The task that opens a connection, or that ends the wait.
    task: Option<AbortHandle>,
    is_opening: bool,
}

/// A task whose connection will become available.
struct Expected {
    shared: Weak<Shared>,
    origin: Origin,
    id: u64,
}

impl Http1Pool {
    pub(super) fn new(connector: Connector, limits: IdleLimits, runtime: Handle) -> Self {
        Self { connector, shared: Arc::new(Shared { limits, runtime, state: Mutex::default() }) }
    }

    /// Sends a request. After its body has been read, the connection can be given back with [`put`](Self::put).
    pub(super) async fn send(
        &self,
        mut request: Request<RequestBodyStream>,
    ) -> Result<(Response<Incoming>, Connection), TransportError> {
        // hyper panics for some other versions. The method CONNECT requires HTTP/1.1.
        if request.version() != Version::HTTP_10 || request.method() == Method::CONNECT {
            *request.version_mut() = Version::HTTP_11;
        }
        let url = request.uri().clone();
        let origin = Origin::of(&url)?;
        loop {
            let mut connection = self.connection(&origin, &url).await?;
            if !connection.can_send(request.body()) {
                continue;
            }
            match connection.try_send(request, &url).await {
                Ok(response) => return Ok((response, connection)),
                Err(mut error) => match error.take_message() {
                    None => return Err(request_error(error.into_error())),
                    Some(_) if connection.is_new => {
                        return Err(connection.into_unsent_error(error.into_error()).await);
                    }
                    // The server closed an idle connection before anything was sent on it.
                    Some(unsent) => request = unsent,
                },
            }
        }
    }

    /// Keeps a connection for other requests, if it is open.
    pub(super) fn put(&self, mut connection: Connection) {
        if self.shared.limits.max_per_host == 0 || connection.is_closed() {
            return;
        }
        connection.is_new = false;
        if connection.is_ready() {
            return self.shared.keep(connection, None);
        }
        // Another thread is still finishing the response, or the server does not read the rest of the request.
        let id = self.shared.lock().hosts.expect(&connection.origin);
        let expected = Expected::new(&self.shared, &connection.origin, id);
        self.shared.runtime.spawn(async move {
            if connection.ready().await {
                expected.opened(Ok(connection));
            }
        });
    }

    #[cfg(test)]
    pub(super) fn hosts(&self) -> usize {
        self.shared.lock().hosts.len()
    }

    /// Returns an idle connection, or the first one that becomes available.
    async fn connection(&self, origin: &Origin, url: &Uri) -> Opened {
        let shared = &self.shared;
        let mut can_rely = true;
        loop {
            let place = {
                let mut state = shared.lock();
                if let Some(connection) = state.hosts.take(origin, shared.limits.timeout) {
                    return Ok(connection);
                }
                state.hosts.wait(origin, can_rely)
            };
            let task = match place.until {
                Some(until) => shared.end_wait(origin, place.id, until),
                None => self.open(url, origin, place.id),
            };
            let is_opening = place.until.is_none();
            let waiting = Waiting {
                shared,
                origin,
                id: place.id,
                receiver: place.receiver,
                task: Some(task),
                is_opening,
            };
            match waiting.result().await {
                Some(opened) => return opened,
                None if is_opening => {
                    let message = "the runtime ended before it connected";
                    return Err(TransportError::new(TransportErrorKind::Connect, message));
                }
                None => can_rely = false,
            }
        }
    }

    fn open(&self, url: &Uri, origin: &Origin, id: u64) -> AbortHandle {
        let expected = Expected::new(&self.shared, origin, id);
        let opening = Connection::open(self.connector.clone(), url.clone(), origin.clone());
        // The records of other crates about the connection belong to the request that needs it.
        let opening = in_current_context(opening);
        self.shared.runtime.spawn(async move { expected.opened(opening.await) }).abort_handle()
    }
}

impl Drop for Http1Pool {
    fn drop(&mut self) {
        if let Some(eviction) = self.shared.lock().eviction.take() {
            eviction.abort();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic leaves no partial change behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes a connection to a waiting request, or keeps it as an idle one.
    fn keep(self: &Arc<Self>, connection: Connection, opened_by: Option<u64>) {
        let mut state = self.lock();
        state.hosts.put(connection, opened_by, self.limits.max_per_host);
        if let Some(timeout) = self.limits.timeout
            && state.eviction.is_none()
            && state.hosts.has_idle()
        {
            let eviction = self.runtime.spawn(evict(Arc::downgrade(self), timeout));
            state.eviction = Some(eviction.abort_handle());
        }
    }

    fn end_wait(self: &Arc<Self>, origin: &Origin, id: u64, until: Instant) -> AbortHandle {
        let (shared, origin) = (Arc::downgrade(self), origin.clone());
        let ending = async move {
            sleep_until(until).await;
            if let Some(shared) = shared.upgrade() {
                shared.lock().hosts.remove_waiter(&origin, id);
            }
        };
        self.runtime.spawn(ending).abort_handle()
    }
}

impl Waiting<'_> {
    /// Returns nothing if an expected connection does not become available.
    async fn result(mut self) -> Option<Opened> {
        let opened = (&mut self.receiver).await.ok();
        if self.is_opening {
            // The connection of the task is for another request, if this request got a different one.
            self.task = None;
        }
        opened
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared.lock().hosts.remove_waiter(self.origin, self.id);
        self.receiver.close();
        if let Ok(Ok(connection)) = self.receiver.try_recv() {
            self.shared.keep(connection, None);
        }
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl Expected {
    fn new(shared: &Arc<Shared>, origin: &Origin, id: u64) -> Self {
        Self { shared: Arc::downgrade(shared), origin: origin.clone(), id }
    }

    /// Passes the connection to a request that waits. An error is that of the request that opened the connection.
    fn opened(self, opened: Opened) {
        let Some(shared) = self.shared.upgrade() else { return };
        match opened {
            Ok(connection) => shared.keep(connection, Some(self.id)),
            Err(error) => {
                let sender = shared.lock().hosts.remove_waiter(&self.origin, self.id);
                if let Some(sender) = sender {
                    // A request that was canceled meanwhile needs no error.
                    _ = sender.send(Err(error));
                }
            }
        }
    }
}

impl Drop for Expected {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.lock().hosts.remove_expected(&self.origin, self.id);
        }
    }
}

/// Closes expired connections until none is idle.
async fn evict(shared: Weak<Shared>, timeout: Duration) {
    loop {
        sleep(timeout.max(MIN_EVICTION_INTERVAL)).await;
        let Some(shared) = shared.upgrade() else { return };
        let mut state = shared.lock();
        state.hosts.evict(timeout);
        if !state.hosts.has_idle() {
            state.eviction = None;
            return;
        }
    }
}
