//! The compiler's message about a resource whose feature is not enabled must name the feature.

use std::path::Path;
use std::process::Command;

/// Returns the compiler's messages about a package that does not compile.
fn message_of(package: &str) -> String {
    // A separate target folder, because the cargo process that runs this test can hold the lock of the default one.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--locked", "--color=never", "--package", package, "--target-dir"])
        .arg(target)
        .current_dir(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests"))
        .output()
        .expect("failed to run cargo");
    assert!(!output.status.success(), "`{package}` compiles, although the feature is not enabled");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn compiler_names_the_missing_feature() {
    let message = message_of("feature-off");
    for part in [
        "could not find `organizations` in `stytch_b2b`",
        "found an item that was configured out",
        "the item is gated behind the `organizations` feature",
        "could not find `user_management` in `workos_api`",
        "the item is gated behind the `user_management` feature",
    ] {
        assert!(message.contains(part), "`{part}` is missing in:\n{message}");
    }
    // One feature of the second package is enabled, so the resources that it enables exist.
    for part in ["could not find `organizations` in `workos_api`", "`organization_domains`"] {
        assert!(!message.contains(part), "`{part}` is in:\n{message}");
    }
}

#[test]
fn compiler_names_the_feature_of_blocking_calls() {
    let message = message_of("blocking-off");
    let said = message.matches("error[E0277]: blocking calls require the feature `blocking`").count();
    assert_eq!((said, message.matches("error[").count()), (5, 5), "{message}");
    assert!(message.contains("enable it in `Cargo.toml`: `features = [\"blocking\"]`"), "{message}");
}
