//! The cost of generated packages at run time, compared with hand-written code.
//!
//! A [`Case`] is one unit of work. The cases that follow it are its floors: the same work, written by hand for this
//! purpose alone. [`bench()`] measures cases and floors in the same run, and prints a table.

mod allocations;
mod bench;
pub mod canned;
mod case;
pub mod cases;
pub mod documents;
pub mod floor;
mod measure;
mod table;

pub use allocations::print_allocations;
pub use bench::bench;
pub use case::{Case, Work};
