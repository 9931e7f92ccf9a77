//! Types of the spec, of any kind.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Type;
use crate::rust::lower::{Shape, TypeItem};

use super::docs::type_attributes;
use super::field::rust_type;
use super::import_scope::ImportScope;
use super::{enums, id, object, union};

pub(super) fn expand_type(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>) -> TokenStream {
    let mark = scope.deprecated_use(item.model.deprecated.is_some());
    let tokens = match &item.shape {
        Shape::Id { secret } => id::expand_id(scope, item, *secret),
        Shape::Enum(variants) => enums::expand_enum(scope, item, variants),
        Shape::Object(object) => object::expand_object(scope, item, object),
        Shape::Union(union) => union::expand_union(scope, item, union),
        Shape::Alias(ty) => expand_alias(scope, item, ty),
    };
    quote!(#mark #tokens)
}

/// Expands a name for another type. Both are the same type in Rust.
fn expand_alias(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>, ty: &Type) -> TokenStream {
    let (name, ty) = (&item.name, rust_type(scope, ty));
    let attributes = type_attributes(scope, item);
    quote!(#attributes pub type #name = #ty;)
}
