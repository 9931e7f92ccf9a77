//! Generator of typed Rust SDKs from a YAML description of an HTTP API.
//!
//! A pure library: spec text in, files or diagnostics out. It uses no disk, process or connection. The modules are declared
//! in the order of the data flow.

#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod characters;
mod doc_text;
pub mod source;
pub mod paths;
pub mod output;
pub mod settings;
pub mod checksums;
pub mod diagnostic;
pub mod value;
mod type_hints;
pub mod yaml;
pub mod syntax;
pub mod load;
pub mod model;
pub mod resolve;
pub mod public_api;
pub mod rust;
pub mod manifest;
pub mod packages;
pub mod markdown;
mod generate;

pub use generate::{Generated, generate, resolve_all};
pub use settings::Settings;
