//! Casts a YAML description of an HTTP API into a typed Rust SDK.
//!
//! A pure library: spec text in, files or diagnostics out. It touches no disk, starts no process and opens no connection.
//! The modules stand in the order in which data flows through them.

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
