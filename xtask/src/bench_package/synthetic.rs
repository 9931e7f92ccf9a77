//! A synthetic package of any size, from the spec that the benchmark of the generator uses.

use std::fs;

use anyhow::{Context as _, Result};

use super::Package;
use super::cargo::remove_folder;
use typefoundry::Repository;

#[path = "../../../codegen/benches/scale/spec.rs"]
mod spec;

/// Generates a package with about this many operations, in whole resources.
pub fn generate(repository: &Repository, operations: usize) -> Result<Package> {
    let output =
        typefoundry_codegen::generate(spec::sources(operations), &repository.settings(Vec::new())?).output;
    let output = output.context("the spec of the synthetic package is not valid")?;
    let package = output.packages.first().context("the spec describes no package")?;
    let root = repository.path("target/bench-package/synthetic");
    remove_folder(&root)?;
    for file in &output.files {
        let path = root.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&root))
            .and_then(|()| fs::write(&path, &file.text))
            .with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(Package {
        name: package.package.clone(),
        folder: root.join("generated").join(&package.package),
        operations: package.operations,
    })
}
