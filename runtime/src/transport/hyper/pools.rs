//! Connection pools, one for each tokio runtime.
//!
//! A connection is a task of the runtime that opened it. A request from another runtime would wait until that runtime
//! runs, possibly forever. Each runtime therefore has its own pool.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::{Builder, Client};
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use super::connect::Connector;

pub(super) type HttpClient = Client<Connector, Full<Bytes>>;

/// The pools of a transport.
pub(super) struct Pools {
    builder: Builder,
    connector: Connector,
    /// A function that returns the ID of this process. Tests replace it.
    pub(super) process_id: fn() -> u32,
    state: Mutex<State>,
}

struct State {
    process: u32,
    pools: Vec<Pool>,
}

/// The pool of one runtime.
struct Pool {
    runtime: Id,
    client: Arc<HttpClient>,
    /// A task that does nothing. It ends only when its runtime ends.
    lifetime: AbortHandle,
}

impl Pools {
    pub(super) fn new(builder: Builder, connector: Connector, process_id: fn() -> u32) -> Self {
        let state = State { process: process_id(), pools: Vec::new() };
        Self { builder, connector, process_id, state: Mutex::new(state) }
    }

    /// Returns the client whose connections belong to this runtime.
    pub(super) fn client(&self, runtime: &Handle) -> Arc<HttpClient> {
        let mut state = self.lock();
        // A new runtime can have the ID of a runtime that ended.
        let is_usable = |pool: &&Pool| pool.runtime == runtime.id() && !pool.lifetime.is_finished();
        if let Some(pool) = state.pools.iter().find(is_usable) {
            return Arc::clone(&pool.client);
        }
        state.pools.retain(|pool| !pool.lifetime.is_finished());
        let client: Arc<HttpClient> = Arc::new(self.builder.build(self.connector.clone()));
        let lifetime = runtime.spawn(std::future::pending::<()>()).abort_handle();
        state.pools.push(Pool { runtime: runtime.id(), client: Arc::clone(&client), lifetime });
        client
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
}

impl Drop for Pools {
    fn drop(&mut self) {
        // `lock` leaks the pools of a parent process.
        drop(self.lock());
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.lifetime.abort();
    }
}
