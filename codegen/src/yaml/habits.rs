//! Replacements for keys of OpenAPI, JSON Schema and other languages.

use crate::diagnostic::{nearest, quoted};

use super::node::{Kind, Node};

/// The structs of the language with a name for each. Structs with many keys also list the most frequent ones.
const STRUCTS: &[(&str, &str, &[&str])] = &[
    ("ApiDecl", "`api.yaml`", &["doc", "package", "credentials", "servers", "auth", "options"]),
    ("PackageDecl", "`package`", &["name", "version", "doc", "first_call"]),
    ("ResourceDecl", "a resource file", &["doc", "types", "operations"]),
    ("TypeDecl", "a type", &["doc", "id", "enum", "fields", "one_of", "example"]),
    ("FieldDecl", "a field or a parameter", &["type", "doc", "example", "default", "in", "wire_name"]),
    ("VariantDecl", "a variant", &["type", "key", "doc", "name"]),
    ("CredentialDecl", "a credential", &[]),
    ("ServerDecl", "a server", &[]),
    ("ServerVariableDecl", "a server variable", &[]),
    ("ConditionDecl", "`when`", &[]),
    ("BasicDecl", "`basic`", &[]),
    ("BearerDecl", "`bearer`", &[]),
    ("ApiKeyDecl", "`api_key`", &[]),
    ("ClientCredentialsDecl", "`client_credentials`", &[]),
    ("OptionGroupDecl", "an option group", &[]),
    ("HeaderDecl", "a header", &[]),
    ("ErrorsDecl", "`errors`", &[]),
    ("RetryDecl", "`retry`", &[]),
    ("PaginationDecl", "a pagination style", &[]),
    ("PaginateDecl", "`paginate`", &[]),
    ("PermissionDecl", "`permission`", &[]),
    ("ExampleDecl", "`example`", &[]),
    ("AdditionalFieldsDecl", "`additional_fields`", &[]),
    ("EnumValueDecl", "a value of an enum", &[]),
    ("OperationDecl", "an operation", &["doc", "http", "params", "options", "response", "example"]),
];

/// Keys that belong to one kind of struct. In another struct, such a key has the wrong indentation.
const DISTINCTIVE: &[&str] = &[
    "types",
    "operations",
    "fields",
    "one_of",
    "additional_fields",
    "http",
    "url",
    "params",
    "response",
    "options",
    "errors",
    "envelope",
    "paginate",
    "example",
    "permission",
    "warning",
    "idempotent",
    "deprecated",
    "doc",
    "docs_url",
    "tag",
    "enum",
    "type",
    "items",
    "version",
    "keywords",
    "categories",
    "repository",
    "first_call",
    "sign_in",
    "name",
    "header",
    "headers",
    "env",
    "when",
    "next_cursor",
    "previous_cursor",
    "previous_cursor_param",
    "total",
    "cursor_param",
    "limit_param",
    "codes",
    "message",
    "details",
    "request_id",
    "resource",
    "action",
    "credentials",
    "servers",
    "auth",
    "package",
    "pagination",
    "retry",
    "additional_statuses",
    "idempotency_key",
];

/// Whether the indentation of an unknown key is likely wrong.
///
/// The key belongs to other structs, its value is a map, or a sibling key has no value.
pub(super) fn is_valid_elsewhere(key: &str, value: &Node, around: &Node) -> bool {
    let has_gap =
        matches!(&around.kind, Kind::Map(entries, ..) if entries.iter().any(|(_, value)| value.is_nothing()));
    has_gap || DISTINCTIVE.contains(&key) || matches!(value.kind, Kind::Map(..))
}

/// Whether the diagnostic for a neighboring key covers this key as well.
pub(super) fn is_covered(place: &str, key: &str, around: &Node) -> bool {
    match place {
        "OperationDecl" => is_path(&key.to_ascii_lowercase()) && entry(around, "method").is_some(),
        "TypeDecl" => key == "type" && entry(around, "properties").is_some(),
        _ => false,
    }
}

