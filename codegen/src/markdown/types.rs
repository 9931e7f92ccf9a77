//! The section of one type.

use super::book::Page;
use super::describe::{deprecation, described};
use super::example;
use super::operation::render_fields;
use super::table::Table;
use super::text::{code, quote};
use crate::model::TypeId;
use crate::rust::lower::{EnumVariant, Object, Shape, TypeItem};

/// All that stands below the heading, as blocks.
pub fn render(page: Page<'_>, id: TypeId) -> Vec<String> {
    let item = page.book.package.type_item(id);
    let mut blocks = vec![page.prose(&item.model.doc)];
    blocks.extend(
        deprecation(page, item.model.deprecated.as_deref()).map(|text| quote(&format!("[!WARNING]\n{text}"))),
    );
    blocks.extend(match &item.shape {
        Shape::Id => vec![render_id(item)],
        Shape::Enum(variants) => render_enum(page, item, variants),
        Shape::Object(object) => render_object(page, item, object),
    });
    blocks
}

fn render_id(item: &TypeItem<'_>) -> String {
    let new = code(&format!("{}::new({})", item.name, item.model.example));
    format!("An opaque string, made by {new}.")
}

fn render_enum(page: Page<'_>, item: &TypeItem<'_>, variants: &[EnumVariant<'_>]) -> Vec<String> {
    let rows = variants.iter().map(|variant| {
        let doc = variant.model.doc.as_deref().unwrap_or_default();
        let deprecated = deprecation(page, variant.model.deprecated.as_deref());
        let rust = format!("{}::{}", item.name, variant.name);
        [code(&variant.model.wire), code(&rust), described(page, doc, [deprecated])]
    });
    let table = Table::new(["Wire value", "Rust", "Meaning"], rows).render();
    let unknown = code(&format!("{}::Unknown(_)", item.name));
    vec![
        table,
        format!("The list is open: any other value reads as {unknown}, and is written back as it came."),
    ]
}

fn render_object(page: Page<'_>, item: &TypeItem<'_>, object: &Object<'_>) -> Vec<String> {
    let made = item.model.in_params.then(|| render_constructor(item, object));
    let rest =
        object.rest.map(|doc| format!("`rest` keeps all keys that are not listed here. {}", page.prose(doc)));
    let blocks = [made, Some(render_fields(page, &object.fields)), rest];
    blocks.into_iter().flatten().chain(example::render_object(page.book.package, item)).collect()
}

/// How a value is made that a call takes.
fn render_constructor(item: &TypeItem<'_>, object: &Object<'_>) -> String {
    let required: Vec<&str> =
        object.fields.iter().filter(|field| !field.optional).map(|field| field.name.plain()).collect();
    let new = code(&format!("{}::new({})", item.name, required.join(", ")));
    let all_required = required.len() == object.fields.len();
    let setters = if all_required { "" } else { " The other fields are set by methods of the same names." };
    format!("Made by {new}.{setters}")
}
