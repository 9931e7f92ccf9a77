//! The page that lists every operation.

use super::errors;
use super::link_index::{INDEX, LinkIndex, README};
use super::page::Page;
use super::resource::render_operations;
use super::text::{link, listed, relative};
use crate::model::ResourceId;
use crate::rust::lower::{LinkTarget, Package, Resource};

/// Returns the page as blocks.
pub fn render(links: &LinkIndex<'_>) -> Vec<String> {
    let page = Page { links, path: INDEX, resource: None };
    let readme = link("README", &relative(INDEX, README, ""));
    let codes = errors::render_link(page, "Error codes");
    let ways = [readme].into_iter().chain(codes).collect::<Vec<_>>().join(" · ");
    let mut blocks = vec![format!("# Operations of {}", links.package.api.package.name), ways];
    blocks.extend(links.package.resources.iter().flat_map(|resource| render_resource(page, resource)));
    blocks.push(render_shared_types(page));
    blocks
}

/// Renders the operations of a resource; nothing without operations.
fn render_resource(page: Page<'_>, resource: &Resource<'_>) -> Vec<String> {
    let Some(operations) = render_operations(page, resource) else { return Vec::new() };
    let title = format!("## {}", page.link_by_name(LinkTarget::Resource(resource.id)));
    vec![title, page.within(resource.id).summary(&resource.model.doc), operations]
}

/// Renders links to the resources that have types only; nothing without such a resource.
pub fn render_shared_types(page: Page<'_>) -> String {
    let package = page.links.package;
    let roots = package.resources.iter().filter(|it| it.model.parent.is_none());
    let shared = roots.filter(|it| !has_operations(package, it.id) && !it.model.types.is_empty());
    let links: Vec<String> = shared.map(|it| page.link_by_name(LinkTarget::Resource(it.id))).collect();
    if links.is_empty() { String::new() } else { format!("Shared types: {}.", listed(&links, "and")) }
}

/// Whether the resource or a resource below it has operations.
pub fn has_operations(package: &Package<'_>, id: ResourceId) -> bool {
    let model = package.resource(id).model;
    !model.operations.is_empty() || model.children.iter().any(|child| has_operations(package, *child))
}
