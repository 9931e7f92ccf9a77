//! Reads specs from the disk, since the library does not.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::path::{Path, PathBuf};

use typefoundry_codegen::load;
use typefoundry_codegen::source::Source;

/// A spec of `tests/diagnostics`.
pub struct Case {
    pub dir: PathBuf,
    pub sources: Vec<Source>,
}

/// Returns the path of a file in this package.
///
/// The package is looked up at run time, since clones that share a target folder also share test binaries.
pub fn in_package(path: &str) -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests");
    Path::new(&package).join(path)
}

/// Returns the text of a file.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a valid `api.yaml`.
pub fn default_api() -> Source {
    Source::new("acme/api.yaml", read(&in_package("tests/diagnostics/api.yaml")))
}

/// Returns all cases, sorted by name.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = entries(&in_package("tests/diagnostics"))
        .into_iter()
        .filter(|path| path.is_dir())
        .map(case)
        .collect();
    cases.sort_by(|a, b| a.dir.cmp(&b.dir));
    cases
}

fn case(dir: PathBuf) -> Case {
    let mut sources = spec_in(&dir);
    let is_in = |source: &Source, folder: &str| source.path.starts_with(folder);
    if sources.iter().any(|source| is_in(source, "acme/"))
        && !sources.iter().any(|source| source.path == "acme/api.yaml")
    {
        sources.push(default_api());
    }
    Case { dir, sources }
}

/// Returns every file below a folder except the expected text, with its relative path.
///
/// `x.yaml.unreadable` represents an unreadable file `x.yaml`; its content is the reason.
pub fn spec_in(root: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for path in entries(&dir) {
            if path.is_dir() {
                open.push(path);
            } else if path.parent() != Some(root) || load::is_description(&relative(root, &path)) {
                sources.push(source(root, &path));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn source(root: &Path, path: &Path) -> Source {
    let relative = relative(root, path);
    if let Some(unreadable) = relative.strip_suffix(".unreadable") {
        return Source::unreadable(unreadable, read(path).trim_end());
    }
    let content = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source::from_bytes(relative, content)
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    entries.map(|entry| entry.expect("an entry of the folder").path()).collect()
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).expect("a path below the root");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
