//! Connection pools, one for each tokio runtime.
//!
//! A connection is a task of the runtime that opened it. A request from another runtime would wait until that runtime
//! runs, possibly forever. Each runtime therefore has its own pool.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{Request, Response};
use hyper::body::Incoming;
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use super::connect::Connector;
#[cfg(feature = "http2")]
use super::errors::request_error;
use super::http1_connection::Connection;
use super::http1_pool::{Http1Pool, IdleLimits};
#[cfg(feature = "http2")]
use super::proxies::is_https;
use crate::body::RequestBodyStream;
use crate::error::TransportError;

/// The pools of a transport.
pub(super) struct Pools {
    settings: PoolSettings,
    /// A function that returns the ID of this process. Tests replace it.
    pub(super) process_id: fn() -> u32,
    state: Mutex<State>,
}

/// The settings of each pool.
pub(super) struct PoolSettings {
    pub(super) connector: Connector,
    pub(super) limits: IdleLimits,
    /// `None` if HTTP/2 is disabled.
    #[cfg(feature = "http2")]
    pub(super) http2: Option<hyper_util::client::legacy::Builder>,
}

struct State {
    process: u32,
    pools: Vec<Arc<Pool>>,
}

/// The pool of one runtime.
pub(super) struct Pool {
    runtime: Id,
    http1: Http1Pool,
    /// The client for connections that can use HTTP/2.
    #[cfg(feature = "http2")]
    http2: Option<hyper_util::client::legacy::Client<Connector, RequestBodyStream>>,
    /// A task that does nothing. It ends only when its runtime ends.
    lifetime: AbortHandle,
}

impl Pools {
    pub(super) fn new(settings: PoolSettings, process_id: fn() -> u32) -> Self {
        let state = State { process: process_id(), pools: Vec::new() };
        Self { settings, process_id, state: Mutex::new(state) }
    }

    /// Returns the pool whose connections belong to this runtime.
    pub(super) fn pool(&self, runtime: &Handle) -> Arc<Pool> {
        let mut state = self.lock();
        // A new runtime can have the ID of a runtime that ended.
        let is_usable = |pool: &&Arc<Pool>| pool.runtime == runtime.id() && !pool.lifetime.is_finished();
        if let Some(pool) = state.pools.iter().find(is_usable) {
            return Arc::clone(pool);
        }
        state.pools.retain(|pool| !pool.lifetime.is_finished());
        let pool = Arc::new(Pool::new(&self.settings, runtime));
        state.pools.push(Arc::clone(&pool));
        pool
    }

    /// Returns the state, without the pools of a parent process.
    ///
    /// After a fork, both processes share the sockets, and data of the child would mix with requests of the parent. The
    /// pools are leaked, because dropping them would wake tasks on threads that the child does not have.
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic leaves no partial change behind.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let process = (self.process_id)();
        if state.process != process {
            state.process = process;
            mem::forget(mem::take(&mut state.pools));
        }
        state
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().pools.len()
    }

    /// Returns the number of hosts in the HTTP/1 pools.
    #[cfg(test)]
    pub(super) fn hosts(&self) -> usize {
        self.lock().pools.iter().map(|pool| pool.http1.hosts()).sum()
    }
}

impl Drop for Pools {
    fn drop(&mut self) {
        // `lock` leaks the pools of a parent process.
        drop(self.lock());
    }
}

impl Pool {
    fn new(settings: &PoolSettings, runtime: &Handle) -> Self {
        Self {
            runtime: runtime.id(),
            http1: Http1Pool::new(settings.connector.clone(), settings.limits, runtime.clone()),
            #[cfg(feature = "http2")]
            http2: settings.http2.as_ref().map(|builder| builder.build(settings.connector.clone())),
            lifetime: runtime.spawn(std::future::pending::<()>()).abort_handle(),
        }
    }

    /// Sends a request. An HTTP/1 connection must be given back with [`put`](Self::put) when the body has been read.
    pub(super) async fn send(
        &self,
        request: Request<RequestBodyStream>,
    ) -> Result<(Response<Incoming>, Option<Connection>), TransportError> {
        #[cfg(feature = "http2")]
        if let Some(client) = self.http2.as_ref().filter(|_| is_https(request.uri())) {
            let response = client.request(request).await.map_err(request_error)?;
            return Ok((response, None));
        }
        let (response, connection) = self.http1.send(request).await?;
        Ok((response, Some(connection)))
    }

    pub(super) fn put(&self, connection: Option<Connection>) {
        if let Some(connection) = connection {
            self.http1.put(connection);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.lifetime.abort();
    }
}
