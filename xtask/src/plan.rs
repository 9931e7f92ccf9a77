//! What there is to do on disk, decided before anything is touched.

use std::collections::BTreeSet;

use anyhow::Result;
use typefoundry_codegen::output::File;

use crate::workspace::{MARK, Workspace};

/// The difference between what is emitted and what lies on disk.
#[derive(Debug, Default)]
pub struct Plan {
    /// On disk with other text: path, text on disk, emitted text.
    pub stale: Vec<Change>,
    /// Not on disk.
    pub missing: Vec<Change>,
    /// On disk, bearing our mark, and no longer emitted.
    pub orphaned: Vec<String>,
    /// On disk where only emitted files belong, and not ours: never touched, always told.
    pub strays: Vec<String>,
    /// As they should be.
    pub unchanged: Vec<String>,
}

/// One file to be written.
#[derive(Debug)]
pub struct Change {
    pub path: String,
    pub on_disk: String,
    pub emitted: String,
}

impl Plan {
    /// Compares the emitted files with the disk.
    pub fn new<'f>(workspace: &Workspace, files: impl IntoIterator<Item = &'f File>) -> Result<Self> {
        let mut plan = Self::default();
        let mut emitted = BTreeSet::new();
        for file in files {
            emitted.insert(file.path.as_str());
            let change =
                |on_disk: String| Change { path: file.path.clone(), on_disk, emitted: file.text.clone() };
            match workspace.read(&file.path)? {
                Some(text) if text == file.text => plan.unchanged.push(file.path.clone()),
                Some(text) => plan.stale.push(change(text)),
                None => plan.missing.push(change(String::new())),
            }
        }
        for path in workspace.emitted_candidates()? {
            if !emitted.contains(path.as_str()) {
                let text = workspace.read(&path)?.unwrap_or_default();
                let is_ours = text.lines().take(5).any(|line| line.contains(MARK));
                if is_ours { plan.orphaned.push(path) } else { plan.strays.push(path) }
            }
        }
        Ok(plan)
    }

    /// Whether the disk is as it should be.
    pub fn is_fresh(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.orphaned.is_empty() && self.strays.is_empty()
    }

    /// Makes the disk as it should be.
    pub fn apply(&self, workspace: &Workspace) -> Result<()> {
        for change in self.stale.iter().chain(&self.missing) {
            workspace.write(&change.path, &change.emitted)?;
        }
        for path in &self.orphaned {
            workspace.remove(path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, Workspace};
    use crate::workspace::MARK;
    use typefoundry_codegen::output::File;

    fn marked(text: &str) -> String {
        format!("// {MARK} from spec/x.yaml.\n{text}\n")
    }

    #[test]
    fn tells_stale_missing_orphaned_and_stray_files_apart_and_mends_them() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        workspace.write("generated/a/stale.rs", &marked("old")).unwrap();
        workspace.write("generated/a/same.rs", &marked("same")).unwrap();
        workspace.write("generated/b/src/orphan.rs", &marked("gone")).unwrap();
        workspace.write("generated/a/notes.txt", "somebody's own").unwrap();
        let files = [
            File::new("generated/a/stale.rs", marked("new")),
            File::new("generated/a/same.rs", marked("same")),
            File::new("generated/a/src/missing.rs", marked("more")),
        ];

        let plan = Plan::new(&workspace, &files).unwrap();
        assert_eq!(
            plan.stale.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(),
            ["generated/a/stale.rs"]
        );
        assert_eq!(
            plan.missing.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(),
            ["generated/a/src/missing.rs"]
        );
        assert_eq!(plan.orphaned, ["generated/b/src/orphan.rs"]);
        assert_eq!(plan.strays, ["generated/a/notes.txt"]);
        assert_eq!(plan.unchanged, ["generated/a/same.rs"]);
        assert!(!plan.is_fresh());

        plan.apply(&workspace).unwrap();
        let after = Plan::new(&workspace, &files).unwrap();
        assert_eq!(after.unchanged.len(), 3);
        assert!(after.stale.is_empty() && after.missing.is_empty() && after.orphaned.is_empty());
        assert!(!workspace.path("generated/b").exists(), "empty folders go too");
        assert_eq!(after.strays, ["generated/a/notes.txt"], "what is not ours is left alone");
    }
}
