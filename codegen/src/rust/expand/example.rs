//! The example call of an operation, used in its docs, in the Markdown pages and in the tests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{OperationId, Response, ResponseFormat, Type};
use crate::rust::format;
use crate::rust::lower::{Field, Operation, Package};

use super::import_scope::{ImportScope, Location, ident};
use super::value;

/// Returns the example call of an operation as Rust text: the imports, an empty line, the statements.
///
/// It is the body of an `async` function that has a `client` and returns any error.
pub fn example_call(package: &Package<'_>, id: OperationId) -> String {
    joined(parts(package, id, expand_statements))
}

/// Returns the example that lists all items of a paginated operation.
pub fn example_items(package: &Package<'_>, id: OperationId) -> String {
    joined(parts(package, id, expand_walk))
}

/// Returns the example that reads the response of an operation as a stream.
pub fn example_stream(package: &Package<'_>, id: OperationId) -> String {
    joined(parts(package, id, expand_stream))
}

fn joined((imports, body): (Vec<String>, Vec<String>)) -> String {
    let gap = if imports.is_empty() { "" } else { "\n\n" };
    format!("{}{gap}{}", imports.join("\n"), body.join("\n"))
}

/// Returns the example as the lines of a doctest, with hidden lines that make it compile.
pub(super) fn doc_example(package: &Package<'_>, id: OperationId) -> Vec<String> {
    doctest(package, parts(package, id, expand_statements))
}

/// Returns [`example_items`] as the lines of a doctest.
pub(super) fn doc_example_items(package: &Package<'_>, id: OperationId) -> Vec<String> {
    doctest(package, parts(package, id, expand_walk))
}

/// Returns [`example_stream`] as the lines of a doctest.
pub(super) fn doc_example_stream(package: &Package<'_>, id: OperationId) -> Vec<String> {
    doctest(package, parts(package, id, expand_stream))
}

fn doctest(package: &Package<'_>, (imports, body): (Vec<String>, Vec<String>)) -> Vec<String> {
    let client = format!("{}::Client", package.crate_name);
    let head = format!("# async fn example(client: {client}) -> Result<(), Box<dyn std::error::Error>> {{");
    let gap = (!imports.is_empty()).then(String::new);
    let open = std::iter::once("```".to_owned()).chain(imports).chain(gap).chain([head]);
    let close = ["# Ok(())", "# }", "```"].map(str::to_owned);
    open.chain(body).chain(close).collect()
}

/// Returns the calls of several operations: the imports of all, and the lines of each.
pub(super) fn example_calls(package: &Package<'_>, ids: &[OperationId]) -> (Vec<String>, Vec<Vec<String>>) {
    let calls = |scope: &ImportScope<'_, '_>| {
        let calls = ids.iter().map(|id| expand_statements(scope, package.operation(*id)));
        calls.collect::<Vec<_>>()
    };
    let (scope, _) = ImportScope::resolve_imports(package, Location::Outside, [], |scope| {
        calls(scope).into_iter().collect()
    });
    let bodies = calls(&scope).into_iter().map(printed_body).collect();
    (printed(scope.imports()), bodies)
}

/// Returns the loop over all items of a list: the imports, and the lines.
pub(super) fn example_item_loop(package: &Package<'_>, id: OperationId) -> (Vec<String>, Vec<String>) {
    parts(package, id, expand_walk)
}

/// Returns the imports and the statements.
fn parts<'a>(
    package: &Package<'a>,
    id: OperationId,
    expand: impl Fn(&ImportScope<'_, 'a>, &Operation<'a>) -> TokenStream,
) -> (Vec<String>, Vec<String>) {
    let operation = package.operation(id);
    let (scope, statements) =
        ImportScope::resolve_imports(package, Location::Outside, [], |scope| expand(scope, operation));
    (printed(scope.imports()), printed_body(statements))
}

