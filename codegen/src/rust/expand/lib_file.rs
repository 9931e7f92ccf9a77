//! The file `lib.rs`: the front page, the modules, and the items of the root.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Package, Resource};

use super::front_page::front_page;
use super::import_scope::{ImportScope, Location};

pub(super) fn expand_lib(package: &Package<'_>) -> TokenStream {
    let scope = ImportScope::without_imports(package, Location::Lib);
    let doc = front_page(&scope).inner();
    let options = (!package.options.is_empty()).then(|| {
        quote!(
            pub mod options;
        )
    });
    let mut roots: Vec<_> = package.roots().collect();
    roots.sort_by_key(|resource| resource.module.plain());
    let resources = roots.into_iter().map(expand_module);
    let limit = recursion_limit(package);
    let errors = package.error_schema().map(|_| {
        quote!(
            pub mod errors;
        )
    });
    let runtime = expand_runtime();
    quote! {
        #doc

        #limit
        // The front page links to all resources.
        #![cfg_attr(not(feature = "resources"), allow(rustdoc::broken_intra_doc_links))]
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]

        mod client;
        #errors
        #options
        #(#resources)*

        pub use client::{Client, ClientBuilder};
        pub use typefoundry_runtime::{Error, ErrorKind};

        #runtime
    }
}

/// Returns the module `runtime`. A renamed crate in its place would give the types paths that no user can write, in the
/// messages of rustc.
fn expand_runtime() -> TokenStream {
    quote! {
        /// Types that are not specific to one API, such as `RetryPolicy`, `Secret` and `Transport`.
        pub mod runtime {
            pub use typefoundry_runtime::*;
        }
    }
}

/// Returns the attribute for a crate whose types exceed the default limit of rustc.
pub(super) fn recursion_limit(package: &Package<'_>) -> Option<TokenStream> {
    let limit = package.recursion_limit?.to_string();
    Some(quote!(#![recursion_limit = #limit]))
}

fn expand_module(resource: &Resource<'_>) -> TokenStream {
    let feature = resource.module.plain();
    let module = &resource.module;
    quote! {
        #[cfg(feature = #feature)]
        pub mod #module;
    }
}
