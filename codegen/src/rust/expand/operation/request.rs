//! The request builder of an operation: an alias of the package's `Request`, with setters for the optional parameters and options.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::expand::docs::{Doc, operation_feature_line, setter_summary};
use crate::rust::expand::field::{Argument, argument_of, inline};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::{allow_operator, expand_setters};
use crate::rust::lower::{Field, Header, Operation};

use super::links::method_link;
use super::options::group_place;
use super::pages;
use super::streamed;

pub(super) fn expand_request_builder(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    if operation.model.builds_url {
        return expand_url_builder(scope, operation);
    }
    let Operation { params_type, request_type, .. } = operation;
    let doc = format!("A request builder, returned by {}.", method_link(scope, operation));
    let doc = Doc::new(scope, None)
        .line(doc)
        .line(format!("Await the builder to send the request.{}", params_line(operation)))
        .line(operation_feature_line(scope.package, operation));
    let doc = streamed::stream_doc(pages::items_doc(doc, operation), operation).outer();
    let params = operation.named().map(|param| expand_param_setter(scope, operation, &param.field));
    let groups = scope.package.options_of(operation);
    let options = groups.flat_map(|group| group.headers.iter().map(move |header| (group, header)));
    let options = options
        .map(|(group, header)| expand_option_setter(scope, &group_place(scope, operation, group), header));
    let setters: Vec<_> = params.chain(options).collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl #request_type<'_> { #(#setters)* }));
    let request = scope.crate_item("Request");
    quote! {
        #doc
        pub type #request_type<'c> = #request<'c, #params_type>;

        #setters
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

/// Expands the builder of an operation that builds a URL and sends nothing.
fn expand_url_builder(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let Operation { params_type, request_type, .. } = operation;
    let doc = format!("A URL builder, returned by {}.", method_link(scope, operation));
    let doc = Doc::new(scope, None).line(doc).line(operation_feature_line(scope.package, operation)).outer();
    let params = operation.named().map(|param| expand_param_setter(scope, operation, &param.field));
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

            /// Calls a setter if `value` is `Some`, and leaves the builder unchanged otherwise.
            pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
                match value {
                    Some(value) => set(self, value),
                    None => self,
                }
            }

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
    place: &TokenStream,
    header: &Header<'_>,
) -> TokenStream {
    let name = &header.name;
    let Argument { ty, value } = argument_of(scope, &header.model.ty, name);
    let doc = Doc::new(scope, None).text(&setter_summary(&header.model.doc)).outer();
    let operator = allow_operator(name);
    let inline = inline([&ty]);
    quote! {
        #doc
        #operator
        #inline
        pub fn #name(mut self, #name: #ty) -> Self {
            #place.#name = Some(#value);
            self
        }
    }
}
