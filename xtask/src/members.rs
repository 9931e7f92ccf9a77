//! The other packages of the workspace: their names and their dependencies on generated packages.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result};
use toml::{Table, Value};
use typefoundry_codegen::packages::Neighbor;

use crate::workspace::{Workspace, slashed};

/// A package that is not generated.
#[derive(Debug)]
pub struct Member {
    pub name: String,
    /// Relative to the root of the workspace, with forward slashes.
    pub manifest: String,
    /// The folders of its path dependencies, relative to the root.
    pub uses: BTreeSet<String>,
}

/// Reads the manifests of all members of the workspace outside of `generated/`.
pub fn read(workspace: &Workspace) -> Result<Vec<Member>> {
    let Some(text) = workspace.read("Cargo.toml")? else { return Ok(Vec::new()) };
    let root: Table = text.parse().context("failed to read Cargo.toml")?;
    let mut folders = BTreeSet::from([String::new()]);
    let patterns = root.get("workspace").and_then(|table| table.get("members")?.as_array());
    for pattern in patterns.into_iter().flatten().filter_map(Value::as_str) {
        let pattern = workspace.path(pattern).to_string_lossy().into_owned();
        let found = glob::glob(&pattern).context("failed to read the members of the workspace")?;
        folders.extend(found.flatten().map(|folder| slashed(workspace.root(), &folder)));
    }
    let mut members = Vec::new();
    for folder in folders.iter().filter(|folder| !folder.starts_with("generated/")) {
        let manifest =
            if folder.is_empty() { "Cargo.toml".to_owned() } else { format!("{folder}/Cargo.toml") };
        let Some(text) = workspace.read(&manifest)? else { continue };
        let table: Table = text.parse().with_context(|| format!("failed to read {manifest}"))?;
        members.extend(member(&table, folder, manifest));
    }
    Ok(members)
}

/// Converts members to the neighbors that the generator checks names against.
pub fn neighbors(members: &[Member]) -> Vec<Neighbor> {
    let neighbor =
        |member: &Member| Neighbor { name: member.name.clone(), manifest: member.manifest.clone() };
    members.iter().map(neighbor).collect()
}

fn member(table: &Table, folder: &str, manifest: String) -> Option<Member> {
    let name = table.get("package")?.get("name")?.as_str()?.to_owned();
    let mut paths = Vec::new();
    dependency_paths(table, &mut paths);
    let uses = paths.into_iter().map(|path| joined(folder, path)).collect();
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

/// Joins and normalizes a path: `tests` and `../generated/acme` give `generated/acme`.
fn joined(folder: &str, path: &str) -> String {
    let mut joined = PathBuf::new();
    for part in Path::new(folder).join(path).components() {
        match part {
            Component::ParentDir => drop(joined.pop()),
            Component::CurDir => {}
            part => joined.push(part),
        }
    }
    slashed(Path::new(""), &joined)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::workspace::Workspace;

    #[test]
    fn members_list_their_path_dependencies() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let write = |path: &str, text: &str| workspace.write(path, text).unwrap();
        write("Cargo.toml", "[workspace]\nmembers = [\"tools/*\", \"generated/*\", \"tests\"]\n");
        write("tools/a/Cargo.toml", "[package]\nname = \"tool-a\"\n");
        write("generated/acme/Cargo.toml", "[package]\nname = \"acme\"\n");
        write(
            "tests/Cargo.toml",
            "[package]\nname = \"all-tests\"\n[target.'cfg(unix)'.dev-dependencies]\nacme = { path = \"../generated/acme\" }\n",
        );
        let members = read(&workspace).unwrap();
        let found: Vec<_> = members.iter().map(|member| (&*member.name, &*member.manifest)).collect();
        assert_eq!(found, [("all-tests", "tests/Cargo.toml"), ("tool-a", "tools/a/Cargo.toml")]);
        assert!(members[0].uses.contains("generated/acme"), "{members:?}");
    }
}
