//! One run per output folder at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use same_file::Handle;

/// The name of the lock file in the output folder. It exists while a run writes.
pub const NAME: &str = ".typefoundry.lock";

/// A lock that other runs cannot have at the same time. The operating system releases it if the run is killed.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Holds the lock until it is closed.
    file: File,
}

impl Lock {
    /// Locks the output folder, and creates it if needed. `shown` is the folder as messages show it.
    pub fn acquire(folder: &Path, shown: &str) -> Result<Self> {
        let path = folder.join(NAME);
        let failed = || format!("failed to lock {shown}/, so nothing was written");
        fs::create_dir_all(folder).with_context(failed)?;
        loop {
            let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = match opened {
                Ok(file) => file,
                // Windows refuses to open a file that the other run is removing.
                Err(error)
                    if error.kind() == ErrorKind::PermissionDenied && path.exists() && cfg!(windows) =>
                {
                    bail!(in_use(shown))
                }
                Err(error) => return Err(error).with_context(failed),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => bail!(in_use(shown)),
                // Some network file systems have no locks. Cargo proceeds there as well.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
            }
            // The other run can have removed the file before it was locked here. Then a third run locks another file.
            if is_at(&file, &path).with_context(failed)? {
                return Ok(Self { path, file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is locked, so that no other run gets the lock of a file that is about to be removed.
        if is_at(&self.file, &self.path).unwrap_or(false) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the lock file of a killed run. That of another run stays, because its lock cannot be acquired.
pub fn remove_leftover(folder: &Path) {
    if folder.join(NAME).exists() {
        drop(Lock::acquire(folder, ""));
    }
}

fn in_use(shown: &str) -> String {
    format!(
        "another run is writing to {shown}/; nothing was written; run the command again when it has ended"
    )
}

/// Whether the file is the one that the path leads to.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    match Handle::from_path(path) {
        Ok(found) => Ok(found == Handle::from_file(file.try_clone()?)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lock, NAME, remove_leftover};

    #[test]
    fn second_run_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("generated");
        let first = Lock::acquire(&output, "generated").unwrap();
        let error = Lock::acquire(&output, "generated").unwrap_err().to_string();
        assert!(error.starts_with("another run is writing to generated/; nothing was written"), "{error}");
        drop(first);
        assert!(!output.join(NAME).exists());
        Lock::acquire(&output, "generated").unwrap();
    }

    #[test]
    fn lock_file_of_a_killed_run_is_not_a_lock() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "").unwrap();
        let other = Lock::acquire(folder.path(), "generated").unwrap();
        remove_leftover(folder.path());
        assert!(folder.path().join(NAME).exists(), "another run has the lock");
        drop(other);
        std::fs::write(folder.path().join(NAME), "").unwrap();
        remove_leftover(folder.path());
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    fn removed_lock_file_does_not_hold_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let removed = Lock::acquire(folder.path(), "generated").unwrap();
        std::fs::remove_file(folder.path().join(NAME)).unwrap();
        // The first lock is worthless now. The second one must be that of a file that others find.
        let second = Lock::acquire(folder.path(), "generated").unwrap();
        assert!(Lock::acquire(folder.path(), "generated").is_err());
        drop((removed, second));
    }
}
