//! `cargo xtask check-features`: compiles every documented combination of features.
//!
//! Checks, for the runtime and each generated package, no features, each feature alone, and the combinations of its README,
//! which its manifest repeats. For the runtime, also checks each pair, because its features interact. The bridges have no
//! features and are checked as they are. Combinations without network and clock are also checked for
//! `wasm32-unknown-unknown` if that target is installed, the bridges never: their libraries require an operating system.
//! A warning is a failure.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use typefoundry::{Repository, members};
use typefoundry::{errln, outln};

#[derive(clap::Args)]
pub struct Args {
    /// Print the combinations without checking them
    #[arg(long)]
    list: bool,
}

/// A package and its enabled features, sorted.
type Combination = (String, Vec<String>);

/// A target without an operating system, where a package needs a custom transport.
const WASM: &str = "wasm32-unknown-unknown";

/// Features that require an operating system.
const NATIVE: [&str; 6] = ["aws-lc", "http2", "hyper", "pkce", "ring", "tokio"];

/// Checks all combinations, and returns whether all compile without a warning.
pub fn run(repository: &Repository, args: &Args) -> Result<bool> {
    let mut combinations = combinations_of(&manifest(repository, "runtime")?, true)?;
    for package in repository.packages()? {
        combinations.extend(combinations_of(&manifest(repository, &package)?, false)?);
    }
    let bridges = bridges(repository)?;
    let native = combinations.iter().chain(&bridges).map(|combination| (combination, None));
    let has_wasm = has_target(WASM)?;
    let wasm = combinations.iter().filter(|combination| has_wasm && !is_native(combination));
    let checks: Vec<_> = native.chain(wasm.map(|combination| (combination, Some(WASM)))).collect();
    let mut failed = 0;
    for (combination, target) in &checks {
        outln!("{}", line(combination, *target));
        if !args.list && !compiles(repository, combination, *target)? {
            failed += 1;
        }
    }
    if !has_wasm {
        outln!("not checked for {WASM}; install the target with `rustup target add {WASM}`");
    }
    outln!("{} combination(s), {failed} failed", checks.len());
    Ok(failed == 0)
}

/// Returns the combinations of the crates below `runtime/bridges`.
fn bridges(repository: &Repository) -> Result<BTreeSet<Combination>> {
    let manifests = members(repository)?.into_iter().map(|member| member.manifest);
    let folders = manifests.filter_map(|path| path.strip_suffix("/Cargo.toml").map(str::to_owned));
    let bridges = folders.filter(|folder| folder.starts_with("runtime/bridges/"));
    let combinations = bridges.map(|folder| combinations_of(&manifest(repository, &folder)?, false));
    Ok(combinations.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn line((package, features): &Combination, target: Option<&str>) -> String {
    let features = if features.is_empty() { "no features".to_owned() } else { features.join(", ") };
    let target = target.map(|target| format!(" for {target}"));
    format!("{package}{}: {features}", target.unwrap_or_default())
}

fn is_native((_, features): &Combination) -> bool {
    features.iter().any(|feature| NATIVE.contains(&feature.as_str()))
}

/// Whether the standard library of a target is installed.
fn has_target(target: &str) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", target]).output();
    let output = output.context("failed to run rustc")?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}

fn manifest(repository: &Repository, folder: &str) -> Result<Table> {
    let path = format!("{folder}/Cargo.toml");
    let text =
        repository.read(&path)?.with_context(|| format!("failed to read {path}: the file does not exist"))?;
    text.parse().with_context(|| format!("failed to read {path}"))
}

/// Returns the combinations of a package, each once.
fn combinations_of(manifest: &Table, pairs: bool) -> Result<BTreeSet<Combination>> {
    let package = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let package = package.context("the manifest has no package name")?;
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

/// Compiles a combination and prints the warnings and errors of cargo. Both are a failure.
fn compiles(
    repository: &Repository,
    (package, features): &Combination,
    target: Option<&str>,
) -> Result<bool> {
    let output = Command::new("cargo")
        .args(["check", "--quiet", "--package", package, "--no-default-features", "--features"])
        .arg(features.join(","))
        .args(target.map(|target| format!("--target={target}")))
        .current_dir(repository.root())
        .output()
        .context("failed to run cargo")?;
    let messages = String::from_utf8_lossy(&output.stderr);
    if !messages.trim().is_empty() {
        errln!("{}", messages.trim_end());
    }
    Ok(output.status.success() && messages.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{WASM, bridges, combinations_of, has_target, is_native, line};

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
        let found = combinations_of(&MANIFEST.parse().unwrap(), pairs).unwrap();
        assert!(found.iter().all(|(package, _)| package == "acme"));
        found.into_iter().map(|(_, features)| features.join("+")).collect()
    }

    #[test]
    fn repeated_combination_is_checked_once() {
        assert_eq!(listed(false), ["", "a", "a+b+c", "a+c", "b", "c"]);
        assert_eq!(listed(true), ["", "a", "a+b", "a+b+c", "a+c", "b", "b+c", "c"]);
    }

    #[test]
    fn line_names_the_package_the_target_and_the_features() {
        let set =
            |features: &[&str]| ("acme".to_owned(), features.iter().map(|&name| name.to_owned()).collect());
        assert_eq!(line(&set(&[]), None), "acme: no features");
        assert_eq!(line(&set(&["a", "b"]), Some(WASM)), "acme for wasm32-unknown-unknown: a, b");
        assert!(is_native(&set(&["a", "hyper"])));
        assert!(!is_native(&set(&["a", "tracing"])));
    }

    #[test]
    fn bridges_are_checked_without_features() {
        let bridges = bridges(&crate::this_repository()).unwrap();
        let lines: Vec<_> = bridges.iter().map(|bridge| line(bridge, None)).collect();
        assert_eq!(lines, ["typefoundry-reqwest: no features", "typefoundry-tower: no features"]);
    }

    #[test]
    fn only_installed_targets_are_found() {
        let own = String::from_utf8(std::process::Command::new("rustc").arg("-vV").output().unwrap().stdout);
        let own = own.unwrap();
        let own = own.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        assert!(has_target(own).unwrap());
        assert!(!has_target("nothing-unknown-unknown").unwrap());
    }

    #[test]
    fn manifest_without_a_name_is_an_error() {
        assert!(combinations_of(&"[features]\na = []".parse().unwrap(), false).is_err());
    }
}
