//! The README of the package: its purpose, a first call, and the properties of all calls.

mod lists;
mod model_in_test;
mod production;
mod setup;

use super::book::{Book, INDEX, Page, README, link};
use super::errors;
use super::table::Table;
use super::text::{indented, listed};
use crate::doc_text::{code, code_block};
use crate::model::{Errors, OperationId, Type, TypeDef};
use crate::rust::lower::{ERROR_CODE, LinkTarget, Operation, Package, Shape};
use crate::rust::{example_call, example_match};

/// Renders the page as blocks.
pub fn render(book: &Book<'_>) -> Vec<String> {
    let page = Page { book, path: README, resource: None };
    let api = book.package.api;
    let mut blocks = vec![format!("# {}", api.package.name), page.prose(&api.doc)];
    blocks.extend(api.docs_url.as_deref().map(|see| link("The vendor's reference", see)));
    blocks.extend(render_coverage(page));
    blocks.extend(render_adding(book.package));
    blocks.extend(render_first_call(page));
    blocks.extend(lists::render(page));
    blocks.extend(setup::render(page));
    blocks.extend(production::render(book.package));
    blocks.extend(render_errors(page));
    blocks.extend(render_values(book.package));
    blocks.extend(model_in_test::render(book.package));
    blocks.extend(render_origin(book.package));
    blocks
}

