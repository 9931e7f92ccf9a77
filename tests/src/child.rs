//! Tests in child processes. All tests of a process share its environment, which cannot be changed safely.

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::PATIENCE;

/// Distinguishes the child from a run of all ignored tests.
const MARK: &str = "TYPEFOUNDRY_CHILD";

/// Whether this process was started by [`output_of_child`].
#[must_use]
pub fn is_child() -> bool {
    std::env::var_os(MARK).is_some()
}

/// Runs an ignored test of this executable with these environment variables and returns its output. A variable
/// without a value is removed.
///
/// # Panics
/// Panics if the child fails or takes longer than [`PATIENCE`].
#[must_use]
pub fn output_of_child(test: &str, variables: &[(&str, Option<&str>)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("failed to find this executable"));
    command.args(["--exact", test, "--ignored", "--nocapture"]).env(MARK, "1").stdout(Stdio::piped());
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child = command.spawn().expect("failed to run the child");
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().expect("failed to run the child").is_none() {
        if Instant::now() > deadline {
            child.kill().expect("failed to kill the child");
            panic!("the child timed out");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let Output { status, stdout, .. } =
        child.wait_with_output().expect("failed to read the output of the child");
    assert!(status.success());
    String::from_utf8(stdout).expect("the output is UTF-8")
}