/// Whether a key of another language means this key.
pub(super) fn means(key: &str, known: &str) -> bool {
    matches!(
        (key.to_ascii_lowercase().as_str(), known),
        ("user" | "login" | "name" | "id", "username")
            | ("pass" | "secret" | "pwd", "password")
            | ("key" | "value" | "credential" | "secret", "token")
            | ("name" | "wire_name", "header")
            | ("name" | "header" | "param" | "parameter" | "cookie" | "query", "wire_name")
            | ("key" | "value" | "token" | "secret", "credential")
            | ("location" | "from", "in")
            | ("scheme" | "format", "prefix")
            | ("variable" | "var" | "environment", "env")
            | ("base_url" | "host" | "uri" | "baseurl", "url")
    )
}

/// The maximum number of keys that a message lists in full.
const SHORT: usize = 6;

/// Returns the label for a key that a struct does not know.
pub(super) fn label(place: &str) -> String {
    match STRUCTS.iter().find(|(name, ..)| *name == place) {
        Some((_, what, _)) => format!("not a key of {what}"),
        None => "not a key of this map".to_owned(),
    }
}

/// Lists the keys of a struct: all of them if they are few, otherwise the most frequent ones.
pub(super) fn keys_of(place: &str, known: &[&str]) -> String {
    match STRUCTS.iter().find(|(name, ..)| *name == place) {
        Some((_, _, likely)) if known.len() > SHORT && !likely.is_empty() => {
            format!(
                "its most used keys are {}; `typefoundry reference` lists all",
                quoted(likely.iter().copied())
            )
        }
        _ => format!("its keys are {}", quoted(known.iter().copied())),
    }
}

/// Returns the known key that a misspelled key most likely means.
pub(super) fn near<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    // JSON Schema writes `maxLength`.
    let snake: String = key
        .chars()
        .flat_map(|c| c.is_ascii_uppercase().then_some('_').into_iter().chain(c.to_lowercase()))
        .collect();
    known.iter().copied().find(|known| *known == snake).or_else(|| nearest(key, known.iter().copied()))
}

