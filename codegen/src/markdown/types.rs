//! The section of one type.

use super::describe::{deprecation, described, render_constants, render_open};
use super::fields::{body_as, render_fields};
use super::page::Page;
use super::table::Table;
use super::text::quote;
use super::{example, union};
use crate::doc_text::{code, join};
use crate::model::{AdditionalFields, Type, TypeId};
use crate::rust::lower::{EnumVariant, Field, Object, Shape, TypeItem};

/// Renders the content below the heading, as blocks.
pub fn render(page: Page<'_>, id: TypeId) -> Vec<String> {
    let item = page.links.package.type_item(id);
    let mut blocks = vec![page.prose(&item.model.doc)];
    blocks.extend(
        deprecation(page, item.model.deprecated.as_deref()).map(|text| quote(&format!("[!WARNING]\n{text}"))),
    );
    blocks.extend(item.model.is_webhook.then(|| WEBHOOK.to_owned()));
    blocks.extend(item.model.in_errors.then(|| render_error_body(item)));
    blocks.extend(match &item.shape {
        Shape::Id { secret } => vec![render_id(item, *secret)],
        Shape::Enum(variants) => render_enum(page, item.name.as_str(), variants),
        Shape::Object(object) => render_object(page, item, object),
        Shape::Union(union) => union::render(page, item, union),
        Shape::Alias(ty) => render_alias(page, item, ty),
    });
    blocks
}

/// Renders a name for another type.
fn render_alias(page: Page<'_>, item: &TypeItem<'_>, ty: &Type) -> Vec<String> {
    let same = format!("The same type as {} in Rust.", page.rust_type(ty));
    std::iter::once(same).chain(example::render_type(page.links.package, item)).collect()
}

/// The note of the payload of a webhook.
const WEBHOOK: &str = "Payload of a webhook. `json::from_slice` decodes the body of its request.";

fn render_error_body(item: &TypeItem<'_>) -> String {
    let known = if let Shape::Union(_) = item.shape { ", and as `None` instead of `Unknown`" } else { "" };
    format!("{} decodes an error body as this type{known}.", body_as(item))
}

fn render_id(item: &TypeItem<'_>, secret: bool) -> String {
    let new = code(&format!("{}::new({})", item.name, item.model.example));
    match secret {
        true => format!(
            "An opaque secret. Constructor: {new}. `Debug` does not show it; `expose` returns the text."
        ),
        false => format!("An opaque string. Constructor: {new}."),
    }
}

/// The maximum number of characters of a value and its variant that get columns of their own, next to the meaning.
const NARROW: usize = 40;

/// Renders the values of an open enum.
pub fn render_enum(page: Page<'_>, name: &str, variants: &[EnumVariant<'_>]) -> Vec<String> {
    let meaning = |variant: &EnumVariant<'_>| {
        let deprecated = deprecation(page, variant.model.deprecated.as_deref());
        described(page, variant.model.doc.as_deref().unwrap_or_default(), [deprecated])
    };
    let columns = |variant: &EnumVariant<'_>| (code(variant.name.as_str()), code(&variant.model.wire));
    let is_wide = |variant: &EnumVariant<'_>| {
        let (variant, wire) = columns(variant);
        variant.len() + wire.len() > NARROW
    };
    let table = if variants.iter().any(is_wide) {
        let rows = variants.iter().map(|variant| {
            let (name, wire) = columns(variant);
            [format!("{name}\\\n{wire}"), meaning(variant)]
        });
        Table::new(["Variant and wire value", "Meaning"], rows).render()
    } else {
        let rows = variants.iter().map(|variant| {
            let (name, wire) = columns(variant);
            [name, wire, meaning(variant)]
        });
        Table::new(["Variant", "Wire value", "Meaning"], rows).render()
    };
    vec![table, render_open(name, "Any other value")]
}

fn render_object(page: Page<'_>, item: &TypeItem<'_>, object: &Object<'_>) -> Vec<String> {
    let constructor = item.model.in_params.then(|| render_constructor(item, object));
    let additional_fields = object.additional_fields.map(|rest| render_additional_fields(page, rest));
    let constants = render_constants(object.constants);
    let fields = Some(render_fields(page, &object.fields));
    let blocks = [constructor, fields, Some(constants), additional_fields];
    blocks.into_iter().flatten().chain(example::render_type(page.links.package, item)).collect()
}

fn render_additional_fields(page: Page<'_>, rest: &AdditionalFields) -> String {
    let ty = match &rest.ty {
        Type::Json => String::new(),
        ty => format!(" ({})", page.rust_type(&Type::Map(Box::new(ty.clone())))),
    };
    let contents = format!("`additional_fields`{ty} contains all other keys.");
    join(&contents, " ", &page.prose(&rest.doc))
}

/// Renders the constructor of a type that parameters use.
fn render_constructor(item: &TypeItem<'_>, object: &Object<'_>) -> String {
    let required: Vec<&str> =
        object.fields.iter().filter(|field| !field.by_name()).map(|field| field.name.plain()).collect();
    let new = code(&format!("{}::new({})", item.name, required.join(", ")));
    let setters = match object.fields.iter().any(Field::by_name) {
        true => " Methods of the same names set the other fields.",
        false => "",
    };
    format!("Constructor: {new}.{setters}")
}
