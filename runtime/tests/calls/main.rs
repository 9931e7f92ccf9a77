//! What stands around a call: secrets that are asked for, and an end before its time.

mod drop;
#[path = "../retry/script.rs"]
mod script;
mod secrets;
mod secrets_that_fail;
