//! The file of an operation: its parameters, endpoint, options, request builder and response.

mod response_type;
mod streamed;
mod endpoint;
mod links;
mod options;
mod pages;
mod params;
mod request;
mod response;

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Operation, Package};
use crate::rust::names::RustName;

use super::docs::Doc;
use super::import_scope::{ImportScope, Location};

pub(super) fn expand_operation(package: &Package<'_>, operation: &Operation<'_>) -> TokenStream {
    let location = Location::Operation(operation.model.resource);
    let (scope, items) = ImportScope::resolve_imports(package, location, local_names(operation), |scope| {
        expand_items(scope, operation)
    });
    let line = format!("`{} {}`", operation.model.method.as_str(), operation.model.target());
    let doc = Doc::new(&scope, None).line(line).inner();
    scope.file(&doc, &items)
}

fn expand_items(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let params = params::expand_params(scope, operation);
    let endpoint = endpoint::expand_endpoint(scope, operation);
    let pages = pages::expand_pages(scope, operation);
    let options = operation.options_type.as_ref().map(|name| options::expand_options(scope, operation, name));
    let request = request::expand_request_builder(scope, operation);
    let response = response::expand_responses(scope, operation);
    let streamed = streamed::expand_streamed(scope, operation);
    quote!(#params #endpoint #streamed #pages #options #request #response)
}

fn local_names<'n>(operation: &'n Operation<'_>) -> impl Iterator<Item = &'n RustName> {
    let Operation { params_type, request_type, options_type, .. } = operation;
    let own = [Some(params_type), Some(request_type), options_type.as_ref()];
    own.into_iter().flatten().chain(operation.response_types())
}
