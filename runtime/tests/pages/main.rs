//! Paginated lists over an in-memory transport.

mod asynchronous;
#[cfg(feature = "blocking")]
mod blocking;
#[path = "../common/mod.rs"]
mod common;
mod server;
