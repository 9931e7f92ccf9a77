//! The section of one operation.

use super::book::{Page, link};
use super::describe::{deprecation, render_field};
use super::example;
use super::table::Table;
use super::text::{block, code, quote};
use crate::model::{self, OperationId, Permission, Response};
use crate::rust::example_call;
use crate::rust::lower::{Field, Operation, OptionGroup};

/// All that stands below the heading, as blocks.
pub fn render(page: Page<'_>, id: OperationId) -> Vec<String> {
    let package = page.book.package;
    let operation = package.operation(id);
    let model = operation.model;
    let mut blocks = vec![code(&request_line(model)), page.prose(&model.doc)];
    blocks.extend(render_callouts(page, model));
    blocks.extend(labelled("Params", render_params(page, operation)));
    blocks.extend(package.options_of(operation).flat_map(|group| render_options(page, group)));
    blocks.extend(labelled("Permissions", render_permissions(operation)));
    blocks.extend(labelled("Example", block("rust", &example_call(package, id))));
    blocks.extend(labelled("Response", render_response(page, operation)));
    blocks.extend(example::render_response(package, operation));
    blocks.extend(labelled("Pages", render_pagination(model)));
    blocks.extend(model.see.as_deref().map(|see| link("The vendor's page on this operation", see)));
    blocks
}

/// `POST /users/{user_id}`.
pub fn request_line(operation: &model::Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn render_callouts(page: Page<'_>, operation: &model::Operation) -> Vec<String> {
    let caution = operation.dangerous.as_deref().map(|why| format!("[!CAUTION]\n{}", page.prose(why)));
    let warning =
        deprecation(page, operation.deprecated.as_deref()).map(|instead| format!("[!WARNING]\n{instead}"));
    [caution, warning].into_iter().flatten().map(|callout| quote(&callout)).collect()
}

fn render_params(page: Page<'_>, operation: &Operation<'_>) -> String {
    let rows = operation.params.iter().map(|param| {
        let field = &param.field;
        let required = if param.positional() { "yes" } else { "no" };
        [
            code(field.name.plain()),
            page.rust_type(&field.model.ty),
            param.place.as_str().to_owned(),
            required.to_owned(),
            render_field(page, field),
        ]
    });
    Table::new(["Name", "Type", "In", "Required", "Description"], rows).render()
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
    let oneself = permission.when_self.as_deref().map(code).unwrap_or_default();
    [what, code(&permission.resource), code(&permission.action), oneself]
}

fn render_response(page: Page<'_>, operation: &Operation<'_>) -> String {
    match &operation.model.response {
        Response::Empty => "Nothing but success.".to_owned(),
        Response::Type(ty) => page.rust_type(ty),
        Response::Fields(_) => render_fields(page, &operation.response),
    }
}

/// The fields of an object or a response as a table.
pub fn render_fields(page: Page<'_>, fields: &[Field<'_>]) -> String {
    let rows = fields
        .iter()
        .map(|field| [code(field.name.plain()), page.field_type(field), render_field(page, field)]);
    Table::new(["Field", "Type", "Description"], rows).render()
}

/// How to come to the next page, in the names of this operation.
fn render_pagination(operation: &model::Operation) -> String {
    let Some(pagination) = &operation.pagination else { return String::new() };
    let path = |path: &[String]| code(&path.join("."));
    let limit = pagination.limit.as_ref().map(|limit| format!("{} bounds the size of a page.", code(limit)));
    let total =
        pagination.total.as_ref().map(|total| format!("{} counts what is on all pages.", path(total)));
    let next = format!(
        "A response holds one page of {}. While it has {}, there is more: send the call again with that as {}.",
        path(&pagination.items),
        path(&pagination.next),
        code(&pagination.cursor),
    );
    std::iter::once(next).chain(limit).chain(total).collect::<Vec<_>>().join(" ")
}

/// A block below a label in bold; headings are kept for what can be linked to. Nothing when there is no block.
pub fn labelled(label: &str, block: String) -> Vec<String> {
    if block.is_empty() { Vec::new() } else { vec![format!("**{label}**"), block] }
}
