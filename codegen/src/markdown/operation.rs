//! The section of one operation.

use super::describe::{deprecation, render_constants};
use super::fields::{body_as, render_fields};
use super::page::Page;
use super::text::{bullets, labelled, link, quote};
use super::{example, options, pagination, params};
use crate::doc_text::{code, code_block, introduce};
use crate::model::{
    self, Accept, AuthScheme, Body, OperationId, ParamLocation, Permission, Response, ResponseFormat,
    StatusResponse,
};
use crate::rust::lower::{Field, Operation};
use crate::rust::{example_call, example_items, example_stream};

/// Renders the content below the heading, as blocks.
pub fn render(page: Page<'_>, id: OperationId) -> Vec<String> {
    let package = page.links.package;
    let operation = package.operation(id);
    let model = operation.model;
    let mut blocks = vec![render_heading(page, model), page.prose(&model.doc)];
    blocks.extend(render_callouts(page, model));
    blocks.extend(params::render(page, operation));
    blocks.extend(labelled("Media type of the body", render_media_type(model)));
    blocks.extend(package.options_of(operation).flat_map(|group| options::render_short(page, group)));
    blocks.extend(labelled("Permissions", render_permissions(operation)));
    blocks.extend(labelled("Example", code_block("rust", &example_call(package, id))));
    blocks.extend(render_outcome(page, operation));
    if model.format().is_streamed() {
        blocks.extend(labelled("Stream", render_stream(model.format()).to_owned()));
        // The example of items is the stream.
        let is_shown = model.format().has_items();
        blocks.extend((!is_shown).then(|| code_block("rust", &example_stream(package, id))));
    }
    blocks.extend(labelled("Errors", render_errors(page, model)));
    blocks.extend(model.pagination.iter().flat_map(|it| labelled("Pagination", pagination::render(it))));
    blocks.extend(model.pagination.iter().map(|_| code_block("rust", &example_items(package, id))));
    blocks.extend(model.docs_url.as_deref().map(|url| link("API reference of this operation", url)));
    blocks
}

/// Renders the request line, `POST /users/{user_id}`, or the URL of an operation that only builds one.
pub fn render_request(operation: &model::Operation) -> String {
    if operation.builds_url {
        return format!("URL {}", code(&operation.target()));
    }
    code(&format!("{} {}", operation.method.as_str(), operation.target()))
}

/// Renders the request line, its server if it has one, and whether it has no credentials.
fn render_heading(page: Page<'_>, operation: &model::Operation) -> String {
    let server = operation.server.and_then(|at| page.links.package.api.servers.get(at));
    let server = server.map_or(String::new(), |server| format!(" on {}", code(&server.url)));
    let request = format!("{}{server}", render_request(operation));
    if operation.builds_url {
        return format!("{request}. Builds a URL without sending a request.");
    }
    let has_token = operation.params.iter().any(|param| param.location == ParamLocation::Bearer);
    let api = page.links.package.api;
    let is_open = !has_token && !operation.auth.iter().any(AuthScheme::is_authorization);
    if is_open && api.auth.iter().any(AuthScheme::is_authorization) {
        format!("{request} (sent without an `authorization` header)")
    } else if operation.auth.is_empty() && !api.auth.is_empty() && !has_token {
        format!("{request} (sent without credentials)")
    } else {
        request
    }
}

/// Renders the media type of the body, unless it is the default one.
fn render_media_type(operation: &model::Operation) -> String {
    let media_type = operation.body.as_ref().map(|body| body.media_type.as_str());
    media_type.filter(|media_type| *media_type != Body::JSON).map(code).unwrap_or_default()
}

fn render_callouts(page: Page<'_>, operation: &model::Operation) -> Vec<String> {
    let caution = operation.warning.as_deref().map(|why| format!("[!CAUTION]\n{}", page.prose(why)));
    let warning =
        deprecation(page, operation.deprecated.as_deref()).map(|instead| format!("[!WARNING]\n{instead}"));
    [caution, warning].into_iter().flatten().map(|callout| quote(&callout)).collect()
}

fn render_permissions(operation: &Operation<'_>) -> String {
    let call = operation.model.permission.iter().map(|it| format!("The call requires {}.", permission(it)));
    let params = operation.params.iter().filter_map(|param| {
        let required = param.field.model.permission.as_ref()?;
        Some(format!("The parameter {} requires {}.", code(param.field.name.plain()), permission(required)))
    });
    bullets(call.chain(params))
}

fn permission(Permission { resource, action, self_resource }: &Permission) -> String {
    let required = format!("{} on {}", code(action), code(resource));
    match self_resource {
        Some(own) => format!("{required}, or on {} if the caller acts on itself", code(own)),
        None => required,
    }
}

/// Renders the result of a successful call.
fn render_outcome(page: Page<'_>, operation: &Operation<'_>) -> Vec<String> {
    if operation.model.builds_url {
        return labelled("Result", URL.to_owned());
    }
    let mut blocks = labelled("Response", render_response(page, operation));
    blocks.extend(example::render_response(page.links.package, operation));
    blocks
}

