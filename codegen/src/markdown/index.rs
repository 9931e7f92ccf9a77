//! The page that lists every operation.

use super::book::{Book, INDEX, Page, README, link, relative};
use super::errors;
use super::resource::render_operations;
use crate::rust::lower::{LinkTarget, Resource};

/// Renders the page as blocks.
pub fn render(book: &Book<'_>) -> Vec<String> {
    let page = Page { book, path: INDEX, resource: None };
    let readme = link("the package", &relative(INDEX, README, ""));
    let mut blocks = vec![
        format!("# Operations of {}", book.package.api.package.name),
        format!(
            "Every operation of {readme}, resource by resource. The types stand on the pages of the resources."
        ),
    ];
    let codes = errors::render_link(page, "codes of errors");
    blocks.extend(codes.map(|codes| format!("The {codes} stand on a page of their own.")));
    blocks.extend(book.package.resources.iter().flat_map(|resource| render_resource(page, resource)));
    blocks
}

fn render_resource(page: Page<'_>, resource: &Resource<'_>) -> Vec<String> {
    let title = format!("## {}", page.link_by_name(LinkTarget::Resource(resource.id)));
    let summary = page.within(resource.id).summary(&resource.model.doc);
    [title, summary].into_iter().chain(render_operations(page, resource)).collect()
}