/// Keys of other languages and their replacements. `{value}` is the given value, and `{type}` the `type` of the same
/// declaration.
const ADVICE: &[(&[&str], &str, &str)] = &[
    (&["FieldDecl"], "minimum", "write `min: {value}`"),
    (&["FieldDecl"], "maximum", "write `max: {value}`"),
    (&["FieldDecl"], "exclusiveMinimum", "write `min:` with the smallest allowed number"),
    (&["FieldDecl"], "exclusiveMaximum", "write `max:` with the largest allowed number"),
    (
        &["FieldDecl"],
        "name",
        "remove the key: the key is the name; `wire_name:` sets a different name on the wire",
    ),
    (&["FieldDecl"], "schema", "write the type itself: `type: {type}`"),
    (&["FieldDecl"], "explode", "write `style: repeat` for `name=a&name=b`, `style: comma` for `name=a,b`"),
    (&["FieldDecl"], "collectionFormat", "write `style: repeat` or `style: comma`"),
    (&["FieldDecl", "TypeDecl"], "pattern", "remove the key; describe the form in `doc`"),
    (&["FieldDecl"], "readOnly", "write `read_only: {value}`"),
    (&["FieldDecl"], "writeOnly", "write `write_only: {value}`"),
    (&["FieldDecl"], "multipleOf", "remove the key; describe the rule in `doc`"),
    (&["FieldDecl"], "uniqueItems", "write `unique_items: {value}`"),
    (
        &["FieldDecl"],
        "enum",
        "define a type with `enum: [a, b]` under `types:`, and write its name as the `type`",
    ),
    (&["FieldDecl"], "properties", DEFINE_OBJECT),
    (&["FieldDecl"], "fields", DEFINE_OBJECT),
    (&["FieldDecl"], "oneOf", DEFINE_UNION),
    (&["FieldDecl"], "anyOf", DEFINE_UNION),
    (&["FieldDecl"], "one_of", DEFINE_UNION),
    (&["FieldDecl", "TypeDecl"], "allOf", "define one type under `types:` that lists all `fields`"),
    (&["TypeDecl"], "properties", "write `fields:`, one key for each field"),
    (&["TypeDecl"], "required", "remove the key: a field is required unless its type ends in `?`"),
    (
        &["TypeDecl"],
        "additionalProperties",
        "write `additional_fields: { doc: … }` to preserve undeclared keys",
    ),
    (&["TypeDecl"], "oneOf", "write `one_of:`, one key for each variant"),
    (&["TypeDecl"], "anyOf", "write `one_of:`, one key for each variant"),
    (&["TypeDecl"], "discriminator", "write `tag:` with the name of the field that selects the variant"),
    (&["TypeDecl"], "values", "write `enum:`"),
    (&["TypeDecl"], "items", "write `type: list<T>`"),
    (&["TypeDecl"], "nullable", "remove the key, and write `T | null` where the type is used"),
    (&["TypeDecl"], "format", "remove the key; describe the form in `doc`"),
    (&["OperationDecl"], "parameters", "write `params:`, a map from name to parameter"),
    (&["OperationDecl"], "consumes", "write `content_type:` with the media type of the body"),
    (&["OperationDecl"], "produces", "write `accept:` with the media type of the response"),
    (&["OperationDecl"], "query", "list the query parameters under `params:`"),
    (&["OperationDecl"], "headers", "list each header under `params:` with `in: header`"),
    (&["OperationDecl"], "requestBody", "list the fields of the body under `params:`"),
    (&["OperationDecl"], "request", "list the fields of the body under `params:`"),
    (
        &["OperationDecl"],
        "responses",
        "write `response:` with the fields or the type of the success response",
    ),
    (&["OperationDecl"], "returns", "write `response:` with the fields or the type"),
    (&["OperationDecl"], "operationId", "remove the key: the key of the operation is its name"),
    (&["OperationDecl"], "tags", "remove the key: the file of the operation is its resource"),
    (
        &["OperationDecl"],
        "security",
        "write `auth: none` for a request without credentials, else remove the key",
    ),
    (&["OperationDecl"], "pagination", "write `paginate: { style: …, items: … }`"),
    (&["PaginationDecl"], "page", "write `page_param:` with the parameter for the number of the page"),
    (&["PaginationDecl"], "offset", "write `offset_param:` with the parameter for the offset"),
    (&["PaginationDecl"], "cursor", "write `cursor_param:` with the parameter for the cursor"),
    (&["PaginationDecl"], "limit", "write `limit_param:` with the parameter for the page size"),
    (&["PaginationDecl"], "next", "write `next_cursor:` or `next_url:` with the path in the response"),
    (
        &["ExampleDecl"],
        "",
        "list parameters below `params:`, options below `options:`, and the body below `response:`",
    ),
    (&["ResourceDecl"], "paths", "write `operations:`, one key for each call"),
    (&["ResourceDecl"], "endpoints", "write `operations:`, one key for each call"),
    (&["ResourceDecl"], "methods", "write `operations:`, one key for each call"),
    (&["ResourceDecl"], "components", "write `types:`, one key for each type"),
    (&["ResourceDecl"], "schemas", "write `types:`, one key for each type"),
    (&["ResourceDecl"], "definitions", "write `types:`, one key for each type"),
    (&["ResourceDecl"], "models", "write `types:`, one key for each type"),
    (&["ResourceDecl"], "name", "remove the key: the name of the file is the name of the resource"),
    (&["ApiDecl"], "openapi", "remove it"),
    (&["ApiDecl"], "swagger", "remove it"),
    (&["ApiDecl"], "info", "write `doc:` and `package: { name: …, version: …, doc: … }`"),
    (&["ApiDecl"], "title", "write `doc:`"),
    (&["ApiDecl"], "version", "move it into `package:`"),
    (&["ApiDecl"], "name", "remove the key: the name of the folder is the name of the API"),
    (&["ApiDecl"], "host", BASE_URL),
    (&["ApiDecl"], "url", BASE_URL),
    (&["ApiDecl"], "base_url", BASE_URL),
    (&["ApiDecl"], "basePath", BASE_URL),
    (&["ApiDecl"], "security", AUTH),
    (&["ApiDecl"], "securitySchemes", AUTH),
    (&["ApiDecl"], "securityDefinitions", AUTH),
    (&["ApiDecl"], "headers", "write `options:` for headers that callers set"),
    (&["ApiDecl"], "paths", "describe operations in resource files: `<api>/<resource>.yaml`"),
    (&["ApiDecl"], "operations", "describe operations in resource files: `<api>/<resource>.yaml`"),
    (&["ApiDecl"], "types", "define types in resource files: `<api>/<resource>.yaml`"),
    (&["ApiDecl"], "components", "define types in resource files: `<api>/<resource>.yaml`"),
];

