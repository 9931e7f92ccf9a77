//! The folder to prepare, and the workspace and the git repository around it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use toml::Table;

use crate::config;
use crate::members::workspace_key;
use crate::paths::{normalized, relative};

/// Reads an existing file; `None` if it does not exist.
pub type Read<'r> = &'r dyn Fn(&str) -> Result<Option<String>>;

/// A folder, and its position in the folders around it. Paths have forward slashes.
#[derive(Debug)]
pub struct Place {
    /// The absolute path of the folder, without links. It can be missing.
    pub root: PathBuf,
    /// The path from the folder to the manifest that lists the packages. It can be missing.
    pub manifest: String,
    /// The path from the folder of that manifest to the folder; empty if they are the same.
    pub below_workspace: String,
    /// The path from the folder to the root of the git repository; empty if they are the same.
    pub to_git: String,
    /// The path from the root of the git repository to the folder; empty if they are the same.
    pub below_git: String,
}

impl Place {
    /// Finds the folders around a folder.
    ///
    /// # Errors
    ///
    /// The folder is part of a repository with settings, or a manifest is invalid.
    pub fn find(folder: &Path) -> Result<Self> {
        let root = without_links(folder)?;
        ensure!(!root.exists() || root.is_dir(), "{} is not a folder; nothing was written", root.display());
        // Folders above the git repository belong to something else.
        let git = root.ancestors().find(|folder| folder.join(".git").exists());
        let around: Vec<&Path> =
            root.ancestors().take_while(|folder| git.is_none_or(|git| folder.starts_with(git))).collect();
        if let Some(found) = around.iter().map(|folder| folder.join(config::FILE)).find(|path| path.exists())
        {
            bail!(
                "{} already exists; `typefoundry new api <name>` adds an API; nothing was written",
                found.display()
            );
        }
        let workspace = workspace(&around)?;
        let between = |from: &Path, to: &Path| match relative(from, to) {
            Some(path) if path != "." => path,
            _ => String::new(),
        };
        Ok(Self {
            manifest: join(&between(&root, &workspace), "Cargo.toml"),
            below_workspace: between(&workspace, &root),
            to_git: between(&root, git.unwrap_or(&root)),
            below_git: between(git.unwrap_or(&root), &root),
            root,
        })
    }

    /// Returns the absolute path of a file, whose path is relative to the folder.
    ///
    /// `..` leads out of the folder even if it is missing, which the operating system does not allow.
    pub fn path(&self, path: &str) -> PathBuf {
        normalized(&self.root.join(path))
    }

    /// Reads a file, whose path is relative to the folder; `None` if it does not exist.
    pub fn read(&self, path: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.path(path)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => {
                Err(error).with_context(|| format!("failed to read {path}, so nothing was written"))
            }
        }
    }
}

/// Returns the absolute path without links, so that `..` leads to the folder that contains it. The end of the path can be missing.
///
/// # Errors
///
/// A part of the path is a file, or a link to nothing.
pub fn without_links(path: &Path) -> Result<PathBuf> {
    let path = normalized(path);
    let exists = |path: &&Path| path.symlink_metadata().is_ok();
    let Some(existing) = path.ancestors().find(exists) else { return Ok(path) };
    let failed = || format!("failed to find {}; nothing was written", existing.display());
    let found = dunce::canonicalize(existing).with_context(failed)?;
    let missing = path.strip_prefix(existing).unwrap_or(Path::new(""));
    if missing == Path::new("") {
        return Ok(found);
    }
    ensure!(found.is_dir(), "{} is not a folder; nothing was written", existing.display());
    Ok(found.join(missing))
}

/// Joins two parts of a path, of which the first can be empty.
pub fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// Returns the folder of the workspace that packages in the first folder belong to, or that folder.
fn workspace(around: &[&Path]) -> Result<PathBuf> {
    let root = around.first().copied().unwrap_or(Path::new(""));
    for folder in around {
        let path = folder.join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let table: Table = text
            .parse()
            .with_context(|| format!("failed to read {}, so nothing was written", path.display()))?;
        if let Some(workspace) = workspace_key(folder, &table) {
            ensure!(
                workspace.join("Cargo.toml").is_file(),
                "{} names the workspace {}, which does not exist; nothing was written",
                path.display(),
                workspace.display()
            );
            return without_links(&workspace);
        }
        let Some(workspace) = table.get("workspace") else { continue };
        let excluded = workspace.get("exclude").and_then(|list| list.as_array());
        let is_excluded = excluded
            .into_iter()
            .flatten()
            .filter_map(|path| path.as_str())
            .any(|path| root.starts_with(folder.join(path)));
        if !is_excluded {
            return Ok(normalized(folder));
        }
    }
    Ok(root.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::repository::Repository;

    #[test]
    fn missing_folder_has_files_above_it() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        outer.write("Cargo.toml", "[workspace]\n").unwrap();
        let place = Place::find(&outer.path("a/b")).unwrap();
        assert_eq!((place.manifest.as_str(), place.below_workspace.as_str()), ("../../Cargo.toml", "a/b"));
        assert_eq!(place.read(&place.manifest).unwrap().as_deref(), Some("[workspace]\n"));
        assert_eq!(place.read("Cargo.toml").unwrap(), None);
    }

    #[test]
    fn folder_below_a_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        outer.write("file", "").unwrap();
        for path in ["file", "file/x", "file/x/y"] {
            let error = Place::find(&outer.path(path)).unwrap_err().to_string();
            assert!(error.ends_with("file is not a folder; nothing was written"), "{error}");
        }
    }

    #[test]
    fn package_names_its_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        outer.write("app/Cargo.toml", "[package]\nname = \"app\"\nworkspace = \"../main\"\n").unwrap();
        let error = Place::find(&outer.path("app")).unwrap_err().to_string();
        assert!(error.contains("which does not exist; nothing was written"), "{error}");
        outer.write("main/Cargo.toml", "[workspace]\nmembers = [\"../app\"]\n").unwrap();
        let place = Place::find(&outer.path("app/sdk")).unwrap();
        assert_eq!(place.manifest, "../../main/Cargo.toml");
        assert_eq!(place.below_workspace, "../app/sdk");
    }
}
