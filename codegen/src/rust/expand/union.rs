//! Enums whose variants contain values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Shape, TypeItem, Union, Variant};
use crate::rust::names::RustName;

use super::docs::{Doc, deprecation, type_attributes};
use super::field::{Argument, argument_of, inline, rust_type};
use super::import_scope::ImportScope;
use super::value;

pub(super) fn expand_union(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    union: &Union<'_>,
) -> TokenStream {
    let name = &item.name;
    let attributes = type_attributes(scope, item);
    let declared = union.variants.iter().map(|variant| expand_variant(scope, item, variant));
    let constructors = expand_constructors(scope, item, union);
    let json = expand_json(scope, name, union);
    let error_body = item.model.in_errors.then(|| expand_error_body(scope, name));
    let large = has_objects(scope, union).then(|| quote!(#[allow(clippy::large_enum_variant)]));
    let [unknown_variant] = scope.runtime(["UnknownVariant"]);
    quote! {
        #attributes
        #[derive(Clone, Debug, PartialEq)]
        #large
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A variant that this version does not know. It is serialized unchanged.
            Unknown(#unknown_variant),
        }

        #constructors

        #json

        #error_body
    }
}

/// Whether a variant contains an object. A value is created and read once, so a pointer would cost more than the space.
fn has_objects(scope: &ImportScope<'_, '_>, union: &Union<'_>) -> bool {
    let named = union.variants.iter().filter_map(|variant| variant.model.ty.as_ref()?.named());
    named
        .into_iter()
        .any(|id| matches!(scope.package.type_item(id).shape, Shape::Object(_) | Shape::Union(_)))
}

fn expand_variant(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>, variant: &Variant<'_>) -> TokenStream {
    let name = &variant.name;
    let deprecated = deprecation(variant.model.deprecated.as_ref());
    let doc = Doc::new(scope, Some(item.model.resource)).text(&variant.model.doc).outer();
    let payload = variant.model.ty.as_ref().map(|ty| {
        let ty = rust_type(scope, ty);
        if variant.model.boxed { quote!((Box<#ty>)) } else { quote!((#ty)) }
    });
    quote!(#doc #deprecated #name #payload)
}

/// Expands constructors of the variants that can be created from a simpler value.
fn expand_constructors(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    union: &Union<'_>,
) -> Option<TokenStream> {
    let constructors = union.variants.iter().filter_map(|variant| expand_constructor(scope, item, variant));
    let constructors: Vec<_> = constructors.collect();
    let name = &item.name;
    (!constructors.is_empty()).then(|| quote!(impl #name { #(#constructors)* }))
}

fn expand_constructor(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    variant: &Variant<'_>,
) -> Option<TokenStream> {
    let model = variant.model;
    let (name, constructor) = (&variant.name, variant.constructor.as_ref()?);
    let Argument { ty, value } = argument_of(scope, model.ty.as_ref()?, constructor);
    let value = if model.boxed { quote!(Box::new(#value)) } else { value };
    let inline = inline([&ty]);
    let doc = crate::rust::doc::summary(&model.doc);
    let doc = Doc::new(scope, Some(item.model.resource)).text(doc).outer();
    let deprecated = deprecation(model.deprecated.as_ref());
    let allow = model.deprecated.as_ref().map(|_| quote!(#[allow(deprecated)]));
    Some(quote! {
        #doc
        #deprecated
        #allow
        #inline
        pub fn #constructor(#constructor: #ty) -> Self {
            Self::#name(#value)
        }
    })
}

/// Expands `json_union!` with the rules that distinguish the variants on the wire.
fn expand_json(scope: &ImportScope<'_, '_>, name: &RustName, union: &Union<'_>) -> TokenStream {
    let [json_union] = scope.runtime(["json_union"]);
    let (tags, path) = (&union.model.tag, &union.model.path);
    let by = match (tags.is_empty(), path.is_empty()) {
        (false, _) => Some(quote!(by [#(#tags),*])),
        (true, false) => Some(quote!(at [#(#path),*])),
        (true, true) => None,
    };
    let entries = union.variants.iter().map(|variant| expand_entry(scope, union, variant, by.is_some()));
    quote! {
        #json_union!(#name #by {
            #(#entries,)*
        });
    }
}

fn expand_entry(
    scope: &ImportScope<'_, '_>,
    union: &Union<'_>,
    variant: &Variant<'_>,
    tagged: bool,
) -> TokenStream {
    let name = &variant.name;
    let payload = variant.model.ty.as_ref().map(|_| quote!((_)));
    let tag = tagged.then(|| value::literal(&variant.model.tag_value())).flatten();
    let tag = tag.map(|tag| quote!(= #tag));
    let key = variant.model.key.as_ref().map(|key| quote!(in #key));
    let constants = union.model.constants_of(&scope.package.api.types, variant.model);
    let constants = constants.into_iter().filter_map(|constant| {
        let (wire, value) = (&constant.wire, value::literal(&constant.value)?);
        Some(quote!(if #wire = #value))
    });
    quote!(#name #payload #tag #key #(#constants)*)
}

/// Marks the type as one that error bodies can be decoded to. An unknown variant does not count.
fn expand_error_body(scope: &ImportScope<'_, '_>, name: &RustName) -> TokenStream {
    let [error_body] = scope.runtime(["ErrorBody"]);
    quote! {
        impl #error_body for #name {
            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }
    }
}
