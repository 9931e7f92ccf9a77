//! `cargo xtask check-rust-version`: compiles the published crates with the oldest Rust version that they declare.
//!
//! A version that is not installed is not checked. Clippy also reports items of the standard library that are newer than the
//! declared version, but no newer syntax.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, Result};
use typefoundry::{Repository, outln};

use crate::release::{Crate, Workspace, metadata};

#[derive(clap::Args)]
pub struct Args {
    /// Also check the generator and the commands, which takes twice as long
    #[arg(long)]
    all: bool,
}

/// The crates that users run, and do not link.
const TOOLS: [&str; 2] = ["typefoundry", "typefoundry-codegen"];

/// Features that compile C code. The code of ours behind them is a line each.
const WITH_C_CODE: [&str; 2] = ["aws-lc", "ring"];

/// Checks the crates, with and without their features. Returns whether all compile.
pub fn run(repository: &Repository, args: &Args) -> Result<bool> {
    let workspace = metadata(repository)?;
    let toolchains = toolchains();
    let mut passed = true;
    for (version, crates) in by_version(&workspace, args.all) {
        let Some(toolchain) = installed(&toolchains, version) else {
            outln!(
                "not checked with Rust {version}; install it with `rustup toolchain install {version} --profile minimal`"
            );
            continue;
        };
        for arguments in checks(&crates) {
            outln!("Rust {version}: cargo {}", arguments.join(" "));
            passed &= Command::new("rustup")
                .args(["run", toolchain, "cargo"])
                .args(&arguments)
                .current_dir(repository.root())
                .status()
                .context("failed to run rustup")?
                .success();
        }
    }
    Ok(passed)
}

/// Returns the output of `rustup toolchain list`; empty without rustup.
fn toolchains() -> String {
    let output = Command::new("rustup").args(["toolchain", "list"]).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

/// Returns the name of the installed toolchain of a version such as `1.88`.
fn installed<'l>(toolchains: &'l str, version: &str) -> Option<&'l str> {
    let mut names = toolchains.lines().filter_map(|line| line.split_whitespace().next());
    names.find(|name| name.strip_prefix(version).is_some_and(|rest| rest.starts_with(['-', '.'])))
}

/// Returns the published crates by the Rust version that they declare.
fn by_version(workspace: &Workspace, all: bool) -> BTreeMap<&str, Vec<&Crate>> {
    let mut versions: BTreeMap<&str, Vec<&Crate>> = BTreeMap::new();
    for krate in workspace.published() {
        if let Some(version) = krate.rust_version.as_deref()
            && (all || !TOOLS.contains(&krate.name.as_str()))
        {
            versions.entry(version).or_default().push(krate);
        }
    }
    versions
}

/// Returns the arguments of cargo: all crates with all features, then the crates that the others build on without features.
fn checks(crates: &[&Crate]) -> Vec<Vec<String>> {
    let features: Vec<String> = crates.iter().flat_map(|krate| features(krate)).collect();
    let check = |crates: &mut dyn Iterator<Item = &&Crate>, features: &[String]| {
        let mut arguments =
            ["check", "--quiet", "--lib", "--no-default-features"].map(str::to_owned).to_vec();
        arguments.extend(crates.flat_map(|krate| ["--package".to_owned(), krate.name.clone()]));
        if !features.is_empty() {
            arguments.extend(["--features".to_owned(), features.join(",")]);
        }
        arguments
    };
    let mut checks = vec![check(&mut crates.iter(), &features)];
    if !features.is_empty() {
        let is_base =
            |krate: &&&Crate| !krate.features.is_empty() && krate.local_dependencies().next().is_none();
        checks.push(check(&mut crates.iter().filter(is_base), &[]));
    }
    checks
}

/// Returns the features of a crate, with the name of the crate.
fn features(krate: &Crate) -> Vec<String> {
    let features = krate.features.keys().map(String::as_str);
    let features = features.filter(|name| *name != "default" && !WITH_C_CODE.contains(name));
    features.map(|feature| format!("{}/{feature}", krate.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::{by_version, checks, installed};
    use crate::release::{Crate, Dependency, Workspace};

    fn krate(name: &str, version: &str, features: &[&str]) -> Crate {
        let features =
            features.iter().map(|name| ((*name).to_owned(), Vec::<String>::new().into())).collect();
        let rust_version = Some(version.to_owned());
        Crate { name: name.to_owned(), rust_version, features, ..Crate::default() }
    }

    #[test]
    fn toolchain_of_a_version_is_found() {
        let list =
            "stable-x86_64-unknown-linux-gnu (active, default)\n1.88.0-x86_64-unknown-linux-gnu\n1.9-x\n";
        assert_eq!(installed(list, "1.88"), Some("1.88.0-x86_64-unknown-linux-gnu"));
        assert_eq!(installed(list, "1.88.0"), Some("1.88.0-x86_64-unknown-linux-gnu"));
        assert_eq!(installed(list, "1.9"), Some("1.9-x"));
        assert_eq!(installed(list, "1.8"), None);
        assert_eq!(installed("", "1.88"), None);
    }

    #[test]
    fn crates_are_grouped_by_their_version() {
        let tool = krate("typefoundry-codegen", "1.88", &[]);
        let unpublished = Crate { publish: Some(Vec::new()), ..krate("x", "1.88", &[]) };
        let crates = vec![krate("a", "1.88", &[]), krate("b", "1.85", &[]), tool, unpublished];
        let workspace = Workspace { crates };
        let names = |all| -> Vec<(String, Vec<String>)> {
            let groups = by_version(&workspace, all).into_iter();
            let names = |crates: Vec<&Crate>| crates.iter().map(|krate| krate.name.clone()).collect();
            groups.map(|(version, crates)| (version.to_owned(), names(crates))).collect()
        };
        let group = |version: &str, names: &[&str]| {
            (version.to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(names(false), [group("1.85", &["b"]), group("1.88", &["a"])]);
        assert_eq!(names(true), [group("1.85", &["b"]), group("1.88", &["a", "typefoundry-codegen"])]);
    }

    #[test]
    fn crates_are_checked_with_all_features_and_without() {
        let (a, b) = (krate("a", "1.88", &["default", "ring", "x", "y"]), krate("b", "1.88", &[]));
        let on_a = Dependency { name: "a".to_owned(), path: Some("/a".to_owned()), ..Dependency::default() };
        let c = Crate { dependencies: vec![on_a], ..krate("c", "1.88", &["x"]) };
        let lines = |crates: &[&Crate]| -> Vec<String> {
            checks(crates).iter().map(|arguments| arguments.join(" ")).collect()
        };
        let start = "check --quiet --lib --no-default-features";
        assert_eq!(
            lines(&[&a, &b, &c]),
            [
                format!("{start} --package a --package b --package c --features a/x,a/y,c/x"),
                format!("{start} --package a"),
            ]
        );
        assert_eq!(lines(&[&b]), [format!("{start} --package b")]);
    }
}
