//! The cost of generated packages at run time, compared with hand-written code.
//!
//! A [`Case`] is a piece of work. Its floors are the same work, written by hand for this purpose alone. [`bench()`]
//! measures cases and floors in the same run, and prints a table.

pub mod documents;

mod case;

pub mod canned;
pub mod cases;
#[cfg(feature = "floors")]
pub mod floors;
#[cfg(feature = "network")]
pub mod network;
pub mod server;

mod allocations;
mod bench;
mod measure;
mod table;

pub use allocations::print_allocations;
pub use bench::bench;
pub use case::{Case, Work, with_floors, work};

/// Returns the cases of the bench `overhead`, each followed by its floors.
pub fn cases() -> Vec<Case> {
    #[cfg(feature = "floors")]
    let floors = floors::cases();
    // A build without derives is enough to check the figures of the packages.
    #[cfg(not(feature = "floors"))]
    let floors = Vec::new();
    with_floors(cases::cases(), floors)
}
