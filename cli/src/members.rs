//! The other packages of the workspace: their names and their dependencies on generated packages.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use toml::{Table, Value};
use typefoundry_codegen::settings::Neighbor;

use crate::paths::{normalized, shown};
use crate::repository::Repository;

/// A package that is not generated, or the root of the workspace.
#[derive(Debug)]
pub struct Member {
    /// Empty for a root without a package.
    pub name: String,
    /// Relative to the root of the workspace, with forward slashes.
    pub manifest: String,
    /// The absolute folders of its path dependencies.
    pub uses: BTreeSet<PathBuf>,
}

/// The Cargo workspace around the generated packages.
#[derive(Debug, Default)]
pub struct CargoWorkspace {
    /// The packages that are not generated.
    pub members: Vec<Member>,
    /// `None` without a workspace.
    pub patterns: Option<Patterns>,
}

/// The folders that a workspace includes and excludes.
#[derive(Debug)]
pub struct Patterns {
    /// The folder of the workspace.
    pub root: PathBuf,
    members: Vec<String>,
    exclude: Vec<PathBuf>,
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
    /// Reads the manifests of the nearest workspace around the output, or of the package at the root of the repository.
    pub fn around(repository: &Repository) -> Result<Self> {
        let output = normalized(&repository.path(repository.output()));
        let Some((root, table)) = root_of(repository, &output)? else { return Ok(Self::default()) };
        let patterns = table.contains_key("workspace").then(|| Patterns::read(&root, &table));
        let mut folders = BTreeSet::from([root.clone()]);
        for pattern in patterns.iter().flat_map(|patterns| &patterns.members) {
            // The root is not a pattern, even if it contains `[` or `*`.
            let pattern = format!("{}/{pattern}", glob::Pattern::escape(&root.to_string_lossy()));
            let found = glob::glob(&pattern).context("failed to read the members of the workspace")?;
            folders.extend(found.flatten().map(|folder| normalized(&folder)));
        }
        let mut members = Vec::new();
        let is_excluded = |folder: &Path| patterns.as_ref().is_some_and(|patterns| patterns.excludes(folder));
        for folder in folders.iter().filter(|folder| !folder.starts_with(&output) && !is_excluded(folder)) {
            let path = folder.join("Cargo.toml");
            let Some(table) = manifest(&path)? else { continue };
            members.extend(member(&table, folder, shown(&root, &path)));
        }
        Ok(Self { members, patterns })
    }

    /// Whether Cargo rejects the package in this folder, because it is below a workspace that does not mention it.
    pub fn omits(&self, package: &Path) -> bool {
        let package = normalized(package);
        let Some(patterns) = &self.patterns else { return false };
        // A path dependency of a member is a member as well.
        let is_used = self.members.iter().any(|member| member.uses.contains(&package));
        package.starts_with(&patterns.root)
            && !is_used
            && !patterns.includes(&package)
            && !patterns.excludes(&package)
    }

    /// Returns the packages in the form that the generator checks names against.
    pub fn neighbors(&self) -> Vec<Neighbor> {
        let named = self.members.iter().filter(|member| !member.name.is_empty());
        let neighbor =
            |member: &Member| Neighbor { name: member.name.clone(), manifest: member.manifest.clone() };
        named.map(neighbor).collect()
    }
}

impl Patterns {
    fn read(root: &Path, table: &Table) -> Self {
        let strings = |key: &str| {
            let list = table.get("workspace").and_then(|workspace| workspace.get(key)?.as_array());
            list.into_iter().flatten().filter_map(Value::as_str)
        };
        Self {
            root: root.to_owned(),
            members: strings("members").map(str::to_owned).collect(),
            exclude: strings("exclude").map(|folder| normalized(&root.join(folder))).collect(),
        }
    }

    /// Whether the list of members includes a folder.
    fn includes(&self, folder: &Path) -> bool {
        self.matching(folder).is_some()
    }

    /// Returns the first pattern in the list of members that matches a folder.
    pub fn matching(&self, folder: &Path) -> Option<&str> {
        let below = folder.strip_prefix(&self.root).ok()?;
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
        let found = self.members.iter().find(|pattern| {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_path_with(below, options))
        });
        found.map(String::as_str)
    }

    /// Whether a folder is excluded. Cargo reads excluded folders as paths, not as patterns.
    pub fn excludes(&self, folder: &Path) -> bool {
        self.exclude.iter().any(|excluded| folder.starts_with(excluded))
    }
}

