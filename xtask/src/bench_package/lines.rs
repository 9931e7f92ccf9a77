//! The number of lines of a generated package.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;

use super::Package;
use super::table::Table;
use typefoundry::code_lines;

/// The lines of a package below `src/`.
#[derive(Default)]
pub struct Lines {
    pub code: usize,
    pub docs: usize,
    files: usize,
}

/// Counts the lines of the package in a folder.
pub fn lines(package: &Path) -> Result<Lines> {
    let mut lines = Lines::default();
    for entry in WalkDir::new(package.join("src")) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path())?;
            lines.code += code_lines(&text);
            lines.docs += doc_lines(&text);
            lines.files += 1;
        }
    }
    Ok(lines)
}

/// Counts the lines of code and docs below `src/`.
pub fn count(package: &Package) -> Result<Table> {
    let lines = lines(&package.folder)?;
    let mut table = Table::new(["lines of src/", "total", "per operation"]);
    for (title, count) in [("code", lines.code), ("docs", lines.docs)] {
        let each = count / package.operations.max(1);
        table.row([title.to_owned(), count.to_string(), each.to_string()]);
    }
    table.row(["files".to_owned(), lines.files.to_string(), String::new()]);
    Ok(table)
}

fn doc_lines(text: &str) -> usize {
    let is_doc = |line: &&str| line.starts_with("///") || line.starts_with("//!");
    text.lines().map(str::trim_start).filter(is_doc).count()
}
