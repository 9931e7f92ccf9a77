//! Paths with forward slashes, which are equal on all systems.

use std::path::{Component, Path, PathBuf};

/// Returns a path relative to `root`, with forward slashes.
pub fn slashed(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Returns the path with `..` and `.` resolved, without looking at the disk.
pub fn normalized(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

/// Returns the path from a folder to another path, with forward slashes; `None` between two drives. Both paths are absolute.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let relative = pathdiff::diff_paths(normalized(to), normalized(from))?;
    let shown = slashed(Path::new(""), &relative);
    Some(if shown.is_empty() { ".".to_owned() } else { shown })
}

/// Returns a path as people see it from a folder.
pub fn shown(from: &Path, path: &Path) -> String {
    relative(from, path).unwrap_or_else(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn relative_path_leads_from_folder_to_folder() {
        let between = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(between("/a/generated/acme", "/a/runtime"), "../../runtime");
        assert_eq!(between("/a", "/a/b/../spec"), "spec");
        assert_eq!(between("/a/b", "/c"), "../../c");
        assert_eq!(between("/a", "/a"), ".");
    }
}