const DEFINE_OBJECT: &str = "define a type with `fields:` under `types:`, and write its name as the `type`";
const DEFINE_UNION: &str = "define a type with `one_of:` under `types:`, and write its name as the `type`";
const BASE_URL: &str = "write `servers: { live: { url: https://…, doc: … } }`";
const AUTH: &str = "write `credentials:` and `auth:`, such as `auth: { bearer: { token: key } }`";
/// The keys of other languages for a description.
const DESCRIPTIONS: &[&str] = &["description", "summary", "desc", "docs", "comment"];

/// Returns the replacement for a key of another language, or `None` for other keys.
pub(super) fn advice(place: &str, key: &str, value: &Node, around: &Node) -> Option<String> {
    let written = scalar(Some(value)).unwrap_or("…");
    let ty = scalar(entry(around, "type")).unwrap_or("…");
    if key == "docs" && matches!(written, "optional" | "required" | "true" | "false") {
        return Some("write `docs` at the top level of `api.yaml`".to_owned());
    }
    if DESCRIPTIONS.contains(&key) {
        return Some(match entry(around, "doc") {
            Some(_) => "move the text into `doc`".to_owned(),
            None => "rename the key to `doc`".to_owned(),
        });
    }
    let keys: &[&str] = match place {
        "BasicDecl" => &["username", "password"],
        "BearerDecl" => &["token"],
        "ApiKeyDecl" => &["wire_name", "credential", "in", "prefix"],
        "ConditionDecl" => &["credential"],
        "HeaderDecl" => &["header"],
        "CredentialDecl" => &["env"],
        "ServerDecl" => &["url"],
        _ => &[],
    };
    if let Some(known) = keys.iter().find(|known| means(key, known)) {
        return Some(format!("rename the key to `{known}`"));
    }
    if let Some(advice) = match place {
        "FieldDecl" => field_advice(key, value, ty),
        "OperationDecl" => call_advice(key, value, around),
        "VariantDecl" | "TypeDecl" if key == "$ref" => Some(reference(written)),
        _ => None,
    } {
        return Some(advice);
    }
    let (.., advice) = ADVICE
        .iter()
        .find(|(places, word, _)| places.contains(&place) && (*word == key || word.is_empty()))?;
    Some(advice.replace("{value}", written).replace("{type}", ty))
}

/// Returns the advice that depends on the value, or on the `type` of the same declaration.
fn field_advice(key: &str, value: &Node, ty: &str) -> Option<String> {
    let written = scalar(Some(value)).unwrap_or("…");
    let (bare, null) = match ty.split_once('|') {
        Some((bare, _)) => (bare.trim_end(), " | null"),
        None => (ty, ""),
    };
    let bare = bare.trim_end_matches('?');
    let absent = format!("remove `{key}`, and write `type: {bare}?{null}`");
    let given = format!("remove `{key}`: a type without `?` is required");
    Some(match (key, written) {
        ("required", "false") | ("optional", "true") => absent,
        ("required" | "optional", _) => given,
        ("nullable", "false") => "remove `nullable`".to_owned(),
        ("nullable", _) => format!("remove `nullable`, and write `type: {} | null`", ty_without_null(ty)),
        ("format", format) => format_advice(format, ty),
        ("items", _) => {
            let item = entry(value, "$ref").or_else(|| entry(value, "type")).or(Some(value));
            format!("remove `items`, and write `type: list<{}>`", type_name(scalar(item).unwrap_or("T")))
        }
        ("$ref", path) => reference(path),
        ("additionalProperties", _) => {
            let item = entry(value, "$ref").or_else(|| entry(value, "type"));
            format!(
                "remove `additionalProperties`, and write `type: map<{}>`",
                type_name(scalar(item).unwrap_or("json"))
            )
        }
        _ => return None,
    })
}

