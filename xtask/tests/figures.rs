//! The recorded figures are current.

use std::process::Command;

/// Builds the packages in release mode and counts, which takes a minute without a cache.
#[test]
fn recorded_figures_are_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("figures").output().unwrap();
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
