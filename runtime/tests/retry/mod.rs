//! Retries, with a paused clock that advances to the next timer.

#[cfg(all(feature = "blocking", feature = "tokio"))]
mod block_on;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod errors;
mod keys;
mod metadata;
mod time;
mod waits;
mod which;
