//! The commands of this workspace. Only this crate reads and writes files; `codegen` decides what it writes.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod bench_package;
mod check_features;
mod ci;
mod console;
mod figures;
mod generate;
mod inputs;
mod members;
mod plan;
mod report;
mod scaffold;
mod step;
mod workspace;

use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use console::errln;
use workspace::Workspace;

/// Generates SDKs from `spec/` and checks the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to color the problems
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    /// Generate all packages in `generated/` from `spec/`
    ///
    /// Writes changed files, removes files that are no longer generated, and prints their names and the contents of each
    /// package. If the spec has an error, nothing is written. A package is removed only with `--remove-package`.
    Generate(generate::Args),
    /// Create a description to complete
    ///
    /// The description is valid. Replace each `TODO` in it.
    New(scaffold::Args),
    /// Run the checks of CI, and print the duration of each
    Ci(ci::Args),
    /// Check that every documented combination of features compiles
    CheckFeatures(check_features::Args),
    /// Print the build time, the dependencies and the lines of each generated package
    BenchPackage(bench_package::Args),
    /// Compare the instructions, allocations, crates and lines of the packages with the recorded figures
    Figures(figures::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let style = console::style(cli.color);
    let result = Workspace::find().and_then(|workspace| match cli.command {
        Command::Generate(args) => generate::run(&workspace, &args, style),
        Command::New(args) => scaffold::run(&workspace, &args, style),
        Command::Ci(args) => ci::run(&workspace, &args),
        Command::CheckFeatures(args) => check_features::run(&workspace, &args),
        Command::BenchPackage(args) => bench_package::run(&workspace, &args),
        Command::Figures(args) => figures::run(&workspace, &args),
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            errln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
