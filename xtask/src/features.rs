//! `cargo xtask features`: whether every combination of features compiles that somebody is told of.
//!
//! Checked are, for each package that users get: no feature, each feature alone, and the combinations that its README
//! names, which its manifest repeats for us. For the runtime also each pair, since there features meet in code. What
//! brings no network, no clock and no cryptography of its own is checked for a browser as well, on machines that have
//! the target. A warning is a failure.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use crate::console::{errln, outln};
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    /// Print the combinations without checking them
    #[arg(long)]
    list: bool,
}

/// A package and the features that are on, sorted.
type Combination = (String, Vec<String>);

/// What has no operating system below it. A transport of one's own is all that a package needs there.
const BROWSER: &str = "wasm32-unknown-unknown";

/// Features that want an operating system.
const NATIVE: [&str; 6] = ["aws-lc", "http2", "hyper", "pkce", "ring", "tokio"];

/// Whether all of them compile without a warning.
pub fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let mut combinations = of_package(&manifest(workspace, "runtime")?, true)?;
    for package in workspace.packages()? {
        combinations.extend(of_package(&manifest(workspace, &package)?, false)?);
    }
    let here = combinations.iter().map(|combination| (combination, None));
    let browser = has_target(BROWSER)?;
    let there = combinations.iter().filter(|combination| browser && !is_native(combination));
    let checks: Vec<_> = here.chain(there.map(|combination| (combination, Some(BROWSER)))).collect();
    let mut failed = 0;
    for (combination, target) in &checks {
        outln!("{}", line(combination, *target));
        if !args.list && !compiles(workspace, combination, *target)? {
            failed += 1;
        }
    }
    if !browser {
        outln!("not checked for {BROWSER}, which `rustup target add {BROWSER}` brings");
    }
    outln!("{} combination(s), {failed} failed", checks.len());
    Ok(failed == 0)
}

fn line((package, features): &Combination, target: Option<&str>) -> String {
    let features = if features.is_empty() { "nothing".to_owned() } else { features.join(", ") };
    let target = target.map(|target| format!(" for {target}"));
    format!("{package}{}: {features}", target.unwrap_or_default())
}

fn is_native((_, features): &Combination) -> bool {
    features.iter().any(|feature| NATIVE.contains(&feature.as_str()))
}

/// Whether the standard library for a target is on this machine.
fn has_target(target: &str) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", target]).output();
    let output = output.context("cannot run rustc")?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
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
fn compiles(workspace: &Workspace, (package, features): &Combination, target: Option<&str>) -> Result<bool> {
    let output = Command::new("cargo")
        .args(["check", "--quiet", "--package", package, "--no-default-features", "--features"])
        .arg(features.join(","))
        .args(target.map(|target| format!("--target={target}")))
        .current_dir(workspace.root())
        .output()
        .context("cannot run cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !said.trim().is_empty() {
        errln!("{}", said.trim_end());
    }
    Ok(output.status.success() && said.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{BROWSER, has_target, is_native, line, of_package};

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
    fn a_line_names_what_is_checked_and_where() {
        let set =
            |features: &[&str]| ("acme".to_owned(), features.iter().map(|&name| name.to_owned()).collect());
        assert_eq!(line(&set(&[]), None), "acme: nothing");
        assert_eq!(line(&set(&["a", "b"]), Some(BROWSER)), "acme for wasm32-unknown-unknown: a, b");
        assert!(is_native(&set(&["a", "hyper"])));
        assert!(!is_native(&set(&["a", "tracing"])));
    }

    #[test]
    fn the_machine_has_its_own_target_and_none_that_nobody_made() {
        let own = String::from_utf8(std::process::Command::new("rustc").arg("-vV").output().unwrap().stdout);
        let own = own.unwrap();
        let own = own.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        assert!(has_target(own).unwrap());
        assert!(!has_target("nothing-unknown-unknown").unwrap());
    }

    #[test]
    fn a_manifest_without_a_name_is_an_error() {
        assert!(of_package(&"[features]\na = []".parse().unwrap(), false).is_err());
    }
}
