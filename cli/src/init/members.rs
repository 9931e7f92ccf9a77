//! The new folders, compared with the patterns of an existing workspace.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::place::Place;
use crate::members::Patterns;
use crate::paths::shown;

/// Checks that Cargo accepts the new folders. `packages` are folders with new packages, from the prepared folder, and `files` the
/// absolute paths of all new files.
///
/// # Errors
///
/// The workspace excludes a package, or includes a folder without a package.
pub fn check(patterns: &Patterns, place: &Place, packages: &[&str], files: &[PathBuf]) -> Result<()> {
    // An excluded folder becomes a workspace of its own, and so does one in a git repository below the workspace.
    if place.path(&place.manifest) != patterns.root.join("Cargo.toml") {
        return Ok(());
    }
    // As in the lists of the workspace.
    let shown = |path: &Path| shown(&patterns.root, path);
    let manifest = &place.manifest;
    let excluded = packages.iter().find(|folder| patterns.excludes(&place.path(folder)));
    if let Some(folder) = excluded {
        let folder = shown(&place.path(folder));
        bail!(
            "`exclude` in {manifest} contains {folder}, so its packages cannot be members of the workspace: choose another \
             folder with --out, or remove it from the list; nothing was written"
        );
    }
    let has_manifest =
        |folder: &&Path| files.contains(&folder.join("Cargo.toml")) || folder.join("Cargo.toml").exists();
    let folders = files.iter().flat_map(|file| file.ancestors().skip(1));
    let folders: BTreeSet<&Path> =
        folders.filter(|folder| !has_manifest(folder) && !patterns.excludes(folder)).collect();
    let matched = folders.iter().filter_map(|folder| Some((patterns.matching(folder)?, shown(folder))));
    let (found, names): (BTreeSet<&str>, Vec<String>) = matched.unzip();
    if let Some(pattern) = found.first() {
        bail!(
            "`members` in {manifest} contains `{pattern}`, which matches folders without a package: {}; Cargo would report an \
             error: choose another folder, or other ones with --out and --spec, or add those that contain no packages to \
             `exclude`; nothing was written",
            names.join(", ")
        );
    }
    Ok(())
}
