//! The section about paginated lists.

use crate::doc_text::code_block;
use crate::markdown::book::Page;
use crate::rust::example_items;
use crate::rust::lower::{LinkTarget, Package};

/// Renders the section as blocks, or nothing without a paginated list.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let mut paged = package.operations.iter().filter(|operation| operation.model.pagination.is_some());
    let Some(operation) = paged.next() else { return Vec::new() };
    let described = page.link_by_name(LinkTarget::Operation(operation.id));
    let text = "`items()` in place of `send()` goes through a list, whatever the number of its pages; `pages()` gives whole \
                pages, and its `cursor()` says where to go on another day. Both are streams (`runtime::Stream`) with a \
                `next()` and a `try_collect()` of their own. A page is asked for when it is needed, and the first error \
                is the end.";
    let text = format!("{text} More on this list: {described}.");
    vec!["## Lists".to_owned(), code_block("rust", &example_items(package, operation.id)), text]
}

/// Whether any list is paginated.
pub fn any(package: &Package<'_>) -> bool {
    package.operations.iter().any(|operation| operation.model.pagination.is_some())
}
