//! Servers for tests, which record requests without checking them, and parts that the test cases of all packages
//! share.
//!
//! Mock server libraries parse a URL before they expose it. Parsing removes `..` segments and hides the bytes that a
//! client sends. These servers therefore keep the request target unchanged:
//! - [`Server`] is a real HTTP server.
//! - [`RawServer`] is a bare TCP server, for the raw bytes and for responses that are not HTTP.
//! - [`FaultyServer`] misbehaves as scripted.
//! - [`Memory`] replaces the network.

#![cfg(feature = "cases")]

mod cases;
mod child;
mod faulty;
mod memory;
mod raw_server;
mod server;

pub use cases::{Extent, matches_route, sorted};
pub use child::{is_child, output_of_child};
pub use faulty::{Action, FaultyServer};
pub use memory::Memory;
pub use raw_server::RawServer;
pub use server::{CannedResponse, Received, Server};

use std::future::Future;
use std::time::Duration;

/// The time limit of every operation in a test: far more than is needed on any machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Awaits `work` with a time limit, so that a test that hangs fails.
///
/// # Panics
/// Panics if `work` takes longer than [`PATIENCE`].
pub async fn bounded<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("timed out")
}
