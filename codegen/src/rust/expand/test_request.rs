//! The requests that the generated tests expect.

use crate::model::{
    self, ApiKey, AuthScheme, FixedValue, KeyLocation, Object, Param, ParamLocation, ParamStyle, Type,
    TypeDef, plain_text,
};
use crate::rust::lower::{Operation, Package};
use crate::value::Value;

/// Returns method, path and query without percent-encoding.
pub(super) fn request_line(package: &Package<'_>, model: &model::Operation) -> String {
    let mut path = decoded(&model.path);
    let mut query = Vec::new();
    for scheme in model.written_auth().flat_map(AuthScheme::preferred) {
        if let AuthScheme::ApiKey(ApiKey { credential, location: KeyLocation::Query, wire, .. }) = scheme {
            query.push(format!("{wire}={}", credential_example(package, *credential)));
        }
    }
    let flags = model.fixed.iter().filter(|fixed| matches!(fixed.value, FixedValue::Flag));
    query.extend(flags.map(|flag| flag.wire.clone()));
    for Sent { wire, location, value, style, .. } in sent(package, model) {
        match location {
            ParamLocation::Path => {
                path = path.replace(&format!("{{{wire}}}"), &ParamStyle::text(style, &wire, &value));
            }
            ParamLocation::Query => {
                let pairs = ParamStyle::pairs(style, &wire, &value);
                query.extend(pairs.into_iter().map(|(name, text)| format!("{name}={text}")));
            }
            ParamLocation::Header
            | ParamLocation::Cookie
            | ParamLocation::Body
            | ParamLocation::Form
            | ParamLocation::Part
            | ParamLocation::WholeBody
            | ParamLocation::Bearer => {}
        }
    }
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{} {path}{mark}{}", model.method.as_str(), query.join("&"))
}

