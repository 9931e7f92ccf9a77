//! The changes to make on disk, computed before any file is written.

use std::collections::BTreeSet;

use anyhow::Result;
use typefoundry_codegen::checksums::{self, Recorded};
use typefoundry_codegen::output::File;

use crate::workspace::{MARK, Workspace};

/// The differences between the generated files and the files on disk.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files on disk with another text.
    pub stale: Vec<Change>,
    /// Files that are not on disk.
    pub missing: Vec<Change>,
    /// Files on disk with the mark that are no longer generated.
    pub orphaned: Vec<String>,
    /// Other files in the output folders. They are never changed, and always reported.
    pub strays: Vec<String>,
    /// The stale and orphaned files that were edited after they were generated.
    pub edited: BTreeSet<String>,
    /// Packages without generated files.
    pub gone: Vec<Gone>,
    /// Files that are up to date.
    pub unchanged: Vec<String>,
    /// Whether the record of checksums contains every file, although its text differs: a merge keeps the lines of both sides.
    pub record_is_complete: bool,
}

/// A package below `generated/` that no API in the spec describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The name of the package and of its folder.
    pub name: String,
    /// The description that it was generated from, according to its manifest.
    pub generated_from: Option<String>,
    /// Files in its folder that were not generated.
    pub strays: Vec<String>,
}

/// A file to write.
#[derive(Debug)]
pub struct Change {
    pub path: String,
    pub on_disk: String,
    pub emitted: String,
}

