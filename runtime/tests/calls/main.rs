//! Interceptors, dynamic secrets, and calls that are dropped.

mod drop;
mod hooks;
mod hooks_that_fail;
#[path = "../retry/script.rs"]
mod script;
mod secrets;
mod secrets_that_fail;
