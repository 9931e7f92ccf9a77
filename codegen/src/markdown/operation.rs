//! The section of one operation.

use super::describe::{deprecation, render_constants};
use super::fields::{body_as, render_fields};
use super::page::Page;
use super::text::{bullets, labelled, link, quote};
use super::{example, options, pagination, params};
use crate::doc_text::{code, code_block, introduce};
use crate::model::{self, AuthScheme, OperationId, ParamLocation, Permission, Response};
use crate::rust::lower::Operation;
use crate::rust::{example_call, example_items};

/// Renders the content below the heading, as blocks.
pub fn render(page: Page<'_>, id: OperationId) -> Vec<String> {
    let package = page.links.package;
    let operation = package.operation(id);
    let model = operation.model;
    let mut blocks = vec![render_heading(page, model), page.prose(&model.doc)];
    blocks.extend(render_callouts(page, model));
    blocks.extend(params::render(page, operation));
    blocks.extend(package.options_of(operation).flat_map(|group| options::render_short(page, group)));
    blocks.extend(labelled("Permissions", render_permissions(operation)));
    blocks.extend(labelled("Example", code_block("rust", &example_call(package, id))));
    blocks.extend(render_outcome(page, operation));
    blocks.extend(labelled("Errors", render_errors(page, model)));
    blocks.extend(model.pagination.iter().flat_map(|it| labelled("Pagination", pagination::render(it))));
    blocks.extend(model.pagination.iter().map(|_| code_block("rust", &example_items(package, id))));
    blocks.extend(model.docs_url.as_deref().map(|url| link("API reference of this operation", url)));
    blocks
}

/// Renders the request line, `POST /users/{user_id}`, or the URL of an operation that only builds one.
pub fn render_request(operation: &model::Operation) -> String {
    if operation.builds_url {
        return format!("URL {}", code(&operation.path));
    }
    code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// Renders the request line, and whether it has no credentials.
fn render_heading(page: Page<'_>, operation: &model::Operation) -> String {
    let request = render_request(operation);
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

const ANY_BODY: &str =
    "Any 2xx response is a success, with any body or none. The fields are set if the body contains them.";

fn render_response(page: Page<'_>, operation: &Operation<'_>) -> String {
    match &operation.model.response {
        Response::Empty => "No value. Any 2xx response is a success, with any body or none.".to_owned(),
        Response::Type(ty) => page.rust_type(ty),
        Response::Object(object) => {
            let any_body = if operation.model.accepts_any_body { ANY_BODY } else { "" }.to_owned();
            let fields = render_fields(page, &operation.response);
            let parts = [any_body, fields, render_constants(&object.constants)];
            parts.join("\n\n").trim().to_owned()
        }
    }
}

/// Renders the types that an error body can be decoded as.
fn render_errors(page: Page<'_>, operation: &model::Operation) -> String {
    bullets(operation.errors.iter().map(|id| {
        let item = page.links.package.type_item(*id);
        let meaning = page.within(item.model.resource).summary(&item.model.doc);
        introduce(&format!("{} returns {}", body_as(item), page.optional_type(*id)), &meaning)
    }))
}