fn render_coverage(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let rows = package.resources.iter().map(|resource| {
        let summary = page.within(resource.id).summary(&resource.model.doc);
        [
            page.link_by_name(LinkTarget::Resource(resource.id)),
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
        None => format!("path = \"path/to/{}\"", api.generated("").trim_end_matches('/')),
    };
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";
    let manifest = format!("[dependencies]\n{} = {{ {place} }}\n{tokio}", api.package.name);
    let runtime =
        "`tokio` is there for the default transport; a transport of your own may do without.".to_owned();
    vec!["## Adding it".to_owned(), code_block("toml", &manifest), runtime]
}

fn render_first_call(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let chosen = package.api.package.first_call.map(|id| package.operation(id));
    let Some(operation) = chosen.or_else(|| showcase(package)) else { return Vec::new() };
    let described = page.link_by_name(LinkTarget::Operation(operation.id));
    let handles = "A handle, such as what stands before the method, borrows the client and is free to make. Required \
                   params go into the method by position, all else is set by name, and nothing is sent \
                   before the request is awaited.";
    let builds_urls = package.api.builds_urls();
    let urls = if builds_urls { " What only builds a URL ends with `url()` and sends nothing." } else { "" };
    vec![
        "## A first call".to_owned(),
        code_block("rust", &program(package, operation.id)),
        format!("{handles}{urls} More on this call: {described}."),
    ]
}

/// Returns the operation for the first example.
///
/// It is the first one that calls the server, is neither harmful nor deprecated, and takes only simple params.
fn showcase<'p, 'a>(package: &'p Package<'a>) -> Option<&'p Operation<'a>> {
    let is_composed = |ty: &Type| {
        let shape = ty.named().map(|id| &package.type_item(id).shape);
        matches!(shape, Some(Shape::Object(_) | Shape::Union(_)))
    };
    package.operations.iter().min_by_key(|operation| {
        let model = operation.model;
        let harmful = model.warning.is_some() || model.deprecated.is_some();
        let composed = operation.positional().any(|param| is_composed(&param.field.model.ty));
        (model.builds_url, harmful, composed)
    })
}

/// Returns the example of an operation as a complete program.
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

fn render_errors(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let kinds = [
        (
            "Config",
            "The client, its transport or its proxy is configured wrongly. The server received nothing.",
        ),
        (
            "Refused",
            "The params cannot be sent, such as an empty id in a path, or a `Hook` forbids it. Nothing was sent but earlier \
             attempts, if there were any.",
        ),
        (
            "Credentials",
            "A credential is not available, or cannot be sent. A public client lacks those that it is made without. Nothing was sent.",
        ),
        ("Transport", "No response came back, or not all of one. Whether the request arrived is not known."),
        ("Timeout", "No response came in time. The server may have done what was asked."),
        ("Api", "The server answered, with a status that is no success."),
        ("Decode", "The server answered with success, in a body that does not fit."),
        ("AlreadyPolled", "A call was polled again after it had finished."),
    ];
    let of_lists = ("Pages", "A page of a list leads back to one that was there already.");
    let kinds = kinds.into_iter().chain(lists::any(package).then_some(of_lists));
    let rows = kinds.map(|(kind, meaning)| [code(&format!("ErrorKind::{kind}")), meaning.to_owned()]);
    let intro = "Every call gives one type of error. Its `Display` is one line, without a body or a secret; `kind()` \
                 says how far the call came:";
    vec![
        "## Errors".to_owned(),
        intro.to_owned(),
        Table::new(["Kind", "Meaning"], rows).render(),
        render_error_parts(&package.api.errors),
        render_error_bodies(page),
        code_block("rust", &render_error_match(package)),
    ]
    .into_iter()
    .chain(render_error_codes(page))
    .collect()
}

/// Describes how to match the known error codes.
fn render_error_codes(page: Page<'_>) -> Vec<String> {
    let Some(codes) = errors::render_link(page, "codes") else { return Vec::new() };
    let intro = format!(
        "{} reads what {} gives as {}, an open enum of the {codes} that are known:",
        code("error.code_as()"),
        code("code()"),
        code(ERROR_CODE),
    );
    vec![intro, code_block("rust", &example_match(page.book.package))]
}

/// Describes the parts of an error that this API fills.
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
    format!(
        "When a response came, or a part of one, `status()`, `request_id()`, `headers()` and `body()` tell of it.{of_api}"
    )
}

fn any(paths: &[String]) -> String {
    listed(&paths.iter().map(|path| code(path)).collect::<Vec<_>>(), "or")
}

/// Describes the types of error bodies, if any operation lists one.
pub fn render_error_bodies(page: Page<'_>) -> String {
    let types = page.book.package.types.iter().filter(|item| item.model.in_errors);
    let links: Vec<String> = types.map(|item| page.link_by_name(LinkTarget::Type(item.id))).collect();
    if links.is_empty() {
        return String::new();
    }
    format!(
        "Some operations say what else the body of an `Api` error holds. `error.body_as::<T>()` reads it, with {} for `T`.",
        listed(&links, "or"),
    )
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

/// Describes how JSON values of this API are represented in Rust.
fn render_values(package: &Package<'_>) -> Vec<String> {
    let general = [
        "A request builder is awaited as it is; `send()` gives the call as a value, such as for `wait()`. A value that is only sometimes \
         there is set by `maybe(value, Request::setter)`.",
        "A param that is not set is not sent. A list or map that is set is sent, even when it is empty.",
        "A field that may be absent is an `Option`. A list or map of a response is not: a missing one reads as empty.",
        "Enums are open. A value that this version does not know arrives as `Unknown`, and is written back as it \
         came. Match with a `_` arm.",
        "Fields that this version does not know are passed over, except by types that have a field `additional_fields` for them.",
        "Ids are types of their own, made on purpose (`…Id::new(\"…\")`), so that one cannot stand in the place of \
         another.",
        "A `Secret` never shows in `Debug`, logs or errors. `expose()` gives its text, and storing a model with serde writes it.",
    ];
    let lines = general.into_iter().chain(special_values(package)).map(|line| format!("- {line}"));
    vec!["## Values".to_owned(), lines.collect::<Vec<_>>().join("\n")]
}

/// Returns descriptions of values that only some APIs have.
fn special_values<'t>(package: &Package<'_>) -> impl Iterator<Item = &'t str> {
    let nullable = "What may be null arrives as an `Option`. Where it is sent it is a `Patch`, which has three states: left \
                    alone until it is set, set by its method, and `null` by `clear_…`. Where it must be given, a call \
                    takes an `Option`, and `None` sends `null`.";
    let unions = "Unions are enums whose variants hold values. They are open as well: what fits none of the variants \
                  arrives as `Unknown`.";
    let has_unions = package.types.iter().any(|item| matches!(item.shape, Shape::Union(_)));
    [sends_null(package).then_some(nullable), has_unions.then_some(unions)].into_iter().flatten()
}

fn sends_null(package: &Package<'_>) -> bool {
    let types = package.api.types.iter().filter(|def| def.in_params).flat_map(TypeDef::fields);
    let params = package.api.operations.iter().flat_map(|operation| &operation.params);
    types.chain(params.map(|param| &param.field)).any(|field| field.nullable)
}

fn render_origin(package: &Package<'_>) -> Vec<String> {
    let origin = format!(
        "All files here are generated by `cargo xtask generate` from `spec/{}/`. Change the spec, not the files.",
        package.api.name
    );
    let licence = "The licence is that of the workspace; `Cargo.toml` names it.".to_owned();
    vec!["## Where it comes from".to_owned(), origin, licence]
}
