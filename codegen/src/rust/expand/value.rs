//! Values of the spec (examples and defaults) as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Type, TypeId};
use crate::rust::lower::{EnumVariant, Field, Object, Shape, Union};
use crate::value::Value;

use super::field::{is_converted, rust_type};
use super::import_scope::ImportScope;

/// Returns an expression of exactly this type.
///
/// Returns `None` if the value is not of the type, or the type has no constant expression.
pub(super) fn exact(scope: &ImportScope<'_, '_>, ty: &Type, value: &Value) -> Option<TokenStream> {
    let rust = || rust_type(scope, ty);
    match (ty, value) {
        (Type::String, Value::Text(text)) if text.is_empty() => Some(quote!(String::new())),
        (Type::String | Type::Secret | Type::Binary | Type::File, Value::Text(text)) => {
            let rust = rust();
            Some(quote!(#rust::from(#text)))
        }
        (Type::Bool | Type::Integer(_) | Type::Float64, _) => number(ty, value),
        (Type::Formatted(_), Value::Text(text)) => Some(quote!(#text.parse()?)),
        (Type::UnixSeconds, Value::Int(seconds)) => {
            let (rust, seconds) = (rust(), int(*seconds));
            Some(quote!(#rust::new(#seconds)))
        }
        (Type::Json, value) => Some(json(scope, value)),
        (Type::Object, Value::Map(entries)) => Some(exact_object(scope, entries)),
        (Type::List(item), Value::List(items)) => {
            let items = items.iter().map(|value| exact(scope, item, value)).collect::<Option<Vec<_>>>()?;
            Some(if items.is_empty() { quote!(Vec::new()) } else { quote!(vec![#(#items),*]) })
        }
        (Type::Tuple(types), Value::List(items)) => {
            let items = types.iter().zip(items).map(|(item, value)| exact(scope, item, value));
            let items = items.collect::<Option<Vec<_>>>()?;
            Some(quote!((#(#items),*)))
        }
        (Type::Map(item), Value::Map(entries)) => exact_map(scope, item, entries),
        (Type::Nullable(_), Value::Null) => Some(quote!(None)),
        (Type::Nullable(item), value) => {
            let value = exact(scope, item, value)?;
            Some(quote!(Some(#value)))
        }
        (Type::Named(id), value) => named(scope, *id, value),
        _ => None,
    }
}

/// Returns the shortest expression that a setter or a positional parameter of the type accepts.
pub(super) fn argument(scope: &ImportScope<'_, '_>, ty: &Type, value: &Value) -> Option<TokenStream> {
    match (ty, value) {
        (Type::String | Type::Secret | Type::Binary | Type::File, Value::Text(text)) => Some(quote!(#text)),
        (Type::Json, Value::List(items)) => Some(texts(items).unwrap_or_else(|| json(scope, value))),
        (Type::Json, value) => Some(literal(value).unwrap_or_else(|| json(scope, value))),
        (Type::List(item), Value::List(items)) => list_argument(scope, item, items),
        (Type::Map(item), Value::Map(entries)) => pairs_argument(scope, item, entries),
        (Type::Object, Value::Map(entries)) => pairs_argument(scope, &Type::Json, entries),
        (Type::Nullable(item), Value::Null) => {
            let item = rust_type(scope, item);
            Some(quote!(None::<#item>))
        }
        (Type::Nullable(item), value) => {
            let value = argument(scope, item, value)?;
            Some(quote!(Some(#value)))
        }
        _ => exact(scope, ty, value),
    }
}

/// Returns a list of texts, which converts to JSON implicitly.
fn texts(items: &[Value]) -> Option<TokenStream> {
    let texts = items.iter().map(Value::as_text).collect::<Option<Vec<_>>>()?;
    (!texts.is_empty()).then(|| quote!([#(#texts),*]))
}

fn items<'v>(
    scope: &ImportScope<'_, '_>,
    ty: &Type,
    values: impl Iterator<Item = &'v Value> + Clone,
) -> Option<Vec<TokenStream>> {
    if *ty == Type::Json {
        return Some(json_items(scope, values));
    }
    if let Type::Nullable(item) = ty {
        return nullable_items(scope, item, values);
    }
    let item =
        |value| if is_converted(scope, ty) { argument(scope, ty, value) } else { exact(scope, ty, value) };
    values.map(item).collect()
}

/// Returns nullable items. `None` needs no type annotation if another item determines the type.
fn nullable_items<'v>(
    scope: &ImportScope<'_, '_>,
    item: &Type,
    values: impl Iterator<Item = &'v Value> + Clone,
) -> Option<Vec<TokenStream>> {
    let given = |value| items(scope, item, std::iter::once(value))?.pop();
    if values.clone().all(|value| *value == Value::Null) {
        let item = rust_type(scope, item);
        return Some(values.map(|_| quote!(None::<#item>)).collect());
    }
    let one = |value: &'v Value| match value {
        Value::Null => Some(quote!(None)),
        value => given(value).map(|value| quote!(Some(#value))),
    };
    values.map(one).collect()
}

fn list_argument(scope: &ImportScope<'_, '_>, item: &Type, values: &[Value]) -> Option<TokenStream> {
    if values.is_empty() {
        let item = rust_type(scope, item);
        return Some(quote!(Vec::<#item>::new()));
    }
    let items = items(scope, item, values.iter())?;
    Some(quote!([#(#items),*]))
}

fn pairs_argument(
    scope: &ImportScope<'_, '_>,
    item: &Type,
    entries: &[(String, Value)],
) -> Option<TokenStream> {
    if entries.is_empty() {
        let item = rust_type(scope, item);
        return Some(quote!(Vec::<(String, #item)>::new()));
    }
    let keys = entries.iter().map(|(key, _)| key);
    let values = items(scope, item, entries.iter().map(|(_, value)| value))?;
    Some(quote!([#((#keys, #values)),*]))
}

fn exact_map(scope: &ImportScope<'_, '_>, item: &Type, entries: &[(String, Value)]) -> Option<TokenStream> {
    let map = scope.std("collections", "BTreeMap");
    if entries.is_empty() {
        return Some(quote!(#map::new()));
    }
    let keys = entries.iter().map(|(key, _)| key);
    let values = entries.iter().map(|(_, value)| exact(scope, item, value)).collect::<Option<Vec<_>>>()?;
    Some(quote!(#map::from([#((#keys.into(), #values)),*])))
}

fn exact_object(scope: &ImportScope<'_, '_>, entries: &[(String, Value)]) -> TokenStream {
    let [object] = scope.runtime(["Object"]);
    if entries.is_empty() {
        return quote!(#object::new());
    }
    let keys = entries.iter().map(|(key, _)| key);
    let values = json_items(scope, entries.iter().map(|(_, value)| value));
    quote!(#object::from_iter([#((#keys, #values)),*]))
}

/// Returns a value of a type of the spec.
fn named(scope: &ImportScope<'_, '_>, id: TypeId, value: &Value) -> Option<TokenStream> {
    let item = scope.package.type_item(id);
    let name = scope.named(id);
    match (&item.shape, value) {
        (Shape::Id { .. }, Value::Text(text)) => Some(quote!(#name::new(#text))),
        (Shape::Enum(variants), Value::Text(_) | Value::Int(_)) => {
            Some(enum_value(scope, &name, variants, value))
        }
        (Shape::Object(object), Value::Map(entries)) if item.model.in_params => {
            object_value(scope, &name, object, entries)
        }
        (Shape::Union(union), value) => union_value(scope, &name, union, value),
        _ => None,
    }
}

/// Returns a variant, created by its constructor if it has one.
fn union_value(
    scope: &ImportScope<'_, '_>,
    name: &TokenStream,
    union: &Union<'_>,
    value: &Value,
) -> Option<TokenStream> {
    let (at, payload) = union.model.variant_of(&scope.package.api.types, value)?;
    let variant = union.variants.get(at)?;
    let mark = scope.deprecated_use(variant.model.deprecated.is_some());
    let name = quote!(#mark #name);
    let variant_name = &variant.name;
    let Some(ty) = &variant.model.ty else { return Some(quote!(#name::#variant_name)) };
    if let Some(constructor) = &variant.constructor {
        let payload = argument(scope, ty, &payload)?;
        return Some(quote!(#name::#constructor(#payload)));
    }
    let payload = exact(scope, ty, &payload)?;
    Some(quote!(#name::#variant_name(#payload)))
}

fn enum_value(
    scope: &ImportScope<'_, '_>,
    name: &TokenStream,
    variants: &[EnumVariant<'_>],
    value: &Value,
) -> TokenStream {
    match variants.iter().find(|variant| variant.model.value() == *value) {
        Some(variant) => {
            let mark = scope.deprecated_use(variant.model.deprecated.is_some());
            let variant = &variant.name;
            quote!(#mark #name::#variant)
        }
        None => {
            let value = scalar(value);
            quote!(#name::from(#value))
        }
    }
}

/// Returns `T::new(…)` with its setters.
fn object_value(
    scope: &ImportScope<'_, '_>,
    name: &TokenStream,
    object: &Object<'_>,
    entries: &[(String, Value)],
) -> Option<TokenStream> {
    let given = |wire: &str| entries.iter().find(|(key, _)| key == wire).map(|(_, value)| value);
    let mut required = Vec::new();
    let mut setters = Vec::new();
    for field in &object.fields {
        match given(&field.model.wire) {
            None if field.by_name() => {}
            Some(Value::Null) if field.optional => {}
            None => return None,
            Some(value) if field.by_name() => {
                let mark = scope.deprecated_use(field.model.deprecated.is_some());
                let setter = setter(scope, field, value)?;
                setters.push(quote!(#mark #setter));
            }
            Some(value) => required.push(positional(scope, field, value)?),
        }
    }
    if let Some(additional) = object.additional_fields {
        setters.extend(additional_fields_value(scope, object, &additional.ty, entries)?);
    }
    Some(quote!(#name::new(#(#required),*) #(#setters)*))
}

/// Returns the call of the method that sets or clears a field.
pub(super) fn setter(scope: &ImportScope<'_, '_>, field: &Field<'_>, value: &Value) -> Option<TokenStream> {
    if let (Some(clear), Value::Null) = (&field.clear, value) {
        return Some(quote!(.#clear()));
    }
    let (method, value) = (&field.name, argument(scope, &field.model.ty, value)?);
    Some(quote!(.#method(#value)))
}

/// Returns a positional argument, which is an `Option` for a nullable field.
pub(super) fn positional(
    scope: &ImportScope<'_, '_>,
    field: &Field<'_>,
    value: &Value,
) -> Option<TokenStream> {
    let ty = &field.model.ty;
    if field.clear.is_none() {
        return argument(scope, ty, value);
    }
    argument(scope, &Type::Nullable(Box::new(ty.clone())), value)
}

/// Returns the keys that belong to no field, as the argument of `additional_fields`.
fn additional_fields_value(
    scope: &ImportScope<'_, '_>,
    object: &Object<'_>,
    ty: &Type,
    entries: &[(String, Value)],
) -> Option<Option<TokenStream>> {
    let is_field = |key: &str| {
        object.fields.iter().any(|field| field.model.wire == key)
            || object.constants.iter().any(|constant| constant.wire == key)
    };
    let rest: Vec<_> = entries.iter().filter(|(key, _)| !is_field(key)).cloned().collect();
    if rest.is_empty() {
        return Some(None);
    }
    let value = pairs_argument(scope, ty, &rest)?;
    Some(Some(quote!(.additional_fields(#value))))
}

fn number(ty: &Type, value: &Value) -> Option<TokenStream> {
    match (ty, value) {
        (Type::Bool, Value::Bool(_)) => scalar(value),
        (Type::Float64, Value::Int(number)) => Some(float(*number as f64)),
        (Type::Float64, Value::Float(_)) => scalar(value),
        (Type::Integer(_), Value::Int(_)) => scalar(value),
        _ => None,
    }
}

/// Returns a literal, if the value has one.
pub(super) fn scalar(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Bool(value) => Some(quote!(#value)),
        Value::Int(value) => Some(int(*value)),
        Value::Float(value) => Some(float(*value)),
        Value::Text(text) => Some(quote!(#text)),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// Returns an expression whose type is clear without its place: a literal, or a `Value` for other JSON.
pub(super) fn encoded(scope: &ImportScope<'_, '_>, value: &Value) -> TokenStream {
    literal(value).unwrap_or_else(|| json(scope, value))
}

/// Returns a literal whose type is clear without its place, if the value has one.
pub(super) fn literal(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Int(integer) if i32::try_from(*integer).is_err() => {
            let suffix = if i64::try_from(*integer).is_ok() { "i64" } else { "u64" };
            let digits = format!("{}{suffix}", integer.unsigned_abs()).parse::<Literal>().ok()?;
            Some(if *integer < 0 { quote!(-#digits) } else { quote!(#digits) })
        }
        value => scalar(value),
    }
}

/// Returns an integer. The minus is a separate token.
fn int(value: i128) -> TokenStream {
    // The type of a literal is not always given by its place.
    if let (Err(_), Ok(value)) = (i64::try_from(value), u64::try_from(value)) {
        let digits = Literal::u64_suffixed(value);
        return quote!(#digits);
    }
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(-#digits) } else { quote!(#digits) }
}

fn float(value: f64) -> TokenStream {
    if !value.is_finite() {
        return quote!(f64::NAN);
    }
    let digits = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() { quote!(-#digits) } else { quote!(#digits) }
}

/// Returns any JSON as an expression of the type `Value`.
fn json(scope: &ImportScope<'_, '_>, value: &Value) -> TokenStream {
    let [name] = scope.runtime(["Value"]);
    match value {
        Value::Null => quote!(#name::Null),
        Value::List(values) if values.is_empty() => quote!(#name::Array(Vec::new())),
        Value::List(values) => {
            let items = json_items(scope, values.iter());
            quote!(#name::from_iter([#(#items),*]))
        }
        Value::Map(entries) if entries.is_empty() => {
            let [object] = scope.runtime(["Object"]);
            quote!(#name::Object(#object::new()))
        }
        Value::Map(entries) => {
            let keys = entries.iter().map(|(key, _)| key);
            let values = json_items(scope, entries.iter().map(|(_, value)| value));
            quote!(#name::from_iter([#((#keys, #values)),*]))
        }
        value => {
            let literal = literal(value);
            quote!(#name::from(#literal))
        }
    }
}

/// Returns the items of an array. Array items have one type, so values of different kinds all become `Value`s.
fn json_items<'v>(
    scope: &ImportScope<'_, '_>,
    values: impl Iterator<Item = &'v Value> + Clone,
) -> Vec<TokenStream> {
    let mut kinds = values.clone().map(Value::kind);
    let first = kinds.next();
    let is_large = |value: &Value| matches!(value, Value::Int(value) if i64::try_from(*value).is_err());
    let mixed = !kinds.all(|kind| Some(kind) == first) || values.clone().any(is_large);
    let item = |value| if mixed { None } else { literal(value) };
    values.map(|value| item(value).unwrap_or_else(|| json(scope, value))).collect()
}

/// Returns a raw string literal, which is readable for JSON with its many quotes.
pub(super) fn raw_string(text: &str) -> TokenStream {
    if !text.contains(['"', '\\']) {
        return quote!(#text);
    }
    let longest = text.split('"').skip(1).map(|part| part.len() - part.trim_start_matches('#').len()).max();
    let hashes = "#".repeat(longest.unwrap_or(0) + 1);
    let literal = format!("r{hashes}\"{text}\"{hashes}").parse::<Literal>();
    literal.map_or_else(|_| quote!(#text), |literal| quote!(#literal))
}
