//! Calls whose responses or requests are streams, over the async and the blocking driver.

#![cfg(all(feature = "hyper", feature = "blocking"))]

mod api;
mod failures;
mod requests;
mod responses;
mod timeouts;
