//! The other packages of the workspace: their names and their dependencies on generated packages.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use glob::MatchOptions;
use toml::{Table, Value};
use typefoundry_codegen::settings::Neighbor;

use crate::paths::{normalized, slashed};
use crate::repository::Repository;

/// A package that is not generated.
#[derive(Debug)]
pub struct Member {
    pub name: String,
    /// Relative to the root of the workspace, with forward slashes.
    pub manifest: String,
    /// The absolute folders of its path dependencies.
    pub uses: BTreeSet<PathBuf>,
}

/// The Cargo workspace around a repository.
#[derive(Debug, Default)]
pub struct CargoWorkspace {
    /// The packages that are not generated.
    pub members: Vec<Member>,
    /// The root folder with the patterns of members and of excluded folders; `None` without a workspace.
    pub patterns: Option<(PathBuf, Vec<String>)>,
}

/// Returns the members of the workspace that are not generated.
///
/// # Errors
///
/// A manifest of the workspace cannot be read.
pub fn members(repository: &Repository) -> Result<Vec<Member>> {
    Ok(CargoWorkspace::around(repository)?.members)
}

impl CargoWorkspace {
    /// Reads the manifests of the nearest workspace, or of the package at the root of the repository.
    pub fn around(repository: &Repository) -> Result<Self> {
        let mut root = repository.root().to_owned();
        let mut table = None;
        for folder in repository.root().ancestors() {
            let Some(found) = manifest(&folder.join("Cargo.toml"))? else { continue };
            let is_workspace = found.contains_key("workspace");
            if is_workspace || folder == repository.root() {
                root = folder.to_owned();
                table = Some(found);
            }
            if is_workspace {
                break;
            }
        }
        let Some(table) = table else { return Ok(Self::default()) };
        let mut folders = BTreeSet::from([root.clone()]);
        for pattern in strings(&table, "members") {
            let pattern = root.join(pattern).to_string_lossy().into_owned();
            let found = glob::glob(&pattern).context("failed to read the members of the workspace")?;
            folders.extend(found.flatten().map(|folder| normalized(&folder)));
        }
        let output = normalized(&repository.path(repository.output()));
        let mut members = Vec::new();
        for folder in folders.iter().filter(|folder| !folder.starts_with(&output)) {
            let path = folder.join("Cargo.toml");
            let Some(table) = manifest(&path)? else { continue };
            members.extend(member(&table, folder, slashed(&root, &path)));
        }
        let patterns = table.contains_key("workspace").then(|| {
            let listed = strings(&table, "members").into_iter().chain(strings(&table, "exclude"));
            (root, listed.map(str::to_owned).collect())
        });
        Ok(Self { members, patterns })
    }

    /// Whether Cargo rejects the package in this folder, because it is below a workspace that does not mention it.
    pub fn omits(&self, package: &Path) -> bool {
        let Some((root, patterns)) = &self.patterns else { return false };
        let Ok(below) = normalized(package).strip_prefix(root).map(Path::to_owned) else { return false };
        // As in Cargo, `*` matches the name of one folder.
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
        !patterns.iter().any(|pattern| {
            let matches =
                glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_path_with(&below, options));
            matches || below.starts_with(pattern)
        })
    }

    /// Returns the packages in the form that the generator checks names against.
    pub fn neighbors(&self) -> Vec<Neighbor> {
        let neighbor =
            |member: &Member| Neighbor { name: member.name.clone(), manifest: member.manifest.clone() };
        self.members.iter().map(neighbor).collect()
    }
}

/// Reads a manifest; `None` if it does not exist.
fn manifest(path: &Path) -> Result<Option<Table>> {
    let failed = || format!("failed to read {}", path.display());
    match fs::read_to_string(path) {
        Ok(text) => text.parse().map(Some).with_context(failed),
        // A pattern such as `*` also matches files.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(failed),
    }
}

/// Returns a list of texts in `[workspace]`.
fn strings<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let list = table.get("workspace").and_then(|workspace| workspace.get(key)?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn member(table: &Table, folder: &Path, manifest: String) -> Option<Member> {
    let name = table.get("package")?.get("name")?.as_str()?.to_owned();
    let mut paths = Vec::new();
    dependency_paths(table, &mut paths);
    let uses = paths.into_iter().map(|path| normalized(&folder.join(path))).collect();
    Some(Member { name, manifest, uses })
}

/// Collects the `path` of every dependency, including those of targets and tests.
fn dependency_paths<'t>(table: &'t Table, paths: &mut Vec<&'t str>) {
    for (key, value) in table.iter().filter_map(|(key, value)| Some((key, value.as_table()?))) {
        if key.ends_with("dependencies") {
            paths.extend(value.values().filter_map(|dependency| dependency.get("path")?.as_str()));
        } else {
            dependency_paths(value, paths);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CargoWorkspace;
    use crate::repository::Repository;

    #[test]
    fn members_list_their_path_dependencies() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        let write = |path: &str, text: &str| repository.write(path, text).unwrap();
        write("Cargo.toml", "[workspace]\nmembers = [\"tools/*\", \"generated/*\", \"tests\"]\n");
        write("tools/a/Cargo.toml", "[package]\nname = \"tool-a\"\n");
        write("generated/acme/Cargo.toml", "[package]\nname = \"acme\"\n");
        write(
            "tests/Cargo.toml",
            "[package]\nname = \"all-tests\"\n[target.'cfg(unix)'.dev-dependencies]\nacme = { path = \"../generated/acme\" }\n",
        );
        let found = CargoWorkspace::around(&repository).unwrap();
        let members = &found.members;
        let names: Vec<_> = members.iter().map(|member| (&*member.name, &*member.manifest)).collect();
        assert_eq!(names, [("all-tests", "tests/Cargo.toml"), ("tool-a", "tools/a/Cargo.toml")]);
        assert!(members[0].uses.contains(&repository.path("generated/acme")), "{members:?}");
    }

    #[test]
    fn workspace_above_the_repository_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        let write = |path: &str, text: &str| outer.write(path, text).unwrap();
        write("Cargo.toml", "[workspace]\nmembers = [\"app\", \"sdk/generated/*\"]\nexclude = [\"old\"]\n");
        write(
            "app/Cargo.toml",
            "[package]\nname = \"app\"\n[dependencies]\nacme = { path = \"../sdk/generated/acme\" }\n",
        );
        let inner = Repository::at(outer.path("sdk"));
        let found = CargoWorkspace::around(&inner).unwrap();
        assert_eq!(found.members[0].manifest, "app/Cargo.toml");
        assert!(found.members[0].uses.contains(&inner.path("generated/acme")));
        assert!(!found.omits(&inner.path("generated/acme")) && !found.omits(&outer.path("old/acme")));
        assert!(found.omits(&inner.path("other/acme")) && found.omits(&inner.path("generated/a/b")));
    }
}
