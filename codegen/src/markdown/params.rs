//! The parameters of an operation, and the values that the client adds.

use super::describe::{other_wire_name, render_value};
use super::page::Page;
use super::text::{bullets, labelled, listed};
use crate::doc_text::{code, introduce};
use crate::model::{
    self, ApiKey, AuthScheme, FixedParam, FixedValue, Forms, ParamLocation, ParamStyle, Type,
};
use crate::rust::lower::{Operation, Package, Param, Shape};

/// Renders the parameters and the values that the client adds, as blocks.
pub fn render(page: Page<'_>, operation: &Operation<'_>) -> Vec<String> {
    let mut blocks = labelled("Parameters", render_given(page, operation));
    blocks.extend(labelled("Added by the client", render_fixed(page.links.package, operation)));
    blocks
}

fn render_given(page: Page<'_>, operation: &Operation<'_>) -> String {
    bullets(operation.params.iter().map(|param| {
        let name = code(param.field.name.plain());
        let required = if param.positional() { "required" } else { "optional" };
        let doc = render_value(page, &param.field, on_wire(page.links.package, operation, param));
        let name = format!("{name} ({}, {}, {required})", page.param_type(param), place(param.location));
        introduce(&name, &doc)
    }))
}

/// Returns the name of a location in a sentence.
fn place(location: ParamLocation) -> &'static str {
    if location == ParamLocation::WholeBody { "whole body" } else { location.as_str() }
}

/// Returns a note on the wire format, unless it is one value under the name of the parameter.
fn on_wire(package: &Package<'_>, operation: &Operation<'_>, param: &Param<'_>) -> Option<String> {
    if param.flatten {
        return Some(flattened(package, param));
    }
    match param.style {
        Some(style) => Some(styled(package, style, param)),
        None if param.location == ParamLocation::Bearer && !operation.model.auth.is_empty() => {
            Some("Sent as `authorization: Bearer …`, beside the client's API key.".to_owned())
        }
        None if param.location == ParamLocation::Bearer => {
            Some("Sent as `authorization: Bearer …` instead of the client's credentials.".to_owned())
        }
        None if param.location == ParamLocation::WholeBody => None,
        None => other_wire_name(&param.field),
    }
}

fn styled(package: &Package<'_>, style: ParamStyle, param: &Param<'_>) -> String {
    let forms = Forms::of(&param.field.model.ty, &package.api.types);
    let name = &param.field.model.wire;
    let (text, is_encoded) = match style {
        ParamStyle::Json => return json_style(param),
        ParamStyle::Label if !forms.is_several() => (".a".to_owned(), false),
        ParamStyle::Label => (".a.b".to_owned(), false),
        ParamStyle::Matrix if !forms.is_several() => (format!(";{name}=a"), false),
        ParamStyle::Matrix => (format!(";{name}=a,b"), false),
        ParamStyle::Repeat if !forms.keys && !forms.nested => (format!("{name}=a&{name}=b"), false),
        ParamStyle::Repeat | ParamStyle::Brackets => (bracketed(name, forms, style), true),
        ParamStyle::Comma | ParamStyle::Space | ParamStyle::Pipe => {
            let items = if forms.list || forms.any { ["a", "b"] } else { ["key", "value"] };
            let items = items.join(style.separator().unwrap_or_default());
            match param.location {
                ParamLocation::Query | ParamLocation::Form => (format!("{name}={items}"), true),
                _ => (items, false),
            }
        }
    };
    let encoded = if is_encoded { ", percent-encoded" } else { "" };
    let wire = other_wire_name(&param.field).filter(|_| !text.contains(name.as_str()));
    let wire = wire.map_or_else(String::new, |wire| format!(" {wire}"));
    format!("Wire format: {}{encoded}.{wire}", code(&text))
}

/// Returns the pairs of a value with keys in brackets.
fn bracketed(name: &str, forms: Forms, style: ParamStyle) -> String {
    match forms {
        Forms { keys: true, .. } if style == ParamStyle::Repeat => {
            format!("{name}[key]=a&{name}[key]=b")
        }
        Forms { keys: true, nested: true, .. } => format!("{name}[key][inner]=value"),
        Forms { keys: false, list: true, nested: true, .. } => format!("{name}[0][key]=value"),
        Forms { keys: false, list: true, .. } => format!("{name}[]=a&{name}[]=b"),
        _ => format!("{name}[key]=value"),
    }
}

/// Returns the note on a value that is sent as JSON.
fn json_style(param: &Param<'_>) -> String {
    let name = other_wire_name(&param.field).map_or_else(String::new, |name| format!(" {name}"));
    format!("Sent as JSON.{name}")
}

/// Returns the keys that the parameter adds to the request.
fn flattened(package: &Package<'_>, param: &Param<'_>) -> String {
    let ty = &param.field.model.ty;
    let keys = format!("Sent as the keys {}.", render_combinations(&combinations(package, ty)));
    if !is_union(package, ty) {
        return keys;
    }
    let how_many = if param.positional() { "Exactly" } else { "At most" };
    format!("{how_many} one variant is sent. {keys}")
}

fn is_union(package: &Package<'_>, ty: &Type) -> bool {
    ty.named().is_some_and(|id| matches!(package.type_item(id).shape, Shape::Union(_)))
}

