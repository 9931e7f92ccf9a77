//! How the params of an operation become an HTTP request, and what comes back.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{self, Method, Place, Response};
use crate::rust::expand::docs::allow_deprecated;
use crate::rust::expand::field::rust_type;
use crate::rust::expand::scope::{Scope, ident};
use crate::rust::lower::{Operation, Param};

pub(super) fn expand_endpoint(scope: &Scope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let params = &operation.params_type;
    let options = operation.options_type.as_ref().map_or_else(|| quote!(()), |name| quote!(#name));
    let response = response_type(scope, operation);
    let descriptor = expand_descriptor(scope, operation);
    let writes = operation.params.iter().map(expand_write);
    let request = if operation.params.is_empty() { ident("_request") } else { ident("request") };
    let allow = allow_deprecated(operation.params.iter().map(|param| param.field.model));
    let [endpoint, operation, writer] = scope.runtime(["Endpoint", "Operation", "RequestWriter"]);
    quote! {
        impl #endpoint for #params {
            type Options = #options;
            type Response = #response;
            const OPERATION: #operation = #descriptor;

            #allow
            fn write(&self, #request: &mut #writer) {
                #(#writes)*
            }
        }
    }
}

/// What a successful call gives.
pub(super) fn response_type(scope: &Scope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    match (&operation.model.response, &operation.response_type) {
        (Response::Type(ty), _) => rust_type(scope, ty),
        (Response::Fields(_), Some(name)) => quote!(#name),
        (Response::Empty | Response::Fields(_), _) => quote!(()),
    }
}

fn expand_descriptor(scope: &Scope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let model = operation.model;
    let dotted = format!("{}.{}", scope.package.resource(model.resource).model.dotted(), model.name);
    let constant = method_constant(model.method);
    let path = &model.path;
    let errors = expand_errors(scope);
    let permissions = expand_permissions(scope, model);
    let [descriptor, method] = scope.runtime(["Operation", "Method"]);
    quote! {
        #descriptor {
            name: #dotted,
            method: #method::#constant,
            path: #path,
            errors: #errors,
            permissions: #permissions,
        }
    }
}

/// Where the error bodies of the operation keep what.
fn expand_errors(scope: &Scope<'_, '_>) -> TokenStream {
    match scope.package.error_shape() {
        Some(_) => {
            let errors = scope.crate_item("ERRORS");
            quote!(&#errors)
        }
        None => {
            let [shape] = scope.runtime(["ErrorShape"]);
            quote!(&#shape::NONE)
        }
    }
}

fn method_constant(method: Method) -> proc_macro2::Ident {
    ident(method.as_str())
}

fn expand_permissions(scope: &Scope<'_, '_>, model: &model::Operation) -> TokenStream {
    let call = model.permission.iter().map(|permission| (None, permission));
    let params = model.params.iter().filter_map(|param| {
        let field = &param.field;
        Some((Some(&field.name), field.permission.as_ref()?))
    });
    let all = call.chain(params).map(|(param, it)| expand_permission(scope, param, it));
    quote!(&[#(#all),*])
}

fn expand_permission(
    scope: &Scope<'_, '_>,
    param: Option<&String>,
    model: &model::Permission,
) -> TokenStream {
    let [permission] = scope.runtime(["Permission"]);
    let (resource, action) = (&model.resource, &model.action);
    let made = match param {
        None => quote!(#permission::call(#resource, #action)),
        Some(param) => quote!(#permission::param(#param, #resource, #action)),
    };
    let when_self = model.when_self.as_ref().map(|own| quote!(.when_self(#own)));
    quote!(#made #when_self)
}

fn expand_write(param: &Param<'_>) -> TokenStream {
    let place = ident(param.place.as_str());
    let wire = match param.place {
        Place::Header => param.field.model.wire.to_ascii_lowercase(),
        Place::Path | Place::Query | Place::Body => param.field.model.wire.clone(),
    };
    let name = &param.field.name;
    quote!(request.#place(#wire, &self.#name);)
}
