//! Text in messages, logs and headers: how long it may be, and which characters it may contain.
//!
//! Uses no other module.

mod problem;
pub(crate) mod sanitized;

pub(crate) use self::problem::TextProblem;
pub(crate) use self::sanitized::{Sanitized, cut};
