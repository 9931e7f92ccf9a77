//! Measurements of one case. Each runs in a process of its own, so that cases do not affect each other's heap and caches.

mod exact;
mod time;

pub(crate) use exact::{allocations, instructions, run_counted};
pub(crate) use time::{median, seconds, seconds_here};

use std::path::Path;
use std::process::Command;

/// Starts a command with an empty environment, which would otherwise shift the addresses of the stack.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    command
}

/// Runs a command, and returns what it prints to standard output and standard error if it succeeds.
fn output(command: &mut Command) -> Option<(String, String)> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some((String::from_utf8(output.stdout).ok()?, String::from_utf8(output.stderr).ok()?))
}
