//! The Markdown pages of a generated package: its README, and one page per resource.
//!
//! The pages come from the same model as the Rust code. A page is a list of blocks (paragraphs, lists, tables, code);
//! `file` puts an empty line between two blocks.

mod slug;
mod link_index;
mod text;
mod table;
mod json;
mod example;
mod pagination;
mod page;
mod describe;
mod union;
mod fields;
mod types;
mod params;
mod options;
mod errors;
mod operation;
mod resource;
mod operation_list;
mod readme;

#[cfg(test)]
pub(crate) mod tests;

use link_index::{ERRORS, INDEX, LinkIndex, README};
use rayon::prelude::*;

use crate::output::File;
use crate::rust::lower::Package;

/// Renders the README of the package and its `docs/`, which the settings can omit.
pub fn render(package: &Package<'_>) -> Vec<File> {
    let links = LinkIndex::new(package);
    let mut files = vec![file(&links, README, &package.api.file, readme::render(&links))];
    if !package.settings.docs {
        return files;
    }
    files.push(file(&links, INDEX, &package.api.file, operation_list::render(&links)));
    if !package.error_codes.is_empty() {
        files.push(file(&links, ERRORS, &package.api.file, errors::render(&links)));
    }
    files.par_extend(package.resources.par_iter().map(|resource| {
        file(&links, &links.page(resource.id), &resource.model.file, resource::render(&links, resource))
    }));
    files
}

fn file(links: &LinkIndex<'_>, path: &str, source: &str, blocks: Vec<String>) -> File {
    let header = format!("<!--{} -->", links.package.settings.head("", source));
    let blocks: Vec<String> =
        std::iter::once(header).chain(blocks).filter(|block| !block.is_empty()).collect();
    let lines: Vec<&str> =
        blocks.iter().flat_map(|block| block.lines().chain([""])).map(str::trim_end).collect();
    let text = format!("{}\n", lines.join("\n").trim_end());
    File::new(links.package.path_of(path), text)
}
