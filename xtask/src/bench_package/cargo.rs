//! Measured runs of cargo, with their own target folder, so that other builds do not affect them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use wait4::Wait4 as _;

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

/// The resources that a run of cargo used, with its compilers.
#[derive(Clone, Copy)]
pub struct Cost {
    /// The CPU time in user mode. Other processes on the machine affect it less than the elapsed time.
    pub cpu: Duration,
    /// The peak memory of the largest process, in bytes.
    pub memory: u64,
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

    /// Compiles what is not fresh, and returns the cost.
    pub fn measure(&self, verb: Verb) -> Result<Cost> {
        let verb = match verb {
            Verb::Check => "check",
            Verb::Build => "build",
        };
        let mut command = self.command(verb);
        command.arg("--lib").args(self.features.arguments());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("failed to run {command:?}"))?;
        let mut errors = String::new();
        if let Some(stderr) = &mut child.stderr {
            stderr.read_to_string(&mut errors).context("failed to read the output of cargo")?;
        }
        let used = child.wait4().with_context(|| format!("failed to wait for {command:?}"))?;
        ensure!(used.status.success(), "{command:?} failed:\n{errors}");
        Ok(Cost { cpu: used.rusage.utime, memory: used.rusage.maxrss })
    }

    /// Makes the next run compile the package again, and none of its dependencies.
    pub fn touch(&self) -> Result<()> {
        let root = self.folder.join("src/lib.rs");
        let file = fs::File::options().append(true).open(&root);
        file.and_then(|file| file.set_modified(std::time::SystemTime::now()))
            .with_context(|| format!("failed to touch {}", root.display()))
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
