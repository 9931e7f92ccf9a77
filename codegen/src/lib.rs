//! Generator of typed Rust SDKs from a YAML description of an HTTP API.
//!
//! A pure library: spec text in, files or diagnostics out. It uses no disk, process or connection. The modules are declared
//! in the order of the data flow.

mod cast;
mod characters;
pub mod checksums;
pub mod diagnostic;
mod foreign;
pub mod load;
pub mod manifest;
pub mod markdown;
pub mod model;
pub mod output;
pub mod packages;
pub mod paths;
pub mod public_api;
pub mod resolve;
pub mod rust;
pub mod source;
pub mod syntax;
pub mod value;
pub mod yaml;

pub use cast::{Cast, cast, cast_beside, describe};
