//! The Rust type of a response.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Response, ResponseFormat};
use crate::rust::expand::field::rust_type;
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::lower::Operation;

/// Returns the type of the response.
pub(super) fn response_type(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let item = item_type(scope, operation);
    match operation.model.format() {
        ResponseFormat::Json | ResponseFormat::Text => item,
        ResponseFormat::Binary => {
            let [bytes] = scope.runtime(["Bytes"]);
            bytes
        }
        ResponseFormat::Events | ResponseFormat::TextEvents => {
            let [event] = scope.runtime(["Event"]);
            quote!(Vec<#event<#item>>)
        }
        ResponseFormat::JsonLines | ResponseFormat::JsonSequence => quote!(Vec<#item>),
    }
}

/// Returns the type of the response, or of one item of a stream.
pub(super) fn item_type(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    match (&operation.model.response, &operation.response_type) {
        (Response::Type(ty), _) => rust_type(scope, ty),
        (Response::Object(_) | Response::ByStatus(_), Some(name)) => quote!(#name),
        (Response::Empty | Response::Object(_) | Response::ByStatus(_), _) => quote!(()),
    }
}
