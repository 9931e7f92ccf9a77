//! The file `lib.rs`: the front page, the modules, and the items of the root.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Package, Resource};

use super::front_page::front_page;
use super::import_scope::{ImportScope, Location, ident};
use super::servers::SERVER;

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
    let missing_docs = package.api.requires_docs.then(|| quote!(#![warn(missing_docs)]));
    let runtime = expand_runtime(package.api.has_streams());
    let server = (!package.servers.is_empty()).then(|| ident(SERVER));
    quote! {
        #doc

        #limit
        // The front page links to all resources.
        #![cfg_attr(not(feature = "resources"), allow(rustdoc::broken_intra_doc_links))]
        // The snippets of the README are compiled as doctests. Other builds do not read it.
        #![cfg_attr(all(doctest, feature = "hyper", feature = "resources"), doc = include_str!("../README.md"))]
        #![forbid(unsafe_code)]
        #missing_docs

        mod client;
        mod request;
        #errors
        #options
        #(#resources)*

        pub use client::{Client, ClientBuilder, #server};
        pub use request::Request;
        pub use typefoundry_runtime::{Error, ErrorKind};

        #runtime
    }
}

/// Returns the module `runtime`. A renamed crate in its place would give the types paths that no user can write, in the
/// messages of rustc.
fn expand_runtime(has_streams: bool) -> TokenStream {
    let streams = has_streams.then(|| {
        quote! {
            /// - Streams: [`ResponseStream`](runtime::ResponseStream), [`Event`](runtime::Event),
            ///   [`ByteStream`](runtime::ByteStream), [`EventStream`](runtime::EventStream),
            ///   [`JsonLineStream`](runtime::JsonLineStream)
        }
    });
    quote! {
        /// The types that are not specific to this API.
        ///
        /// Applications use these types most:
        ///
        /// - Retries: [`RetryPolicy`](runtime::RetryPolicy), [`RetryBudget`](runtime::RetryBudget)
        /// - Secrets: [`Secret`](runtime::Secret), [`SecretProvider`](runtime::SecretProvider)
        /// - Values: [`Timestamp`](runtime::Timestamp), [`Patch`](runtime::Patch), [`Value`](runtime::Value),
        ///   [`Object`](runtime::Object)
        /// - Responses: [`ApiResponse`](runtime::ApiResponse), [`ApiError`](runtime::ApiError)
        /// - Lists: [`Items`](runtime::Items), [`Pages`](runtime::Pages)
        #streams
        /// - Connections: [`Transport`](runtime::Transport), [`Interceptor`](runtime::Interceptor), `HyperTransport`
        ///
        /// The generated code uses the others, such as the macros and [`Endpoint`](runtime::Endpoint).
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
