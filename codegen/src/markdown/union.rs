//! The section of a union: the form of each variant on the wire and in Rust.

use super::book::Page;
use super::describe::{deprecation, described, own_doc};
use super::example;
use super::table::Table;
use super::text::listed;
use super::types::render_open;
use crate::doc_text::code;
use crate::model::Type;
use crate::rust::lower::{Package, Shape, TypeItem, Union, Variant};

/// Renders everything below the doc as blocks.
pub fn render(page: Page<'_>, item: &TypeItem<'_>, union: &Union<'_>) -> Vec<String> {
    let rows = union.variants.iter().map(|variant| {
        [
            recognised_by(page.book.package, union, variant),
            pattern(item, variant),
            holds(page, union, variant),
            maker(item, variant).unwrap_or_default(),
            meaning(page, variant),
        ]
    });
    let table = Table::new(["Recognised by", "Rust", "Holds", "Made by", "Meaning"], rows).render();
    let making = item.model.in_params.then(|| render_making(item, union));
    let reading = item.model.in_response.then(|| render_reading(item, union));
    let notes = [making, reading].into_iter().flatten();
    std::iter::once(table).chain(notes).chain(example::render_type(page.book.package, item)).collect()
}

/// Describes the property by which a variant is recognized on the wire.
fn recognised_by(package: &Package<'_>, union: &Union<'_>, variant: &Variant<'_>) -> String {
    if !union.model.tag.is_empty() {
        let value = variant.model.tag_value();
        let value = value.as_text().map_or_else(|| value.to_string(), str::to_owned);
        return format!("{} is {}", tag(union, "or"), code(&value));
    }
    match (&variant.model.key, &variant.model.ty) {
        (Some(key), _) => format!("the key {}", code(key)),
        (None, Some(ty)) => shape(package, ty),
        (None, None) => String::new(),
    }
}

/// Lists the fields of the tag.
fn tag(union: &Union<'_>, last: &str) -> String {
    listed(&union.model.tag.iter().map(|tag| code(tag)).collect::<Vec<_>>(), last)
}

/// Describes the JSON of a value of the type.
fn shape(package: &Package<'_>, ty: &Type) -> String {
    match ty {
        Type::String | Type::Secret => "text".to_owned(),
        Type::Timestamp => "a point in time, as text".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Int32 | Type::Int64 | Type::Uint32 | Type::UnixSeconds => "a whole number".to_owned(),
        Type::Float64 => "a number".to_owned(),
        Type::List(_) => "a list".to_owned(),
        Type::Map(_) | Type::Object => "an object".to_owned(),
        Type::Json | Type::Unparsed => "anything".to_owned(),
        Type::Nullable(item) => shape(package, item),
        Type::Named(id) => named_shape(package.type_item(*id)),
    }
}

fn named_shape(item: &TypeItem<'_>) -> String {
    match &item.shape {
        Shape::Id { .. } | Shape::Enum(_) => "text".to_owned(),
        Shape::Object(_) => keys(item),
        Shape::Union(_) => format!("whatever {} is recognised by", code(item.name.as_str())),
    }
}

/// Lists the keys by which an object is recognized.
fn keys(item: &TypeItem<'_>) -> String {
    let needed = item.model.fields().iter().filter(|field| field.must_be_there());
    let needed: Vec<String> = needed.map(|field| code(&field.wire)).collect();
    match needed.as_slice() {
        [] => "an object".to_owned(),
        [key] => format!("the key {key}"),
        keys => format!("the keys {}", listed(keys, "and")),
    }
}

fn pattern(item: &TypeItem<'_>, variant: &Variant<'_>) -> String {
    let payload = if variant.model.ty.is_some() { "(_)" } else { "" };
    code(&format!("{}::{}{payload}", item.name, variant.name))
}

fn holds(page: Page<'_>, union: &Union<'_>, variant: &Variant<'_>) -> String {
    let Some(ty) = &variant.model.ty else { return String::new() };
    let held = if variant.model.boxed { page.boxed_type(ty) } else { page.rust_type(ty) };
    // Without a tag, the variant is recognized by its key.
    match variant.model.key.as_ref().filter(|_| !union.model.tag.is_empty()) {
        Some(key) => format!("{held}, under the key {}", code(key)),
        None => held,
    }
}

fn meaning(page: Page<'_>, variant: &Variant<'_>) -> String {
    let model = variant.model;
    let deprecated = deprecation(page, model.deprecated.as_deref());
    described(page, own_doc(page, model.ty.as_ref(), &model.doc), [deprecated])
}

/// Returns the constructor of the variant, if it has one.
fn maker(item: &TypeItem<'_>, variant: &Variant<'_>) -> Option<String> {
    let maker = variant.constructor.as_ref()?;
    Some(code(&format!("{}::{maker}({maker})", item.name)))
}

/// Describes how callers create a value.
fn render_making(item: &TypeItem<'_>, union: &Union<'_>) -> String {
    let has_function = |variant: &&Variant<'_>| maker(item, variant).is_some();
    let functions = union.variants.iter().filter(has_function).count();
    let convert = "A function converts what it is given, as the methods of a request do.";
    match functions {
        0 => String::new(),
        all if all == union.variants.len() => convert.to_owned(),
        _ => format!("{convert} The other variants are made by their names."),
    }
}

/// Describes how the variant of a received value is determined.
fn render_reading(item: &TypeItem<'_>, union: &Union<'_>) -> String {
    match union.model.tag.as_slice() {
        [] => {
            let open = render_open(item.name.as_str(), "what fits none of them");
            format!("The variants are tried in this order, and the first that fits counts. {open}")
        }
        [_] => render_open(item.name.as_str(), &format!("any other value of {}, or none,", tag(union, "or"))),
        _ => {
            let open = render_open(item.name.as_str(), "any other value, or none,");
            format!("Of {} the first that is there counts. {open}", tag(union, "and"))
        }
    }
}
