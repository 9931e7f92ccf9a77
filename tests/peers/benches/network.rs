//! Calls over loopback sockets, beside other crates: `cargo bench --manifest-path tests/peers/Cargo.toml --bench network`.

use typefoundry_benches::bench;

fn main() {
    bench(&typefoundry_peers::network(), None);
}
