//! Retries: the policy of a call, the delays between its attempts, and the retry budget of a client.
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
