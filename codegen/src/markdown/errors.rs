//! The page of the known error codes, and the types of error bodies.

use super::link_index::{ERRORS, LinkIndex, README};
use super::page::Page;
use super::text::{link, listed, relative};
use super::types::render_enum;
use crate::doc_text::{code, code_block};
use crate::rust::example_match;
use crate::rust::lower::{ERROR_CODE, LinkTarget};

/// Returns the page as blocks.
pub fn render(links: &LinkIndex<'_>) -> Vec<String> {
    let page = Page { links, path: ERRORS, resource: None };
    let package = links.package;
    let mut blocks = vec![
        format!("# Error codes of {}", package.api.package.name),
        link("README", &relative(ERRORS, README, "")),
        format!("{} returns the code of an API error as {}:", code("error.code_as()"), code(ERROR_CODE)),
        code_block("rust", &example_match(package)),
        format!("The variants of {}:", code(ERROR_CODE)),
    ];
    blocks.extend(render_enum(page, ERROR_CODE, &package.error_codes));
    blocks.push(render_error_bodies(page));
    blocks
}

/// Renders a link to the page, if there is one.
pub fn render_link(page: Page<'_>, text: &str) -> Option<String> {
    let package = page.links.package;
    let has_page = package.settings.docs && !package.error_codes.is_empty();
    has_page.then(|| link(text, &relative(page.path, ERRORS, "")))
}

/// Renders the types that error bodies can be decoded as; nothing without such types.
pub fn render_error_bodies(page: Page<'_>) -> String {
    let types = page.links.package.types.iter().filter(|item| item.model.in_errors);
    let links: Vec<String> = types.map(|item| page.link_by_name(LinkTarget::Type(item.id))).collect();
    if links.is_empty() {
        return String::new();
    }
    format!(
        "{} decodes the error body of an operation that documents it, with {} for `T`.",
        code("error.body_as::<T>()"),
        listed(&links, "or"),
    )
}