/// Renders `a, b or c` if each variant has one key, else `a alone; or b with c`.
fn render_combinations(combinations: &[Vec<String>]) -> String {
    let combinations: Vec<Vec<String>> =
        combinations.iter().map(|keys| keys.iter().map(|key| code(key)).collect()).collect();
    if combinations.iter().all(|keys| keys.len() == 1) {
        return listed(&combinations.concat(), "or");
    }
    let mut texts: Vec<String> =
        combinations.iter().map(|keys| render_combination(keys, combinations.len() > 1)).collect();
    if let [_, .., last] = texts.as_mut_slice() {
        last.insert_str(0, "or ");
    }
    texts.join("; ")
}

fn render_combination(keys: &[String], has_others: bool) -> String {
    match keys {
        [key] if has_others => format!("{key} alone"),
        [first, others @ ..] if !others.is_empty() => format!("{first} with {}", listed(others, "and")),
        keys => keys.concat(),
    }
}

/// Returns the keys of the values of a type, one list per combination.
fn combinations(package: &Package<'_>, ty: &Type) -> Vec<Vec<String>> {
    let Some(id) = ty.named() else { return Vec::new() };
    match &package.type_item(id).shape {
        Shape::Object(object) => {
            let constants = object.constants.iter().map(|constant| constant.wire.clone());
            let fields = object.fields.iter().map(|field| field.model.wire.clone());
            vec![fields.chain(constants).collect()]
        }
        Shape::Union(union) => {
            let tag = union.model.tag.first();
            let variants =
                union.model.variants.iter().flat_map(|variant| match (&variant.key, &variant.ty) {
                    (Some(key), _) => vec![vec![key.clone()]],
                    (None, Some(ty)) => combinations(package, ty),
                    (None, None) => vec![Vec::new()],
                });
            variants.map(|keys| tag.cloned().into_iter().chain(keys).collect()).collect()
        }
        Shape::Alias(ty) => combinations(package, ty),
        Shape::Id { .. } | Shape::Enum(_) => Vec::new(),
    }
}

/// Renders the values that the client adds.
fn render_fixed(package: &Package<'_>, operation: &Operation<'_>) -> String {
    let auth = own_auth(package, operation.model).iter().map(|scheme| render_scheme(package, scheme));
    let fixed = operation.model.fixed.iter().map(|fixed| {
        format!("{} ({}): {}", code(&fixed.wire), fixed.location.as_str(), fixed_value(package, fixed))
    });
    bullets(auth.chain(fixed))
}

/// Returns the authentication of an operation if it differs from that of the API.
fn own_auth<'p>(package: &'p Package<'_>, operation: &'p model::Operation) -> &'p [AuthScheme] {
    if operation.auth == package.api.auth { &[] } else { &operation.auth }
}

fn render_scheme(package: &Package<'_>, scheme: &AuthScheme) -> String {
    let name = |index: &usize| code(package.credential(*index).map_or("", |it| it.name.plain()));
    match scheme {
        AuthScheme::Basic { username, password } => {
            format!(
                "`authorization` (header): the client's {} and {}, as basic authentication",
                name(username),
                name(password)
            )
        }
        AuthScheme::Bearer { token } => {
            format!("`authorization` (header): the client's {}, as a bearer token", name(token))
        }
        AuthScheme::ApiKey(ApiKey { credential, location, wire, prefix, .. }) => {
            let (wire, location) = (code(wire), location.as_str());
            let after =
                if prefix.is_empty() { String::new() } else { format!(", after {}", code(prefix.trim())) };
            format!("{wire} ({location}): the client's {}{after}", name(credential))
        }
        AuthScheme::ClientCredentials(scheme) => {
            let (id, secret) = (name(&scheme.client_id), name(&scheme.client_secret));
            format!("`authorization` (header): a bearer token that the client fetches with {id} and {secret}")
        }
        AuthScheme::AnyOf(alternatives) => {
            let ways = alternatives.iter().map(|schemes| match schemes.as_slice() {
                [] => "nothing".to_owned(),
                schemes => {
                    schemes.iter().map(|scheme| render_scheme(package, scheme)).collect::<Vec<_>>().join("; ")
                }
            });
            format!("the first of these whose credentials the client has:\n{}", bullets(ways))
        }
    }
}

/// Renders a constant as it is sent: only JSON has quotes.
fn fixed_value(package: &Package<'_>, fixed: &FixedParam) -> String {
    match &fixed.value {
        FixedValue::Credential(index) => {
            let name = package.credential(*index).map_or("", |credential| credential.name.plain());
            match fixed.optional {
                true => format!("the client's {}, if it has one", code(name)),
                false => format!("the client's {}", code(name)),
            }
        }
        FixedValue::Flag => "a key without a value".to_owned(),
        FixedValue::Constant(value) => {
            match value.as_text().filter(|_| fixed.location != ParamLocation::Body) {
                Some(text) => code(text),
                None => code(&value.to_string()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::render_combinations;

    fn rendered(combinations: &[&[&str]]) -> String {
        let combinations: Vec<Vec<String>> =
            combinations.iter().map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()).collect();
        render_combinations(&combinations)
    }

    #[test]
    fn combinations_of_keys_are_listed() {
        assert_eq!(rendered(&[&["a"]]), "`a`");
        assert_eq!(rendered(&[&["a"], &["b"], &["c"]]), "`a`, `b` or `c`");
        assert_eq!(rendered(&[&["a", "b", "c"]]), "`a` with `b` and `c`");
        assert_eq!(rendered(&[&["a"], &["b", "c"]]), "`a` alone; or `b` with `c`");
        assert_eq!(rendered(&[&["t", "a"], &["t", "b"], &["t"]]), "`t` with `a`; `t` with `b`; or `t` alone");
    }
}
