//! Cargo as it is timed: with a target folder of its own, so that nothing of what a person builds counts in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// What cargo is to do with a package.
#[derive(Clone, Copy)]
pub enum Verb {
    Check,
    Build,
}

/// Which features of a generated package are on.
#[derive(Clone, Copy)]
pub enum Features {
    Default,
    /// All resources without a transport: the least that knows every operation.
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

/// Commands on one package.
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

    /// Compiles what is not fresh; how long that took.
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

    /// Forgets what was compiled of the package, and nothing else.
    pub fn clean(&self) -> Result<()> {
        finish(&mut self.command("clean")).map(drop)
    }

    /// The crates that the package is made of, one a line.
    pub fn tree(&self, arguments: &[&str]) -> Result<String> {
        let mut command = self.command("tree");
        let output = finish(command.args(self.features.arguments()).args(arguments))?;
        String::from_utf8(output.stdout).context("`cargo tree` printed something that is not text")
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new("cargo");
        command
            .args([verb, "--quiet", "--package", &self.package])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // Incremental compilation writes files that a first compile would not need.
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

fn finish(command: &mut Command) -> Result<Output> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(output)
}

/// Removes a folder with all that is in it, where there is one.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
