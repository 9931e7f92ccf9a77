//! The file `request.rs`: the request builder that all operations share.
//!
//! The operations add setters to it, each for its own parameters. What all builders do is compiled once for the package.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::Package;
use crate::rust::names;

use super::docs::Doc;
use super::import_scope::{ImportScope, Location};

pub(super) fn expand_request_file(package: &Package<'_>) -> TokenStream {
    let own: Vec<_> = names::type_name("Request").ok().into_iter().collect();
    let (scope, items) = ImportScope::resolve_imports(package, Location::Root, &own, |scope| {
        let request = expand_request(scope);
        let pages = expand_pages(scope);
        let stream = expand_stream(scope);
        let future = expand_future(scope);
        quote!(#request #pages #stream #future)
    });
    let doc = Doc::new(&scope, None).line("The request builder of all operations.").inner();
    scope.file(&doc, &items)
}

fn expand_request(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let duration = scope.std("time", "Duration");
    let core = scope.runtime_path("Request");
    let [call, call_with_metadata, endpoint, policy] =
        scope.runtime(["Call", "CallWithMetadata", "Endpoint", "RetryPolicy"]);
    quote! {
        /// A request builder.
        ///
        /// The method of an operation returns it with the required parameters. Each operation has setters for its optional
        /// parameters; its alias in the module `requests` of its resource shows them. Await the builder to send the request.
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct Request<'c, E: #endpoint> {
            pub(crate) request: #core<'c, E>,
        }

        impl<'c, E: #endpoint> Request<'c, E> {
            pub(crate) fn new(client: &'c #client, params: E) -> Self {
                Self { request: client.core.request(params) }
            }

            /// Replaces the per-request options.
            pub fn options(mut self, options: E::Options) -> Self {
                self.request.options = options;
                self
            }

            /// Calls a setter if `value` is `Some`, and leaves the builder unchanged otherwise.
            pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
                match value {
                    Some(value) => set(self, value),
                    None => self,
                }
            }

            /// Overrides the client's retry policy.
            pub fn retry(mut self, policy: #policy) -> Self {
                self.request = self.request.retry(policy);
                self
            }

            /// Overrides the client's total timeout, including retry delays. `None` removes the limit.
            pub fn timeout(mut self, timeout: impl Into<Option<#duration>>) -> Self {
                self.request = self.request.timeout(timeout);
                self
            }

            /// Sends the request, which is the same as awaiting the builder.
            pub fn send(self) -> #call<E::Response> {
                self.request.send()
            }

            /// Sends the request and returns the status, headers and body with the response.
            pub fn send_with_metadata(self) -> #call_with_metadata<E::Response> {
                self.request.send_with_metadata()
            }
        }
    }
}

/// Expands the methods that iterate, which only lists have.
fn expand_pages(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    if !scope.package.operations.iter().any(|operation| operation.model.pagination.is_some()) {
        return None;
    }
    let [paginated, pages, items] = scope.runtime(["Paginated", "Pages", "Items"]);
    Some(quote! {
        impl<E: #paginated> Request<'_, E> {
            /// Returns a stream of this page and all later pages.
            pub fn pages(self) -> #pages<E> {
                self.request.pages()
            }

            /// Returns a stream of the items of this page and all later pages.
            pub fn items(self) -> #items<E> {
                self.request.items()
            }
        }
    })
}

/// Expands the method that streams, which only some responses have.
fn expand_stream(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    if !scope.package.api.has_streams() {
        return None;
    }
    let [streamed, response_stream] = scope.runtime(["Streamed", "ResponseStream"]);
    Some(quote! {
        impl<E: #streamed> Request<'_, E> {
            /// Returns the response as a stream, which sends the request when it is first polled.
            pub fn stream(self) -> #response_stream<E::Decoder> {
                self.request.stream()
            }
        }
    })
}

/// Expands `IntoFuture`, so that a request builder can be awaited.
fn expand_future(scope: &ImportScope<'_, '_>) -> TokenStream {
    let into_future = scope.std("future", "IntoFuture");
    let [call, endpoint, error] = scope.runtime(["Call", "Endpoint", "Error"]);
    quote! {
        impl<E: #endpoint> #into_future for Request<'_, E> {
            type Output = Result<E::Response, #error>;
            type IntoFuture = #call<E::Response>;

            fn into_future(self) -> #call<E::Response> {
                self.request.send()
            }
        }
    }
}
