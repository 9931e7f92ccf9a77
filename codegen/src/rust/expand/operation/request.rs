//! The request builder of an operation: optional parameters and options by name, then `send`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::expand::docs::{Doc, operation_feature_line, setter_summary};
use crate::rust::expand::field::{Argument, argument_of};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::{allow_operator, expand_setters};
use crate::rust::lower::{Field, Header, Operation, OptionGroup};
use crate::rust::names::RustName;

use super::endpoint::response_type;
use super::links::method_link;
use super::pages;

pub(super) fn expand_request_builder(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    if operation.model.builds_url {
        return expand_url_builder(scope, operation);
    }
    let Operation { params_type, request_type, .. } = operation;
    let doc = format!("A request builder, returned by {}.", method_link(scope, operation));
    let doc = Doc::new(scope, None)
        .line(doc)
        .line(format!("Await the builder to send the request.{}", params_line(operation)))
        .line(operation_feature_line(scope.package, operation))
        .outer();
    let params = operation.named().map(|param| expand_param_setter(scope, operation, &param.field));
    let groups = scope.package.options_of(operation);
    let options = groups.flat_map(|group| group.headers.iter().map(move |header| (group, header)));
    let options = options.map(|(group, header)| expand_option_setter(scope, group, header));
    let response = response_type(scope, operation);
    let client = scope.crate_item("Client");
    let pages = pages::expand_methods(scope, operation);
    let maybe = expand_maybe();
    let future = expand_future(scope, request_type, &response);
    let duration = scope.std("time", "Duration");
    let [request, call, call_with_metadata, policy] =
        scope.runtime(["Request", "Call", "CallWithMetadata", "RetryPolicy"]);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct #request_type<'c> {
            request: #request<'c, #params_type>,
        }

        impl<'c> #request_type<'c> {
            pub(super) fn new(client: &'c #client, params: #params_type) -> Self {
                Self { request: client.request(params) }
            }

            #(#params)*
            #(#options)*
            #maybe

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
            #[inline]
            pub fn send(self) -> #call<#response> {
                self.request.send()
            }

            /// Sends the request and returns the status, headers and body with the response.
            #[inline]
            pub fn send_with_metadata(self) -> #call_with_metadata<#response> {
                self.request.send_with_metadata()
            }

            #pages
        }

        #future
    }
}

/// Returns the sentence that leads from the summaries of the setters to the whole docs; empty without setters.
fn params_line(operation: &Operation<'_>) -> String {
    match operation.named().next() {
        Some(_) => {
            format!(" The fields of [`{}`] describe the parameters in full.", operation.params_type.plain())
        }
        None => String::new(),
    }
}

/// Expands the setter for an optional value. One generic setter keeps the others simple and fast to build.
fn expand_maybe() -> TokenStream {
    quote! {
        /// Calls a setter if `value` is `Some`, and leaves the builder unchanged otherwise.
        pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
            match value {
                Some(value) => set(self, value),
                None => self,
            }
        }
    }
}

/// Expands `IntoFuture`, so that a request builder can be awaited.
fn expand_future(
    scope: &ImportScope<'_, '_>,
    request_type: &RustName,
    response: &TokenStream,
) -> TokenStream {
    let into_future = scope.std("future", "IntoFuture");
    let [call, error] = scope.runtime(["Call", "Error"]);
    quote! {
        impl #into_future for #request_type<'_> {
            type Output = Result<#response, #error>;
            type IntoFuture = #call<#response>;

            #[inline]
            fn into_future(self) -> #call<#response> {
                self.request.send()
            }
        }
    }
}

/// Expands the builder of an operation that builds a URL and sends nothing.
fn expand_url_builder(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let Operation { params_type, request_type, .. } = operation;
    let doc = format!("A URL builder, returned by {}.", method_link(scope, operation));
    let doc = Doc::new(scope, None).line(doc).line(operation_feature_line(scope.package, operation)).outer();
    let params = operation.named().map(|param| expand_param_setter(scope, operation, &param.field));
    let maybe = expand_maybe();
    let client = scope.crate_item("Client");
    let [request, http, error] = scope.runtime(["UrlRequest", "http", "Error"]);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `url` is called"]
        pub struct #request_type<'c> {
            request: #request<'c, #params_type>,
        }

        impl<'c> #request_type<'c> {
            pub(super) fn new(client: &'c #client, params: #params_type) -> Self {
                Self { request: client.url_request(params) }
            }

            #(#params)*
            #maybe

            /// Builds the URL without sending a request.
            ///
            /// # Errors
            ///
            /// Fails if a parameter cannot be part of a URL, such as an empty one in the path.
            #[inline]
            pub fn url(self) -> Result<#http::Uri, #error> {
                self.request.url()
            }
        }
    }
}

fn expand_param_setter(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    field: &Field<'_>,
) -> TokenStream {
    expand_setters(scope, operation.model.resource, field, &quote!(self.request.params))
}

fn expand_option_setter(
    scope: &ImportScope<'_, '_>,
    group: &OptionGroup<'_>,
    header: &Header<'_>,
) -> TokenStream {
    let (group, name) = (&group.field, &header.name);
    let Argument { ty, value } = argument_of(scope, &header.model.ty, name);
    let doc = Doc::new(scope, None).text(&setter_summary(&header.model.doc)).outer();
    let operator = allow_operator(name);
    quote! {
        #doc
        #operator
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.options.#group.#name = Some(#value);
            self
        }
    }
}
