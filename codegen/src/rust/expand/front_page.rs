//! The front page of a package: calls first, then the API, the resources and the features.

use std::collections::BTreeSet;

use crate::model::{OperationId, ResourceId};
use crate::rust::doc;
use crate::rust::lower::{Operation, Package, Resource};

use super::docs::Doc;
use super::errors::{example_match, example_report};
use super::example::{example_calls, example_item_loop};
use super::import_scope::ImportScope;

/// Returns the docs of the crate.
pub(super) fn front_page<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>) -> Doc<'s, 'p, 'a> {
    let package = scope.package;
    let doc = Doc::new(scope, None).line(sentence(&package.api.package.doc));
    let doc = match package.first_call() {
        Some(operation) => doc.block(program(package, &[operation.id])).line(first_call_line(package)),
        None => doc,
    };
    let doc = match listed(package) {
        Some(operation) => doc
            .line("# Lists")
            .line("`items()` streams the items of all pages, and requests each page when it is needed:")
            .block(items(package, operation.id)),
        None => doc,
    };
    let doc = errors(doc, package);
    let doc = match package.api.package.sign_in.as_slice() {
        [] => doc,
        operations => doc.line("# Sign-in").block(program(package, operations)),
    };
    let doc = about(doc, package);
    let doc = doc.line("# Resources").list(&resource_lines(&Doc::new(scope, None), None, 0));
    features(testing(doc).line("# Features"), package)
}

/// Returns the text with a period at its end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

fn about<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, package: &Package<'a>) -> Doc<'s, 'p, 'a> {
    let doc = match package.api.doc.is_empty() && package.api.docs_url.is_none() {
        true => doc,
        false => doc.line("# About the API").text(&package.api.doc),
    };
    match &package.api.docs_url {
        Some(url) => doc.line(format!("See the [API reference]({url}).")),
        None => doc,
    }
}

/// Returns a paginated list of the resource of the first call, or else any paginated list.
fn listed<'p, 'a>(package: &'p Package<'a>) -> Option<&'p Operation<'a>> {
    let near = package.first_call().map(|operation| operation.model.resource);
    let lists = package.operations.iter().filter(|operation| operation.pages(package).is_some());
    lists.min_by_key(|operation| {
        (operation.model.deprecated.is_some(), Some(operation.model.resource) != near)
    })
}

fn first_call_line(package: &Package<'_>) -> String {
    let variables: Vec<_> = package.credentials.iter().map(|it| format!("`{}`", it.model.env)).collect();
    let env = match variables.as_slice() {
        [] => String::new(),
        variables => {
            format!("[`Client::from_env`] reads {} from the environment. ", variables.join(" and "))
        }
    };
    format!(
        "{env}Required parameters are arguments of the method. Optional parameters are setters. Awaiting the request \
         sends it."
    )
}

/// Returns the calls in one function. Several calls are preceded by the summaries of their operations.
fn program(package: &Package<'_>, ids: &[OperationId]) -> Vec<String> {
    let doc = |id: OperationId| doc::plain(doc::summary(&package.operation(id).model.doc));
    let (imports, calls) = example_calls(package, ids);
    let calls = ids.iter().zip(calls).flat_map(|(id, call)| {
        let comment = Some(doc(*id)).filter(|doc| !doc.is_empty()).map(|doc| format!("// {doc}"));
        let before = (ids.len() > 1).then(|| std::iter::once(String::new()).chain(comment));
        before.into_iter().flatten().chain(call)
    });
    doctest(package, ids, imports, calls.collect())
}

fn items(package: &Package<'_>, id: OperationId) -> Vec<String> {
    let (imports, body) = example_item_loop(package, id);
    doctest(package, &[id], imports, body)
}

/// Returns a doctest with a client. Only lines that make it compile are hidden.
fn doctest(
    package: &Package<'_>,
    ids: &[OperationId],
    imports: Vec<String>,
    body: Vec<String>,
) -> Vec<String> {
    let roots: BTreeSet<_> =
        ids.iter().map(|id| root_feature(package, package.operation(*id).model.resource)).collect();
    let features: Vec<_> = std::iter::once("hyper".to_owned())
        .chain(roots)
        .map(|feature| format!("feature = \"{feature}\""))
        .collect();
    let head = [
        "```".to_owned(),
        format!("# #[cfg(all({}))]", features.join(", ")),
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!("use {}::Client;", package.crate_name),
    ];
    let client = [String::new(), "let client = Client::from_env()?;".to_owned()];
    let tail = ["# Ok(())", "# }", "```"].map(str::to_owned);
    head.into_iter().chain(imports).chain(client).chain(body).chain(tail).collect()
}

