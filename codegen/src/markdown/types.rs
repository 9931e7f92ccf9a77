//! The section of one type.

use super::book::Page;
use super::describe::{deprecation, described, render_constants};
use super::operation::render_fields;
use super::table::Table;
use super::text::quote;
use super::{example, union};
use crate::doc_text::code;
use crate::model::TypeId;
use crate::rust::lower::{EnumVariant, Field, Object, Shape, TypeItem};

/// Renders everything below the heading as blocks.
pub fn render(page: Page<'_>, id: TypeId) -> Vec<String> {
    let item = page.book.package.type_item(id);
    let mut blocks = vec![page.prose(&item.model.doc)];
    blocks.extend(
        deprecation(page, item.model.deprecated.as_deref()).map(|text| quote(&format!("[!WARNING]\n{text}"))),
    );
    blocks.extend(item.model.in_errors.then(|| render_error_body(item)));
    blocks.extend(match &item.shape {
        Shape::Id { secret } => vec![render_id(item, *secret)],
        Shape::Enum(variants) => render_enum(page, item.name.as_str(), variants),
        Shape::Object(object) => render_object(page, item, object),
        Shape::Union(union) => union::render(page, item, union),
    });
    blocks
}

fn render_error_body(item: &TypeItem<'_>) -> String {
    let known =
        if let Shape::Union(_) = item.shape { ", which gives `None` in place of `Unknown`" } else { "" };
    format!("An error body is read as this by {}{known}.", body_as(item))
}

/// Returns the call that decodes an error body as a type.
pub fn body_as(item: &TypeItem<'_>) -> String {
    code(&format!("error.body_as::<{}>()", item.name))
}

fn render_id(item: &TypeItem<'_>, secret: bool) -> String {
    let new = code(&format!("{}::new({})", item.name, item.model.example));
    match secret {
        true => format!("An opaque secret, made by {new}. It is never shown; `expose` gives the text."),
        false => format!("An opaque string, made by {new}."),
    }
}

/// Renders the values of an open enum of this name.
pub fn render_enum(page: Page<'_>, name: &str, variants: &[EnumVariant<'_>]) -> Vec<String> {
    let rows = variants.iter().map(|variant| {
        let doc = variant.model.doc.as_deref().unwrap_or_default();
        let deprecated = deprecation(page, variant.model.deprecated.as_deref());
        let rust = format!("{name}::{}", variant.name);
        [code(&variant.model.wire), code(&rust), described(page, doc, [deprecated])]
    });
    let table = Table::new(["Wire value", "Rust", "Meaning"], rows).render();
    vec![table, render_open(name, "any other value")]
}

/// Describes the handling of unknown values.
pub fn render_open(name: &str, others: &str) -> String {
    let unknown = code(&format!("{name}::Unknown(_)"));
    format!("The list is open: {others} reads as {unknown}, and is written back as it came.")
}

fn render_object(page: Page<'_>, item: &TypeItem<'_>, object: &Object<'_>) -> Vec<String> {
    let made = item.model.in_params.then(|| render_constructor(item, object));
    let rest = object.additional_fields.map(|doc| {
        format!("`additional_fields` keeps all keys that are not listed here. {}", page.prose(doc))
    });
    let constants = render_constants(object.constants);
    let blocks = [made, Some(render_fields(page, &object.fields)), Some(constants), rest];
    blocks.into_iter().flatten().chain(example::render_type(page.book.package, item)).collect()
}

/// Describes how callers create a value.
fn render_constructor(item: &TypeItem<'_>, object: &Object<'_>) -> String {
    let required: Vec<&str> =
        object.fields.iter().filter(|field| !field.by_name()).map(|field| field.name.plain()).collect();
    let new = code(&format!("{}::new({})", item.name, required.join(", ")));
    let setters = match object.fields.iter().any(Field::by_name) {
        true => " The other fields are set by methods of the same names.",
        false => "",
    };
    format!("Made by {new}.{setters}")
}
