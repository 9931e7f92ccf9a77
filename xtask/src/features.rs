//! `cargo xtask features`: whether every combination of features compiles that somebody is told of.
//!
//! Checked are, for each package that users get: no feature, each feature alone, and the combinations that its README
//! names, which its manifest repeats for us. For the runtime also each pair, since there features meet in code. A
//! warning is a failure.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    /// Print the combinations without checking them
    #[arg(long)]
    list: bool,
}

/// A package and the features that are on, sorted.
type Combination = (String, Vec<String>);

/// Whether all of them compile without a warning.
pub fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let mut combinations = of_package(&manifest(workspace, "runtime")?, true)?;
    for package in workspace.packages()? {
        combinations.extend(of_package(&manifest(workspace, &package)?, false)?);
    }
    let mut failed = 0;
    for (package, features) in &combinations {
        println!(
            "{package}: {}",
            if features.is_empty() { "nothing".to_owned() } else { features.join(", ") }
        );
        if !args.list && !compiles(workspace, package, features)? {
            failed += 1;
        }
    }
    println!("{} combination(s), {failed} failed", combinations.len());
    Ok(failed == 0)
}

fn manifest(workspace: &Workspace, folder: &str) -> Result<Table> {
    let path = format!("{folder}/Cargo.toml");
    let text = workspace.read(&path)?.with_context(|| format!("there is no {path}"))?;
    text.parse().with_context(|| format!("cannot read {path}"))
}

/// What is to be checked of a package, each set once.
fn of_package(manifest: &Table, pairs: bool) -> Result<BTreeSet<Combination>> {
    let package = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let package = package.context("a manifest without a name")?;
    let features = manifest.get("features").and_then(Value::as_table).into_iter().flat_map(Table::keys);
    let features: Vec<&str> = features.map(String::as_str).filter(|name| *name != "default").collect();
    let named = manifest
        .get("package")
        .and_then(|package| package.get("metadata")?.get("features")?.get("combinations")?.as_array())
        .map(|named| named.iter().map(strings).collect::<Vec<_>>());
    let alone = features.iter().map(|feature| vec![*feature]);
    let pairs = features
        .iter()
        .enumerate()
        .filter(|_| pairs)
        .flat_map(|(at, first)| features.iter().skip(at + 1).map(move |second| vec![*first, *second]));
    let all =
        [Vec::new(), features.clone()].into_iter().chain(alone).chain(pairs).chain(named.unwrap_or_default());
    Ok(all.map(|features| (package.to_owned(), sorted(&features))).collect())
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn sorted(features: &[&str]) -> Vec<String> {
    features.iter().map(|feature| (*feature).to_owned()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Says nothing when all is well: cargo is quiet then, and a warning is something.
fn compiles(workspace: &Workspace, package: &str, features: &[String]) -> Result<bool> {
    let output = Command::new("cargo")
        .args(["check", "--quiet", "--package", package, "--no-default-features", "--features"])
        .arg(features.join(","))
        .current_dir(workspace.root())
        .output()
        .context("cannot run cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    Ok(output.status.success() && said.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::of_package;

    const MANIFEST: &str = r#"
        [package]
        name = "acme"
        [package.metadata.features]
        combinations = [["a", "c"], ["c", "b", "a"]]
        [features]
        default = ["a"]
        a = []
        b = []
        c = []
    "#;

    fn listed(pairs: bool) -> Vec<String> {
        let found = of_package(&MANIFEST.parse().unwrap(), pairs).unwrap();
        assert!(found.iter().all(|(package, _)| package == "acme"));
        found.into_iter().map(|(_, features)| features.join("+")).collect()
    }

    #[test]
    fn a_set_is_checked_once_whoever_names_it() {
        assert_eq!(listed(false), ["", "a", "a+b+c", "a+c", "b", "c"]);
        assert_eq!(listed(true), ["", "a", "a+b", "a+b+c", "a+c", "b", "b+c", "c"]);
    }

    #[test]
    fn a_manifest_without_a_name_is_an_error() {
        assert!(of_package(&"[features]\na = []".parse().unwrap(), false).is_err());
    }
}