fn root_feature(package: &Package<'_>, resource: ResourceId) -> String {
    let resource = package.resource(resource);
    resource.path.first().unwrap_or(&resource.module).plain().to_owned()
}

fn errors<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, package: &Package<'a>) -> Doc<'s, 'p, 'a> {
    let kind = "A failed call returns an [`Error`]. [`Error::kind`] is the step that failed";
    let (intro, example) = match package.error_codes.is_empty() {
        true => (format!("{kind}, and [`Error::api_error`] is the error response:"), example_report(package)),
        false => (
            format!("{kind}, and [`Error::code_as`] returns the error code of the API:"),
            example_match(package),
        ),
    };
    let fence = || std::iter::once("```".to_owned());
    let example = fence().chain(example.lines().map(str::to_owned)).chain(fence());
    doc.line("# Errors").line(intro).block(example.collect())
}

fn testing<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>) -> Doc<'s, 'p, 'a> {
    doc.line("# Testing").line(
        "[`ClientBuilder::transport`] accepts a fake [`Transport`](runtime::Transport), and [`ClientBuilder::base_url`] the \
         URL of a local server. Models have no public constructor: deserialize them from JSON with serde.",
    )
}

/// Returns the tree of the resources, with links and summaries.
fn resource_lines(doc: &Doc<'_, '_, '_>, parent: Option<ResourceId>, depth: usize) -> Vec<String> {
    let package = doc.package();
    let resources = package.resources.iter().filter(|resource| resource.model.parent == parent);
    resources
        .flat_map(|resource| {
            let line = format!("{}- {}", "  ".repeat(depth), resource_line(doc, resource));
            std::iter::once(line).chain(resource_lines(doc, Some(resource.id), depth + 1))
        })
        .collect()
}

fn resource_line(doc: &Doc<'_, '_, '_>, resource: &Resource<'_>) -> String {
    let path: Vec<_> = resource.path.iter().map(|module| module.plain()).collect();
    let name = resource.module.plain();
    let path = path.join("::");
    let link = if path == name { format!("[`{name}`]") } else { format!("[`{name}`]({path})") };
    let feature = resource.model.parent.is_none().then(|| format!("Requires the `{name}` feature."));
    let summary = doc.summary(Some(resource.id), &resource.model.doc);
    doc::introduce(&link, &doc::join(&summary, " ", &feature.unwrap_or_default()))
}

const TRANSPORT_LINES: [&str; 4] = [
    "- `hyper`, enabled by default: the default transport.",
    "- `ring`, enabled by default, or `aws-lc`: the cryptography of the default transport.",
    "- `blocking`: blocking calls, with `wait()` in place of `.await`.",
    "- `tracing`: spans for calls and their attempts, with OpenTelemetry names.",
];

fn features<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, package: &Package<'a>) -> Doc<'s, 'p, 'a> {
    let mut lines = vec!["- `resources`, enabled by default: all of the following.".to_owned()];
    lines.extend(package.features.iter().map(|feature| match feature.needs.as_slice() {
        [] => format!("  - `{}`", feature.name),
        needs => format!("  - `{}`, which enables `{}`", feature.name, needs.join("`, `")),
    }));
    lines.extend(TRANSPORT_LINES.map(str::to_owned));
    if package.api.builds_urls() {
        lines.push("- `pkce`: PKCE and random tokens for sign-in in a browser.".to_owned());
    }
    let doc = doc.list(&lines).line(
        "Features are additive. Without any feature the package has no HTTP library, no cryptography and no async \
         runtime. The crates `typefoundry-reqwest` and `typefoundry-tower` connect other HTTP stacks.",
    );
    match package.recursion_limit {
        Some(limit) => doc.line(format!(
            "The types nest deeply. If rustc reports that it reached the recursion limit, add \
             `#![recursion_limit = \"{limit}\"]` to your crate."
        )),
        None => doc,
    }
}
