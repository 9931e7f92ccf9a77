//! Runs the commands as processes: their repository and their output.

use std::io::pipe;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const API: &str = "\
doc: People.
package: { name: acme, version: 0.1.0, doc: Typed client of the Acme API. }
credentials:
  key: { type: secret, doc: Proves who calls., env: ACME_KEY }
servers:
  live: { url: https://api.acme.test, doc: The one and only. }
auth: { bearer: { token: key } }
";

/// Creates a repository in a temporary folder.
fn clone() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("spec/acme")).unwrap();
    std::fs::write(folder.path().join("typefoundry.toml"), "").unwrap();
    std::fs::write(folder.path().join("spec/acme/api.yaml"), API).unwrap();
    folder
}

fn typefoundry(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_typefoundry"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One binary serves both, as with clones that share a target folder.
#[test]
fn command_uses_the_repository_of_the_working_directory() {
    let (one, two) = (clone(), clone());
    std::fs::write(two.path().join("spec/acme/api.yaml"), API.replace("name: acme", "name: acme-two"))
        .unwrap();
    for (folder, package) in [(&one, "acme"), (&two, "acme-two")] {
        let output = typefoundry(&folder.path().join("spec/acme"), &["generate"]).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(folder.path().join("generated").join(package).join("Cargo.toml").exists());
    }
    assert!(!one.path().join("generated/acme-two").exists() && !two.path().join("generated/acme").exists());
}

#[test]
fn command_outside_of_a_repository_fails_with_the_searched_folder() {
    let folder = tempfile::tempdir().unwrap();
    let output = typefoundry(folder.path(), &["generate"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("error: failed to find typefoundry.toml: "), "{}", stderr(&output));
}

#[test]
fn closed_pipe_does_not_end_the_command() {
    let folder = clone();
    // Causes a warning, so that both streams have output.
    std::fs::write(folder.path().join("spec/acme/.DS_Store"), "").unwrap();
    let (closed, stdout) = pipe().unwrap();
    drop(closed);
    let output = typefoundry(folder.path(), &["generate"]).stdout(stdout).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).starts_with("warning[TF0008]") && !stderr(&output).contains("panicked"),
        "{}",
        stderr(&output)
    );
    assert!(folder.path().join("generated/acme/Cargo.toml").exists());

    std::fs::remove_dir_all(folder.path().join("generated")).unwrap();
    let (closed, stderr) = pipe().unwrap();
    drop(closed);
    let output = typefoundry(folder.path(), &["generate"]).stderr(stderr).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("written: generated/acme/Cargo.toml\n"));
}

#[test]
fn color_flag_has_precedence_over_the_environment() {
    let folder = clone();
    std::fs::write(folder.path().join("spec/acme/api.yaml"), "doc: 1\n").unwrap();
    let run = |arguments: &[&str]| {
        stderr(&typefoundry(folder.path(), arguments).env("NO_COLOR", "1").output().unwrap())
    };
    assert!(run(&["generate", "--color", "always"]).contains("\u{1b}["));
    assert!(!run(&["generate"]).contains('\u{1b}'));
    assert!(!run(&["--color=never", "generate"]).contains('\u{1b}'));
}

/// Cargo loads a workspace whose generated packages consist only of their manifests, so a `cargo xtask` can restore the other files.
#[test]
fn workspace_loads_with_only_the_manifests_of_packages() {
    let folder = clone();
    let root = folder.path();
    std::fs::write(root.join("Cargo.toml"), "[workspace]\nmembers = [\"generated/*\"]\n").unwrap();
    assert!(typefoundry(root, &["generate"]).output().unwrap().status.success());
    std::fs::remove_dir_all(root.join("generated/acme/src")).unwrap();
    std::fs::remove_dir_all(root.join("generated/acme/tests")).unwrap();
    let metadata = || {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]).current_dir(root);
        cargo.output().unwrap()
    };
    let loaded = metadata();
    assert!(loaded.status.success(), "{}", stderr(&loaded));
    std::fs::remove_file(root.join("generated/acme/Cargo.toml")).unwrap();
    assert!(
        !metadata().status.success(),
        "cargo cannot load a workspace with a member folder without a manifest"
    );
}
