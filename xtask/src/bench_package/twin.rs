//! A copy of a generated package in its own folder, whose compilation is measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use toml::{Table, Value};
use walkdir::WalkDir;

use super::cargo::{Cargo, Cost, Verb, remove_folder};
use super::{Package, serde_derives};
use typefoundry::Repository;

/// The crate that generated packages depend on.
const RUNTIME: &str = "typefoundry-runtime";

/// A copy of a package.
pub struct Twin {
    cargo: Cargo,
}

impl Twin {
    /// Copies the package unchanged.
    pub fn plain(repository: &Repository, package: &Package) -> Result<Self> {
        Self::copy(repository, package, "plain", |_| Ok(()))
    }

    /// Copies the package with serde's derives instead of `json_object!`.
    pub fn with_serde(repository: &Repository, package: &Package) -> Result<Self> {
        Self::copy(repository, package, "serde", |folder| {
            edit_manifest(folder, serde_derives::add_dependencies)?;
            for path in rust_files(folder)? {
                let text = read(&path)?;
                let changed = serde_derives::transform(&text, path.ends_with("src/lib.rs"))
                    .with_context(|| format!("failed to convert {}", path.display()))?;
                write(&path, &changed)?;
            }
            Ok(())
        })
    }

    fn copy(
        repository: &Repository,
        package: &Package,
        kind: &str,
        change: impl Fn(&Path) -> Result<()>,
    ) -> Result<Self> {
        let root = repository.path("target/bench-package").join(kind);
        let folder = root.join(&package.name);
        remove_folder(&folder)?;
        let origin = &package.folder;
        for path in rust_files(origin)? {
            let relative = path.strip_prefix(origin).context("a file is outside of its package")?;
            write(&folder.join(relative), &read(&path)?)?;
        }
        for (from, to) in
            [(origin.join("README.md"), "README.md"), (repository.path("Cargo.lock"), "Cargo.lock")]
        {
            write(&folder.join(to), &read(&from)?)?;
        }
        write(&folder.join("Cargo.toml"), &manifest(repository, origin)?)?;
        change(&folder)?;
        Ok(Self { cargo: Cargo::new(&folder, &root.join("target")).package(&package.name) })
    }
}

/// Measures the cost of compiling each copy alone, with its dependencies already built. The copies alternate, so that other load on
/// the machine affects them equally.
pub fn costs<const N: usize>(twins: &[Twin; N], verb: Verb, runs: u32) -> Result<[Vec<Cost>; N]> {
    for twin in twins {
        twin.cargo.measure(verb)?;
    }
    let mut costs = [const { Vec::new() }; N];
    for _ in 0..runs {
        for (twin, costs) in twins.iter().zip(&mut costs) {
            let idle = twin.cargo.measure(verb)?;
            twin.cargo.touch()?;
            let busy = twin.cargo.measure(verb)?;
            costs.push(Cost { cpu: busy.cpu.saturating_sub(idle.cpu), ..busy });
        }
    }
    Ok(costs)
}

/// Returns the manifest of a package as its own workspace, with the settings that it inherits.
fn manifest(repository: &Repository, origin: &Path) -> Result<String> {
    let mut root = parse(&repository.path("Cargo.toml"))?;
    let mut manifest = parse(&origin.join("Cargo.toml"))?;
    let mut own =
        root.remove("workspace").and_then(as_table).context("the root manifest has no [workspace]")?;
    own.remove("members");
    manifest.remove("dev-dependencies");
    manifest.insert("workspace".to_owned(), Value::Table(own));
    let dependencies = manifest.get_mut("dependencies").and_then(Value::as_table_mut);
    let runtime = dependencies.and_then(|all| all.get_mut(RUNTIME)).and_then(Value::as_table_mut);
    let path = repository.path("runtime").display().to_string();
    runtime
        .context("the package does not depend on the runtime")?
        .insert("path".to_owned(), Value::String(path));
    toml::to_string(&manifest).context("failed to write the manifest")
}

fn edit_manifest(folder: &Path, edit: impl Fn(&mut Table)) -> Result<()> {
    let path = folder.join("Cargo.toml");
    let mut manifest = parse(&path)?;
    edit(&mut manifest);
    write(&path, &toml::to_string(&manifest).context("failed to write the manifest")?)
}

fn as_table(value: Value) -> Option<Table> {
    match value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn parse(path: &Path) -> Result<Table> {
    read(path)?.parse().with_context(|| format!("failed to read {}", path.display()))
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder.join("src")).sort_by_file_name() {
        let path = entry.with_context(|| format!("failed to list {}", folder.display()))?.into_path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("failed to create {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("failed to write {}", path.display()))
}
