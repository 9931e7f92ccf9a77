//! Ids, which are newtypes of an opaque string.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::TypeItem;

use super::docs::type_attributes;
use super::import_scope::ImportScope;

pub(super) fn expand_id(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>, secret: bool) -> TokenStream {
    let name = &item.name;
    let attributes = type_attributes(scope, item);
    if secret {
        let [secret, secret_id] = scope.runtime(["Secret", "secret_id"]);
        return quote! {
            #attributes
            #[derive(Clone, PartialEq, Eq)]
            pub struct #name(#secret);

            #secret_id!(#name);
        };
    }
    let [string_id] = scope.runtime(["string_id"]);
    quote! {
        #attributes
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(Box<str>);

        #string_id!(#name);
    }
}
