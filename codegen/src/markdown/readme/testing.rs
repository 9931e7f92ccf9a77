//! The section about tests of code that uses the package.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::doc_text::code_block;
use crate::markdown::json::Json;
use crate::markdown::text::indented;
use crate::model::{Type, TypeId};
use crate::rust::lower::{Field, Object, Package, Shape, TypeItem};
use crate::value::Value;

/// Returns the section as blocks.
pub fn render(package: &Package<'_>) -> Vec<String> {
    let title = "## Testing".to_owned();
    let why = "Models have no public constructor. Deserialize a model from JSON, for example with `serde_json`, and change \
               its public fields. Lists, maps and optional fields can be omitted. The `transport` method of the client builder \
               accepts a fake `Transport`, and `base_url` the URL of a local server."
        .to_owned();
    let example = most_returned(package)
        .map(|(item, object)| code_block("rust", &render_example(package, item, object)));
    [title, why].into_iter().chain(example).collect()
}

/// Returns the model that the most operations return, or the first of several.
fn most_returned<'p, 'a>(package: &'p Package<'a>) -> Option<(&'p TypeItem<'a>, &'p Object<'a>)> {
    let mut returns = vec![0_usize; package.types.len()];
    for operation in &package.api.operations {
        let named: BTreeSet<TypeId> = operation.response.types().filter_map(Type::named).collect();
        named.into_iter().for_each(|id| returns[id.0] += 1);
    }
    let objects =
        package.types.iter().filter(|item| item.model.in_response).filter_map(|item| match &item.shape {
            Shape::Object(object) if has_fields_to_show(object) => Some((item, object)),
            _ => None,
        });
    objects.min_by_key(|(item, _)| (Reverse(returns[item.id.0]), item.id))
}

/// Whether the type has a required field and a field to change. Cursors of pages have neither.
fn has_fields_to_show(object: &Object<'_>) -> bool {
    text_field(object).is_some() && object.fields.iter().any(|field| field.model.is_mandatory())
}

/// Returns a string field to change.
fn text_field<'o, 'a>(object: &'o Object<'a>) -> Option<&'o Field<'a>> {
    object.fields.iter().find(|field| field.model.ty == Type::String && field.clear.is_none())
}

/// Returns the example of a type, without its optional fields.
fn needed(item: &TypeItem<'_>, object: &Object<'_>) -> Value {
    let fields = object.fields.iter().filter(|field| field.model.is_mandatory()).map(|field| {
        let wire = &field.model.wire;
        let example = item.model.example.get(wire).unwrap_or(&field.model.example);
        (wire.clone(), example.clone())
    });
    Value::Map(fields.collect())
}

fn render_example(package: &Package<'_>, item: &TypeItem<'_>, object: &Object<'_>) -> String {
    let name = item.name.as_str();
    let json = Json::from(&needed(item, object)).render(4);
    let change = text_field(object).map(|field| {
        let text = if field.optional { "Some(\"changed\".into())" } else { "\"changed\".into()" };
        format!("\nmodel.{} = {text};", field.name)
    });
    let mut imports = [
        "use serde_json::json;".to_owned(),
        format!("use {}::{};", package.crate_name, package.type_path(item.id)),
    ];
    imports.sort();
    let statements = format!(
        "let mut model: {name} = serde_json::from_value(json!({json}))?;{}\nOk(model)",
        change.unwrap_or_default()
    );
    format!(
        "{}\n\nfn model() -> Result<{name}, serde_json::Error> {{\n{}\n}}",
        imports.join("\n"),
        indented(&statements, 4),
    )
}
