//! Planned changes of files, and their execution: all of them or none.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use crate::paths::normalized;
use crate::repository::DRAFT;

/// A planned change. The path is relative to the folder to prepare, with forward slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    pub action: Action,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A new file with this text.
    Create(String),
    /// Another text for an existing file.
    Edit(String),
    /// No change, for this reason.
    Keep(&'static str),
}

impl Change {
    /// Returns the change to a file that must have `text`, or the reason to keep an existing file.
    pub fn create(
        path: impl Into<String>,
        existing: Option<&str>,
        text: String,
        reason: &'static str,
    ) -> Self {
        let action = if existing.is_some() { Action::Keep(reason) } else { Action::Create(text) };
        Self { path: path.into(), action }
    }

    /// Returns the change from the existing text to another one; `None` keeps the file.
    pub fn edit(path: impl Into<String>, existing: Option<&str>, text: Option<String>) -> Self {
        let action = match (text, existing) {
            (None, _) => Action::Keep("nothing to add"),
            (Some(text), None) => Action::Create(text),
            (Some(text), Some(old)) => Action::Edit(with_line_ends_of(old, text)),
        };
        Self { path: path.into(), action }
    }

    /// Returns the text of the file after the change, if it changes.
    pub fn text(&self) -> Option<&str> {
        match &self.action {
            Action::Create(text) | Action::Edit(text) => Some(text),
            Action::Keep(_) => None,
        }
    }
}

/// Returns the text with the line ends of the old one. New lines have that of its last line.
fn with_line_ends_of(old: &str, text: String) -> String {
    if !old.contains("\r\n") {
        return text;
    }
    let end = if old.rfind('\n') == old.rfind("\r\n").map(|at| at + 1) { "\r\n" } else { "\n" };
    let mut old = old.split_inclusive('\n').peekable();
    let mut lines = String::new();
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end_matches(['\r', '\n']);
        // Those behind a changed line are like new ones.
        match old.next_if(|old| old.ends_with('\n') && old.trim_end_matches(['\r', '\n']) == plain) {
            Some(old) => lines.push_str(old),
            None if line.ends_with('\n') => lines.extend([plain, end]),
            None => lines.push_str(line),
        }
    }
    lines
}

/// Makes the changes. All texts are written before a file is replaced, so that an error changes nothing. A new file never replaces
/// another one.
pub fn apply(root: &Path, changes: &[Change]) -> Result<()> {
    let mut drafts = Drafts::default();
    for change in changes {
        if let Some(text) = change.text() {
            // The folder can be missing, so only the text of the path leads out of it.
            let path = normalized(&root.join(&change.path));
            let written = drafts.write(&path, text, matches!(change.action, Action::Create(_)));
            written.with_context(|| format!("failed to write {}; nothing was written", change.path))?;
        }
    }
    drafts.commit()
}

/// A written text.
struct Draft {
    text: PathBuf,
    file: PathBuf,
    is_new: bool,
}

impl Draft {
    /// Replaces the file.
    fn commit(&self) -> io::Result<()> {
        if self.is_new {
            refuse_existing(&self.file)?;
        }
        fs::rename(&self.text, &self.file)
    }
}

