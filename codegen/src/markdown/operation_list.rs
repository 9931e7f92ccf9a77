//! The page that lists every operation.

use super::errors;
use super::link_index::{INDEX, LinkIndex, README};
use super::page::Page;
use super::resource::render_operations;
use super::text::{link, relative};
use crate::rust::lower::{LinkTarget, Resource};

/// Returns the page as blocks.
pub fn render(links: &LinkIndex<'_>) -> Vec<String> {
    let page = Page { links, path: INDEX, resource: None };
    let readme = link("README", &relative(INDEX, README, ""));
    let codes = errors::render_link(page, "Error codes");
    let ways = [readme].into_iter().chain(codes).collect::<Vec<_>>().join(" · ");
    let mut blocks = vec![format!("# Operations of {}", links.package.api.package.name), ways];
    blocks.extend(links.package.resources.iter().flat_map(|resource| render_resource(page, resource)));
    blocks
}

/// Renders the operations of a resource; nothing without operations.
fn render_resource(page: Page<'_>, resource: &Resource<'_>) -> Vec<String> {
    let Some(operations) = render_operations(page, resource) else { return Vec::new() };
    let title = format!("## {}", page.link_by_name(LinkTarget::Resource(resource.id)));
    vec![title, page.within(resource.id).summary(&resource.model.doc), operations]
}
