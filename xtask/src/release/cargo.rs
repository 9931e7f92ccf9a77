//! The commands that the checks run.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use typefoundry::Repository;

use super::docs_rs::DocCommand;
use super::workspace::Workspace;

/// Returns the crates of the workspace.
pub fn metadata(repository: &Repository) -> Result<Workspace> {
    Workspace::parse(&output(repository, "cargo", &["metadata", "--no-deps", "--format-version=1"])?)
}

/// Returns the files that the archive of a crate contains.
pub fn package_list(repository: &Repository, krate: &str) -> Result<String> {
    output(repository, "cargo", &["package", "--quiet", "--list", "--allow-dirty", "--package", krate])
}

/// Returns a line for each file that differs from the last commit.
pub fn git_status(repository: &Repository) -> Result<String> {
    output(repository, "git", &["status", "--porcelain"])
}

/// Builds the docs of a crate. Returns whether there was no warning.
pub fn doc(repository: &Repository, command: &DocCommand) -> Result<bool> {
    let mut cargo = Command::new("cargo");
    cargo.args(&command.arguments).arg("--quiet").env("RUSTDOCFLAGS", &command.rustdoc_flags);
    succeeds(repository, &mut cargo)
}

/// Runs cargo with these arguments. Returns whether it succeeded.
pub fn run(repository: &Repository, arguments: &[String]) -> Result<bool> {
    succeeds(repository, Command::new("cargo").args(arguments))
}

fn succeeds(repository: &Repository, command: &mut Command) -> Result<bool> {
    let status = command.current_dir(repository.root()).status().context("failed to run cargo")?;
    Ok(status.success())
}

fn output(repository: &Repository, program: &str, arguments: &[&str]) -> Result<String> {
    let command = || format!("{program} {}", arguments.join(" "));
    let output = Command::new(program)
        .args(arguments)
        .current_dir(repository.root())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("failed to run {}", command()))?;
    if !output.status.success() {
        bail!("failed to run {}: {}", command(), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
