//! Text in messages, logs and headers: length limits and allowed characters.
//!
//! Uses no other module.

mod problem;
pub(crate) mod sanitized;

pub(crate) use self::problem::TextProblem;
pub(crate) use self::sanitized::{Sanitized, truncated};
