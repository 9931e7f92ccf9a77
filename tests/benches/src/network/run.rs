//! Ways to send requests, with a server and an async runtime on one thread.

use std::rc::Rc;

use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use super::ONE_BY_ONE;
use crate::case::Work;
use crate::server::Server;

/// The tasks of [`at_once`], and the requests that each sends.
pub(super) const TASKS: u32 = 64;
pub(super) const REQUESTS: u32 = 4;

/// Sends requests one after the other.
///
/// # Panics
/// The work panics if a call fails.
pub fn one_by_one<C: 'static>(connect: impl AsyncFn(&Server) -> C, call: impl AsyncFn(&C) + 'static) -> Work {
    let (server, runtime) = (Server::start(), runtime());
    let client = runtime.block_on(connect(&server));
    Box::new(move || {
        // The server stops with this closure.
        let _ = &server;
        runtime.block_on(async {
            for _ in 0..ONE_BY_ONE {
                call(&client).await;
            }
        });
    })
}

/// Sends requests from 64 tasks at once, which share a client.
///
/// # Panics
/// The work panics if a call fails.
pub fn at_once<C: 'static>(connect: impl AsyncFn(&Server) -> C, call: impl AsyncFn(&C) + 'static) -> Work {
    let (server, runtime) = (Server::start(), runtime());
    let client = Rc::new(runtime.block_on(connect(&server)));
    let clients = (0..TASKS).map(|_| Rc::clone(&client)).collect();
    load(server, runtime, clients, call)
}

/// Sends requests from 64 tasks at once, each with a client of its own.
///
/// # Panics
/// The work panics if a call fails.
pub fn at_once_apart<C: 'static>(
    connect: impl AsyncFn(&Server) -> C,
    call: impl AsyncFn(&C) + 'static,
) -> Work {
    let (server, runtime) = (Server::start(), runtime());
    let clients = (0..TASKS).map(|_| Rc::new(runtime.block_on(connect(&server)))).collect();
    load(server, runtime, clients, call)
}

fn load<C: 'static>(
    server: Server,
    runtime: Runtime,
    clients: Vec<Rc<C>>,
    call: impl AsyncFn(&C) + 'static,
) -> Work {
    let call = Rc::new(call);
    Box::new(move || {
        let _ = &server;
        let tasks = LocalSet::new();
        for client in &clients {
            let (client, call) = (Rc::clone(client), Rc::clone(&call));
            tasks.spawn_local(async move {
                for _ in 0..REQUESTS {
                    call(&client).await;
                }
            });
        }
        runtime.block_on(tasks);
    })
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}
