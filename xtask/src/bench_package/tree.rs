//! The dependencies of a generated package.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Package;
use super::cargo::{Cargo, Features};
use super::table::Table;
use typefoundry::Repository;

/// Counts the dependencies of the package, and prints their tree without a transport.
pub fn count(repository: &Repository, package: &Package) -> Result<Table> {
    let mut table = Table::new(["dependencies", "count"]);
    for (features, title) in
        [(Features::Resources, "all resources, no transport"), (Features::Default, "default features")]
    {
        table.row([title.to_owned(), crates(repository, &package.name, features)?.to_string()]);
    }
    let small = cargo(repository, &package.name, Features::Resources).tree(&["--edges", "normal,build"])?;
    table.note(format!("\n{}", without_paths(&small)));
    Ok(table)
}

/// The system whose crates are counted, so that the count is the same on all systems.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Counts the crates that a package depends on.
pub fn crates(repository: &Repository, package: &str, features: Features) -> Result<usize> {
    let arguments = ["--edges", "normal,build", "--prefix", "none", "--target", TARGET];
    Ok(distinct(&cargo(repository, package, features).tree(&arguments)?))
}

fn cargo(repository: &Repository, package: &str, features: Features) -> Cargo {
    Cargo::new(repository.root(), &repository.path("target/bench-package"))
        .package(package)
        .features(features)
}

/// Counts the crates of a tree without its root, each once.
fn distinct(tree: &str) -> usize {
    let names = tree.lines().skip(1).map(|line| line.split_whitespace().take(2).collect::<Vec<_>>());
    names.collect::<BTreeSet<_>>().len()
}

/// Removes the paths of this machine from a tree.
fn without_paths(tree: &str) -> String {
    let line = |line: &str| line.split(" (/").next().unwrap_or(line).to_owned();
    tree.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::distinct;

    #[test]
    fn repeated_dependency_is_counted_once() {
        assert_eq!(distinct("acme v0.1.0 (/x)\na v1.0.0\nb v1.0.0\nc v1.0.0\na v1.0.0 (*)\na v2.0.0\n"), 4);
    }
}
