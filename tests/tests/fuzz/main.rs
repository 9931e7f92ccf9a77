//! Inputs that nobody thought of: responses, and params of requests.
//!
//! The same ones in every run, few enough for every day. For more:
//! `FUZZ_SECONDS=600 cargo test -p typefoundry-tests --release --test fuzz -- --nocapture`, which goes on for so long
//! with each test and prints how many inputs there were; `FUZZ_SEED` gives others.

mod run;

mod examples;
mod keys;
mod mutate;
mod operations;
mod texts;

mod decoding;
mod requests;
