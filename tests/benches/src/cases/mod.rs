//! The cases of the bench `overhead`.

pub mod inputs;

mod calls;
mod reads;
mod requests;

use crate::case::Case;

/// Returns all cases, without their floors.
pub fn cases() -> Vec<Case> {
    [requests::cases(), calls::cases(), reads::cases()].into_iter().flatten().collect()
}
