//! Credentials from the environment. Each case is a process of its own, because the
//! environment of this one is shared by all tests and cannot be changed safely.

use std::process::{Command, Output};
use std::time::Duration;

use stytch_b2b::Client;
use typefoundry_tests::PATIENCE;

/// Tells the child from a run of all ignored tests.
const MARK: &str = "TYPEFOUNDRY_WIRE_CHILD";

/// Runs in the child: makes the client and says how that went.
#[test]
#[ignore = "the other tests of this file run it, each in a process of its own"]
fn in_the_child() {
    if std::env::var_os(MARK).is_some() {
        match Client::from_env() {
            Ok(client) => println!("made {client:?}"),
            Err(error) => println!("failed {:?}: {error}", error.kind()),
        }
    }
}

/// What the child says in this environment.
fn said_with(variables: &[(&str, &str)]) -> String {
    let mut child = Command::new(std::env::current_exe().expect("this executable"))
        .args(["--exact", "from_env::in_the_child", "--ignored", "--nocapture"])
        .env_remove("STYTCH_PROJECT_ID")
        .env_remove("STYTCH_SECRET")
        .env(MARK, "1")
        .envs(variables.iter().copied())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a child");
    let deadline = std::time::Instant::now() + PATIENCE;
    while child.try_wait().expect("a child").is_none() {
        if std::time::Instant::now() > deadline {
            child.kill().expect("to end the child");
            panic!("the child hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let Output { status, stdout, .. } = child.wait_with_output().expect("what it said");
    assert!(status.success());
    String::from_utf8(stdout).expect("text")
}

#[test]
fn both_variables_make_a_client() {
    let said = said_with(&[("STYTCH_PROJECT_ID", "project-live-1d2e"), ("STYTCH_SECRET", "hush-of-the-env")]);
    assert!(said.contains("made Client") && said.contains("\"https://api.stytch.com\""), "{said}");
    assert!(!said.contains("hush"), "{said}");
    let said = said_with(&[("STYTCH_PROJECT_ID", "project-test-1d2e"), ("STYTCH_SECRET", "hush-of-the-env")]);
    assert!(said.contains("made Client") && said.contains("\"https://test.stytch.com\""), "{said}");
}

#[test]
fn a_variable_that_is_missing_or_empty_is_named() {
    let project = ("STYTCH_PROJECT_ID", "project-test-1d2e");
    let secret = ("STYTCH_SECRET", "hush-of-the-env");
    for (variables, named) in [
        (vec![], "STYTCH_PROJECT_ID"),
        (vec![secret], "STYTCH_PROJECT_ID"),
        (vec![("STYTCH_PROJECT_ID", ""), secret], "STYTCH_PROJECT_ID"),
        (vec![project], "STYTCH_SECRET"),
        (vec![project, ("STYTCH_SECRET", "")], "STYTCH_SECRET"),
    ] {
        let said = said_with(&variables);
        assert!(said.contains("failed Config: ") && said.contains(named), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
}
