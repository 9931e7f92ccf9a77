//! The JSON Schemas of the description language, for editors.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::{ApiDecl, ResourceDecl};
use crate::output::File;
use crate::settings::Settings;

/// Returns the schemas of `api.yaml` and of the resource files.
pub fn schemas(settings: &Settings) -> Vec<File> {
    vec![
        schema_file::<ApiDecl>(settings, "api", "the description language"),
        schema_file::<ResourceDecl>(settings, "resource", "the description language"),
    ]
}

/// Returns the schema of a file that is read as `T`. `source` says in the mark what it was generated from.
pub fn schema_file<T: JsonSchema>(settings: &Settings, name: &str, source: &str) -> File {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    schema.insert("$comment".to_owned(), json!(settings.mark(source)));
    let mut value = schema.to_value();
    without_null(&mut value);
    // `serde_json` prints every value of schemars. The printed schema has its keys in reading order.
    let text = Schema::try_from(value)
        .ok()
        .and_then(|schema| serde_json::to_string_pretty(&schema).ok())
        .unwrap_or_default();
    File::new(format!("{}/schema/{name}.json", settings.spec), text + "\n")
}

/// Removes null from the allowed types: the reader rejects null, and an optional key is omitted.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(without_null);
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|ty| ty != "null");
            }
            if let Some([only]) = object.get("type").and_then(Value::as_array).map(Vec::as_slice) {
                let only = only.clone();
                object.insert("type".to_owned(), only);
            }
            let null = json!({ "type": "null" });
            let Some(Value::Array(ways)) = object.get_mut("anyOf") else { return };
            let before = ways.len();
            ways.retain(|way| *way != null);
            if ways.len() < before && ways.len() == 1 {
                let only = std::mem::take(ways);
                object.remove("anyOf");
                object.insert("allOf".to_owned(), Value::Array(only));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::schemas;
    use crate::settings::Settings;

    #[test]
    fn schemas_describe_keys_and_reject_unknown_ones() {
        for file in schemas(&Settings::default()) {
            let schema: serde_json::Value = serde_json::from_str(&file.text).unwrap();
            assert_eq!(schema["additionalProperties"], false, "{}", file.path);
            assert!(schema["properties"]["doc"]["description"].is_string(), "{}", file.path);
        }
    }

    #[test]
    fn field_can_be_a_bare_type() {
        let schema: serde_json::Value = serde_json::from_str(&schemas(&Settings::default())[1].text).unwrap();
        let field = &schema["definitions"]["FieldDecl"]["anyOf"];
        assert_eq!(field[0]["type"], "string");
        assert_eq!(field[1]["additionalProperties"], false);
    }
}
