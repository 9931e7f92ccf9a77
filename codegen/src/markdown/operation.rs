//! The section of one operation.

use super::book::{Page, link};
use super::describe::{deprecation, render_constants, render_field};
use super::table::Table;
use super::text::quote;
use super::types::body_as;
use super::{example, pages, params};
use crate::doc_text::{code, code_block};
use crate::model::{self, Auth, OperationId, ParamLocation, Permission, Response};
use crate::rust::lower::{Field, Operation, OptionGroup};
use crate::rust::{example_call, example_items};

/// Renders everything below the heading as blocks.
pub fn render(page: Page<'_>, id: OperationId) -> Vec<String> {
    let package = page.book.package;
    let operation = package.operation(id);
    let model = operation.model;
    let mut blocks = vec![render_heading(page, model), page.prose(&model.doc)];
    blocks.extend(render_callouts(page, model));
    blocks.extend(params::render(page, operation));
    blocks.extend(package.options_of(operation).flat_map(|group| render_options(page, group)));
    blocks.extend(labelled("Permissions", render_permissions(operation)));
    blocks.extend(labelled("Example", code_block("rust", &example_call(package, id))));
    blocks.extend(render_outcome(page, operation));
    blocks.extend(labelled("Errors", render_errors(page, model)));
    blocks.extend(model.pagination.iter().flat_map(|it| labelled("Pages", pages::render(it))));
    blocks.extend(model.pagination.iter().map(|_| code_block("rust", &example_items(package, id))));
    blocks.extend(model.docs_url.as_deref().map(|see| link("The vendor's page on this operation", see)));
    blocks
}

/// Returns the request line, or the path of the URL for an operation that sends nothing: `POST /users/{user_id}`.
pub fn render_request(operation: &model::Operation) -> String {
    if operation.builds_url {
        return format!("URL {}", code(&operation.path));
    }
    code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// Renders the request line and the properties that differ from other requests.
fn render_heading(page: Page<'_>, operation: &model::Operation) -> String {
    let request = render_request(operation);
    if operation.builds_url {
        return format!("{request}. Nothing is sent.");
    }
    let has_token = operation.params.iter().any(|param| param.location == ParamLocation::Bearer);
    let is_open = !operation.authenticated && !has_token;
    match page.book.package.api.auth {
        Auth::Basic { .. } | Auth::Bearer { .. } if is_open => {
            format!("{request}, without an `authorization` header.")
        }
        _ => request,
    }
}

fn render_callouts(page: Page<'_>, operation: &model::Operation) -> Vec<String> {
    let caution = operation.warning.as_deref().map(|why| format!("[!CAUTION]\n{}", page.prose(why)));
    let warning =
        deprecation(page, operation.deprecated.as_deref()).map(|instead| format!("[!WARNING]\n{instead}"));
    [caution, warning].into_iter().flatten().map(|callout| quote(&callout)).collect()
}

fn render_options(page: Page<'_>, group: &OptionGroup<'_>) -> Vec<String> {
    let rows = group.headers.iter().map(|header| {
        let method = code(header.name.plain());
        [method, page.rust_type(&header.model.ty), code(&header.model.header), page.prose(&header.model.doc)]
    });
    let table = Table::new(["Method", "Type", "Header", "Description"], rows).render();
    let mut blocks = labelled("Options", page.prose(&group.model.doc));
    blocks.push(table);
    blocks
}

fn render_permissions(operation: &Operation<'_>) -> String {
    let whole =
        operation.model.permission.iter().map(|permission| permission_row("the call".to_owned(), permission));
    let params = operation.params.iter().filter_map(|param| {
        let permission = param.field.model.permission.as_ref()?;
        Some(permission_row(format!("giving {}", code(param.field.name.plain())), permission))
    });
    let head = ["For", "Resource", "Action", "Resource when acting on oneself"];
    Table::new(head, whole.chain(params)).render()
}

fn permission_row(what: String, permission: &Permission) -> [String; 4] {
    let oneself = permission.self_resource.as_deref().map(code).unwrap_or_default();
    [what, code(&permission.resource), code(&permission.action), oneself]
}

/// Renders the result of a successful call.
fn render_outcome(page: Page<'_>, operation: &Operation<'_>) -> Vec<String> {
    if operation.model.builds_url {
        return labelled("Result", URL.to_owned());
    }
    let mut blocks = labelled("Response", render_response(page, operation));
    blocks.extend(example::render_response(page.book.package, operation));
    blocks
}

const URL: &str = "`url()` gives an `http::Uri` for somebody else to open, such as a browser. What cannot stand in a URL, \
                   such as an empty path param, is an error of the kind `ErrorKind::Refused`.";

const ANY_BODY: &str =
    "Any 2xx response is a success, whatever its body. The fields are read when the body holds them.";

fn render_response(page: Page<'_>, operation: &Operation<'_>) -> String {
    match &operation.model.response {
        Response::Empty => "No value. Any 2xx response is a success, whatever its body.".to_owned(),
        Response::Type(ty) => page.rust_type(ty),
        Response::Object(object) => {
            let any_body = if operation.model.accepts_any_body { ANY_BODY } else { "" }.to_owned();
            let fields = render_fields(page, &operation.response);
            let parts = [any_body, fields, render_constants(&object.constants)];
            parts.join("\n\n").trim().to_owned()
        }
    }
}

/// Renders the types of the error bodies, which contain more than the error code.
fn render_errors(page: Page<'_>, operation: &model::Operation) -> String {
    let rows = operation.errors.iter().map(|id| {
        let item = page.book.package.type_item(*id);
        let meaning = page.within(item.model.resource).summary(&item.model.doc);
        [body_as(item), page.optional_type(*id), meaning]
    });
    Table::new(["Read by", "Gives", "Meaning"], rows).render()
}

/// Renders the fields of an object or a response as a table.
pub fn render_fields(page: Page<'_>, fields: &[Field<'_>]) -> String {
    let rows = fields
        .iter()
        .map(|field| [code(field.name.plain()), page.field_type(field), render_field(page, field)]);
    Table::new(["Field", "Type", "Description"], rows).render()
}

/// Renders a block below a label in bold, or nothing without a block. Headings are reserved for targets of links.
pub fn labelled(label: &str, block: String) -> Vec<String> {
    if block.is_empty() { Vec::new() } else { vec![format!("**{label}**"), block] }
}
