//! Servers for tests. They record what reaches them and judge nothing. And what the
//! cases of all packages share.
//!
//! Libraries that mock servers parse a URL before they show it, which folds
//! `..` away and hides what a client really sent. So these keep the request
//! target as it came: [`Server`] over a real HTTP server, [`RawServer`] over
//! bare TCP for the bytes themselves and for answers that are no HTTP,
//! [`FaultyServer`] where a server must misbehave, and [`Memory`] in place of a network.

#![cfg(feature = "cases")]

mod cases;
mod child;
mod faulty;
mod memory;
mod raw_server;
mod server;

pub use cases::{Extent, is_at, sorted};
pub use child::{is_child, said_by_child};
pub use faulty::{Act, FaultyServer};
pub use memory::Memory;
pub use raw_server::RawServer;
pub use server::{Answer, Received, Server};

use std::future::Future;
use std::time::Duration;

/// How long anything in a test may take. Far more than is needed, on any machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that must end, so that a test which hangs fails on its own.
///
/// # Panics
/// When it takes longer than [`PATIENCE`].
pub async fn bounded<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("it ends in time")
}
