//! Limits the dependency tree of one resource with a custom transport.

use std::collections::BTreeSet;
use std::process::Command;

/// Dependencies of a transport, and dependencies that are too large for their use.
const UNWANTED: [&str; 9] =
    ["aws-lc-rs", "hyper", "hyper-util", "reqwest", "ring", "rustls", "syn", "tokio", "url"];

/// The maximum number of packages, including the two generated ones. Raise it only for a good reason. `getrandom`, the
/// source of idempotency keys and jitter, needs `cfg-if` and `libc`.
const MOST: usize = 32;

#[test]
fn one_resource_has_few_dependencies() {
    let packages = packages(&["--no-default-features", "--features=one-resource"]);
    println!("{} packages: {packages:?}", packages.len());
    let unwanted: Vec<_> = UNWANTED.iter().filter(|name| packages.contains(**name)).collect();
    assert!(unwanted.is_empty(), "unwanted dependencies: {unwanted:?}");
    assert!(packages.len() <= MOST, "{} packages, at most {MOST} allowed: {packages:?}", packages.len());
}

#[test]
fn default_transport_has_the_unwanted_dependencies() {
    let packages = packages(&[]);
    println!("{} packages", packages.len());
    // Otherwise the names above are outdated, and the other test proves nothing.
    for name in ["hyper", "rustls", "ring", "tokio"] {
        assert!(packages.contains(name), "{name} is missing in {packages:?}");
    }
}

/// Returns the names of all packages that this one depends on.
fn packages(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges=normal", "--prefix=none", "--format={p}"])
        .args(features)
        .current_dir(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests"))
        .output()
        .expect("failed to run cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    tree.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
