//! The files of this repository that `generate` derives from others, in addition to the packages.

use anyhow::{Result, anyhow};
use typefoundry::Repository;
use typefoundry_codegen::output::File;
use typefoundry_codegen::{Settings, public_api};

/// The hand-written crates that users depend on, each with its folder.
const LISTED: &[(&str, &str)] = &[
    ("typefoundry_runtime", "runtime"),
    ("typefoundry_reqwest", "runtime/bridges/reqwest"),
    ("typefoundry_tower", "runtime/bridges/tower"),
];

/// The crates that are published, except the packages. Cargo packs only files in the folder of a crate.
const PUBLISHED: &[&str] = &["runtime", "runtime/bridges/reqwest", "runtime/bridges/tower", "codegen", "cli"];

/// The folder with made-up APIs, whose packages are tested.
const DESCRIBED: &str = "tests/described";

/// Returns the files of this repository that are copies, or that are derived from source code or from made-up APIs.
pub fn extra_files(repository: &Repository) -> Result<Vec<File>> {
    let mut files = public_apis(repository)?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        for folder in PUBLISHED {
            files.extend(copy(repository, license, &format!("{folder}/{license}"))?);
        }
    }
    files.extend(copy(repository, "spec/README.md", "cli/reference.md")?);
    files.extend(described_packages(repository)?);
    Ok(files)
}

/// Generates the packages of the made-up APIs.
fn described_packages(repository: &Repository) -> Result<Vec<File>> {
    let sources = Repository::at(repository.path(DESCRIBED)).sources();
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let mut settings = Settings::default();
    settings.runtime.insert("path".to_owned(), "../../../../runtime".into());
    settings.package.insert("publish".to_owned(), false.into());
    settings.package.insert("license".to_owned(), "MIT OR Apache-2.0".into());
    let generated = typefoundry_codegen::generate(sources, &settings);
    if !generated.diagnostics.is_empty() {
        return Err(anyhow!("the APIs in {DESCRIBED} have problems:\n{}", generated.render(false)));
    }
    let files = generated.output.map(|output| output.files).unwrap_or_default();
    let of_packages = files.into_iter().filter(|file| file.path.starts_with("generated/"));
    Ok(of_packages.map(|file| File::new(format!("{DESCRIBED}/{}", file.path), file.text)).collect())
}

/// Returns a copy of a file, if the original exists.
fn copy(repository: &Repository, from: &str, to: &str) -> Result<Option<File>> {
    Ok(repository.read(from)?.map(|text| File::new(to, text.replace("\r\n", "\n"))))
}

/// Lists the public API of each hand-written crate that the workspace contains.
fn public_apis(repository: &Repository) -> Result<Vec<File>> {
    let settings = repository.settings(Vec::new())?;
    let listed = LISTED.iter().map(|(name, folder)| {
        let sources = repository.rust_sources(folder)?;
        if sources.is_empty() {
            return Ok(None);
        }
        let outlines = public_api::outlines(&sources).map_err(|why| anyhow!("{folder}/{why}"))?;
        let head = settings.head("#", &format!("{folder}/src"));
        let listing = public_api::list(name, &head, &outlines);
        Ok(Some(File::new(format!("{folder}/{}", public_api::FILE), listing)))
    });
    listed.filter_map(Result::transpose).collect()
}

#[cfg(test)]
mod tests;
