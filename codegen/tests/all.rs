//! The tests of the public API in one binary, because linking each file as a binary of its own took most of the time.
//!
//! `layering` needs nothing of this crate and stays a binary of its own, which is built in a second.

mod common;

mod diagnostics;
mod files;
mod names;
mod no_panic;
mod one_mistake;
mod optional_docs;
mod public_api;
mod schema;
mod spec_readme;
