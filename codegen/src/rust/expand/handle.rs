//! A handle: what `client.organizations()` returns, with a method for each operation and each sub-resource.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Place;
use crate::rust::doc;
use crate::rust::lower::{Operation, Resource};
use crate::rust::names::RustName;

use super::docs::{Doc, deprecation, permission_lines};
use super::example::doc_example;
use super::import_scope::ImportScope;
use super::object::{allow_many, allow_operator, expand_argument};

pub(super) fn expand_handle(
    scope: &ImportScope<'_, '_>,
    resource: &Resource<'_>,
    handle: &RustName,
) -> TokenStream {
    let client = scope.crate_item("Client");
    let doc = Doc::new(scope, Some(resource.id));
    let doc = doc
        .line(format!("The operations of `{}`. Free to make and to copy.", resource.model.dotted()))
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
            pub(crate) fn new(client: &'c #client) -> Self {
                Self { client }
            }

            #(#operations)*
            #(#children)*
        }
    }
}

/// The way to a sub-resource, where there is anything to call.
fn expand_child(scope: &ImportScope<'_, '_>, child: &Resource<'_>) -> Option<TokenStream> {
    let module = &child.module;
    let handle = child.handle.as_ref()?;
    let doc = Doc::new(scope, Some(child.id)).text(doc::summary(&child.model.doc)).outer();
    let operator = allow_operator(module);
    Some(quote! {
        #doc
        #operator
        pub fn #module(self) -> #module::#handle<'c> {
            #module::#handle::new(self.client)
        }
    })
}

/// Starts the request of an operation: required params by position.
fn expand_method(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let Operation { name, params_type, request_type, .. } = operation;
    let doc = operation_doc(scope, operation).outer();
    let deprecated = deprecation(operation.model.deprecated.as_ref());
    let required: Vec<_> = operation.positional().map(|param| &param.field).collect();
    let arguments = required.iter().map(|field| expand_argument(scope, field));
    let values = required.iter().map(|field| &field.name);
    let many = allow_many(required.len() + 1);
    let operator = allow_operator(name);
    quote! {
        #doc
        #deprecated
        #many
        #operator
        pub fn #name(self, #(#arguments),*) -> #request_type<'c> {
            #request_type::new(self.client, #params_type::new(#(#values),*))
        }
    }
}

/// All that a reader needs in order to make the call.
fn operation_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>, operation: &Operation<'_>) -> Doc<'s, 'p, 'a> {
    let model = operation.model;
    let doc = Doc::new(scope, Some(model.resource)).text(&model.doc);
    let doc = match &model.docs_url {
        Some(see) => doc.line(format!("See the [API reference]({see}).")),
        None => doc,
    };
    let doc = doc.section("Permissions", permission_lines(model));
    let doc = match &model.warning {
        Some(why) => doc.line("# Danger").text(why),
        None => doc,
    };
    let doc = doc.section("Errors", error_lines(operation));
    let doc = match error_body_line(scope, operation) {
        Some(line) => doc.line(line),
        None => doc,
    };
    doc.example(|| doc_example(scope.package, operation.id))
}

/// What error bodies can be read as.
fn error_body_line(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<String> {
    let bodies: Vec<String> = operation.model.errors.iter().map(|id| scope.type_link(*id)).collect();
    let all = bodies.join(" or ");
    (!bodies.is_empty())
        .then(|| format!("[`Error::body_as`](crate::Error::body_as) reads what the API says as {all}."))
}

/// What can go wrong between `send` and the response.
fn error_lines(operation: &Operation<'_>) -> Vec<String> {
    let in_path = operation.params.iter().any(|param| param.place == Place::Path);
    if operation.model.builds_url {
        return vec!["A param cannot stand in a URL, such as an empty one in the path.".to_owned()];
    }
    let refused = in_path
        .then(|| "A path param that is empty, `.` or `..` is refused before anything is sent.".to_owned());
    let sent = ["Else the [`Error`](crate::Error) says that", "The [`Error`](crate::Error) says that"];
    let sent = format!("{} the API refused the request, that no answer came,", sent[usize::from(!in_path)]);
    refused.into_iter().chain([sent, "or that the answer cannot be read.".to_owned()]).collect()
}
