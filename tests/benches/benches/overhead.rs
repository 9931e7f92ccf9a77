//! The cost of requests, calls in memory and decoding, each beside its floors.
//!
//! `cargo bench -p typefoundry-benches --bench overhead`. See [`typefoundry_benches::bench`] for the arguments.

use typefoundry_benches::{bench, cases};

fn main() {
    bench(&cases(), Some(env!("CARGO_BIN_EXE_allocations")));
}
