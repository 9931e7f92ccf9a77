//! The response type that belongs to an operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Response;
use crate::rust::expand::docs::{Doc, operation_feature_line};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::{derives, expand_field, expand_json, expand_json_or_empty};
use crate::rust::lower::Operation;
use crate::rust::names::RustName;

use super::links::method_link;

pub(super) fn expand_response(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    name: &RustName,
) -> TokenStream {
    let doc = Doc::new(scope, None)
        .line(format!("The response of {}.", method_link(scope, operation)))
        .line(operation_feature_line(scope.package, operation))
        .outer();
    let derives = derives(false);
    let fields =
        operation.response.iter().map(|field| expand_field(scope, operation.model.resource, field, false));
    let constants = match &operation.model.response {
        Response::Object(object) => object.constants.as_slice(),
        Response::Empty | Response::Type(_) => &[],
    };
    let json = match operation.model.accepts_any_body {
        true => expand_json_or_empty(scope, name, &operation.response, constants),
        false => expand_json(scope, name, &operation.response, constants, false),
    };
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #json
    }
}
