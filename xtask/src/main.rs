//! The commands of this repository: those of `typefoundry`, and its own chores.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod bench_package;
mod extra_files;
mod release;
mod check_features;
mod check_rust_version;
mod figures;
mod step;
mod ci;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use typefoundry::Options;

/// Generates SDKs from `spec/` and checks the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Typefoundry(typefoundry::Command),
    /// Run the checks of CI, and print the duration of each
    Ci(ci::Args),
    /// Check that every documented combination of features compiles
    CheckFeatures(check_features::Args),
    /// Compile the published crates with the oldest Rust version that they declare, if it is installed
    CheckRustVersion(check_rust_version::Args),
    /// Print the build time, the dependencies and the lines of each generated package
    BenchPackage(bench_package::Args),
    /// Compare the instructions, allocations, crates and lines of the packages with the recorded figures
    Figures(figures::Args),
    /// Check the published crates as one release, and publish them
    Release(release::Args),
}

fn main() -> ExitCode {
    let Cli { command, options } = Cli::parse();
    let result = match command {
        Command::Typefoundry(command) => command.run(&options, extra_files::extra_files),
        Command::Ci(args) => options.repository().and_then(|repository| ci::run(&repository, &args)),
        Command::CheckFeatures(args) => {
            options.repository().and_then(|repository| check_features::run(&repository, &args))
        }
        Command::CheckRustVersion(args) => {
            options.repository().and_then(|repository| check_rust_version::run(&repository, &args))
        }
        Command::BenchPackage(args) => {
            options.repository().and_then(|repository| bench_package::run(&repository, &args))
        }
        Command::Figures(args) => {
            options.repository().and_then(|repository| figures::run(&repository, &args))
        }
        Command::Release(args) => release::run(&options, &args),
    };
    typefoundry::exit(result)
}

/// Returns this repository, for tests.
#[cfg(test)]
fn this_repository() -> typefoundry::Repository {
    Options::default().repository().expect("the tests run in the repository")
}
