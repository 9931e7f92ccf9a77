//! The HTTP/1 connections of one tokio runtime.
//!
//! The pool of `hyper-util` does not know when a response has been read. It opens another connection if the next request
//! is faster than a background task, keeps both, and takes 8 thousand instructions per request longer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, PathAndQuery};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::client::legacy::connect::Connection as _;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tower_service::Service as _;

use super::connect::Connector;
use super::errors::{connect_error, request_error};
use super::proxies::is_https;
use crate::error::{TransportError, TransportErrorKind};

/// The minimum time between two searches for expired connections.
const MIN_EVICTION_INTERVAL: Duration = Duration::from_millis(90);

/// Limits of idle connections.
#[derive(Clone, Copy)]
pub(super) struct IdleLimits {
    pub(super) timeout: Option<Duration>,
    pub(super) max_per_host: usize,
}

/// Opens a connection for each request that finds no idle one.
pub(super) struct Http1Pool {
    connector: Connector,
    limits: IdleLimits,
    idle: Arc<Mutex<Idle>>,
}

/// A connection that a request uses.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    origin: Origin,
    /// Whether a proxy forwards the requests, which then contain the whole URL.
    is_proxied: bool,
}

/// The part of a URL that its connection depends on.
#[derive(Clone, PartialEq, Eq)]
struct Origin {
    authority: Authority,
    is_https: bool,
}

#[derive(Default)]
struct Idle {
    hosts: Vec<Host>,
    /// The task that closes expired connections, while there are idle ones.
    eviction: Option<AbortHandle>,
}

struct Host {
    origin: Origin,
    /// In the order of their last use.
    connections: Vec<(Instant, Connection)>,
}

impl Http1Pool {
    pub(super) fn new(connector: Connector, limits: IdleLimits) -> Self {
        Self { connector, limits, idle: Arc::default() }
    }

    /// Sends a request. After its body has been read, the connection can be given back with [`put`](Self::put).
    pub(super) async fn send(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, Connection), TransportError> {
        let url = request.uri().clone();
        let origin = Origin::of(&url)?;
        loop {
            let (mut connection, is_reused) = match self.take(&origin) {
                Some(connection) => (connection, true),
                None => (self.connect(&url, origin.clone()).await?, false),
            };
            *request.uri_mut() = if connection.is_proxied { url.clone() } else { path(&url) };
            match connection.sender.try_send_request(request).await {
                Ok(response) => return Ok((response, connection)),
                // The server closed an idle connection before anything was sent on it.
                Err(mut error) => match error.take_message().filter(|_| is_reused) {
                    Some(unsent) => request = unsent,
                    None => return Err(request_error(error.into_error())),
                },
            }
        }
    }

    /// Keeps a connection for other requests, if it is open.
    pub(super) fn put(&self, connection: Connection) {
        if connection.sender.is_closed() {
            return;
        }
        let mut idle = lock(&self.idle);
        let at = idle.hosts.iter().position(|host| host.origin == connection.origin).unwrap_or_else(|| {
            idle.hosts.push(Host { origin: connection.origin.clone(), connections: Vec::new() });
            idle.hosts.len() - 1
        });
        if let Some(host) =
            idle.hosts.get_mut(at).filter(|host| host.connections.len() < self.limits.max_per_host)
        {
            host.connections.push((Instant::now(), connection));
            self.start_eviction(&mut idle);
        }
    }

    /// Returns the idle connection that was used last.
    fn take(&self, origin: &Origin) -> Option<Connection> {
        let mut idle = lock(&self.idle);
        let host = idle.hosts.iter_mut().find(|host| host.origin == *origin)?;
        let mut not_ready = Vec::new();
        let found = loop {
            match host.connections.pop() {
                Some(last) if !is_usable(&last, self.limits.timeout) => {}
                // Another thread is still finishing the last response.
                Some(last) if !last.1.sender.is_ready() => not_ready.push(last),
                last => break last,
            }
        };
        host.connections.extend(not_ready.into_iter().rev());
        found.map(|(_, connection)| connection)
    }

    async fn connect(&self, url: &Uri, origin: Origin) -> Result<Connection, TransportError> {
        let connecting = self.connector.clone().call(url.clone());
        let io = connecting.await.map_err(connect_error)?;
        let is_proxied = io.connected().is_proxied();
        let (sender, connection) = handshake(io).await.map_err(request_error)?;
        // An error of the connection is that of its request.
        tokio::spawn(async { _ = connection.await });
        Ok(Connection { sender, origin, is_proxied })
    }

    fn start_eviction(&self, idle: &mut Idle) {
        let Some(timeout) = self.limits.timeout else { return };
        if idle.eviction.is_none() {
            idle.eviction = Some(tokio::spawn(evict(Arc::downgrade(&self.idle), timeout)).abort_handle());
        }
    }
}

impl Drop for Http1Pool {
    fn drop(&mut self) {
        if let Some(eviction) = lock(&self.idle).eviction.take() {
            eviction.abort();
        }
    }
}

impl Origin {
    fn of(url: &Uri) -> Result<Self, TransportError> {
        let authority = url.authority().cloned().ok_or_else(|| {
            TransportError::new(TransportErrorKind::Connection, "the URL of the request contains no host")
        })?;
        Ok(Self { authority, is_https: is_https(url) })
    }
}

fn lock(idle: &Mutex<Idle>) -> MutexGuard<'_, Idle> {
    // A panic leaves no partial change behind.
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the path and query of a URL as the target of a request.
fn path(url: &Uri) -> Uri {
    url.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/")).into()
}

fn is_usable((since, connection): &(Instant, Connection), timeout: Option<Duration>) -> bool {
    !connection.sender.is_closed() && timeout.is_none_or(|timeout| since.elapsed() <= timeout)
}

/// Closes expired connections until none is idle.
async fn evict(idle: Weak<Mutex<Idle>>, timeout: Duration) {
    loop {
        tokio::time::sleep(timeout.max(MIN_EVICTION_INTERVAL)).await;
        let Some(idle) = idle.upgrade() else { return };
        let mut idle = lock(&idle);
        idle.hosts.retain_mut(|host| {
            host.connections.retain(|connection| is_usable(connection, Some(timeout)));
            !host.connections.is_empty()
        });
        if idle.hosts.is_empty() {
            idle.eviction = None;
            return;
        }
    }
}
