//! `lib.rs`: what the package is, its modules, and what it passes on from the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{ERROR_CODE, Package, Resource};

use super::docs::Doc;
use super::import_scope::{ImportScope, Location, ident};

pub(super) fn expand_lib(package: &Package<'_>) -> TokenStream {
    let scope = ImportScope::without_imports(package, Location::Lib);
    let doc = crate_doc(&scope).inner();
    let options = (!package.options.is_empty()).then(|| {
        quote!(
            pub mod options;
        )
    });
    let mut roots: Vec<_> = package.roots().collect();
    roots.sort_by_key(|resource| resource.module.plain());
    let resources = roots.into_iter().map(expand_module);
    let limit = recursion_limit(package);
    let (errors, error_exports) = package.error_shape().map(|_| expand_errors(package)).unzip();
    quote! {
        #doc

        #limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]

        mod client;
        #errors
        #options
        #(#resources)*

        pub use client::{Client, ClientBuilder};
        #error_exports
        pub use typefoundry_runtime as runtime;
        pub use typefoundry_runtime::{
            ApiError, BaseUrl, BlockingTransport, Call, Endpoint, Error, ErrorBody, ErrorKind, Hook, IntoId, Items, Object, Pages, Paginated, Patch, RateLimit, RawCall, RawResponse, Request,
            RequestOptions, RetryBudget, RetryPolicy, Secret, SecretSource, Target, Timestamp, Transport, UnixSeconds, UnknownValue, UnknownVariant, UrlEndpoint,
            UrlRequest, Value,
        };
    }
}

/// The attribute for a crate whose types nest deeper than rustc goes by default.
pub(super) fn recursion_limit(package: &Package<'_>) -> Option<TokenStream> {
    let limit = package.recursion_limit?.to_string();
    Some(quote!(#![recursion_limit = #limit]))
}

/// The module of errors, and what it exports.
fn expand_errors(package: &Package<'_>) -> (TokenStream, TokenStream) {
    let module = quote!(
        mod errors;
    );
    let code = ident(ERROR_CODE);
    let exports = match package.error_codes.as_slice() {
        [] => quote!(
            pub use errors::ERRORS;
        ),
        _ => quote!(pub use errors::{ERRORS, #code};),
    };
    (module, exports)
}

fn crate_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>) -> Doc<'s, 'p, 'a> {
    let api = scope.package.api;
    let doc = Doc::new(scope, None).text(&api.doc);
    let doc = match &api.docs_url {
        Some(see) => doc.line(format!("See the [API reference]({see}).")),
        None => doc,
    };
    let doc = match scope.package.recursion_limit {
        Some(limit) => doc.line(format!(
            "The types nest deeply. Where rustc says that it reached the recursion limit, add \
             `#![recursion_limit = \"{limit}\"]` to your crate."
        )),
        None => doc,
    };
    doc.section("Features", feature_lines(scope.package))
}

const TRANSPORT_LINES: [&str; 6] = [
    "- `hyper`, on by default: the transport that a client has unless it is given another.",
    "- `ring`, on by default, or `aws-lc`: the cryptography of that transport.",
    "- `blocking`: calls that block a thread, with `wait()` in place of `.await`, over that transport or one of your own.",
    "- `reqwest`: `runtime::ReqwestTransport`, over a `reqwest::Client` of yours.",
    "- `tower`: `runtime::TowerTransport`, over a `tower::Service`.",
    "- `tracing`: spans for calls and their attempts, in OpenTelemetry's words.",
];

fn feature_lines(package: &Package<'_>) -> Vec<String> {
    let mut lines = vec!["- `resources`, on by default: all of the following.".to_owned()];
    lines.extend(package.features.iter().map(|feature| match feature.needs.as_slice() {
        [] => format!("  - `{}`", feature.name),
        needs => format!("  - `{}`, which turns on `{}`", feature.name, needs.join("`, `")),
    }));
    lines.extend(TRANSPORT_LINES.map(str::to_owned));
    if package.api.builds_urls() {
        lines.push(
            "- `pkce`: `runtime::Pkce` and random tokens, for a sign-in that leads through a browser."
                .to_owned(),
        );
    }
    let sum = "No feature takes anything away. Without any of them there is no HTTP library, no cryptography and no async \
               runtime.";
    lines.extend([String::new(), sum.to_owned()]);
    lines
}

fn expand_module(resource: &Resource<'_>) -> TokenStream {
    let feature = resource.module.plain();
    let module = &resource.module;
    quote! {
        #[cfg(feature = #feature)]
        pub mod #module;
    }
}
