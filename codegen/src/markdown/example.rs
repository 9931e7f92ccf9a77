//! Examples as JSON, in which each object is written out once.
//!
//! Most responses contain an object that has a section of its own. If such an object equals the example of its type, the
//! name of the type replaces it. The reader finds the rest in that section, and a change of an example changes one page.

use super::json::Json;
use super::text::labelled;
use crate::doc_text::code_block;
use crate::model::{Constant, FieldLocation, Response, ResponseFormat, Type, TypeId};
use crate::rust::lower::{Field, Operation, Package, Shape, TypeItem, Union};
use crate::value::Value;

/// The maximum number of lines of JSON that are not collapsed.
const UNFOLDED: usize = 20;
/// The maximum length of an object that is always written out.
const SHORT: usize = 120;

/// Renders the example response of an operation.
pub fn render_response(package: &Package<'_>, operation: &Operation<'_>) -> Vec<String> {
    if let Response::ByStatus(_) = operation.model.response {
        let statuses = operation.statuses.iter().flat_map(|status| {
            let label = format!("Example response ({})", status.model.status);
            of_body(package, &label, &status.model.response, &status.fields, status.model.example.as_ref())
        });
        return statuses.collect();
    }
    let example = operation.model.example.response.as_ref();
    let format = operation.model.format();
    if let (false, Some(value)) = (format == ResponseFormat::Json, example) {
        return labelled("Example response", code_block("text", &text_of(format, value)));
    }
    of_body(package, "Example response", &operation.model.response, &operation.response, example)
}

/// Returns the body of a response that is not JSON.
fn text_of(format: ResponseFormat, example: &Value) -> String {
    let text = example.as_text().map_or_else(|| example.to_string(), str::to_owned);
    match format {
        ResponseFormat::Events => format!("data: {example}\n"),
        ResponseFormat::TextEvents => format!("data: {}\n", text.replace('\n', "\ndata: ")),
        ResponseFormat::JsonLines | ResponseFormat::JsonSequence => example.to_string(),
        ResponseFormat::Json | ResponseFormat::Text | ResponseFormat::Binary => text,
    }
}

/// Renders the body of a response, if it has one.
fn of_body(
    package: &Package<'_>,
    label: &str,
    response: &Response,
    fields: &[Field<'_>],
    example: Option<&Value>,
) -> Vec<String> {
    let Some(example) = example else { return Vec::new() };
    let json = match &*response.body() {
        Response::Empty | Response::ByStatus(_) => return Vec::new(),
        Response::Object(object) => written_out(package, &object.constants, fields, example),
        Response::Type(ty) => inside(package, ty, example),
    };
    render(label, &json)
}

/// Renders the example of an object type or a union.
pub fn render_type(package: &Package<'_>, item: &TypeItem<'_>) -> Vec<String> {
    render("Example", &inside(package, &Type::Named(item.id), &item.model.example))
}

/// Renders JSON in a code block. A long block is collapsed, so that the reader sees the text after it.
fn render(label: &str, json: &Json) -> Vec<String> {
    let language = if json.has_comment() { "jsonc" } else { "json" };
    let block = code_block(language, &json.render(2));
    if block.lines().count() <= UNFOLDED {
        return labelled(label, block);
    }
    vec![format!("<details>\n<summary>{label}</summary>"), block, "</details>".to_owned()]
}

/// Returns a value, or the name of its type if the value is the example of the type.
fn abbreviated(package: &Package<'_>, ty: &Type, value: &Value) -> Json {
    match ty {
        Type::Named(id) if is_example_of_type(package, *id, value) => {
            Json::Text(format!("{{ /* {} */ }}", package.type_item(*id).name))
        }
        Type::Nullable(item) => abbreviated(package, item, value),
        _ => inside(package, ty, value),
    }
}

fn is_example_of_type(package: &Package<'_>, id: TypeId, value: &Value) -> bool {
    let item = package.type_item(id);
    let is_object =
        matches!(item.shape, Shape::Object(_) | Shape::Union(_)) && matches!(value, Value::Map(_));
    is_object && item.model.example == *value && value.to_string().len() > SHORT
}

/// Returns a value whose type is already stated.
fn inside(package: &Package<'_>, ty: &Type, value: &Value) -> Json {
    match (ty, value) {
        (Type::List(item), Value::List(values)) => {
            Json::List(values.iter().map(|value| abbreviated(package, item, value)).collect())
        }
        (Type::Map(item), Value::Map(entries)) => Json::Map(
            entries.iter().map(|(key, value)| (key.clone(), abbreviated(package, item, value))).collect(),
        ),
        (Type::Nullable(item), _) => inside(package, item, value),
        (Type::Named(id), _) => match &package.type_item(*id).shape {
            Shape::Object(object) => written_out(package, object.constants, &object.fields, value),
            Shape::Union(union) => variant(package, union, value),
            Shape::Alias(ty) => inside(package, ty, value),
            Shape::Id { .. } | Shape::Enum(_) => value.into(),
        },
        _ => value.into(),
    }
}

/// Returns a value of a union: the content of the variant, with the tag among its keys.
fn variant(package: &Package<'_>, union: &Union<'_>, value: &Value) -> Json {
    let found = union.model.variant_of(&package.api.types, value);
    let Some(variant) = found.and_then(|(at, _)| union.model.variants.get(at)) else { return value.into() };
    match (&variant.ty, &variant.key, value) {
        (Some(ty), Some(payload_key), Value::Map(entries)) => {
            let json = |key: &String, value| {
                if key == payload_key { abbreviated(package, ty, value) } else { value.into() }
            };
            Json::Map(entries.iter().map(|(key, value)| (key.clone(), json(key, value))).collect())
        }
        (Some(ty), ..) => inside(package, ty, value),
        (None, ..) => value.into(),
    }
}

/// Returns the keys of an object. The spec can omit constants, which are present on the wire.
fn written_out(package: &Package<'_>, constants: &[Constant], fields: &[Field<'_>], value: &Value) -> Json {
    let Value::Map(entries) = value else { return value.into() };
    let missing = constants.iter().filter(|constant| value.get(&constant.wire).is_none());
    let missing = missing.map(|constant| (constant.wire.clone(), (&constant.value).into()));
    let present = entries.iter().map(|(key, value)| {
        let is_key = |field: &&Field<'_>| field.model.location == FieldLocation::Key;
        let field = fields.iter().filter(is_key).find(|field| field.model.wire == *key);
        (
            key.clone(),
            field.map_or_else(|| value.into(), |field| abbreviated(package, &field.model.ty, value)),
        )
    });
    Json::Map(missing.chain(present).collect())
}
