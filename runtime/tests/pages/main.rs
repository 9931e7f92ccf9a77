//! Lists that come page by page, over a transport in memory.

#[cfg(feature = "blocking")]
mod blocking;
#[path = "../common/mod.rs"]
mod common;
mod server;
mod walk;
