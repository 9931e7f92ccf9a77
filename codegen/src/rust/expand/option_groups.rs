//! The file `options.rs`: groups of per-request headers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Header, OptionGroup, Package};

use super::docs::Doc;
use super::field::rust_type;
use super::import_scope::{ImportScope, Location};
use super::object::derives;

pub(super) fn expand_option_groups(package: &Package<'_>) -> TokenStream {
    let names = package.options.iter().map(|group| &group.name);
    let (scope, groups) = ImportScope::resolve_imports(package, Location::Root, names, |scope| {
        package.options.iter().map(|group| expand_group(scope, group)).collect()
    });
    let doc = Doc::new(&scope, None)
        .line("Per-request options, which are sent as headers. Request builders have a setter for each.")
        .inner();
    scope.file(&doc, &groups)
}

fn expand_group(scope: &ImportScope<'_, '_>, group: &OptionGroup<'_>) -> TokenStream {
    let name = &group.name;
    let doc = Doc::new(scope, None).text(&group.model.doc).outer();
    let derives = derives(true);
    let fields = group.headers.iter().map(|header| expand_field(scope, header));
    let writes = group.headers.iter().map(expand_write);
    let [request_options, header_writer] = scope.runtime(["RequestOptions", "HeaderWriter"]);
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        impl #request_options for #name {
            #[inline]
            fn write(&self, headers: &mut #header_writer) {
                #(#writes)*
            }
        }
    }
}

fn expand_field(scope: &ImportScope<'_, '_>, header: &Header<'_>) -> TokenStream {
    let name = &header.name;
    let doc = Doc::new(scope, None).text(&header.model.doc).outer();
    let ty = rust_type(scope, &header.model.ty);
    quote!(#doc pub #name: Option<#ty>)
}

/// Expands the writing of a header. Header names are case-insensitive, and lower case in HTTP/2.
fn expand_write(header: &Header<'_>) -> TokenStream {
    let name = &header.name;
    let wire = header.model.header.to_ascii_lowercase();
    quote!(headers.insert(#wire, &self.#name);)
}
