//! What stands around a call: hooks, secrets that are asked for, and an end before its time.

mod drop;
mod hooks;
mod hooks_that_fail;
#[path = "../retry/script.rs"]
mod script;
mod secrets;
mod secrets_that_fail;