/// Returns the manifest of the nearest workspace around the output, or of the package at the root of the repository, with its folder.
fn root_of(repository: &Repository, output: &Path) -> Result<Option<(PathBuf, Table)>> {
    for folder in output.ancestors().skip(1) {
        // A manifest above the repository can be anything, such as a template. Cargo reports it if it matters.
        let found = match manifest(&folder.join("Cargo.toml")) {
            Err(_) if !folder.starts_with(repository.root()) => None,
            found => found?,
        };
        match found {
            Some(table) if table.contains_key("workspace") => return Ok(Some((folder.to_owned(), table))),
            Some(table) => {
                let Some(workspace) = workspace_key(folder, &table) else { continue };
                let found = manifest(&workspace.join("Cargo.toml"))?;
                return Ok(found.map(|table| (workspace, table)));
            }
            None => {}
        }
    }
    let own = manifest(&repository.path("Cargo.toml"))?;
    Ok(own.map(|table| (repository.root().to_owned(), table)))
}

/// Returns the folder of the workspace that a package names in `package.workspace`.
pub fn workspace_key(folder: &Path, manifest: &Table) -> Option<PathBuf> {
    let path = manifest.get("package")?.get("workspace")?.as_str()?;
    Some(normalized(&folder.join(path)))
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

/// Returns a package, or the root of a workspace whose dependencies have paths.
fn member(table: &Table, folder: &Path, manifest: String) -> Option<Member> {
    let name = table.get("package").and_then(|package| package.get("name")?.as_str()).unwrap_or_default();
    let mut paths = Vec::new();
    dependency_paths(table, &mut paths);
    let uses: BTreeSet<PathBuf> = paths.into_iter().map(|path| normalized(&folder.join(path))).collect();
    (!name.is_empty() || !uses.is_empty()).then(|| Member { name: name.to_owned(), manifest, uses })
}

/// Collects the `path` of every dependency, including those of targets, tests, the workspace and patches.
fn dependency_paths<'t>(table: &'t Table, paths: &mut Vec<&'t str>) {
    for (key, value) in table.iter().filter_map(|(key, value)| Some((key, value.as_table()?))) {
        if key.ends_with("dependencies") {
            paths.extend(value.values().filter_map(|dependency| dependency.get("path")?.as_str()));
        } else if key == "patch" {
            let patched = value.values().filter_map(Value::as_table).flat_map(Table::values);
            paths.extend(patched.filter_map(|dependency| dependency.get("path")?.as_str()));
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
        assert!(found.omits(&inner.path("other/acme")));
        assert!(found.omits(&inner.path("generated/acme/deep")), "`*` matches one folder");
    }

    #[test]
    fn root_with_the_characters_of_a_pattern_is_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path().join("we[ird*"));
        repository
            .write("Cargo.toml", "[workspace]\nmembers = [\"./tool\", \"old\"]\nexclude = [\"old\"]\n")
            .unwrap();
        for name in ["tool", "old"] {
            repository
                .write(&format!("{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n"))
                .unwrap();
        }
        let found = CargoWorkspace::around(&repository).unwrap();
        let names: Vec<_> = found.members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["tool"]);
        assert!(!found.omits(&repository.path("tool")));
    }

    #[test]
    fn dependencies_of_the_workspace_and_patches_are_uses() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        let manifest = "[workspace]\n[workspace.dependencies]\nacme = { path = \"generated/acme\" }\n\
            [patch.crates-io]\nother = { path = \"generated/other\" }\n";
        repository.write("Cargo.toml", manifest).unwrap();
        let found = CargoWorkspace::around(&repository).unwrap();
        for name in ["acme", "other"] {
            assert!(found.members[0].uses.contains(&repository.path("generated").join(name)), "{name}");
        }
        assert_eq!(found.neighbors(), []);
    }

    #[test]
    fn package_names_its_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        let write = |path: &str, text: &str| outer.write(path, text).unwrap();
        write("app/Cargo.toml", "[package]\nname = \"app\"\nworkspace = \"../main\"\n");
        let inner = Repository::at(outer.path("app"));
        write("main/Cargo.toml", "[workspace]\nmembers = [\"../app\"]\n");
        let found = CargoWorkspace::around(&inner).unwrap();
        assert_eq!(found.patterns.unwrap().root, outer.path("main"));
        assert_eq!((found.members.len(), found.members[0].manifest.as_str()), (1, "../app/Cargo.toml"));
    }

    #[test]
    fn unreadable_manifest_above_the_repository_is_not_a_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        outer.write("Cargo.toml", "name = {{ name }}\n").unwrap();
        let inner = Repository::at(outer.path("sdk"));
        assert!(CargoWorkspace::around(&inner).unwrap().patterns.is_none());
        inner.write("Cargo.toml", "name = {{ name }}\n").unwrap();
        assert!(CargoWorkspace::around(&inner).is_err());
    }
}
