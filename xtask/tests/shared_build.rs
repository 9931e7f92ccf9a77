//! `cargo xtask` and `cargo test` share one build of the generator, because its dependencies have the same features in both.

use std::collections::BTreeSet;
use std::process::Command;

/// Returns the packages of a dependency tree, each with its features.
fn packages(arguments: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["tree", "--offline", "--prefix=none", "--format={p} {f}"]).args(arguments);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "the manifest lists the features that the members need on Linux"
)]
fn dependencies_of_the_commands_have_the_same_features_in_the_workspace() {
    let commands = packages(&["--package=xtask", "--edges=normal,build"]);
    let workspace = packages(&["--workspace", "--all-features", "--edges=normal,build,dev"]);
    assert!(commands.len() > 50 && workspace.len() > commands.len());
    let built_twice: Vec<_> = commands.difference(&workspace).collect();
    assert!(
        built_twice.is_empty(),
        "enable the features that other members enable, in xtask/Cargo.toml: {built_twice:#?}"
    );
}