/// Decodes a path as the tests do, in which a plus is a space.
fn decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().replace('+', " ").into_bytes();
    for part in parts {
        // The resolver has checked the codes.
        let (code, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        bytes.extend(u8::from_str_radix(code, 16));
        bytes.extend(rest.replace('+', " ").bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A value of a request, under its wire name.
pub(super) struct Sent {
    pub(super) wire: String,
    pub(super) location: ParamLocation,
    pub(super) value: Value,
    pub(super) style: Option<ParamStyle>,
    pub(super) is_file: bool,
}

/// Returns the values in the request of the example: fixed values first, then parameters, with flattened keys as siblings.
pub(super) fn sent(package: &Package<'_>, model: &model::Operation) -> Vec<Sent> {
    let fixed = model.fixed.iter().filter_map(|fixed| {
        let value = match &fixed.value {
            FixedValue::Constant(value) => value.clone(),
            FixedValue::Credential(index) => Value::Text(credential_example(package, *index).to_owned()),
            FixedValue::Flag => return None,
        };
        Some(Sent { wire: fixed.wire.clone(), location: fixed.location, value, style: None, is_file: false })
    });
    let given = given(model).flat_map(|(param, value)| {
        let Param { field, location, style, flatten } = param;
        let entries = match flatten {
            true => field.ty.entries_of(&package.api.types, value),
            false => {
                let value = field.ty.written(&package.api.types, value);
                let value = match style {
                    Some(ParamStyle::Json) => with_floats(&package.api.types, &field.ty, value),
                    _ => value,
                };
                vec![(field.wire.clone(), value)]
            }
        };
        let is_file = field.ty.contains_binary();
        let sent = move |(wire, value)| Sent { wire, location: *location, value, style: *style, is_file };
        entries.into_iter().map(sent)
    });
    fixed.chain(given).collect()
}

/// Returns a value whose floats have a fraction, as in JSON that is compared as text.
fn with_floats(types: &[TypeDef], ty: &Type, value: Value) -> Value {
    let field = |object: &Object, key: &str| {
        object.fields.iter().find(|field| field.wire == key).map(|field| field.ty.clone())
    };
    match (ty, value) {
        (Type::Float64, Value::Int(number)) => Value::Float(number as f64),
        (Type::Nullable(item), value) => with_floats(types, item, value),
        (Type::List(item), Value::List(items)) => {
            Value::List(items.into_iter().map(|value| with_floats(types, item, value)).collect())
        }
        (Type::Map(item), Value::Map(entries)) => {
            let entry = |(key, value)| (key, with_floats(types, item, value));
            Value::Map(entries.into_iter().map(entry).collect())
        }
        (Type::Named(id), value) => match (types.get(id.0).map(|def| &def.shape), value) {
            (Some(model::Shape::Object(object)), Value::Map(entries)) => {
                let entry = |(key, value): (String, Value)| match field(object, &key) {
                    Some(ty) => (key, with_floats(types, &ty, value)),
                    None => (key, value),
                };
                Value::Map(entries.into_iter().map(entry).collect())
            }
            (Some(model::Shape::Union(union)), value) => {
                let variant = union.variant_of(types, &value).and_then(|(at, _)| union.variants.get(at));
                match variant.map(|variant| (&variant.key, &variant.ty)) {
                    Some((None, Some(ty))) => with_floats(types, ty, value),
                    _ => value,
                }
            }
            (_, value) => value,
        },
        (_, value) => value,
    }
}

fn credential_example<'p>(package: &'p Package<'_>, index: usize) -> &'p str {
    package.credential(index).map_or("", |credential| credential.model.example.as_str())
}

/// Returns the headers of the authentication that the operation writes, and all cookies. Those of basic authentication are
/// encoded.
fn auth_headers(package: &Package<'_>, model: &model::Operation) -> Vec<(String, String)> {
    let example = |index: usize| credential_example(package, index);
    let mut headers = Vec::new();
    let mut cookies = Vec::new();
    for scheme in model.written_auth().flat_map(AuthScheme::preferred) {
        match scheme {
            AuthScheme::Basic { .. } | AuthScheme::ClientCredentials(_) | AuthScheme::AnyOf(_) => {}
            AuthScheme::Bearer { token } => {
                headers.push(("authorization".to_owned(), format!("Bearer {}", example(*token))));
            }
            AuthScheme::ApiKey(ApiKey { credential, location, wire, prefix, .. }) => match location {
                KeyLocation::Header => {
                    headers.push((wire.to_ascii_lowercase(), format!("{prefix}{}", example(*credential))));
                }
                KeyLocation::Cookie => cookies.push(format!("{wire}={}", example(*credential))),
                KeyLocation::Query => {}
            },
        }
    }
    let params = sent(package, model).into_iter().filter(|sent| sent.location == ParamLocation::Cookie);
    cookies.extend(params.map(|sent| format!("{}={}", sent.wire, plain_text(&sent.value))));
    if !cookies.is_empty() {
        headers.push(("cookie".to_owned(), cookies.join("; ")));
    }
    headers
}

/// Returns the parameters of the example with their values.
fn given(model: &model::Operation) -> impl Iterator<Item = (&Param, &Value)> {
    model.example.params.iter().filter_map(|(index, value)| Some((model.params.get(*index)?, value)))
}

/// Returns the header of a parameter, unless it is an empty list.
fn header(sent: &Sent) -> Option<(String, String)> {
    let text = ParamStyle::header_text(sent.style, &sent.wire, &sent.value);
    (!text.is_empty()).then(|| (sent.wire.to_ascii_lowercase(), text))
}

/// Returns the names and the values of the headers.
pub(super) fn headers(package: &Package<'_>, operation: &Operation<'_>) -> Vec<(String, String)> {
    let model = operation.model;
    let params = sent(package, model).into_iter().filter_map(|sent| match sent.location {
        ParamLocation::Header => header(&sent),
        ParamLocation::Bearer => {
            Some(("authorization".to_owned(), format!("Bearer {}", plain_text(&sent.value))))
        }
        ParamLocation::Path
        | ParamLocation::Query
        | ParamLocation::Cookie
        | ParamLocation::Body
        | ParamLocation::Form
        | ParamLocation::Part
        | ParamLocation::WholeBody => None,
    });
    let groups: Vec<_> = package.options_of(operation).collect();
    let options = model.example.options.iter().filter_map(|(group, header, value)| {
        let header = groups.get(*group)?.headers.get(*header)?;
        Some((header.model.header.to_ascii_lowercase(), plain_text(value)))
    });
    let accept = model.accept.iter().map(|accept| ("accept".to_owned(), accept.media_type.clone()));
    let auth = auth_headers(package, model);
    accept.chain(auth).chain(params).chain(options).collect()
}
