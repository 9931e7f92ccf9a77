//! Calls that are repeated, on a clock that stands still until someone waits.

#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
mod block_on;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod errors;
mod keys;
mod raw;
mod script;
mod time;
mod waits;
mod which;
