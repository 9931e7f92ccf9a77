//! Examples as JSON, each object written out once.
//!
//! Most responses hold an object that has a section of its own. Where such an object is the very example of its type, its
//! name stands in its place: a reader finds the rest in that section, and a change of one example changes one page.

use super::json::Json;
use super::text::block;
use crate::model::{Response, Type, TypeId};
use crate::rust::lower::{Field, Operation, Package, Shape, TypeItem};
use crate::value::Value;

/// The most lines of JSON that stand open.
const UNFOLDED: usize = 20;
/// An object that is no longer than this is always written out.
const SHORT: usize = 120;

/// The example response of an operation.
pub fn render_response(package: &Package<'_>, operation: &Operation<'_>) -> Vec<String> {
    let Some(example) = &operation.model.example.response else { return Vec::new() };
    let json = match &operation.model.response {
        Response::Empty => return Vec::new(),
        Response::Fields(_) => written_out(package, &operation.response, example),
        Response::Type(ty) => inside(package, ty, example),
    };
    render("Example response", &json)
}

/// The example of an object type.
pub fn render_object(package: &Package<'_>, item: &TypeItem<'_>) -> Vec<String> {
    render("Example", &inside(package, &Type::Named(item.id), &item.model.example))
}

/// Long ones are folded away, so that they do not push what follows off the screen.
fn render(label: &str, json: &Json) -> Vec<String> {
    let language = if json.has_comment() { "jsonc" } else { "json" };
    let block = block(language, &json.render(2));
    if block.lines().count() <= UNFOLDED {
        return super::operation::labelled(label, block);
    }
    vec![format!("<details>\n<summary>{label}</summary>"), block, "</details>".to_owned()]
}

/// A value, or the name of its type where that says as much.
fn sketch(package: &Package<'_>, ty: &Type, value: &Value) -> Json {
    match ty {
        Type::Named(id) if is_known(package, *id, value) => {
            Json::Text(format!("{{ /* {} */ }}", package.type_item(*id).name))
        }
        _ => inside(package, ty, value),
    }
}

fn is_known(package: &Package<'_>, id: TypeId, value: &Value) -> bool {
    let item = package.type_item(id);
    matches!(item.shape, Shape::Object(_)) && item.model.example == *value && value.to_string().len() > SHORT
}

/// A value whose own type is known to the reader.
fn inside(package: &Package<'_>, ty: &Type, value: &Value) -> Json {
    match (ty, value) {
        (Type::List(item), Value::List(values)) => {
            Json::List(values.iter().map(|value| sketch(package, item, value)).collect())
        }
        (Type::Map(item), Value::Map(entries)) => Json::Map(
            entries.iter().map(|(key, value)| (key.clone(), sketch(package, item, value))).collect(),
        ),
        (Type::Named(id), _) => match &package.type_item(*id).shape {
            Shape::Object(object) => written_out(package, &object.fields, value),
            Shape::Id | Shape::Enum(_) => value.into(),
        },
        _ => value.into(),
    }
}

fn written_out(package: &Package<'_>, fields: &[Field<'_>], value: &Value) -> Json {
    let Value::Map(entries) = value else { return value.into() };
    let entries = entries.iter().map(|(key, value)| {
        let field = fields.iter().find(|field| field.model.wire == *key);
        (key.clone(), field.map_or_else(|| value.into(), |field| sketch(package, &field.model.ty, value)))
    });
    Json::Map(entries.collect())
}
