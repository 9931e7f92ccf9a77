//! The page of one resource: its operations, then its types.

use super::link_index::{Heading, LinkIndex};
use super::page::Page;
use super::text::{bullets, indented};
use super::{operation, types};
use crate::doc_text::{code, introduce};
use crate::model::ResourceId;
use crate::rust::lower::{LinkTarget, Resource, Shape};

/// Returns the page as blocks.
pub fn render(links: &LinkIndex<'_>, resource: &Resource<'_>) -> Vec<String> {
    let path = links.page(resource.id);
    let page = Page { links, path: &path, resource: Some(resource.id) };
    links.headings(resource).into_iter().flat_map(|heading| render_section(page, heading)).collect()
}

fn render_section(page: Page<'_>, heading: Heading) -> Vec<String> {
    let (hashes, body) = match heading {
        Heading::Title(id) => ("#", render_intro(page, id)),
        Heading::Operations(id) => ("##", render_contents(page, id, render_operations)),
        Heading::Types(id) => ("##", render_contents(page, id, render_types)),
        Heading::Operation(id) => ("###", operation::render(page, id)),
        Heading::Type(id) => ("###", types::render(page, id)),
    };
    let title = format!("{hashes} {}", page.links.heading_text(heading));
    std::iter::once(title).chain(body).collect()
}

fn render_intro(page: Page<'_>, id: ResourceId) -> Vec<String> {
    let resource = page.links.package.resource(id);
    vec![page.prose(&resource.model.doc), render_location(page, resource)]
}

/// Renders the list at the start of a section.
fn render_contents(
    page: Page<'_>,
    id: ResourceId,
    list: fn(Page<'_>, &Resource<'_>) -> Option<String>,
) -> Vec<String> {
    list(page, page.links.package.resource(id)).into_iter().collect()
}

/// Renders the accessor, module and feature of the resource, and links to related pages.
fn render_location(page: Page<'_>, resource: &Resource<'_>) -> String {
    let modules: Vec<&str> = resource.path.iter().map(|module| module.as_str()).collect();
    let handle = resource.handle.as_ref().map(|_| format!("client.{}()", modules.join("().")));
    let parent = resource.model.parent.map(|parent| page.link_by_name(LinkTarget::Resource(parent)));
    let children = resource.model.children.iter().map(|child| render_child(page, *child));
    let children = indented(&bullets(children), 2);
    let rows = [
        ("Accessor", handle.as_deref().map(code)),
        ("Module", Some(code(&format!("{}::{}", page.links.package.crate_name, modules.join("::"))))),
        ("Required feature", resource.path.first().map(|module| code(module.plain()))),
        ("Parent", parent),
        ("API reference", resource.model.docs_url.as_deref().map(|url| format!("<{url}>"))),
        ("Children", (!children.is_empty()).then(|| format!("\n{children}"))),
    ];
    let lines = rows.into_iter().filter_map(|(label, text)| text.map(|text| format!("- {label}: {text}")));
    lines.collect::<Vec<_>>().join("\n")
}

fn render_child(page: Page<'_>, id: ResourceId) -> String {
    let summary = page.within(id).summary(&page.links.package.resource(id).model.doc);
    introduce(&page.link_by_name(LinkTarget::Resource(id)), &summary)
}

/// Renders the operations of a resource as a list, with links from any page.
pub fn render_operations(page: Page<'_>, resource: &Resource<'_>) -> Option<String> {
    let page = page.within(resource.id);
    let list = bullets(resource.model.operations.iter().map(|id| {
        let model = page.links.package.operation(*id).model;
        let operation = page.link_by_name(LinkTarget::Operation(*id));
        let name = introduce(&operation, &page.summary(&model.doc));
        format!("{name}\\\n{}", operation::render_request(model))
    }));
    Some(list).filter(|list| !list.is_empty())
}

fn render_types(page: Page<'_>, resource: &Resource<'_>) -> Option<String> {
    let of_kind = |label: &str, wanted: fn(&Shape<'_>) -> bool| {
        let ids = resource.model.types.iter().copied();
        let of_kind = ids.filter(|id| wanted(&page.links.package.type_item(*id).shape));
        let links: Vec<String> = of_kind.map(|id| page.link_by_name(LinkTarget::Type(id))).collect();
        (!links.is_empty()).then(|| format!("- {label}: {}", links.join(", ")))
    };
    let lines = [
        of_kind("Objects", |shape| matches!(shape, Shape::Object(_))),
        of_kind("Unions", |shape| matches!(shape, Shape::Union(_))),
        of_kind("IDs", |shape| matches!(shape, Shape::Id { .. })),
        of_kind("Enums", |shape| matches!(shape, Shape::Enum(_))),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
