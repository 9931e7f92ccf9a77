//! The section about paginated lists.

use super::snippet::{self, ANY_ERROR};
use crate::markdown::page::Page;
use crate::rust::example_items;
use crate::rust::lower::Package;

/// Returns the section as blocks; nothing if no operation has pages.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let mut paged = package.operations.iter().filter(|operation| operation.model.pagination.is_some());
    let Some(operation) = paged.next() else { return Vec::new() };
    let reference = page.reference(operation.id);
    let text = "`items()` streams the items of all pages. `pages()` streams whole pages; its `cursor()` is the position to resume \
                from later. Both streams implement `runtime::Stream` and have `next()` and `try_collect()`. They request a page \
                when it is needed, and end after the first error.";
    let text = format!("{text}{reference}");
    let head = format!("async fn print_all(client: &Client) -> Result<(), {ANY_ERROR}>");
    let example = snippet::render("rust", package, &head, &example_items(package, operation.id));
    vec!["## Pagination".to_owned(), example, text]
}

/// Whether any operation has pages.
pub fn any(package: &Package<'_>) -> bool {
    package.operations.iter().any(|operation| operation.model.pagination.is_some())
}
