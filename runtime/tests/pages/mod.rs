//! Paginated lists over an in-memory transport.

mod asynchronous;
#[cfg(feature = "blocking")]
mod blocking;
mod server;
