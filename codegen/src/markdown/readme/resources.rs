//! The section with the tree of resources.

use crate::doc_text::{code, introduce};
use crate::markdown::operation_list::{has_operations, render_shared_types};
use crate::markdown::page::Page;
use crate::markdown::text::bullets;
use crate::model::ResourceId;
use crate::rust::lower::LinkTarget;

/// Returns the section as blocks.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let roots = package.resources.iter().filter(|it| it.model.parent.is_none()).map(|it| it.id);
    let tree = bullets(roots.filter(|id| has_operations(package, *id)).map(|id| render_node(page, id)));
    let counted = package.operations.len();
    let intro = format!(
        "The package has {counted} operations. The default features include all resources; with \
         `default-features = false`, enable the feature of each top-level resource that you use."
    );
    vec!["## Resources".to_owned(), intro, tree, render_shared_types(page)]
}

/// Renders a resource and the resources below it.
fn render_node(page: Page<'_>, id: ResourceId) -> String {
    let package = page.links.package;
    let resource = package.resource(id);
    let link = page.link_by_name(LinkTarget::Resource(id));
    let feature = match (resource.model.parent, resource.path.first()) {
        (None, Some(module)) => format!(" (feature {})", code(module.plain())),
        _ => String::new(),
    };
    let summary = page.within(id).summary(&resource.model.doc);
    let children = resource.model.children.iter().copied().filter(|child| has_operations(package, *child));
    let children = bullets(children.map(|child| render_node(page, child)));
    let gap = if children.is_empty() { "" } else { "\n" };
    format!("{}{gap}{children}", introduce(&format!("{link}{feature}"), &summary))
}
