//! Calls in memory and decoding, beside other crates: `cargo bench --manifest-path tests/peers/Cargo.toml --bench memory`.

use typefoundry_benches::bench;

fn main() {
    bench(&typefoundry_peers::memory(), Some(env!("CARGO_BIN_EXE_allocations")));
}
