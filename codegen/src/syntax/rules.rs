//! Rules of the JSON Schemas that the Rust types do not state: patterns, and keys that need or exclude each other.
//!
//! A rule is never stricter than the checks of the generator, and a test compares the two.

use schemars::Schema;
use serde_json::{Value, json};

/// Text with at least one visible character.
pub(super) const TEXT: &str = r"\S";
pub(super) const URL: &str = r"^https?://\S+$";
pub(super) const PACKAGE: &str = "^[a-z][a-z0-9_-]*$";
pub(super) const VERSION: &str = r"^[0-9]+\.[0-9]+\.[0-9]+([-+].*)?$";
pub(super) const OPERATION: &str = r"^[^\s.]+(\.[^\s.]+)+$";
pub(super) const VARIABLE: &str = "^[A-Za-z_][A-Za-z0-9_]*$";
pub(super) const BASE_URL: &str = r"^https?://[^\s/?#@][^\s?#@]*$";
pub(super) const HEADER: &str = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";
pub(super) const PATH: &str = r#"^/[^\s?#%"]*$"#;
pub(super) const HTTP: &str = r#"^(GET|HEAD|POST|PUT|PATCH|DELETE) /[^\s?#%"]*$"#;
/// A type expression. The arguments of lists and maps are not looked at.
pub(super) const TYPE: &str = r"^ *[^\s<>?|(){}\[\],:]+( *<.+>)? *\??( *\| *null)? *$";
/// A name with a letter or a digit, to make a Rust name of.
const NAME: &str = r"[0-9A-Za-z\u0080-\uffff]";
/// A type of the language, or a list or a map of such, which has no doc of its own.
const BUILT_IN: &str = r"^ *((list|map) *< *)*(string|secret|bool|u?int32|int64|float64|timestamp|unix_seconds|json|object)[>?| ]*(null)?[>?| ]*$";

/// The rule for keys that name something.
pub(super) fn names() -> Value {
    json!({ "pattern": NAME })
}

/// A type says in one way what it is.
pub(super) fn one_shape(schema: &mut Schema) {
    exactly_one(schema, &["id", "enum", "fields", "one_of"]);
}

/// An operation sends a request or builds a URL.
pub(super) fn one_call(schema: &mut Schema) {
    exactly_one(schema, &["http", "url"]);
}

/// A field has a type, or a value that the caller does not give. One of a built-in type needs a doc.
pub(super) fn field(schema: &mut Schema) {
    exactly_one(schema, &["type", "const", "credential"]);
    needs_doc(schema);
    bare_type(schema);
}

/// A variant of a built-in type, or of no type, needs a doc.
pub(super) fn variant(schema: &mut Schema) {
    needs_doc(schema);
    bare_type(schema);
}

/// The doc of an enum value may stand in the place of the whole.
pub(super) fn enum_value(schema: &mut Schema) {
    let doc = json!({ "type": "string", "title": "Doc", "description": "The meaning of the value." });
    or_bare(schema, doc);
}

fn exactly_one(schema: &mut Schema, keys: &[&str]) {
    let ways: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    schema.insert("oneOf".to_owned(), Value::from(ways));
}

fn needs_doc(schema: &mut Schema) {
    let built_in = json!({ "required": ["type"], "properties": { "type": { "pattern": BUILT_IN } } });
    schema.insert("if".to_owned(), built_in);
    schema.insert("then".to_owned(), json!({ "required": ["doc"] }));
}

/// A type with a doc of its own may stand in the place of the whole.
fn bare_type(schema: &mut Schema) {
    let bare = json!({
        "type": "string",
        "title": "Type expression",
        "description": "A type of the description, whose doc says enough.",
        "pattern": TYPE,
        "not": { "pattern": BUILT_IN },
    });
    or_bare(schema, bare);
}

/// Lets text stand in the place of an object.
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
