//! Interceptors, dynamic secrets, and calls that are dropped.

mod drop;
mod failing_interceptors;
mod interceptors;
#[path = "../retry/script.rs"]
mod script;
mod secrets;
mod secrets_that_fail;
