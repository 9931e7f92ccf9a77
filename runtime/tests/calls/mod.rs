//! Interceptors, dynamic secrets, and calls that are dropped.

mod drop;
mod failing_interceptors;
mod failing_secrets;
mod interceptors;
mod secrets;
