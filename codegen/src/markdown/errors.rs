//! The page of the known error codes.

use super::book::{Book, ERRORS, Page, README, link, relative};
use super::readme::render_error_bodies;
use super::types::render_enum;
use crate::doc_text::{code, code_block};
use crate::rust::example_match;
use crate::rust::lower::ERROR_CODE;

/// Renders the page as blocks.
pub fn render(book: &Book<'_>) -> Vec<String> {
    let page = Page { book, path: ERRORS, resource: None };
    let package = book.package;
    let mut blocks = vec![
        format!("# Error codes of {}", package.api.package.name),
        format!(
            "What an error of {} says went wrong. {} reads it as {}, an enum of the codes that are known:",
            link("the package", &relative(ERRORS, README, "")),
            code("error.code_as()"),
            code(ERROR_CODE),
        ),
        code_block("rust", &example_match(package)),
    ];
    blocks.extend(render_enum(page, ERROR_CODE, &package.error_codes));
    blocks.push(render_error_bodies(page));
    blocks
}

/// Returns a link from another page, if the package has this page.
pub fn render_link(page: Page<'_>, text: &str) -> Option<String> {
    let has_codes = !page.book.package.error_codes.is_empty();
    has_codes.then(|| link(text, &relative(page.path, ERRORS, "")))
}