fn ty_without_null(ty: &str) -> &str {
    ty.split('|').next().unwrap_or(ty).trim()
}

fn reference(path: &str) -> String {
    format!("write `type: {}`", type_name(path))
}

/// Returns the name of a type from a path of OpenAPI, in the notation of this language.
pub(super) fn type_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    crate::type_hints::native(name).unwrap_or(name)
}

fn format_advice(format: &str, ty: &str) -> String {
    let suffix = if ty.ends_with('?') { "?" } else { "" };
    let native = match format {
        "date-time" | "datetime" | "rfc3339" | "iso8601" => "timestamp",
        "date" | "full-date" => "date",
        "time" | "partial-time" | "full-time" => "time",
        "duration" => "duration",
        "uuid" | "guid" => "uuid",
        "byte" | "base64" | "base64url" => "bytes",
        "binary" => "binary",
        "decimal" | "decimal128" | "bigdecimal" => "decimal",
        "unix-time" | "unix" | "epoch" | "unixtime" => "unix_seconds",
        "int8" => "int8",
        "int16" => "int16",
        "int32" => "int32",
        "int64" => "int64",
        "uint8" => "uint8",
        "uint16" => "uint16",
        "uint32" => "uint32",
        "uint64" => "uint64",
        "float" | "double" => "float64",
        "password" => "secret",
        _ => return "remove `format`; describe the form in `doc`".to_owned(),
    };
    format!("remove `format`, and write `type: {native}{suffix}`")
}

fn is_path(word: &str) -> bool {
    ["path", "route", "endpoint", "uri"].contains(&word)
}

/// Advises to combine method and path in one value.
pub(super) fn call_advice(key: &str, value: &Node, around: &Node) -> Option<String> {
    let lower = key.to_ascii_lowercase();
    let is_method = |word: &str| ["get", "head", "post", "put", "patch", "delete"].contains(&word);
    let Kind::Map(entries, ..) = &around.kind else { return None };
    let written = |is: &dyn Fn(&str) -> bool| {
        let found = entries.iter().find(|(key, _)| is(&key.text.to_ascii_lowercase()));
        found.and_then(|(_, value)| scalar(Some(value)))
    };
    if is_method(&lower) {
        let path = scalar(Some(value)).unwrap_or("/…");
        return Some(format!("write `http: {} {path}`", lower.to_ascii_uppercase()));
    }
    if lower != "method" && !is_path(&lower) {
        return None;
    }
    if entries.iter().any(|(key, _)| key.text == "http") {
        return Some("remove the key: `http` holds the method and the path".to_owned());
    }
    let path = written(&is_path).unwrap_or("/…");
    if path.contains(' ') {
        return Some(format!("write `http: {path}`"));
    }
    let method = written(&|word| word == "method").unwrap_or("GET").to_ascii_uppercase();
    Some(format!("write `http: {method} {path}`"))
}

/// Whether a map has a key.
pub(super) fn has(node: &Node, key: &str) -> bool {
    entry(node, key).is_some()
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Kind::Map(entries, ..) = &node.kind else { return None };
    entries.iter().find(|(found, _)| found.text == key).map(|(_, value)| value)
}

/// Returns the text of a scalar.
pub(super) fn scalar(node: Option<&Node>) -> Option<&str> {
    match &node?.kind {
        Kind::Scalar(scalar) if !scalar.text.is_empty() && !scalar.text.contains('\n') => Some(&scalar.text),
        _ => None,
    }
}
