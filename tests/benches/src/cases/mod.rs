//! The cases of the bench `overhead`.

mod calls;
mod reads;
mod requests;

use crate::case::Case;

pub use calls::{ORGANIZATION, USER};

/// Returns all cases. Floors follow the case that they belong to.
pub fn all() -> Vec<Case> {
    [requests::cases(), calls::cases(), reads::cases()].into_iter().flatten().collect()
}
