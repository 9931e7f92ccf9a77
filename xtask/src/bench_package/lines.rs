//! The number of lines of a generated package.

use anyhow::Result;
use walkdir::WalkDir;

use super::Package;
use super::table::Table;
use crate::report::code_lines;

/// Counts the lines of code and docs below `src/`.
pub fn count(package: &Package) -> Result<Table> {
    let (mut code, mut docs, mut files) = (0, 0, 0);
    for entry in WalkDir::new(package.folder.join("src")) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path())?;
            code += code_lines(&text);
            docs += doc_lines(&text);
            files += 1;
        }
    }
    let mut table = Table::new(["lines of src/", "total", "per operation"]);
    for (title, count) in [("code", code), ("docs", docs)] {
        let each = count / package.operations.max(1);
        table.row([title.to_owned(), count.to_string(), each.to_string()]);
    }
    table.row(["files".to_owned(), files.to_string(), String::new()]);
    Ok(table)
}

fn doc_lines(text: &str) -> usize {
    let is_doc = |line: &&str| line.starts_with("///") || line.starts_with("//!");
    text.lines().map(str::trim_start).filter(is_doc).count()
}
