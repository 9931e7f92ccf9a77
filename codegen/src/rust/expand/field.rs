//! The Rust types of fields, and the arguments from which functions create their values.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::model::Type;
use crate::rust::lower::Field;
use crate::rust::names::RustName;

use super::import_scope::ImportScope;

/// Returns the Rust type of a value that is present.
pub(super) fn rust_type(scope: &ImportScope<'_, '_>, ty: &Type) -> TokenStream {
    let runtime = |name| {
        let [name] = scope.runtime([name]);
        name
    };
    match ty {
        Type::String => quote!(String),
        Type::Secret => runtime("Secret"),
        Type::Bool => quote!(bool),
        Type::Integer(integer) => {
            let name = format_ident!("{}", integer.rust());
            quote!(#name)
        }
        Type::Float64 => quote!(f64),
        Type::Formatted(format) => runtime(format.rust()),
        Type::UnixSeconds => runtime("UnixSeconds"),
        Type::Json | Type::Unparsed => runtime("Value"),
        Type::Object => runtime("Object"),
        Type::Binary => runtime("RequestBody"),
        Type::File => runtime("FilePart"),
        Type::List(item) => {
            let item = rust_type(scope, item);
            quote!(Vec<#item>)
        }
        Type::Map(item) => {
            let map = scope.std("collections", "BTreeMap");
            let item = rust_type(scope, item);
            quote!(#map<String, #item>)
        }
        Type::Nullable(item) => {
            let item = rust_type(scope, item);
            quote!(Option<#item>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|item| rust_type(scope, item));
            quote!((#(#items),*))
        }
        Type::Named(id) => scope.named(*id),
    }
}

/// Returns the type of a field, including its pointer and its `Option` or `Patch`.
pub(super) fn field_type(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let ty = rust_type(scope, &field.model.ty);
    let ty = if field.model.boxed { quote!(Box<#ty>) } else { ty };
    if field.clear.is_some() {
        let [patch] = scope.runtime(["Patch"]);
        return quote!(#patch<#ty>);
    }
    if field.optional { quote!(Option<#ty>) } else { ty }
}

/// Returns the stored form of the value of a field that is set by name.
pub(super) fn stored(scope: &ImportScope<'_, '_>, field: &Field<'_>, value: &TokenStream) -> TokenStream {
    if field.clear.is_some() {
        let [patch] = scope.runtime(["Patch"]);
        return quote!(#patch::Value(#value));
    }
    quote!(Some(#value))
}

/// The parameter for a field, and its conversion to the field.
pub(super) struct Argument {
    pub(super) ty: TokenStream,
    /// The value without its `Option`, computed from the parameter with the name of the field.
    pub(super) value: TokenStream,
}

/// Returns the stored form of a positional parameter. A nullable one is passed as an `Option`.
pub(super) fn positional_value(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let Argument { value, .. } = argument(scope, field);
    if field.clear.is_none() {
        return value;
    }
    let name = &field.name;
    let [patch] = scope.runtime(["Patch"]);
    let convert = match value.to_string() {
        unchanged if unchanged == name.to_string() => None,
        boxed if boxed == quote!(Box::new(#name)).to_string() => Some(quote!(.map(Box::new))),
        _ => Some(quote!(.map(|#name| #value))),
    };
    quote!(#patch::or_null(#name #convert))
}

/// Returns the parameter for a field.
pub(super) fn argument(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> Argument {
    let Argument { ty, value } = match &field.model.ty {
        Type::List(item) if field.by_name() => optional_list(scope, item, &field.name),
        ty => argument_of(scope, ty, &field.name),
    };
    let value = if field.model.boxed { quote!(Box::new(#value)) } else { value };
    Argument { ty, value }
}

/// Returns the parameter for a value of a type. Types with lossless conversions are accepted as they are.
pub(super) fn argument_of(scope: &ImportScope<'_, '_>, ty: &Type, name: &RustName) -> Argument {
    argument_named(scope, ty, &quote!(#name))
}

/// Returns the parameter for the field `additional_fields` of this type.
pub(super) fn entries_argument(scope: &ImportScope<'_, '_>, ty: &Type) -> Argument {
    argument_named(scope, ty, &quote!(additional_fields))
}

fn argument_named(scope: &ImportScope<'_, '_>, ty: &Type, name: &TokenStream) -> Argument {
    match ty {
        Type::List(item) => {
            let taken = item_type(scope, item);
            let convert = match &**item {
                Type::Nullable(item) if is_converted(scope, item) => {
                    Some(quote!(.map(|item| item.map(Into::into))))
                }
                item => is_converted(scope, item).then(|| quote!(.map(Into::into))),
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = #taken>),
                value: quote!(#name.into_iter()#convert.collect()),
            }
        }
        Type::Map(item) => pairs_argument(scope, item, name),
        // The conversion of an object includes its keys and values.
        Type::Object => Argument {
            value: quote!(#name.into_iter().collect()),
            ..pairs_argument(scope, &Type::Json, name)
        },
        _ => {
            let convert = is_converted(scope, ty).then(|| quote!(.into()));
            Argument { ty: item_type(scope, ty), value: quote!(#name #convert) }
        }
    }
}

/// Returns the parameter of a list that can be empty. Ids are taken by value, so that the compiler infers the type of `[]`.
fn optional_list(scope: &ImportScope<'_, '_>, item: &Type, name: &RustName) -> Argument {
    if !matches!(item, Type::Named(_)) {
        return argument_of(scope, &Type::List(Box::new(item.clone())), name);
    }
    let taken = rust_type(scope, item);
    Argument { ty: quote!(impl IntoIterator<Item = #taken>), value: quote!(#name.into_iter().collect()) }
}

fn pairs_argument(scope: &ImportScope<'_, '_>, item: &Type, name: &TokenStream) -> Argument {
    let taken = item_type(scope, item);
    let convert = match item {
        Type::Nullable(item) => is_converted(scope, item).then(|| quote!(.map(Into::into))),
        item => is_converted(scope, item).then(|| quote!(.into())),
    };
    Argument {
        ty: quote!(impl IntoIterator<Item = (impl Into<String>, #taken)>),
        value: quote!(#name.into_iter().map(|(key, value)| (key.into(), value #convert)).collect()),
    }
}

fn item_type(scope: &ImportScope<'_, '_>, ty: &Type) -> TokenStream {
    if let Type::Nullable(item) = ty {
        let item = item_type(scope, item);
        return quote!(Option<#item>);
    }
    let rust = rust_type(scope, ty);
    match ty {
        _ if !is_converted(scope, ty) => rust,
        // A named trait instead of `Into`, so that the compiler explains how to create an id.
        Type::Named(_) => {
            let [into_id] = scope.runtime(["IntoId"]);
            quote!(impl #into_id<#rust>)
        }
        _ => quote!(impl Into<#rust>),
    }
}

/// Returns `#[inline]` for a function that is not generic in its arguments. As for generic functions, machine code is then compiled
/// only in the crates that call it.
pub(super) fn inline<'t>(arguments: impl IntoIterator<Item = &'t TokenStream>) -> Option<TokenStream> {
    let is_impl = |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "impl");
    let mut tokens = arguments.into_iter().flat_map(TokenStream::clone);
    (!tokens.any(is_impl)).then(|| quote!(#[inline]))
}

/// Whether a function accepts every type that converts to this one.
pub(super) fn is_converted(scope: &ImportScope<'_, '_>, ty: &Type) -> bool {
    ty.is_converted(&scope.package.api.types)
}
