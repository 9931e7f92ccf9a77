//! What somebody reads who uses a resource and forgot its feature: the compiler has to name the feature.

use std::path::Path;
use std::process::Command;

#[test]
fn the_compiler_names_the_feature() {
    // A folder of its own, since the cargo around this test may hold the lock of the usual one.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feature-off");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--locked", "--color=never", "--package=feature-off", "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "it compiles, so the resource is there without its feature");
    for part in [
        "could not find `organizations` in `stytch_b2b`",
        "found an item that was configured out",
        "the item is gated behind the `organizations` feature",
        "could not find `user_management` in `workos_api`",
        "the item is gated behind the `user_management` feature",
    ] {
        assert!(message.contains(part), "`{part}` is missing in:\n{message}");
    }
    // Of the second package one feature is named, and what comes along with it is there.
    for part in ["could not find `organizations` in `workos_api`", "`organization_domains`"] {
        assert!(!message.contains(part), "`{part}` is in:\n{message}");
    }
}