const URL: &str = "`url()` returns an `http::Uri`, such as for a browser. Invalid parameters, such as an empty path parameter, \
                   fail with `ErrorKind::InvalidRequest`.";

/// Renders the ways to read a stream.
fn render_stream(format: ResponseFormat) -> &'static str {
    match format {
        ResponseFormat::Binary => {
            "Awaiting the request reads all bytes, up to 10 MiB. `stream()` returns a `ByteStream` of any length, and \
             `stream().blocking()` a reader for blocking code."
        }
        _ if format.has_events() => {
            "`stream()` returns an `EventStream`, and `stream().blocking()` an iterator for blocking code. Awaiting the request \
             instead reads all events to the end of the response. An event that cannot be decoded does not end the stream."
        }
        _ => {
            "`stream()` returns a `JsonLineStream`, and `stream().blocking()` an iterator for blocking code. Awaiting the request \
             instead reads all values to the end of the response. A value that cannot be decoded does not end the stream."
        }
    }
}

/// Renders the response of a media type other than JSON.
fn render_accepted(page: Page<'_>, operation: &Operation<'_>, accept: &Accept) -> String {
    let model = operation.model;
    let media_type = code(&accept.media_type);
    let item = || match &model.response {
        Response::Object(object) => {
            let fields = [render_fields(page, &operation.response), render_constants(&object.constants)];
            format!(":\n\n{}", fields.join("\n\n").trim())
        }
        Response::Type(ty) => format!(": {}", page.rust_type(ty)),
        Response::Empty | Response::ByStatus(_) => String::new(),
    };
    match accept.format {
        ResponseFormat::Json => {
            format!("{}\n\nThe media type is {media_type}.", render_json(page, operation))
        }
        ResponseFormat::Text => format!("`String`, the text of the media type {media_type}."),
        ResponseFormat::Binary => format!("`Bytes` of the media type {media_type}."),
        format if format.has_events() => {
            let end = accept.end_marker.as_deref();
            let end = end.map(|marker| format!(" The event with the data {} ends the stream.", code(marker)));
            let end = end.unwrap_or_default();
            format!("Server-sent events ({media_type}).{end} The data of each `Event`{}", item())
        }
        _ => format!("Lines of JSON ({media_type}). Each value{}", item()),
    }
}

fn render_response(page: Page<'_>, operation: &Operation<'_>) -> String {
    match &operation.model.accept {
        Some(accept) => render_accepted(page, operation, accept),
        None => render_json(page, operation),
    }
}

fn render_json(page: Page<'_>, operation: &Operation<'_>) -> String {
    let model = operation.model;
    let statuses: Vec<_> = model.success_statuses.iter().map(|status| format!("`{status}`")).collect();
    let response = match (&model.response, &operation.response_type) {
        (Response::ByStatus(_), Some(name)) => render_statuses(page, operation, name.plain()),
        (response, _) => {
            render_one(page, response, &operation.response, (model.accepts_any_body, !statuses.is_empty()))
        }
    };
    match statuses.as_slice() {
        [] => response,
        [status] => format!("{response}\n\nOnly the status {status} is a success."),
        _ => format!("{response}\n\nNo other status is a success."),
    }
}

/// Renders the variants of several responses.
fn render_statuses(page: Page<'_>, operation: &Operation<'_>, name: &str) -> String {
    let variants = operation.statuses.iter().map(|status| {
        let StatusResponse { status: number, response, accepts_any_body, .. } = status.model;
        let variant = code(&format!("{name}::{}", status.name));
        let content = render_one(page, response, &status.fields, (*accepts_any_body, true));
        format!("{variant} (status `{number}`):\n\n{content}")
    });
    variants.collect::<Vec<_>>().join("\n\n")
}

/// Renders the value of a response.
fn render_one(
    page: Page<'_>,
    response: &Response,
    fields: &[Field<'_>],
    (accepts_any_body, has_statuses): (bool, bool),
) -> String {
    match response {
        Response::Empty if has_statuses => "No value. Any body is accepted.".to_owned(),
        Response::Empty => "No value. Any 2xx response is a success, with any body or none.".to_owned(),
        Response::Type(ty) => page.rust_type(ty),
        Response::Object(object) => {
            let any_body = match accepts_any_body {
                true if object.is_json() && !has_statuses => ANY_BODY,
                true => "Any body is accepted.",
                false => "",
            };
            let fields = render_fields(page, fields);
            let parts = [any_body.to_owned(), fields, render_constants(&object.constants)];
            parts.join("\n\n").trim().to_owned()
        }
        Response::ByStatus(_) => String::new(),
    }
}

const ANY_BODY: &str =
    "Any 2xx response is a success, with any body or none. The fields are set if the body contains them.";

/// Renders the types that an error body can be decoded as.
fn render_errors(page: Page<'_>, operation: &model::Operation) -> String {
    bullets(operation.errors.iter().map(|id| {
        let item = page.links.package.type_item(*id);
        let meaning = page.within(item.model.resource).summary(&item.model.doc);
        introduce(&format!("{} returns {}", body_as(item), page.optional_type(*id)), &meaning)
    }))
}
