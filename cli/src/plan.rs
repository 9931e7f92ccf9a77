//! The changes to make on disk, computed before any file is written.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use typefoundry_codegen::checksums::{self, Origin, Recorded};
use typefoundry_codegen::output::File;
use typefoundry_codegen::settings::mark_of;

use crate::repository::{Repository, is_draft};

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
    /// The stale and orphaned files whose text was not generated. They can contain the work of a person.
    pub kept: BTreeMap<String, Kept>,
    /// Packages without generated files.
    pub gone: Vec<Gone>,
    /// Files that are up to date.
    pub unchanged: Vec<String>,
    /// Whether the record of checksums contains every file and is intact, although its text differs: a merge keeps the lines of both
    /// sides.
    pub record_is_complete: bool,
    /// The path of the record.
    pub record: String,
}

/// The reason why a file is replaced or removed only with `--force`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The file was changed after it was generated.
    Edited,
    /// The record of checksums does not contain the file.
    Unknown,
}

/// A package in the output folder that no API in the spec describes.
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
    pub fn new<'f>(repository: &Repository, files: impl IntoIterator<Item = &'f File>) -> Result<Self> {
        let mut plan = Self { record: record_path(repository), ..Self::default() };
        let mut emitted = BTreeSet::new();
        let record = repository.read(&plan.record)?.unwrap_or_default();
        let recorded = Recorded::parse(&record);
        for file in files {
            emitted.insert(file.path.as_str());
            plan.record_is_complete |=
                file.path == plan.record && recorded.holds(&file.text) && checksums::is_intact(&record);
            let change =
                |on_disk: String| Change { path: file.path.clone(), on_disk, emitted: file.text.clone() };
            match repository.read(&file.path)? {
                Some(text) if is_same(&text, &file.text) => plan.unchanged.push(file.path.clone()),
                Some(text) => {
                    if file.path != plan.record {
                        plan.keep(&file.path, recorded.origin(&file.path, &text));
                    }
                    plan.stale.push(change(text));
                }
                None => plan.missing.push(change(String::new())),
            }
        }
        for path in repository.output_files()? {
            if !emitted.contains(path.as_str()) {
                // Reading a named pipe would block.
                let text = match repository.is_regular(&path) {
                    true => repository.read(&path)?.unwrap_or_default(),
                    false => String::new(),
                };
                let mark = mark_of(&text);
                let origin = recorded.origin(&path, &text);
                // A license file has no mark.
                let is_ours = mark.is_some() || matches!(origin, Origin::Generated | Origin::Edited);
                if is_draft(&path) {
                    plan.orphaned.push(path);
                } else if is_ours {
                    plan.record_gone(repository.output(), &emitted, &path, mark);
                    plan.keep(&path, origin);
                    plan.orphaned.push(path);
                } else {
                    plan.strays.push(path);
                }
            }
        }
        for gone in &mut plan.gone {
            let folder = format!("{}/{}/", repository.output(), gone.name);
            let cargo = repository.files_of_cargo(&gone.name);
            gone.strays =
                plan.strays.iter().filter(|path| path.starts_with(&folder)).cloned().chain(cargo).collect();
        }
        Ok(plan)
    }

    /// Keeps a file from being replaced or removed without `--force` if its text was not generated.
    fn keep(&mut self, path: &str, origin: Origin) {
        let kept = match origin {
            Origin::Generated | Origin::Copied => return,
            Origin::Edited => Kept::Edited,
            Origin::Unknown => Kept::Unknown,
        };
        self.kept.insert(path.to_owned(), kept);
    }

    /// Records the package of an orphaned file if the package has no generated files. `mark` is the line with the mark; that of the
    /// manifest names the description of the package.
    fn record_gone(&mut self, output: &str, emitted: &BTreeSet<&str>, path: &str, mark: Option<&str>) {
        let below = path.strip_prefix(&format!("{output}/")).and_then(|path| path.split_once('/'));
        let Some((name, rest)) = below else { return };
        let folder = format!("{output}/{name}/");
        if emitted.range(folder.as_str()..).next().is_some_and(|path| path.starts_with(&folder)) {
            return;
        }
        if self.gone.last().is_none_or(|gone| gone.name != name) {
            self.gone.push(Gone { name: name.to_owned(), generated_from: None, strays: Vec::new() });
        }
        let generated_from = mark
            .and_then(|mark| mark.split_once(" from "))
            .and_then(|(_, rest)| rest.split_once(". Do not edit"));
        if let (Some(gone), "Cargo.toml", Some((file, _))) = (self.gone.last_mut(), rest, generated_from) {
            gone.generated_from = Some(file.to_owned());
        }
    }

    /// Whether all files are up to date.
    pub fn is_fresh(&self) -> bool {
        let is_record = |change: &Change| self.record_is_complete && change.path == self.record;
        self.stale.iter().all(is_record)
            && self.missing.is_empty()
            && self.orphaned.is_empty()
            && self.strays.is_empty()
    }

    /// Whether there is a file to write or to remove.
    pub fn has_changes(&self) -> bool {
        !(self.stale.is_empty() && self.missing.is_empty() && self.orphaned.is_empty())
    }

    /// Writes and removes the files.
    ///
    /// A run that is killed in between leaves each file as it was or as it will be. The record of checksums then has the lines of
    /// both, so that the next run does not mistake a new file for an edited one.
    ///
    /// # Errors
    ///
    /// A file cannot be written or removed. The error names the files that were changed before.
    pub fn apply(&self, repository: &Repository) -> Result<()> {
        let mut done: Vec<&str> = Vec::new();
        let result = self.apply_each(repository, &mut done);
        result.map_err(|error| match done.as_slice() {
            [] => anyhow!("{error:#}\n  nothing was changed"),
            done => anyhow!("{error:#}\n  changed before: {}", listed(done)),
        })
    }

    fn apply_each<'p>(&'p self, repository: &Repository, done: &mut Vec<&'p str>) -> Result<()> {
        let changes = || self.stale.iter().chain(&self.missing);
        if let Some(record) = changes().find(|change| change.path == self.record) {
            repository.replace(&self.record, &checksums::merged(&record.on_disk, &record.emitted))?;
            done.push(&record.path);
        }
        for change in changes().filter(|change| change.path != self.record) {
            repository.replace(&change.path, &change.emitted)?;
            done.push(&change.path);
        }
        for path in &self.orphaned {
            repository.remove(path)?;
            done.push(path);
        }
        for record in changes().filter(|change| change.path == self.record) {
            repository.replace(&record.path, &record.emitted)?;
        }
        Ok(())
    }
}

