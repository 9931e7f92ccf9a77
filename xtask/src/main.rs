//! The commands of this workspace. The only crate that touches the disk; what it writes is decided by `codegen`.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod ci;
mod console;
mod features;
mod generate;
mod inputs;
mod measure;
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

/// Casts SDKs from `spec/` and looks after the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When problems are shown in color
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    /// Cast everything in `spec/` into `generated/`
    ///
    /// Writes the files that changed, removes those that are no longer emitted, and prints their names and what each
    /// package holds. With an error in the spec nothing is written at all, and a package is only removed by name.
    Generate(generate::Args),
    /// Write a valid description to fill in
    ///
    /// The result generates as it is; search it for `TODO` and say what is true.
    New(scaffold::Args),
    /// Run what CI runs, and print how long each part takes
    Ci(ci::Args),
    /// Check that every combination of features compiles that somebody is told of
    Features(features::Args),
    /// Print what a generated package costs: to build, in dependencies, in lines
    Measure(measure::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let style = console::style(cli.color);
    let result = Workspace::find().and_then(|workspace| match cli.command {
        Command::Generate(args) => generate::run(&workspace, &args, style),
        Command::New(args) => scaffold::run(&workspace, &args, style),
        Command::Ci(args) => ci::run(&workspace, &args),
        Command::Features(args) => features::run(&workspace, &args),
        Command::Measure(args) => measure::run(&workspace, &args),
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
