//! Snippets of the README. Each one compiles as a doctest, so it is a whole function with its imports.

use crate::doc_text::code_block;
use crate::markdown::text::indented;
use crate::rust::lower::Package;

/// The error type of functions whose example can fail in several ways.
pub const ANY_ERROR: &str = "Box<dyn std::error::Error>";

/// Renders an example, which uses a `client`, as the body of a function that succeeds with `()`.
pub fn render(language: &str, package: &Package<'_>, head: &str, example: &str) -> String {
    let (imports, statements) = match example.split_once("\n\n") {
        Some((imports, statements)) if imports.starts_with("use ") => (imports, statements),
        _ => ("", example),
    };
    let imports = format!("use {}::Client;\n{imports}", package.crate_name);
    let body = indented(statements, 4);
    let text = format!("{}\n\n{head} {{\n{body}\n    Ok(())\n}}", imports.trim_end());
    code_block(language, &text)
}
