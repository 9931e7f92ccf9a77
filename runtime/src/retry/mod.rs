//! Decides whether a call is retried, after which delay, and how many retries a client may make.
//!
//! May use: `error`, `operation`.

mod backoff;
mod budget;
mod idempotency_key;
mod policy;

pub use self::budget::RetryBudget;
pub use self::policy::RetryPolicy;

pub(crate) use self::backoff::Backoff;
pub(crate) use self::idempotency_key::{generate_key, is_idempotent};
