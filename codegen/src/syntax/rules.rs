//! Rules of the JSON Schemas that the Rust types do not state: patterns, and keys that require or exclude each other.
//!
//! A rule is never stricter than the generator. A test compares the two.

use schemars::Schema;
use serde_json::{Value, json};

/// Text with at least one visible character.
pub(super) const TEXT: &str = r"\S";
pub(super) const URL: &str = r"^https?://\S+$";
pub(super) const PACKAGE: &str = "^[a-z][a-z0-9_-]*$";
pub(super) const VERSION: &str = r"^[0-9]+\.[0-9]+\.[0-9]+([-+].*)?$";
pub(super) const OPERATION: &str = r"^[^\s.]+(\.[^\s.]+)+$";
pub(super) const VARIABLE: &str = "^[A-Za-z_][A-Za-z0-9_]*$";
pub(super) const BASE_URL: &str = r"^(https?://[^\s/?#@]|\{)[^\s?#@]*$";
pub(super) const TOKEN_URL: &str = r"^(https?:/)?/[^\s?#@]+$";
pub(super) const HEADER: &str = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";
pub(super) const PATH: &str = r#"^/[^\s?#"]*(\?[^\s=#"]+)?$"#;
pub(super) const HTTP: &str =
    r#"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|QUERY) /[^\s?#"]*(\?[^\s=#"]+)?(#\S+)?$"#;
pub(super) const MEDIA_TYPE: &str = "^[^ /;]+/[^ /;]+ *(;.+)?$";
/// A type expression. The arguments of lists and maps are not checked.
pub(super) const TYPE: &str = r"^ *[^\s<>?|(){}\[\],:]+( *<.+>)? *\??( *\| *null)? *$";
/// A name that contains a letter or a digit, which a Rust name needs.
const NAME: &str = r"[0-9A-Za-z\u0080-\uffff]";
/// Returns the rule for keys that are names.
pub(super) fn names() -> Value {
    json!({ "pattern": NAME })
}

/// Requires exactly one kind of a type.
pub(super) fn one_shape(schema: &mut Schema) {
    exactly_one(schema, &["id", "enum", "fields", "one_of", "type"]);
}

/// Requires that an operation either sends a request or builds a URL.
pub(super) fn one_call(schema: &mut Schema) {
    exactly_one(schema, &["http", "url"]);
}

/// Requires exactly one kind of a pagination style.
pub(super) fn one_position(schema: &mut Schema) {
    exactly_one(
        schema,
        &["next_cursor", "item_cursor", "page_param", "offset_param", "next_url", "link_header"],
    );
}

/// Requires a type, a constant or a credential.
pub(super) fn field(schema: &mut Schema) {
    exactly_one(schema, &["type", "const", "credential"]);
    bare_type(schema);
}

/// Allows the doc of an enum value in place of the map.
pub(super) fn enum_value(schema: &mut Schema) {
    let doc =
        json!({ "type": "string", "title": "Doc", "description": "Meaning of the value, as a noun phrase." });
    or_bare(schema, doc);
}

fn exactly_one(schema: &mut Schema, keys: &[&str]) {
    let ways: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    schema.insert("oneOf".to_owned(), Value::from(ways));
}

/// Allows a type in place of the map. Only the generator knows whether the type requires a doc.
pub(super) fn bare_type(schema: &mut Schema) {
    let bare = json!({
        "type": "string",
        "title": "Type expression",
        "description": "A type, usually a named one, whose doc describes the value.",
        "pattern": TYPE,
    });
    or_bare(schema, bare);
}

/// Allows text in place of an object.
fn or_bare(schema: &mut Schema, bare: Value) {
    let object = std::mem::take(schema);
    let mut either = Schema::default();
    for key in ["title", "description"] {
        if let Some(text) = object.get(key) {
            either.insert(key.to_owned(), text.clone());
        }
    }
    either.insert("anyOf".to_owned(), json!([bare, object]));
    *schema = either;
}
