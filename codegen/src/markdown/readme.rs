//! The README of the package: what it is, a first call, and what holds for every call.

mod model_in_test;
mod setup;

use super::book::{Book, INDEX, Page, README, link};
use super::table::Table;
use super::text::{block, code, indented};
use crate::model::{Errors, OperationId};
use crate::rust::example_call;
use crate::rust::lower::{Operation, Package, Target};

/// The page as blocks.
pub fn render(book: &Book<'_>) -> Vec<String> {
    let page = Page { book, path: README, resource: None };
    let api = book.package.api;
    let mut blocks = vec![format!("# {}", api.package.name), page.prose(&api.doc)];
    blocks.extend(api.see.as_deref().map(|see| link("The vendor's reference", see)));
    blocks.extend(render_coverage(page));
    blocks.extend(render_adding(book.package));
    blocks.extend(render_first_call(page));
    blocks.extend(setup::render(page));
    blocks.extend(render_errors(book.package));
    blocks.extend(render_values());
    blocks.extend(model_in_test::render(book.package));
    blocks.extend(render_origin(book.package));
    blocks
}

fn render_coverage(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let rows = package.resources.iter().map(|resource| {
        let summary = page.within(resource.id).summary(&resource.model.doc);
        [
            page.link_by_name(Target::Resource(resource.id)),
            resource.model.operations.len().to_string(),
            summary,
        ]
    });
    let table = Table::new(["Resource", "Operations", "What it is"], rows).render();
    let list = link("all on one page", INDEX);
    let counted =
        format!("{} operations of {} resources; {list}.", package.operations.len(), package.resources.len());
    vec!["## What it covers".to_owned(), counted, table]
}

fn render_adding(package: &Package<'_>) -> Vec<String> {
    let api = package.api;
    let place = match &api.package.repository {
        Some(repository) => format!("git = \"{repository}\""),
        None => format!("path = \"path/to/generated/{}\"", api.name),
    };
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";
    let manifest = format!("[dependencies]\n{} = {{ {place} }}\n{tokio}", api.package.name);
    let runtime =
        "`tokio` is there for the default transport; a transport of your own may do without.".to_owned();
    vec!["## Adding it".to_owned(), block("toml", &manifest), runtime]
}

fn render_first_call(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let Some(operation) = showcase(package) else { return Vec::new() };
    let described = page.link_by_name(Target::Operation(operation.id));
    let handles = "A handle, such as what stands before the method, borrows the client and is free to make. Required \
                   params go into the method by position, all else is set by name, and nothing happens before \
                   `send().await`.";
    vec![
        "## A first call".to_owned(),
        block("rust", &program(package, operation.id)),
        format!("{handles} More on this call: {described}."),
    ]
}

/// The operation that stands for all of them: the first that does no harm and is here to stay.
fn showcase<'p, 'a>(package: &'p Package<'a>) -> Option<&'p Operation<'a>> {
    let harmless = |operation: &&Operation<'_>| {
        operation.model.dangerous.is_none() && operation.model.deprecated.is_none()
    };
    package.operations.iter().find(harmless).or(package.operations.first())
}

/// The example of an operation as a program that can be run.
fn program(package: &Package<'_>, id: OperationId) -> String {
    let example = example_call(package, id);
    let (imports, statements) = match example.split_once("\n\n") {
        Some((imports, statements)) if imports.starts_with("use ") => (imports, statements),
        _ => ("", example.as_str()),
    };
    let imports = format!("use {}::Client;\n{imports}", package.crate_name);
    let statements = indented(statements, 4);
    format!(
        "{}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let client = Client::from_env()?;
{statements}
    Ok(())
}}",
        imports.trim_end(),
    )
}

fn render_errors(package: &Package<'_>) -> Vec<String> {
    let kinds = [
        ("Config", "The client was set up wrongly. Nothing was sent."),
        ("Refused", "The params cannot be sent, such as an empty id in a path. Nothing was sent."),
        ("Transport", "No response came back. Whether the request arrived is not known."),
        ("Timeout", "No response came in time. The server may have done what was asked."),
        ("Api", "The server answered, with a status that is no success."),
        ("Decode", "The server answered with success, in a body that does not fit."),
    ];
    let rows = kinds.map(|(kind, meaning)| [code(&format!("ErrorKind::{kind}")), meaning.to_owned()]);
    let intro = "Every call gives one type of error. Its `Display` is one line, without a body or a secret; `kind()` \
                 says how far the call came:";
    vec![
        "## Errors".to_owned(),
        intro.to_owned(),
        Table::new(["Kind", "Meaning"], rows).render(),
        render_error_parts(&package.api.errors),
        block("rust", &render_error_match(package)),
    ]
}

/// What an error knows of the response, as far as this API tells.
fn render_error_parts(errors: &Errors) -> String {
    let of_api = [
        ("code()", "for programs", &errors.code),
        ("message()", "for people", &errors.message),
        ("url()", "a page that says more", &errors.url),
        ("details()", "free JSON", &errors.details),
    ];
    let told = of_api.iter().filter(|(.., paths)| !paths.is_empty());
    let told: Vec<String> =
        told.map(|(method, what, paths)| format!("{} ({what}, from {})", code(method), any(paths))).collect();
    let of_api = match told.is_empty() {
        true => String::new(),
        false => format!(" What the server says of an `Api` error is in `api()`: {}.", told.join(", ")),
    };
    format!("When a response came, `status()`, `request_id()`, `headers()` and `body()` tell of it.{of_api}")
}

fn any(paths: &[String]) -> String {
    paths.iter().map(|path| code(path)).collect::<Vec<_>>().join(" or ")
}

fn render_error_match(package: &Package<'_>) -> String {
    format!(
        "use {}::{{Error, ErrorKind}};

fn report(error: &Error) {{
    match (error.kind(), error.api()) {{
        (ErrorKind::Timeout | ErrorKind::Transport, _) => eprintln!(\"no answer: {{error}}\"),
        (_, Some(api)) => eprintln!(\"{{}}: {{:?}} ({{:?}})\", api.status(), api.code(), api.request_id()),
        _ => eprintln!(\"{{error}}\"),
    }}
}}",
        package.crate_name
    )
}

/// What the JSON of this API means in Rust.
fn render_values() -> Vec<String> {
    let lines = [
        "A param that is not set is not sent. A list or map that is set is sent, even when it is empty.",
        "A field that may be absent is an `Option`. A list or map of a response is not: a missing one reads as empty.",
        "Enums are open. A value that this version does not know arrives as `Unknown`, and is written back as it \
         came. Match with a `_` arm.",
        "Fields that this version does not know are passed over, except by types that have a field `rest` for them.",
        "Ids are types of their own, made on purpose (`…Id::new(\"…\")`), so that one cannot stand in the place of \
         another.",
        "A `Secret` never shows in `Debug`, logs or errors. `expose()` gives its text, and storing a model with serde writes it.",
    ];
    vec!["## Values".to_owned(), lines.map(|line| format!("- {line}")).join("\n")]
}

fn render_origin(package: &Package<'_>) -> Vec<String> {
    let origin = format!(
        "All files here are generated by `cargo xtask generate` from `spec/{}/`. Change the spec, not the files.",
        package.api.name
    );
    let licence = "The licence is that of the workspace; `Cargo.toml` names it.".to_owned();
    vec!["## Where it comes from".to_owned(), origin, licence]
}
