//! From the model to the files of a Rust package: names first, then tokens, then text.

pub mod doc;
pub mod format;
pub mod names;
pub mod lower;
pub mod expand;

pub use expand::{
    Expanded, example_call, example_items, example_match, example_report, example_stream, expand,
};
pub use lower::lower;
