//! The cost of calls over loopback sockets: one at a time (`socket`), and from 64 tasks at once (`load`).
//!
//! `cargo bench -p typefoundry-benches --features network --bench network`. The server has a process of its own, and
//! time is the CPU time of the client for one request. See [`typefoundry_benches::bench`] for the arguments.

use typefoundry_benches::{bench, network};

fn main() {
    bench(&network::cases(), None);
}
