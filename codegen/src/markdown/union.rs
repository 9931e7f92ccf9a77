//! The section of a union: the wire format and the Rust form of each variant.

use super::describe::{deprecation, described, own_doc, render_open};
use super::example;
use super::page::Page;
use super::text::{bullets, listed};
use crate::doc_text::{code, introduce};
use crate::model::{Format, Type};
use crate::rust::lower::{Package, Shape, TypeItem, Union, Variant};
use crate::value::Value;

/// Renders the content below the doc, as blocks.
pub fn render(page: Page<'_>, item: &TypeItem<'_>, union: &Union<'_>) -> Vec<String> {
    let variants = bullets(union.variants.iter().map(|variant| render_variant(page, item, union, variant)));
    let constructors = item.model.in_params.then(|| render_constructors(item, union));
    let reading = item.model.in_response.then(|| render_reading(item, union));
    let notes = [constructors, reading].into_iter().flatten();
    std::iter::once(variants).chain(notes).chain(example::render_type(page.links.package, item)).collect()
}

fn render_variant(page: Page<'_>, item: &TypeItem<'_>, union: &Union<'_>, variant: &Variant<'_>) -> String {
    let payload = payload(page, union, variant).map_or(String::new(), |payload| format!(" ({payload})"));
    let identified = format!("Identified by {}.", identified_by(page.links.package, union, variant));
    let constructor = constructor(item, variant).map(|call| format!("Constructor: {call}."));
    let deprecated = deprecation(page, variant.model.deprecated.as_deref());
    let doc = own_doc(page, variant.model.ty.as_ref(), &variant.model.doc);
    let text = described(page, doc, [Some(identified), constructor, deprecated]);
    introduce(&format!("{}{payload}", code(&format!("{}::{}", item.name, variant.name))), &text)
}

/// Returns the JSON that identifies the variant.
fn identified_by(package: &Package<'_>, union: &Union<'_>, variant: &Variant<'_>) -> String {
    if !union.model.tag.is_empty() {
        return format!("the value {} of {}", value_of(variant), tag(union, "or"));
    }
    if !union.model.path.is_empty() {
        return format!("the value {} at {}", value_of(variant), code(&union.model.path.join(".")));
    }
    let constants = union.model.constants_of(&package.api.types, variant.model);
    if !constants.is_empty() {
        let constants = constants
            .iter()
            .map(|it| format!("the value {} of {}", code(&text_of(&it.value)), code(&it.wire)));
        return listed(&constants.collect::<Vec<_>>(), "and");
    }
    match (&variant.model.key, &variant.model.ty) {
        (Some(key), _) => format!("the key {}", code(key)),
        (None, Some(ty)) => shape(package, ty),
        (None, None) => String::new(),
    }
}

fn value_of(variant: &Variant<'_>) -> String {
    code(&text_of(&variant.model.tag_value()))
}

/// Returns a value without the quotes of text.
fn text_of(value: &Value) -> String {
    value.as_text().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the fields that contain the tag.
fn tag(union: &Union<'_>, last: &str) -> String {
    listed(&union.model.tag.iter().map(|tag| code(tag)).collect::<Vec<_>>(), last)
}

/// Returns the JSON form of a type.
fn shape(package: &Package<'_>, ty: &Type) -> String {
    match ty {
        Type::String | Type::Secret | Type::Binary | Type::File => "a string".to_owned(),
        Type::Formatted(Format::Decimal) => "a string or a number".to_owned(),
        Type::Formatted(format) => format.noun().to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Integer(_) | Type::UnixSeconds => "an integer".to_owned(),
        Type::Float64 => "a number".to_owned(),
        Type::List(_) => "a list".to_owned(),
        Type::Tuple(items) => format!("a list of {} items", items.len()),
        Type::Map(_) | Type::Object => "an object".to_owned(),
        Type::Json | Type::Unparsed => "any JSON".to_owned(),
        Type::Nullable(item) => shape(package, item),
        Type::Named(id) => named_shape(package.type_item(*id)),
    }
}

fn named_shape(item: &TypeItem<'_>) -> String {
    match &item.shape {
        Shape::Enum(variants) if variants.iter().any(|variant| variant.model.is_integer) => {
            "an integer".to_owned()
        }
        Shape::Id { .. } | Shape::Enum(_) => "a string".to_owned(),
        Shape::Object(_) => keys(item),
        Shape::Union(_) | Shape::Alias(_) => format!("the JSON of {}", code(item.name.as_str())),
    }
}

/// Returns the required keys of an object.
fn keys(item: &TypeItem<'_>) -> String {
    let needed = item.model.fields().iter().filter(|field| field.is_mandatory());
    let needed: Vec<String> = needed.map(|field| code(&field.wire)).collect();
    match needed.as_slice() {
        [] => "an object".to_owned(),
        [key] => format!("the key {key}"),
        keys => format!("the keys {}", listed(keys, "and")),
    }
}

/// Renders the type of the payload, if the variant has one.
fn payload(page: Page<'_>, union: &Union<'_>, variant: &Variant<'_>) -> Option<String> {
    let ty = variant.model.ty.as_ref()?;
    let payload = if variant.model.boxed { page.boxed_type(ty) } else { page.rust_type(ty) };
    // Without a tag, the key identifies the variant.
    Some(match variant.model.key.as_ref().filter(|_| !union.model.tag.is_empty()) {
        Some(key) => format!("{payload}, under the key {}", code(key)),
        None => payload,
    })
}

/// Returns the constructor function of the variant, if it has one.
fn constructor(item: &TypeItem<'_>, variant: &Variant<'_>) -> Option<String> {
    let constructor = variant.constructor.as_ref()?;
    Some(code(&format!("{}::{constructor}({constructor})", item.name)))
}

/// Returns a note on the constructors.
fn render_constructors(item: &TypeItem<'_>, union: &Union<'_>) -> String {
    let has_function = |variant: &&Variant<'_>| constructor(item, variant).is_some();
    let functions = union.variants.iter().filter(has_function).count();
    let convert = "The constructor functions convert their argument, as setters do.";
    match functions {
        0 => String::new(),
        all if all == union.variants.len() => convert.to_owned(),
        _ => format!("{convert} Construct the other variants by name."),
    }
}

/// Returns a note on how a response is matched to a variant.
fn render_reading(item: &TypeItem<'_>, union: &Union<'_>) -> String {
    match union.model.tag.as_slice() {
        [] if !union.model.path.is_empty() => {
            let path = code(&union.model.path.join("."));
            render_open(item.name.as_str(), &format!("Any other or missing value at {path}"))
        }
        [] => {
            let open = render_open(item.name.as_str(), "Any other JSON");
            format!("The first matching variant in this order is used. {open}")
        }
        [_] => {
            render_open(item.name.as_str(), &format!("Any other or missing value of {}", tag(union, "or")))
        }
        _ => {
            let open = render_open(item.name.as_str(), "Any other or missing value");
            format!("The first present field of {} is used. {open}", tag(union, "and"))
        }
    }
}
