//! Interceptors, dynamic secrets, and calls that are dropped.

mod drop;
mod interceptors;
mod failing_interceptors;
#[path = "../retry/script.rs"]
mod script;
mod secrets;
mod secrets_that_fail;