impl Plan {
    /// Compares the generated files with the disk.
    pub fn new<'f>(workspace: &Workspace, files: impl IntoIterator<Item = &'f File>) -> Result<Self> {
        let mut plan = Self::default();
        let mut emitted = BTreeSet::new();
        let record = workspace.read(checksums::PATH)?.unwrap_or_default();
        let recorded = Recorded::parse(&record);
        for file in files {
            emitted.insert(file.path.as_str());
            plan.record_is_complete |= file.path == checksums::PATH && recorded.holds(&file.text);
            let change =
                |on_disk: String| Change { path: file.path.clone(), on_disk, emitted: file.text.clone() };
            match workspace.read(&file.path)? {
                Some(text) if text == file.text => plan.unchanged.push(file.path.clone()),
                Some(text) => {
                    if recorded.is_edited(&file.path, &text) {
                        plan.edited.insert(file.path.clone());
                    }
                    plan.stale.push(change(text));
                }
                None => plan.missing.push(change(String::new())),
            }
        }
        for path in workspace.output_files()? {
            if !emitted.contains(path.as_str()) {
                let text = workspace.read(&path)?.unwrap_or_default();
                let mark = text.lines().take(5).find(|line| line.contains(MARK));
                if mark.is_some() && recorded.is_edited(&path, &text) {
                    plan.edited.insert(path.clone());
                }
                plan.record_gone(&emitted, &path, mark);
                if mark.is_some() { plan.orphaned.push(path) } else { plan.strays.push(path) }
            }
        }
        for gone in &mut plan.gone {
            let folder = format!("generated/{}/", gone.name);
            gone.strays = plan.strays.iter().filter(|path| path.starts_with(&folder)).cloned().collect();
        }
        Ok(plan)
    }

    /// Records the package of an orphaned file if the package has no generated files. `mark` is the line with the mark; that of the
    /// manifest names the description of the package.
    fn record_gone(&mut self, emitted: &BTreeSet<&str>, path: &str, mark: Option<&str>) {
        let below = path.strip_prefix("generated/").and_then(|path| path.split_once('/'));
        let (Some((name, rest)), Some(mark)) = (below, mark) else { return };
        let folder = format!("generated/{name}/");
        if emitted.range(folder.as_str()..).next().is_some_and(|path| path.starts_with(&folder)) {
            return;
        }
        if self.gone.last().is_none_or(|gone| gone.name != name) {
            self.gone.push(Gone { name: name.to_owned(), generated_from: None, strays: Vec::new() });
        }
        let generated_from = mark.split_once(" from ").and_then(|(_, rest)| rest.split_once(". Do not edit"));
        if let (Some(gone), "Cargo.toml", Some((file, _))) = (self.gone.last_mut(), rest, generated_from) {
            gone.generated_from = Some(file.to_owned());
        }
    }

    /// Whether all files are up to date.
    pub fn is_fresh(&self) -> bool {
        let is_record = |change: &Change| self.record_is_complete && change.path == checksums::PATH;
        self.stale.iter().all(is_record)
            && self.missing.is_empty()
            && self.orphaned.is_empty()
            && self.strays.is_empty()
    }

    /// Writes and removes the files.
    pub fn apply(&self, workspace: &Workspace) -> Result<()> {
        for change in self.stale.iter().chain(&self.missing) {
            workspace.replace(&change.path, &change.emitted)?;
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
    fn stale_missing_and_orphaned_files_are_updated_and_strays_kept() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        workspace.write("generated/a/stale.rs", &marked("old")).unwrap();
        workspace.write("generated/a/same.rs", &marked("same")).unwrap();
        workspace.write("generated/b/src/orphan.rs", &marked("gone")).unwrap();
        workspace.write("generated/a/notes.txt", "notes").unwrap();
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
        assert!(!workspace.path("generated/b").exists(), "empty folders are removed");
        assert_eq!(after.strays, ["generated/a/notes.txt"], "stray files are kept");
    }

    #[test]
    fn file_changed_after_generation_is_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let old =
            ["edited", "older", "gone"].map(|name| File::new(format!("generated/a/{name}.rs"), marked(name)));
        let record = typefoundry_codegen::checksums::record(&old);
        for file in old.iter().chain([&record]) {
            workspace.write(&file.path, &file.text).unwrap();
        }
        workspace.write("generated/a/edited.rs", &marked("mine")).unwrap();
        workspace.write("generated/a/gone.rs", &marked("mine")).unwrap();
        let new = ["edited", "older"].map(|name| File::new(format!("generated/a/{name}.rs"), marked("new")));
        let plan = Plan::new(&workspace, &new).unwrap();
        assert_eq!(plan.stale.len(), 2);
        let edited: Vec<_> = plan.edited.iter().map(String::as_str).collect();
        assert_eq!(edited, ["generated/a/edited.rs", "generated/a/gone.rs"]);
    }

    /// When git merges two branches with fresh output, the result is fresh.
    #[test]
    fn merged_record_with_every_file_is_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let record =
            |text: &str| typefoundry_codegen::checksums::record(&[File::new("generated/a/b.rs", text)]);
        let (old, new) = (record("old"), record("new"));
        workspace.write(&new.path, &format!("{}{}", old.text, new.text)).unwrap();
        assert!(Plan::new(&workspace, [&new]).unwrap().is_fresh());
        workspace.write(&new.path, &old.text).unwrap();
        assert!(!Plan::new(&workspace, [&new]).unwrap().is_fresh());
    }

    #[test]
    fn package_without_output_is_gone_and_keeps_its_origin() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let header = format!("# {MARK} from spec/old/api.yaml. Do not edit.\n");
        workspace.write("generated/old/Cargo.toml", &header).unwrap();
        workspace.write("generated/old/src/lib.rs", &marked("")).unwrap();
        workspace.write("generated/old/notes.txt", "mine").unwrap();
        // A resource that is gone takes a file with it, and no package.
        workspace.write("generated/old-two/src/users.rs", &marked("")).unwrap();
        let plan = Plan::new(&workspace, &[File::new("generated/old-two/Cargo.toml", "")]).unwrap();
        let [gone] = plan.gone.as_slice() else { panic!("{:?}", plan.gone) };
        assert_eq!((gone.name.as_str(), gone.generated_from.as_deref()), ("old", Some("spec/old/api.yaml")));
        assert_eq!(gone.strays, ["generated/old/notes.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn link_in_the_output_is_replaced_and_its_target_kept() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        workspace.write("mine.rs", "mine").unwrap();
        workspace.write("generated/a/b.rs", "").unwrap();
        workspace.remove("generated/a/b.rs").unwrap();
        std::fs::create_dir_all(workspace.path("generated/a")).unwrap();
        std::os::unix::fs::symlink(workspace.path("mine.rs"), workspace.path("generated/a/b.rs")).unwrap();
        let files = [File::new("generated/a/b.rs", marked("new"))];
        Plan::new(&workspace, &files).unwrap().apply(&workspace).unwrap();
        assert_eq!(workspace.read("mine.rs").unwrap().as_deref(), Some("mine"));
        assert_eq!(workspace.read("generated/a/b.rs").unwrap(), Some(marked("new")));
    }
}
