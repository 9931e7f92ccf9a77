//! A command of a longer run, with its name and cost.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use wait4::Wait4 as _;

use typefoundry::Repository;

/// A step of CI.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: &'static str,
    /// Relative to the root of the workspace.
    pub folder: &'static str,
    pub command: Vec<&'static str>,
    pub env: Vec<(&'static str, &'static str)>,
}

impl Step {
    pub fn cargo(name: &'static str, arguments: &'static str) -> Self {
        Self {
            name,
            folder: "",
            command: ["cargo"].into_iter().chain(arguments.split_whitespace()).collect(),
            env: Vec::new(),
        }
    }

    pub fn within(mut self, folder: &'static str) -> Self {
        self.folder = folder;
        self
    }

    pub fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.env.push((name, value));
        self
    }

    /// Returns the command line, for a shell.
    pub fn line(&self) -> String {
        let mut words: Vec<String> =
            self.env.iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        words.extend(self.command.iter().map(|word| (*word).to_owned()));
        let line = words.join(" ");
        if self.folder.is_empty() { line } else { format!("(cd {} && {line})", self.folder) }
    }

    /// Runs the command, and returns whether it succeeded and its cost.
    pub fn run(&self, repository: &Repository) -> Result<(bool, Cost)> {
        let start = Instant::now();
        let (program, arguments) = self.command.split_first().context("the step has no command")?;
        let child = Command::new(program)
            .args(arguments)
            .envs(self.env.iter().copied())
            .current_dir(repository.path(self.folder))
            .spawn()
            .with_context(|| format!("failed to run {}", self.line()))?;
        let ended = child.wait4().with_context(|| format!("failed to run {}", self.line()))?;
        let cpu = ended.rusage.utime + ended.rusage.stime;
        Ok((ended.status.success(), Cost { elapsed: start.elapsed(), cpu }))
    }
}

/// The time that a command took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub elapsed: Duration,
    /// The CPU time of the command and its child processes, which varies less on a busy machine.
    pub cpu: Duration,
}