/// Prints statements as the body of a function.
fn printed_body(statements: TokenStream) -> Vec<String> {
    let body = printed(quote!(async fn example() { #statements }));
    // Excludes the lines of the function itself.
    let inner = body.get(1..body.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect()
}

/// Prints tokens. Invalid Rust, which would be a bug of an emitter, is printed unformatted.
pub(super) fn printed(tokens: TokenStream) -> Vec<String> {
    let text = format::format("", tokens.clone()).unwrap_or_else(|_| tokens.to_string());
    text.trim().lines().map(str::to_owned).collect()
}

fn expand_statements(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let request = expand_request(scope, operation);
    if operation.model.builds_url {
        return quote! {
            let url = #request.url()?;
            println!("{url}");
        };
    }
    if operation.model.format().has_items() {
        return expand_stream(scope, operation);
    }
    if let Response::Empty = operation.model.response {
        return quote!(#request.await?;);
    }
    let show = expand_show(scope, operation);
    quote! {
        let response = #request.await?;
        #show
    }
}

/// Expands a loop over all items.
fn expand_walk(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let pagination = operation.model.pagination.iter();
    let places: Vec<&String> = pagination.flat_map(|pagination| pagination.position_params()).collect();
    let request = expand_request_without(scope, operation, &places);
    quote! {
        let mut items = #request.items();
        while let Some(item) = items.next().await.transpose()? {
            println!("{item:?}");
        }
    }
}

/// Expands a loop over the items of a streamed response.
fn expand_stream(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let request = expand_request(scope, operation);
    let format = operation.model.format();
    let (items, item, show) = match format {
        ResponseFormat::Binary => ("chunks", "chunk", quote!(println!("{} bytes", chunk.len());)),
        _ if format.has_events() => ("events", "event", quote!(println!("{:?}", event.data);)),
        _ => ("values", "value", quote!(println!("{value:?}");)),
    };
    let (items, item) = (ident(items), ident(item));
    quote! {
        let mut #items = #request.stream();
        while let Some(#item) = #items.next().await.transpose()? {
            #show
        }
    }
}

/// Expands the request of the example, up to `send` or `url`.
pub(super) fn expand_request(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    expand_request_without(scope, operation, &[])
}

/// Expands the request of the example without the optional parameters of this name.
fn expand_request_without(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    without: &[&String],
) -> TokenStream {
    let modules = &scope.package.resource(operation.model.resource).path;
    let name = &operation.name;
    let example = &operation.model.example;
    let mut uses_deprecated = operation.model.deprecated.is_some();
    let mut required = Vec::new();
    let mut setters = Vec::new();
    for (index, given) in &example.params {
        let Some(param) = operation.params.get(*index) else { continue };
        uses_deprecated |= param.field.model.deprecated.is_some();
        if param.positional() {
            required.extend(value::positional(scope, &param.field, given));
        } else if !without.contains(&&param.field.model.name) {
            setters.extend(value::setter(scope, &param.field, given));
        }
    }
    let groups: Vec<_> = scope.package.options_of(operation).collect();
    for (group, header, given) in &example.options {
        let Some(header) = groups.get(*group).and_then(|group| group.headers.get(*header)) else { continue };
        let Some(value) = value::argument(scope, &header.model.ty, given) else { continue };
        let method = &header.name;
        setters.push(quote!(.#method(#value)));
    }
    let mark = scope.deprecated_use(uses_deprecated);
    quote!(#mark client #(.#modules())* .#name(#(#required),*) #(#setters)*)
}

/// Prints the most interesting part of the response: an id, or else the first field.
fn expand_show(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    match operation.model.format() {
        ResponseFormat::Text => return quote!(println!("{response}");),
        ResponseFormat::Binary => return quote!(println!("{} bytes", response.len());),
        _ => {}
    }
    let is_id = |field: &&Field<'_>| match field.model.ty {
        Type::Named(id) => {
            matches!(scope.package.type_item(id).shape, crate::rust::lower::Shape::Id { secret: false })
        }
        _ => false,
    };
    let fields: Vec<_> = operation.response.iter().filter(|field| field.model.deprecated.is_none()).collect();
    match fields.iter().copied().find(is_id).or(fields.first().copied()) {
        Some(Field { name, .. }) => quote!(println!("{:?}", response.#name);),
        None => quote!(println!("{response:?}");),
    }
}
