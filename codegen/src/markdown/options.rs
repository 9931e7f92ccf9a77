//! The per-request options: their section in the README, and a short form for each operation.

use super::link_index::README;
use super::page::Page;
use super::slug::slug;
use super::text::{bullets, labelled, link, relative};
use crate::doc_text::{code, introduce, join};
use crate::rust::lower::OptionGroup;

const HEADING: &str = "Request options";

/// Renders the section of the README, as blocks; nothing without options.
pub fn render_section(page: Page<'_>) -> Vec<String> {
    let groups = &page.links.package.options;
    if groups.is_empty() {
        return Vec::new();
    }
    let intro = "Some operations accept these options, which are sent as headers. Set them on the request builder, like optional \
                 parameters. The page of an operation lists the options that it accepts.";
    let groups = groups
        .iter()
        .flat_map(|group| [page.prose(&group.model.doc), render_headers(page, group, |doc| page.prose(doc))]);
    [format!("## {HEADING}"), intro.to_owned()].into_iter().chain(groups).collect()
}

/// Renders the options of an operation, with a link to the section of the README.
pub fn render_short(page: Page<'_>, group: &OptionGroup<'_>) -> Vec<String> {
    let section = link(HEADING, &relative(page.path, README, &slug(HEADING)));
    let summary = join(&page.summary(&group.model.doc), " ", &format!("Details: {section}."));
    let mut blocks = labelled("Options", summary);
    blocks.push(render_headers(page, group, |doc| page.summary(doc)));
    blocks
}

fn render_headers(page: Page<'_>, group: &OptionGroup<'_>, doc: impl Fn(&str) -> String) -> String {
    bullets(group.headers.iter().map(|header| {
        let (name, model) = (code(header.name.plain()), header.model);
        let name = format!("{name} ({}, header {})", page.rust_type(&model.ty), code(&model.header));
        introduce(&name, &doc(&model.doc))
    }))
}
