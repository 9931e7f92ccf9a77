//! Tests in processes of their own. The environment of this one is shared by all
//! tests and cannot be changed safely.

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::PATIENCE;

/// Tells the child from a run of all ignored tests.
const MARK: &str = "TYPEFOUNDRY_CHILD";

/// Whether this process is one that [`said_by_child`] started.
#[must_use]
pub fn is_child() -> bool {
    std::env::var_os(MARK).is_some()
}

/// What an ignored test of this executable says in an environment with these variables,
/// of which those without a value are taken away.
///
/// # Panics
/// When the child fails, or takes longer than [`PATIENCE`].
#[must_use]
pub fn said_by_child(test: &str, variables: &[(&str, Option<&str>)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this executable"));
    command.args(["--exact", test, "--ignored", "--nocapture"]).env(MARK, "1").stdout(Stdio::piped());
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child = command.spawn().expect("a child");
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().expect("a child").is_none() {
        if Instant::now() > deadline {
            child.kill().expect("to end the child");
            panic!("the child hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let Output { status, stdout, .. } = child.wait_with_output().expect("what it said");
    assert!(status.success());
    String::from_utf8(stdout).expect("text")
}
