//! The cost of calls and of decoding, compared with other public crates for the same APIs.
//!
//! The cases and the floors are those of `typefoundry-benches`. This crate adds the same work with other crates, as
//! further floors, so that one run measures all of them.

mod memory;
mod network;

use typefoundry_benches::{Case, cases, network as sockets, with_floors};

/// Returns the cases that need no network.
pub fn memory() -> Vec<Case> {
    with_floors(cases(), memory::peers())
}

/// Returns the cases over loopback sockets.
pub fn network() -> Vec<Case> {
    with_floors(sockets::cases(), network::peers())
}
