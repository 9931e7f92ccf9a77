//! The folder to prepare, and the workspace and the git repository around it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use toml::Table;

use crate::config;
use crate::paths::{normalized, relative};

/// A folder, and its position in the folders around it. Paths have forward slashes.
#[derive(Debug)]
pub struct Place {
    /// The absolute path of the folder. It can be missing.
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
        let root = normalized(folder);
        ensure!(!root.exists() || root.is_dir(), "{} is not a folder", root.display());
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

    /// Reads a file, whose path is relative to the folder; `None` if it does not exist.
    pub fn read(&self, path: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.root.join(path)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => {
                Err(error).with_context(|| format!("failed to read {path}, so nothing was written"))
            }
        }
    }
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
