//! A type of the spec, whatever its shape.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Shape, TypeItem};

use super::docs::{Doc, deprecation};
use super::scope::Scope;
use super::{enums, id, object, union};

pub(super) fn expand_type(scope: &Scope<'_, '_>, item: &TypeItem<'_>) -> TokenStream {
    if item.model.deprecated.is_some() {
        scope.touch_deprecated();
    }
    match &item.shape {
        Shape::Id { secret } => id::expand_id(scope, item, *secret),
        Shape::Enum(variants) => enums::expand_enum(scope, item, variants),
        Shape::Object(object) => object::expand_object(scope, item, object),
        Shape::Union(union) => union::expand_union(scope, item, union),
    }
}

/// The doc of a type, and whether it is deprecated.
pub(super) fn type_attributes(scope: &Scope<'_, '_>, item: &TypeItem<'_>) -> TokenStream {
    let doc = Doc::new(scope, Some(item.model.resource)).text(&item.model.doc).outer();
    let deprecated = deprecation(item.model.deprecated.as_ref());
    quote!(#doc #deprecated)
}
