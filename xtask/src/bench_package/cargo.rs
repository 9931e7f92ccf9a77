//! Measured runs of cargo, with their own target folder, so that other builds do not affect them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// A command of cargo that compiles.
#[derive(Clone, Copy)]
pub enum Verb {
    Check,
    Build,
}

/// The enabled features of a generated package.
#[derive(Clone, Copy)]
pub enum Features {
    Default,
    /// All resources without a transport: the smallest set with every operation.
    Resources,
}

impl Features {
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Default => &[],
            Self::Resources => &["--no-default-features", "--features", "resources"],
        }
    }
}

/// Runs cargo for one package.
pub struct Cargo {
    folder: PathBuf,
    target: PathBuf,
    package: String,
    features: Features,
}

impl Cargo {
    /// Runs in `folder`, with the target folder `target`.
    pub fn new(folder: &Path, target: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
            package: String::new(),
            features: Features::Resources,
        }
    }

    pub fn package(mut self, name: &str) -> Self {
        self.package = name.to_owned();
        self
    }

    pub fn features(mut self, features: Features) -> Self {
        self.features = features;
        self
    }

    /// Compiles what is not fresh, and returns the duration.
    pub fn timed(&self, verb: Verb) -> Result<Duration> {
        let verb = match verb {
            Verb::Check => "check",
            Verb::Build => "build",
        };
        let mut command = self.command(verb);
        command.arg("--lib").args(self.features.arguments());
        let start = Instant::now();
        finish(&mut command)?;
        Ok(start.elapsed())
    }

    /// Removes the compiled artifacts of the package, and keeps those of its dependencies.
    pub fn clean(&self) -> Result<()> {
        finish(&mut self.command("clean")).map(drop)
    }

    /// Returns the dependency tree of the package.
    pub fn tree(&self, arguments: &[&str]) -> Result<String> {
        let mut command = self.command("tree");
        let output = finish(command.args(self.features.arguments()).args(arguments))?;
        String::from_utf8(output.stdout).context("`cargo tree` printed invalid UTF-8")
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new("cargo");
        command
            .args([verb, "--quiet", "--package", &self.package])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // Incremental compilation writes additional files, which a first build does not need.
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

fn finish(command: &mut Command) -> Result<Output> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(output)
}

/// Removes a folder and its contents, if it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("failed to remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
