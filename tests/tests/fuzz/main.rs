//! Fuzz tests: random responses, and random parameters of requests.
//!
//! The inputs are the same in every run, and few enough for the normal test run. For more inputs:
//! `FUZZ_SECONDS=600 cargo test -p typefoundry-tests --release --test fuzz -- --nocapture`.
//! Each test then runs for that long and prints the number of inputs. `FUZZ_SEED` selects other inputs.

mod run;

mod examples;
mod keys;
mod mutate;
mod operations;
mod texts;

mod decoding;
mod requests;
