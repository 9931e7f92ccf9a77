//! The trace of a call, and data that must not be traced.

#![cfg(feature = "tracing")]

#[cfg(all(feature = "hyper", feature = "blocking"))]
mod block_on;
mod capture;
#[cfg(feature = "hyper")]
mod logs;
#[cfg(feature = "hyper")]
mod redaction;
#[path = "../retry/script.rs"]
mod script;
#[cfg(feature = "hyper")]
#[path = "../common/server.rs"]
mod server;
mod spans;
mod values;
