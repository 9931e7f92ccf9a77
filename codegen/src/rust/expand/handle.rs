//! Handles, such as the value of `client.organizations()`, with a method for each operation and each sub-resource.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::doc;
use crate::rust::lower::{Operation, Resource};
use crate::rust::names::RustName;

use super::docs::{Doc, deprecation, feature_line};
use super::field::inline;
use super::import_scope::ImportScope;
use super::method_doc::method_doc;
use super::object::{allow_many, allow_operator, expand_argument};

pub(super) fn expand_handle(
    scope: &ImportScope<'_, '_>,
    resource: &Resource<'_>,
    handle: &RustName,
) -> TokenStream {
    let client = scope.crate_item("Client");
    let doc = Doc::new(scope, Some(resource.id));
    let doc = doc
        .line(format!("The operations of [`{}`](self).", resource.module.plain()))
        .line(format!("Returned by `{}`. Cheap to create and copy.", call_path(resource)))
        .line(feature_line(resource))
        .outer();
    let operations = resource.model.operations.iter();
    let operations = operations.map(|id| expand_method(scope, scope.package.operation(*id)));
    let children = resource.model.children.iter();
    let children = children.filter_map(|id| expand_child(scope, scope.package.resource(*id)));
    quote! {
        #doc
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'c> {
            client: &'c #client,
        }

        impl<'c> #handle<'c> {
            #[inline]
            pub(crate) fn new(client: &'c #client) -> Self {
                Self { client }
            }

            #(#operations)*
            #(#children)*
        }
    }
}

/// Returns the path of the call that returns the handle.
fn call_path(resource: &Resource<'_>) -> String {
    let handles: Vec<_> = resource.path.iter().map(|module| format!("{}()", module.plain())).collect();
    format!("client.{}", handles.join("."))
}

/// Expands the method for a sub-resource, if it has any operation.
fn expand_child(scope: &ImportScope<'_, '_>, child: &Resource<'_>) -> Option<TokenStream> {
    let module = &child.module;
    let handle = child.handle.as_ref()?;
    let doc = Doc::new(scope, Some(child.id)).text(doc::summary(&child.model.doc)).outer();
    let operator = allow_operator(module);
    Some(quote! {
        #doc
        #operator
        #[inline]
        pub fn #module(self) -> #module::#handle<'c> {
            #module::#handle::new(self.client)
        }
    })
}

/// Expands the method that starts the request of an operation. It takes the required parameters.
fn expand_method(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let Operation { name, params_type, request_type, .. } = operation;
    let doc = method_doc(scope, operation).outer();
    let deprecated = deprecation(operation.model.deprecated.as_ref());
    let required: Vec<_> = operation.positional().map(|param| &param.field).collect();
    let arguments: Vec<_> = required.iter().map(|field| expand_argument(scope, field)).collect();
    let inline = inline(&arguments);
    let values = required.iter().map(|field| &field.name);
    let many = allow_many(required.len() + 1);
    let operator = allow_operator(name);
    let params = quote!(params::#params_type::new(#(#values),*));
    let request = match operation.model.builds_url {
        true => quote!(requests::#request_type::new(self.client, #params)),
        false => quote!(self.client.request(#params)),
    };
    quote! {
        #doc
        #deprecated
        #many
        #operator
        #inline
        pub fn #name(self, #(#arguments),*) -> requests::#request_type<'c> {
            #request
        }
    }
}
