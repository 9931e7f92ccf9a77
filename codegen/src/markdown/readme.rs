//! The README of the package.

mod snippet;
mod lists;
mod errors;
mod production;
mod resources;
mod setup;
mod testing;
mod values;

use toml::Value;

use super::errors::render_link;
use super::link_index::{INDEX, LinkIndex, README};
use super::options;
use super::page::Page;
use super::text::{link, listed};
use crate::doc_text::{code, code_block};
use crate::model::OperationId;
use crate::rust::example_call;
use crate::rust::lower::Package;
use crate::settings::{Registry, Settings};

use snippet::ANY_ERROR;

/// Returns the page as blocks.
pub fn render(links: &LinkIndex<'_>) -> Vec<String> {
    let page = Page { links, path: README, resource: None };
    let package = links.package;
    let mut blocks = vec![format!("# {}", package.api.package.name), page.summary(intro(package))];
    blocks.extend(render_quick_start(page));
    blocks.extend(lists::render(page));
    blocks.extend(errors::render(page));
    blocks.extend(render_about(page));
    blocks.extend(resources::render(page));
    blocks.extend(setup::render(page));
    blocks.extend(production::render(package));
    blocks.extend(values::render(package));
    blocks.extend(options::render_section(page));
    blocks.extend(testing::render(package));
    blocks.extend(render_maintenance(package));
    blocks
}

/// Returns the doc of the API, or else that of the package.
fn intro<'p>(package: &'p Package<'_>) -> &'p str {
    let api = package.api;
    if api.doc.is_empty() { &api.package.doc } else { &api.doc }
}

fn render_quick_start(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let api = package.api;
    let version = &api.package.version;
    let repository = api.package.repository.as_deref().or(package.settings.repository());
    let source = match (package.settings.registry(), repository) {
        (Registry::CratesIo, _) => format!("\"{version}\""),
        (Registry::Named(name), _) => format!("{{ version = \"{version}\", registry = \"{name}\" }}"),
        (Registry::None, Some(repository)) => format!("{{ git = \"{repository}\" }}"),
        (Registry::None, None) => {
            format!("{{ path = \"path/to/{}\" }}", package.path_of("").trim_end_matches('/'))
        }
    };
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";
    let manifest = format!("[dependencies]\n{} = {source}\n{tokio}", api.package.name);
    let mut blocks = vec!["## Quick start".to_owned(), code_block("toml", &manifest)];
    if let Some(operation) = package.first_call() {
        blocks.push(program(package, operation.id));
        let reference = page.reference(operation.id);
        blocks.push(format!("{}{REQUESTS}{}{reference}", environment(package), urls(package)));
    }
    blocks
}

const REQUESTS: &str = "Required parameters are arguments of the method, in order. Optional parameters are setters. Awaiting the \
                        request builder sends the request.";

fn environment(package: &Package<'_>) -> String {
    let variables: Vec<String> = package.credentials.iter().map(|it| code(&it.model.env)).collect();
    match variables.is_empty() {
        true => String::new(),
        false => format!("`Client::from_env()` reads {} from the environment. ", listed(&variables, "and")),
    }
}

fn urls(package: &Package<'_>) -> &'static str {
    if package.api.builds_urls() { " Operations that only build a URL end with `url()`." } else { "" }
}

/// Renders the example of an operation as a complete program.
fn program(package: &Package<'_>, id: OperationId) -> String {
    let head = format!("#[tokio::main]\nasync fn main() -> Result<(), {ANY_ERROR}>");
    let call = example_call(package, id);
    let client = "let client = Client::from_env()?;";
    let example = match call.split_once("\n\n") {
        Some((imports, statements)) if imports.starts_with("use ") => {
            format!("{imports}\n\n{client}\n{statements}")
        }
        _ => format!("{client}\n{call}"),
    };
    snippet::render("rust,no_run", package, &head, &example)
}

fn render_about(page: Page<'_>) -> Vec<String> {
    let api = page.links.package.api;
    let rest = api.doc.trim().strip_prefix(crate::doc_text::summary(&api.doc)).unwrap_or_default();
    let reference = api.docs_url.as_deref().map(|url| link("API reference", url));
    let all = page.links.package.settings.docs.then(|| link("All operations", INDEX));
    let codes = render_link(page, "Error codes");
    let ways = [reference, all, codes];
    let ways = ways.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    match rest.trim().is_empty() && ways.is_empty() {
        true => Vec::new(),
        false => vec!["## About the API".to_owned(), page.prose(rest), ways],
    }
}

fn render_maintenance(package: &Package<'_>) -> Vec<String> {
    let settings = &package.settings;
    let origin = format!(
        "All files in this folder are generated from `{}/{}/` by `{} generate`. Edit the description, not these files.",
        settings.spec, package.api.name, settings.command
    );
    ["## Maintenance".to_owned(), origin].into_iter().chain(render_license(settings)).collect()
}

/// Renders the license; nothing for a package without one.
fn render_license(settings: &Settings) -> Option<String> {
    let files = settings.license_files.iter().map(|file| link(&file.path, &file.path));
    let files: Vec<String> = files.collect();
    let expression = settings.package.get("license").and_then(Value::as_str).map(code);
    match (expression, files.is_empty()) {
        (None, true) => None,
        (None, false) => Some(format!("License: {}.", listed(&files, "and"))),
        (Some(expression), true) => Some(format!("License: {expression}.")),
        (Some(expression), false) => Some(format!("License: {expression}. See {}.", listed(&files, "and"))),
    }
}
