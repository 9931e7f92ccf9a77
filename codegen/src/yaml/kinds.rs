//! Replacements for values of a wrong kind, and for invalid names.

use super::habits::{call_advice, scalar, type_name};
use super::node::{Kind, Meaning, Node};

/// Returns the replacement for a value of another kind under a key.
pub(super) fn kind_advice(key: &str, value: &Node) -> Option<String> {
    let text = scalar(Some(value));
    match (key, &value.kind, text) {
        ("type", Kind::List(items, ..), _) => {
            let words: Vec<&str> = items.iter().filter_map(|item| scalar(Some(item))).collect();
            let types: Vec<&str> = words.iter().copied().filter(|word| *word != "null").collect();
            match types.as_slice() {
                [one] if words.len() > 1 => Some(format!("write `type: {} | null`", type_name(one))),
                [one] => Some(format!("write `type: list<{}>` for a list", type_name(one))),
                _ => Some("define a type with `one_of:` under `types:`, and write its name".to_owned()),
            }
        }
        ("type", Kind::Map(..), _) => {
            Some("define the type under `types:`, and write its name as the `type`".to_owned())
        }
        ("http", Kind::List(items, ..), _) => {
            let words: Vec<&str> = items.iter().filter_map(|item| scalar(Some(item))).collect();
            Some(format!("write `http: {}`", words.join(" ")))
        }
        ("response", Kind::List(items, ..), _) => {
            let words: Vec<&str> = items.iter().filter_map(|item| scalar(Some(item))).collect();
            match words.first() {
                Some(_) if words.iter().all(|word| word.parse::<u16>().is_ok()) => Some(format!(
                    "write a response for each status: `response: {{ {}: … }}`",
                    words.join(": …, ")
                )),
                first => Some(format!("write `response: list<{}>`", type_name(first.unwrap_or(&"T")))),
            }
        }
        ("errors", Kind::Map(entries, ..), _) => {
            let types: Vec<&str> = entries.iter().filter_map(|(_, value)| scalar(Some(value))).collect();
            Some(format!("write the types alone: `errors: [{}]`", types.join(", ")))
        }
        ("servers", Kind::List(..), _) => {
            Some("write a map from name to server: `live: { url: https://…, doc: … }`".to_owned())
        }
        ("credentials", Kind::List(..), _) => {
            Some("write a map from name to credential: `key: { type: secret, env: …, doc: … }`".to_owned())
        }
        ("params" | "fields" | "types" | "operations" | "headers" | "envelope", Kind::List(items, ..), _)
            if items.iter().all(|item| matches!(item.kind, Kind::Map(..))) =>
        {
            Some(format!("write a map below `{key}:`, with the names as keys and without `-`"))
        }
        ("one_of", Kind::List(..), _) => {
            Some("give each variant a name: `one_of: { text: { type: string, doc: … } }`".to_owned())
        }
        ("api_key", Kind::Scalar(_), Some(text)) => {
            Some(format!("write `api_key: {{ credential: {text}, in: header, wire_name: X-Api-Key }}`"))
        }
        ("bearer", Kind::Scalar(_), Some(text)) => Some(format!("write `bearer: {{ token: {text} }}`")),
        ("envelope", Kind::Scalar(_), Some("none" | "empty" | "false")) => {
            Some("write `envelope: []`".to_owned())
        }
        ("envelope", Kind::Scalar(_), Some(text)) => Some(format!("write `envelope: [{text}]`")),
        ("additional_statuses", Kind::Scalar(_), Some(text)) => {
            Some(format!("write `additional_statuses: [{text}]`"))
        }
        ("body", Kind::Map(..), _) => Some(BODY.to_owned()),
        ("params", Kind::Scalar(_), Some(text)) if text.starts_with(char::is_uppercase) => Some(format!(
            "write `params: {{ body: {{ type: {}, in: whole_body }} }}` for a body of this type",
            type_name(text)
        )),
        ("auth", Kind::Scalar(scalar), _) if scalar.meaning() == Meaning::Bool(false) => {
            Some("write `auth: none`".to_owned())
        }
        ("version", Kind::Scalar(scalar), Some(text))
            if matches!(scalar.meaning(), Meaning::Int(_) | Meaning::Float(_)) =>
        {
            let zeros = if text.contains('.') { ".0" } else { ".0.0" };
            Some(format!("write three numbers: `version: {text}{zeros}`"))
        }
        ("http", Kind::Map(..), _) => call_advice("method", value, value),
        ("options" | "errors" | "keywords" | "categories" | "sign_in", Kind::Scalar(_), Some(text))
            if !text.starts_with('-') =>
        {
            Some(format!("write `{key}: [{text}]`"))
        }
        ("paginate", Kind::Scalar(_), Some(text)) => {
            Some(format!("write `paginate: {{ style: {text}, items: … }}`"))
        }
        ("deprecated", Kind::Scalar(scalar), _) => match scalar.meaning() {
            Meaning::Bool(true) => Some("write what to use instead: `deprecated: Use …`".to_owned()),
            Meaning::Bool(false) => Some("remove `deprecated`".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

const BODY: &str = "write `body: empty_object` for the body `{}`; the keys of a body are `params`, and \
                    `params: { user: { type: User, in: whole_body } }` is a whole body";

const API_KEY: &str = "write `auth: { api_key: { credential: key, in: header, wire_name: X-Api-Key } }` with the name of a \
                       credential";

const CLIENT_CREDENTIALS: &str = "write `auth: { client_credentials: { client_id: …, client_secret: …, token_url: … } }` with \
                                  the names of credentials";

const OAUTH2: &str =
    "write `client_credentials` if clients fetch tokens, or `bearer` for a token of the caller";

/// Returns the replacement for a name that requires details.
pub(super) fn detail_advice(node: &Node) -> Option<&'static str> {
    match scalar(Some(node))? {
        "basic" => {
            Some("write `auth: { basic: { username: …, password: … } }` with the names of credentials")
        }
        "bearer" => Some("write `auth: { bearer: { token: … } }` with the name of a credential"),
        "api_key" => Some(API_KEY),
        "client_credentials" => Some(CLIENT_CREDENTIALS),
        "any_of" => Some("write `auth: { any_of: [{ bearer: { token: … } }, none] }` with the alternatives"),
        _ => None,
    }
}

/// Returns the replacement for a name that a key does not accept.
pub(super) fn word_advice(key: &str, word: &str) -> Option<&'static str> {
    Some(match (key, word.to_ascii_lowercase().as_str()) {
        ("auth", "header" | "apikey" | "key" | "query" | "cookie") => API_KEY,
        ("auth", "oauth2" | "oauth") => OAUTH2,
        ("auth", "token" | "jwt" | "http" | "openidconnect") => {
            "write `auth: { bearer: { token: key } }` with the name of a credential"
        }
        ("in", "formdata" | "form" | "json" | "data") => "write `in: body`",
        ("in", "url" | "uri" | "querystring" | "params") => {
            "write `in: query`, or `in: path` for a placeholder"
        }
        ("in", "whole") => "write `in: whole_body`",
        ("body", "empty" | "none" | "json" | "object") => "write `body: empty_object` for the body `{}`",
        ("body", _) => BODY,
        ("style", "form" | "simple" | "csv") => "write `style: comma`, or `repeat` if the name is repeated",
        ("style", "multi" | "explode") => "write `style: repeat`",
        ("style", "spacedelimited" | "ssv") => "write `style: space`",
        ("style", "pipedelimited" | "pipes") => "write `style: pipe`",
        ("style", "deepobject") => "write `style: brackets`",
        ("type", "password" | "api_key" | "apikey" | "token") => "write `type: secret`",
        ("type", "text" | "public" | "str") => "write `type: string`",
        _ => return None,
    })
}
