//! A copy of a generated package in a folder of its own, to be compiled over and over.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use toml::{Table, Value};
use walkdir::WalkDir;

use super::cargo::{Cargo, Verb, remove_folder};
use super::{Package, serde_twin};
use crate::workspace::Workspace;

/// The name of the crate that generated packages call.
const RUNTIME: &str = "typefoundry-runtime";

/// One copy.
pub struct Twin {
    cargo: Cargo,
}

impl Twin {
    /// The package as it is.
    pub fn plain(workspace: &Workspace, package: &Package) -> Result<Self> {
        Self::make(workspace, package, "plain", |_| Ok(()))
    }

    /// The package with serde's derives in place of `json_object!`.
    pub fn with_serde(workspace: &Workspace, package: &Package) -> Result<Self> {
        Self::make(workspace, package, "serde", |folder| {
            edit_manifest(folder, serde_twin::depend)?;
            for path in rust_files(folder)? {
                let text = read(&path)?;
                let changed = serde_twin::transform(&text, path.ends_with("src/lib.rs"))
                    .with_context(|| format!("cannot change {}", path.display()))?;
                write(&path, &changed)?;
            }
            Ok(())
        })
    }

    fn make(
        workspace: &Workspace,
        package: &Package,
        kind: &str,
        change: impl Fn(&Path) -> Result<()>,
    ) -> Result<Self> {
        let root = workspace.path("target/measure").join(kind);
        let folder = root.join(&package.name);
        remove_folder(&folder)?;
        let origin = workspace.path("generated").join(&package.name);
        for path in rust_files(&origin)? {
            let relative = path.strip_prefix(&origin).context("a file lies outside of its package")?;
            write(&folder.join(relative), &read(&path)?)?;
        }
        for (from, to) in
            [(origin.join("README.md"), "README.md"), (workspace.path("Cargo.lock"), "Cargo.lock")]
        {
            write(&folder.join(to), &read(&from)?)?;
        }
        write(&folder.join("Cargo.toml"), &manifest(workspace, &origin)?)?;
        change(&folder)?;
        Ok(Self { cargo: Cargo::new(&folder, &root.join("target")).package(&package.name) })
    }
}

/// The times to compile each twin alone, all its dependencies built before. The twins take turns, so that a machine
/// that is busy with something else is unfair to both alike.
pub fn times<const N: usize>(twins: &[Twin; N], verb: Verb, runs: u32) -> Result<[Vec<Duration>; N]> {
    for twin in twins {
        twin.cargo.timed(verb)?;
    }
    let mut times = [const { Vec::new() }; N];
    for _ in 0..runs {
        for (twin, times) in twins.iter().zip(&mut times) {
            let idle = twin.cargo.timed(verb)?;
            twin.cargo.clean()?;
            times.push(twin.cargo.timed(verb)?.saturating_sub(idle));
        }
    }
    Ok(times)
}

/// The manifest of a package, made a workspace of its own with what it takes from the one that it comes from.
fn manifest(workspace: &Workspace, origin: &Path) -> Result<String> {
    let mut root = parse(&workspace.path("Cargo.toml"))?;
    let mut manifest = parse(&origin.join("Cargo.toml"))?;
    let mut own =
        root.remove("workspace").and_then(as_table).context("the root manifest has no [workspace]")?;
    own.remove("members");
    manifest.remove("dev-dependencies");
    manifest.insert("workspace".to_owned(), Value::Table(own));
    let dependencies = manifest.get_mut("dependencies").and_then(Value::as_table_mut);
    let runtime = dependencies.and_then(|all| all.get_mut(RUNTIME)).and_then(Value::as_table_mut);
    let path = workspace.path("runtime").display().to_string();
    runtime
        .context("the package does not depend on the runtime")?
        .insert("path".to_owned(), Value::String(path));
    toml::to_string(&manifest).context("cannot write the manifest")
}

fn edit_manifest(folder: &Path, edit: impl Fn(&mut Table)) -> Result<()> {
    let path = folder.join("Cargo.toml");
    let mut manifest = parse(&path)?;
    edit(&mut manifest);
    write(&path, &toml::to_string(&manifest).context("cannot write the manifest")?)
}

fn as_table(value: Value) -> Option<Table> {
    match value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn parse(path: &Path) -> Result<Table> {
    read(path)?.parse().with_context(|| format!("cannot read {}", path.display()))
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder.join("src")).sort_by_file_name() {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.into_path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
