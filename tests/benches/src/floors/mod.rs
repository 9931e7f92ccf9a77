//! The floors: what an expert would write for one call, or for one document.

pub mod client;
pub mod documents;

mod calls;
mod reads;

use crate::case::Case;

#[cfg(feature = "network")]
pub(crate) use calls::list_users;
pub use reads::read;

/// Returns the floors of [`cases`](crate::cases::cases).
pub(crate) fn cases() -> Vec<Case> {
    calls::floors().into_iter().chain(reads::floors()).collect()
}