/// Fails if there is something at the path of a new file, such as a file that another program has just written.
fn refuse_existing(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

/// Written texts that have not replaced their files yet. They are removed on drop.
#[derive(Default)]
struct Drafts {
    files: Vec<Draft>,
    /// The created folders, outer ones first.
    folders: Vec<PathBuf>,
}

impl Drafts {
    fn write(&mut self, path: &Path, text: &str, is_new: bool) -> io::Result<()> {
        let path = if is_new {
            refuse_existing(path)?;
            path.to_owned()
        } else {
            // The target of a link is changed, and not the link.
            fs::canonicalize(path)?
        };
        let folder = path.parent().unwrap_or(&path);
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        let mut draft = path.clone().into_os_string();
        draft.push(format!(".{}{DRAFT}", std::process::id()));
        let draft = PathBuf::from(draft);
        self.files.push(Draft { text: draft.clone(), file: path, is_new });
        fs::write(draft, text)
    }

    fn commit(mut self) -> Result<()> {
        let mut done: Vec<String> = Vec::new();
        // Those that follow an error are removed on drop.
        while let Some(draft) = self.files.first() {
            let shown = draft.file.display().to_string();
            if let Err(error) = draft.commit() {
                let done = if done.is_empty() { "nothing".to_owned() } else { done.join(", ") };
                return Err(anyhow!(error))
                    .with_context(|| format!("failed to write {shown}; written before: {done}"));
            }
            done.push(shown);
            self.files.remove(0);
        }
        self.folders.clear();
        Ok(())
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        for draft in &self.files {
            let _ = fs::remove_file(&draft.text);
        }
        // Folders with files stay.
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Action, Change, Drafts, apply};

    fn create(path: &str) -> Change {
        Change::create(path, None, "new\n".to_owned(), "")
    }

    #[test]
    fn failed_file_undoes_the_others() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old"), "old\n").unwrap();
        let edit = Change::edit("old", Some("old\n"), Some("new\n".to_owned()));
        // The file `old` is in the way of a folder.
        let changes = [create("a/b/c"), edit, create("old/d")];
        let error = format!("{:#}", apply(folder.path(), &changes).unwrap_err());
        assert!(error.starts_with("failed to write old/d; nothing was written: "), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("old")).unwrap(), "old\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        apply(folder.path(), &changes[..2]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("old")).unwrap(), "new\n");
        assert_eq!(fs::read_to_string(folder.path().join("a/b/c")).unwrap(), "new\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn new_file_never_replaces_another_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine"), "mine\n").unwrap();
        // The folder `new` is missing when the path is resolved.
        for path in ["mine", "new/../mine"] {
            let changes = [create("new/file"), create(path)];
            let error = format!("{:#}", apply(folder.path(), &changes).unwrap_err());
            assert!(error.starts_with(&format!("failed to write {path}; nothing was written: ")), "{error}");
        }
        // Another program writes the file after the check.
        let mut drafts = Drafts::default();
        for name in ["first", "other", "third"] {
            drafts.write(&folder.path().join(name), "new\n", true).unwrap();
        }
        fs::write(folder.path().join("other"), "other\n").unwrap();
        let error = format!("{:#}", drafts.commit().unwrap_err());
        assert!(error.contains("other; written before: ") && error.contains("first: "), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("mine")).unwrap(), "mine\n");
        assert_eq!(fs::read_to_string(folder.path().join("other")).unwrap(), "other\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn edited_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("target"), "old\n").unwrap();
        std::os::unix::fs::symlink("target", folder.path().join("link")).unwrap();
        apply(folder.path(), &[Change::edit("link", Some("old\n"), Some("new\n".to_owned()))]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("target")).unwrap(), "new\n");
        assert!(folder.path().join("link").is_symlink());
    }

    #[test]
    fn existing_file_is_kept_and_its_line_ends_as_well() {
        let keep = Change::create("a", Some("mine"), "new".to_owned(), "already exists");
        assert_eq!((keep.text(), &keep.action), (None, &Action::Keep("already exists")));
        let edit = Change::edit("a", Some("x\r\n"), Some("x\r\ny\n".to_owned()));
        assert_eq!(edit.text(), Some("x\r\ny\r\n"));
        assert_eq!(Change::edit("a", Some("x"), None).text(), None);
        for (old, new, expected) in [
            ("a\nb\r\n", "a\nb\nc\n", "a\nb\r\nc\r\n"),
            ("a\r\nb\n", "a\r\nb\nc\n", "a\r\nb\nc\n"),
            ("a\r\nb\nc\r\n", "a\nnew\nb\nc\n", "a\r\nnew\r\nb\nc\r\n"),
            ("a\r\nb", "a\nb\nc\n", "a\r\nb\r\nc\r\n"),
            ("a\n", "a\nb\n", "a\nb\n"),
        ] {
            assert_eq!(Change::edit("a", Some(old), Some(new.to_owned())).text(), Some(expected), "{old:?}");
        }
    }
}
