//! The comment line that tells editors the schema of a file.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The prefix that editors with a YAML language server recognize.
const MARK: &str = "yaml-language-server:";
const KEY: &str = "$schema=";

/// Warns about a line that names another schema than the one of the file.
///
/// `path` is relative to `spec/`, and `schema` is the name of the schema. The line is optional.
pub fn check_schema_line(text: &str, file: usize, path: &str, schema: &str) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.trim_start_matches('\u{feff}').trim().strip_prefix('#');
        if let Some(found) = comment.and_then(|comment| comment.trim_start().strip_prefix(MARK)) {
            let end = start + line.trim_end().len();
            let begin = start + (line.len() - line.trim_start_matches('\u{feff}').trim_start().len());
            return check(found, Span::new(file, begin..end), path, schema);
        }
        if comment.is_none() && !line.trim().is_empty() {
            return None;
        }
        start += line.len();
    }
    None
}

fn check(found: &str, span: Span, path: &str, schema: &str) -> Option<Diagnostic> {
    let expected = format!("{}schema/{schema}.json", "../".repeat(path.matches('/').count()));
    let given = found.split_whitespace().find_map(|word| word.strip_prefix(KEY)).unwrap_or("");
    let is_elsewhere = given.contains("://") || given.starts_with('/');
    if is_elsewhere || given.trim_start_matches("./") == expected {
        return None;
    }
    Some(
        Diagnostic::warning(Code::WrongSchemaLine, span, format!("the schema of this file is not `{given}`"))
            .label(format!("expected `{expected}`"))
            .help(format!("write `# {MARK} {KEY}{expected}`")),
    )
}
