//! Keeps the tree small that comes with one resource and a transport of one's own.

use std::collections::BTreeSet;
use std::process::Command;

/// What a transport brings and nobody should get without one, and what is too big for its use.
const UNWANTED: [&str; 9] =
    ["aws-lc-rs", "hyper", "hyper-util", "reqwest", "ring", "rustls", "syn", "tokio", "url"];

/// How many packages may come along, the two generated ones counted. Raise it on purpose only.
const MOST: usize = 31;

#[test]
fn one_resource_brings_few_dependencies() {
    let packages = packages(&["--no-default-features", "--features=one-resource"]);
    println!("{} packages: {packages:?}", packages.len());
    let unwanted: Vec<_> = UNWANTED.iter().filter(|name| packages.contains(**name)).collect();
    assert!(unwanted.is_empty(), "{unwanted:?} came along");
    assert!(packages.len() <= MOST, "{} packages instead of {MOST}: {packages:?}", packages.len());
}

#[test]
fn the_default_transport_brings_what_it_needs() {
    let packages = packages(&[]);
    println!("{} packages", packages.len());
    // Else the names above are no longer those of what the transport uses, and the other test says nothing.
    for name in ["hyper", "rustls", "ring", "tokio"] {
        assert!(packages.contains(name), "{name} is missing in {packages:?}");
    }
}

/// The names of all packages that this one needs, itself left out.
fn packages(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges=normal", "--prefix=none", "--format={p}"])
        .args(features)
        .current_dir(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    tree.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
