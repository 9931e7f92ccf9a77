//! The command line: the commands with their flags, and the exit code.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use typefoundry_codegen::output::File;

use crate::repository::{Folders, Repository};
use crate::{console, generate, init, reference, scaffold};

/// Generates typed Rust SDKs from descriptions of HTTP APIs.
#[derive(Parser)]
#[command(name = "typefoundry", version, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

/// The flags of every command.
#[derive(clap::Args, Debug, Default)]
pub struct Options {
    /// When to color the problems
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// The folder of the descriptions, instead of `spec` in typefoundry.toml
    #[arg(long, global = true, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// The folder of the packages, instead of `output` in typefoundry.toml
    #[arg(long, global = true, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

impl Options {
    /// Finds the repository around the working directory, and reads its `typefoundry.toml`.
    ///
    /// # Errors
    ///
    /// There is no repository, or its `typefoundry.toml` is invalid.
    pub fn repository(&self) -> Result<Repository> {
        Repository::find(&self.folders(), self.color)
    }

    fn folders(&self) -> Folders {
        Folders { spec: self.spec.clone(), output: self.out.clone() }
    }
}

/// The commands for a repository with descriptions.
#[derive(Subcommand)]
pub enum Command {
    /// Prepare a repository for descriptions and packages
    ///
    /// Writes typefoundry.toml, a sample API, the manifest of a workspace, a workflow that runs `check`, and .gitattributes, and
    /// generates the packages. In a package or workspace, its manifest gets the missing members. Other files are kept.
    Init(init::Args),
    /// Generate the packages from the descriptions
    ///
    /// Writes changed files, removes files that are no longer generated, and prints their names and the contents of each
    /// package. If a description has an error, nothing is written. A package is removed only with `--remove-package`, and a
    /// file that was edited by hand is replaced only with `--force`.
    Generate(generate::Args),
    /// Check that the packages match the descriptions, like `generate --check`
    Check(generate::CheckArgs),
    /// Create a description to complete
    ///
    /// The description is valid. Replace each `TODO` in it.
    New(scaffold::Args),
    /// Print the reference of the description language
    Reference,
    /// Explain the code of a problem
    Explain(reference::ExplainArgs),
}

impl Command {
    /// Runs the command. Returns whether it found no problem.
    ///
    /// `extra` returns files to write and to check in addition to the packages, such as copies of other files.
    ///
    /// # Errors
    ///
    /// The command could not be completed. Problems in descriptions are printed instead.
    pub fn run(
        &self,
        options: &Options,
        extra: impl Fn(&Repository) -> Result<Vec<File>> + Sync,
    ) -> Result<bool> {
        let style = console::style(options.color);
        match self {
            Self::Init(args) => init::run(args, &options.folders(), options.color),
            Self::Generate(args) => generate::run(&options.repository()?, args, extra, style),
            Self::Check(args) => generate::check(&options.repository()?, args, extra, style),
            Self::New(args) => scaffold::run(&options.repository()?, args, style),
            Self::Reference => {
                reference::print();
                Ok(true)
            }
            Self::Explain(args) => reference::explain(args).map(|()| true),
        }
    }
}

/// Runs the command of the command line.
pub fn main() -> ExitCode {
    let program = Program::command().bin_name(program_name(std::env::args_os().next().as_deref()));
    let parsed = program.try_get_matches().and_then(|matches| Program::from_arg_matches(&matches));
    match parsed {
        Ok(program) => exit(program.command.run(&program.options, |_| Ok(Vec::new()))),
        Err(error) => error.exit(),
    }
}

/// Returns the name of the program as people type it. A package `xtask` runs as `cargo xtask`.
fn program_name(first: Option<&OsStr>) -> &'static str {
    let stem = first.and_then(|path| Path::new(path).file_stem());
    if stem.is_some_and(|stem| stem == "xtask") { "cargo xtask" } else { "typefoundry" }
}

/// Returns the exit code of a command, and prints its error.
pub fn exit(result: Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            errln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::program_name;
    use std::ffi::OsStr;

    #[test]
    fn program_is_named_as_people_type_it() {
        for (path, name) in [
            ("target/debug/xtask", "cargo xtask"),
            ("xtask.exe", "cargo xtask"),
            ("/bin/typefoundry", "typefoundry"),
        ] {
            assert_eq!(program_name(Some(OsStr::new(path))), name);
        }
        assert_eq!(program_name(None), "typefoundry");
    }
}
