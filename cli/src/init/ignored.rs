//! Files that git ignores, although they must be committed.

use std::path::Path;
use std::process::{Command, Stdio};

/// The number of paths on one command line, which Windows limits.
const PATHS: usize = 200;

/// Returns a note about the paths that git ignores, if any. Paths are relative to the folder. Without git, returns `None`.
pub fn note(folder: &Path, paths: &[String]) -> Option<String> {
    let ignored: Vec<String> = paths.chunks(PATHS).flat_map(|paths| ignored(folder, paths)).collect();
    let first = ignored.first()?;
    let more = ignored.len() - 1;
    let more = if more > 0 { format!(" and {more} more file(s)") } else { String::new() };
    Some(format!(
        "note: git ignores {first}{more}, which must be committed; change the patterns in .gitignore"
    ))
}

/// Returns those of the paths that git ignores. Git does not ignore committed files.
fn ignored(folder: &Path, paths: &[String]) -> Vec<String> {
    let mut git = Command::new("git");
    git.args(["-c", "core.quotePath=false", "check-ignore", "--"]).args(paths);
    match git.current_dir(folder).stdin(Stdio::null()).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    }
}
