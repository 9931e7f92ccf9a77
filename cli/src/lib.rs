//! The commands of Typefoundry, which generates typed Rust SDKs from a YAML description of an HTTP API.
//!
//! The crate is the binary `typefoundry`. A repository that prefers `cargo xtask` has a package `xtask` with this program:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     typefoundry::main()
//! }
//! ```
//!
//! An `xtask` with commands of its own flattens [`Command`] into its commands, and passes [`Options`] on. Only this crate reads and
//! writes files; the library `typefoundry-codegen` decides what it writes.

#![cfg_attr(doctest, doc = include_str!("../README.md"))]
#![warn(clippy::print_stdout, clippy::print_stderr)]
// A mistake of a person ends in a message.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

#[macro_use]
pub mod console;
mod paths;
mod lock;
mod inputs;
mod config;
mod repository;
mod members;
mod plan;
mod report;
mod generate;
mod scaffold;
mod init;
mod reference;
mod commands;

pub use commands::{Command, Options, exit, main};
pub use generate::CheckArgs;
pub use members::{Member, members};
#[doc(hidden)]
pub use report::code_lines;
pub use repository::Repository;
pub use typefoundry_codegen::output::File;

/// The result of a command. Its error is a message for people.
pub type Result<T> = anyhow::Result<T>;
