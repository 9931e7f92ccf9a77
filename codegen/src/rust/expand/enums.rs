//! Open enums of strings or integers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::ResourceId;
use crate::rust::lower::{EnumVariant, TypeItem};

use super::docs::{Doc, deprecation, type_attributes};
use super::import_scope::ImportScope;
use super::value::scalar;

pub(super) fn expand_enum(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    variants: &[EnumVariant<'_>],
) -> TokenStream {
    let attributes = type_attributes(scope, item);
    expand_open_enum(scope, &item.name.ident(), &attributes, Some(item.model.resource), variants)
}

/// Expands the enum of this name. References in its docs are resolved from `home`.
pub(super) fn expand_open_enum(
    scope: &ImportScope<'_, '_>,
    name: &Ident,
    attributes: &TokenStream,
    home: Option<ResourceId>,
    variants: &[EnumVariant<'_>],
) -> TokenStream {
    let declared = variants.iter().map(|variant| expand_variant(scope, home, variant));
    let names = variants.iter().map(|variant| &variant.name);
    let wires = variants.iter().map(|variant| scalar(&variant.model.value()));
    let is_integer = variants.iter().any(|variant| variant.model.is_integer);
    let ([open_enum, unknown_value], copy) = match is_integer {
        true => (scope.runtime(["open_integer_enum", "UnknownInteger"]), Some(quote!(Copy,))),
        false => (scope.runtime(["open_enum", "UnknownValue"]), None),
    };
    quote! {
        #attributes
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A value that this version does not know. It is serialized unchanged.
            Unknown(#unknown_value),
        }

        #open_enum!(#name {
            #(#names = #wires,)*
        });
    }
}

fn expand_variant(
    scope: &ImportScope<'_, '_>,
    home: Option<ResourceId>,
    variant: &EnumVariant<'_>,
) -> TokenStream {
    let name = &variant.name;
    let deprecated = deprecation(variant.model.deprecated.as_ref());
    let doc = Doc::new(scope, home);
    let doc = match &variant.model.doc {
        Some(text) => doc.text(text),
        None if variant.model.wire.is_empty() => doc.line("The empty string."),
        None => doc.line(format!("The value `{}`.", variant.model.wire)),
    };
    let doc = doc.outer();
    quote!(#doc #deprecated #name)
}