/// Whether two texts are equal but for the kind of line ends, which git changes on some systems.
fn is_same(on_disk: &str, emitted: &str) -> bool {
    on_disk == emitted || (on_disk.contains('\r') && on_disk.replace("\r\n", "\n") == emitted)
}

/// The maximum number of files in an error.
const LISTED: usize = 10;

fn listed(paths: &[&str]) -> String {
    let more = paths.len().saturating_sub(LISTED);
    let shown = paths.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// Returns the path of the record of checksums, beside the folder of the packages.
pub fn record_path(repository: &Repository) -> String {
    checksums::path(repository.output())
}

#[cfg(test)]
mod tests {
    use super::{Kept, Plan};
    use crate::repository::Repository;
    use typefoundry_codegen::checksums;
    use typefoundry_codegen::output::File;
    use typefoundry_codegen::settings::Settings;

    fn marked(text: &str) -> String {
        format!("// {}\n{text}\n", Settings::default().mark("spec/x.yaml"))
    }

    #[test]
    fn stale_missing_and_orphaned_files_are_updated_and_strays_kept() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        repository.write("generated/a/stale.rs", &marked("old")).unwrap();
        repository.write("generated/a/same.rs", &marked("same")).unwrap();
        repository.write("generated/b/src/orphan.rs", &marked("gone")).unwrap();
        repository.write("generated/a/notes.txt", "notes").unwrap();
        let files = [
            File::new("generated/a/stale.rs", marked("new")),
            File::new("generated/a/same.rs", marked("same")),
            File::new("generated/a/src/missing.rs", marked("more")),
        ];

        let plan = Plan::new(&repository, &files).unwrap();
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

        plan.apply(&repository).unwrap();
        let after = Plan::new(&repository, &files).unwrap();
        assert_eq!(after.unchanged.len(), 3);
        assert!(after.stale.is_empty() && after.missing.is_empty() && after.orphaned.is_empty());
        assert!(!repository.path("generated/b").exists(), "empty folders are removed");
        assert_eq!(after.strays, ["generated/a/notes.txt"], "stray files are kept");
    }

    #[test]
    fn file_changed_after_generation_is_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        let old =
            ["edited", "older", "gone"].map(|name| File::new(format!("generated/a/{name}.rs"), marked(name)));
        let record = checksums::record(&Settings::default(), &old);
        for file in old.iter().chain([&record]) {
            repository.write(&file.path, &file.text).unwrap();
        }
        repository.write("generated/a/edited.rs", &marked("mine")).unwrap();
        repository.write("generated/a/gone.rs", &marked("mine")).unwrap();
        let new = ["edited", "older"].map(|name| File::new(format!("generated/a/{name}.rs"), marked("new")));
        let plan = Plan::new(&repository, &new).unwrap();
        assert_eq!(plan.stale.len(), 2);
        let kept: Vec<_> = plan.kept.iter().map(|(path, why)| (path.as_str(), *why)).collect();
        assert_eq!(kept, [("generated/a/edited.rs", Kept::Edited), ("generated/a/gone.rs", Kept::Edited)]);
    }

    /// When git merges two branches with fresh output, the result is fresh.
    #[test]
    fn merged_record_with_every_file_is_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        let record =
            |text: &str| checksums::record(&Settings::default(), &[File::new("generated/a/b.rs", text)]);
        let (old, new) = (record("old"), record("new"));
        repository.write(&new.path, &format!("{}{}", old.text, new.text)).unwrap();
        let merged = Plan::new(&repository, [&new]).unwrap();
        assert!(merged.is_fresh() && merged.has_changes(), "`generate` removes the old lines");
        repository.write(&new.path, &old.text).unwrap();
        assert!(!Plan::new(&repository, [&new]).unwrap().is_fresh());
    }

    #[test]
    fn package_without_output_is_gone_and_keeps_its_origin() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        let header = format!("# {}\n", Settings::default().mark("spec/old/api.yaml"));
        repository.write("generated/old/Cargo.toml", &header).unwrap();
        repository.write("generated/old/src/lib.rs", &marked("")).unwrap();
        repository.write("generated/old/notes.txt", "mine").unwrap();
        // A resource that is gone takes a file with it, and no package.
        repository.write("generated/old-two/src/users.rs", &marked("")).unwrap();
        let plan = Plan::new(&repository, &[File::new("generated/old-two/Cargo.toml", "")]).unwrap();
        let [gone] = plan.gone.as_slice() else { panic!("{:?}", plan.gone) };
        assert_eq!((gone.name.as_str(), gone.generated_from.as_deref()), ("old", Some("spec/old/api.yaml")));
        assert_eq!(gone.strays, ["generated/old/notes.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn link_in_the_output_is_replaced_and_its_target_kept() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        repository.write("mine.rs", "mine").unwrap();
        repository.write("generated/a/b.rs", "").unwrap();
        repository.remove("generated/a/b.rs").unwrap();
        std::fs::create_dir_all(repository.path("generated/a")).unwrap();
        std::os::unix::fs::symlink(repository.path("mine.rs"), repository.path("generated/a/b.rs")).unwrap();
        let files = [File::new("generated/a/b.rs", marked("new"))];
        Plan::new(&repository, &files).unwrap().apply(&repository).unwrap();
        assert_eq!(repository.read("mine.rs").unwrap().as_deref(), Some("mine"));
        assert_eq!(repository.read("generated/a/b.rs").unwrap(), Some(marked("new")));
    }
}
