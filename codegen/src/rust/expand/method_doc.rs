//! The docs of the method that starts an operation, complete enough to make the call.

use crate::model::{ParamLocation, Response, ResponseFormat, Type};
use crate::rust::lower::{LinkTarget, Operation, Package};

use super::derived_modules::REQUESTS;
use super::docs::{Doc, permission_lines, request_line};
use super::example::doc_example;
use super::import_scope::ImportScope;

pub(super) fn method_doc<'s, 'p, 'a>(
    scope: &'s ImportScope<'p, 'a>,
    operation: &Operation<'a>,
) -> Doc<'s, 'p, 'a> {
    let model = operation.model;
    if scope.is_collecting() {
        return Doc::new(scope, None);
    }
    let doc = Doc::new(scope, Some(model.resource)).text(&model.doc).list(&facts(scope, operation));
    let doc = doc.section("Permissions", permission_lines(model));
    let doc = match &model.warning {
        Some(text) => doc.line("# Warning").text(text),
        None => doc,
    };
    let doc = error_lines(operation).into_iter().fold(doc.line("# Errors"), Doc::line);
    let doc = match error_body_line(scope, operation) {
        Some(line) => doc.line(line),
        None => doc,
    };
    doc.example(|| doc_example(scope.package, operation.id))
}

/// Returns the request line, the response and the parameters as a list.
fn facts(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Vec<String> {
    let request = request_line(operation);
    let request = match &operation.model.docs_url {
        Some(url) => format!("- Request: `{request}` ([API reference]({url}))"),
        None => format!("- Request: `{request}`"),
    };
    let server = operation.model.server.and_then(|at| scope.package.api.servers.get(at));
    let server = server.map(|server| format!("- Server: `{}`", server.url));
    let response =
        (!operation.model.builds_url).then(|| format!("- Response: {}", response(scope, operation)));
    [Some(request), server, response, required(operation), optional(scope.package, operation)]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the response type with a link.
fn response(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> String {
    let items = operation.pages(scope.package).map(|pages| type_text(scope, pages.item_type));
    let response = match (&operation.model.response, &operation.response_type) {
        (Response::Type(ty), _) => type_text(scope, ty),
        (Response::Object(_) | Response::ByStatus(_), Some(name)) => format!("[`{}`]", name.plain()),
        (Response::Empty | Response::Object(_) | Response::ByStatus(_), _) => "no content".to_owned(),
    };
    match items {
        Some(items) => format!("{response}, a page of {items}"),
        None => of_media_type(operation, response),
    }
}

/// Adds the media type to the type of a response, and the way to read a stream.
fn of_media_type(operation: &Operation<'_>, response: String) -> String {
    let Some(accept) = &operation.model.accept else { return response };
    let media_type = &accept.media_type;
    let stream = "[`stream`](crate::Request::stream)";
    match accept.format {
        ResponseFormat::Json | ResponseFormat::Text => format!("{response} (`{media_type}`)"),
        ResponseFormat::Binary => {
            format!("[`Bytes`](crate::runtime::Bytes) (`{media_type}`), or with {stream}, its chunks")
        }
        format if format.has_events() => {
            let event = "[`Event`](crate::runtime::Event)";
            format!("with {stream}, each {event} with {response} (`{media_type}`); awaited, all of them")
        }
        _ => format!("with {stream}, each {response} (`{media_type}`); awaited, all of them"),
    }
}

/// Returns a type as code, with a link to a type of the spec.
fn type_text(scope: &ImportScope<'_, '_>, ty: &Type) -> String {
    let text = scope.package.type_text(ty);
    match (ty, ty.named()) {
        (Type::Named(id), _) => scope.type_link(*id),
        (_, Some(id)) => match scope.package.target_path(LinkTarget::Type(id)) {
            Some(path) => format!("[`{text}`]({path})"),
            None => format!("`{text}`"),
        },
        (_, None) => format!("`{text}`"),
    }
}

/// Returns the parameters that the method takes.
fn required(operation: &Operation<'_>) -> Option<String> {
    let names: Vec<_> =
        operation.positional().map(|param| format!("`{}`", param.field.name.plain())).collect();
    (!names.is_empty()).then(|| format!("- Required: {}", names.join(", ")))
}

/// Returns the setters of the request builder, with links.
fn optional(package: &Package<'_>, operation: &Operation<'_>) -> Option<String> {
    let params = operation.named().map(|param| &param.field);
    let params = params.filter(|field| field.model.deprecated.is_none()).map(|field| &field.name);
    let groups = package.options_of(operation);
    let headers = groups.flat_map(|group| &group.headers).map(|header| &header.name);
    let builder = operation.request_type.plain();
    let links: Vec<_> = params
        .chain(headers)
        .map(|name| match operation.model.builds_url {
            true => format!("[`{0}`]({REQUESTS}::{builder}::{0})", name.plain()),
            // The methods of an alias have anchors, but no paths.
            false => format!("[`{0}`]({REQUESTS}::{builder}#method.{0})", name.plain()),
        })
        .collect();
    (!links.is_empty()).then(|| format!("- Optional: {}", links.join(", ")))
}

/// Returns the types of error bodies.
fn error_body_line(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<String> {
    let bodies: Vec<String> = operation.model.errors.iter().map(|id| scope.type_link(*id)).collect();
    let all = bodies.join(" or ");
    (!bodies.is_empty())
        .then(|| format!("[`Error::body_as`](crate::Error::body_as) decodes the error body as {all}."))
}

/// Returns the cases in which the call fails.
fn error_lines(operation: &Operation<'_>) -> Vec<&'static str> {
    if operation.model.builds_url {
        return vec!["Fails if a parameter cannot be part of a URL, such as an empty path parameter."];
    }
    let in_path = operation.params.iter().any(|param| param.location == ParamLocation::Path);
    let refused = in_path.then_some("Fails before sending if a path parameter is `.`, `..` or empty.");
    let failed = "Fails with an [`Error`](crate::Error) if the API rejects the request, if no response arrives, or if the \
                  response cannot be decoded.";
    refused.into_iter().chain([failed]).collect()
}
