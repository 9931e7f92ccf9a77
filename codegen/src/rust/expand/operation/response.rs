//! The response types that belong to an operation.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::model::{Constant, FieldLocation, Object, Response, Type, reason_phrase};
use crate::rust::expand::docs::{Doc, allow_deprecated, operation_feature_line};
use crate::rust::expand::field::{field_type, rust_type};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::{derives, expand_field, expand_json_of};
use crate::rust::expand::value;
use crate::rust::lower::{Field, Operation, StatusVariant};
use crate::rust::names::RustName;

use super::links::method_link;

/// Expands the type of the response and, if there are several responses, those of its variants.
pub(super) fn expand_responses(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
) -> Option<TokenStream> {
    let name = operation.response_type.as_ref()?;
    let model = operation.model;
    match &model.response {
        Response::Object(object) => {
            let line = format!("The response of {}.", method_link(scope, operation));
            let own = OwnResponse {
                name,
                line,
                object,
                fields: &operation.response,
                accepts_any_body: model.accepts_any_body,
            };
            Some(expand_response(scope, operation, &own))
        }
        Response::ByStatus(_) => Some(expand_by_status(scope, operation, name)),
        Response::Empty | Response::Type(_) => None,
    }
}

/// A struct for a response.
struct OwnResponse<'r, 'a> {
    name: &'r RustName,
    /// The first line of its doc.
    line: String,
    object: &'r Object,
    fields: &'r [Field<'a>],
    accepts_any_body: bool,
}

fn expand_response(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    own: &OwnResponse<'_, '_>,
) -> TokenStream {
    let name = own.name;
    let doc = Doc::new(scope, None)
        .line(own.line.clone())
        .line(operation_feature_line(scope.package, operation))
        .outer();
    let derives = derives(false);
    let home = operation.model.resource;
    let fields = own.fields.iter().map(|field| expand_field(scope, home, field, false));
    let reading = match own.object.is_json() {
        true => expand_json(scope, &quote!(#name), own.accepts_any_body, own.fields, &own.object.constants),
        false => expand_parts(scope, own),
    };
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #reading
    }
}

/// Expands JSON code for a response, which need not be an object if any body is accepted.
fn expand_json<'f, 'a: 'f>(
    scope: &ImportScope<'_, '_>,
    name: &TokenStream,
    accepts_any_body: bool,
    fields: impl IntoIterator<Item = &'f Field<'a>>,
    constants: &[Constant],
) -> TokenStream {
    let or_empty = accepts_any_body.then(|| quote!(or empty));
    expand_json_of(scope, &quote!(#name #or_empty), fields, constants, false)
}

/// Expands `impl FromResponse` for a response whose fields are in several parts.
fn expand_parts(scope: &ImportScope<'_, '_>, own: &OwnResponse<'_, '_>) -> TokenStream {
    let name = own.name;
    let [from_response, decode_error] = scope.runtime(["FromResponse", "DecodeError"]);
    let [http, bytes] = scope.runtime(["http", "Bytes"]);
    let body = expand_body(scope, own);
    let is_in_header = |field: &&Field<'_>| field.model.location == FieldLocation::Header;
    let headers = own.fields.iter().find(is_in_header).map(|_| {
        let [reader] = scope.runtime(["HeaderReader"]);
        quote!(let headers = #reader::new(response.headers());)
    });
    let values = own.fields.iter().map(|field| {
        let (name, value) = (&field.name, expand_part(scope, field));
        quote!(#name: #value)
    });
    let any_body = own.accepts_any_body.then(|| {
        quote!(
            const ACCEPTS_ANY_BODY: bool = true;
        )
    });
    let allow = allow_deprecated(own.fields.iter().map(|field| field.model));
    quote! {
        #allow
        impl #from_response for #name {
            #any_body

            #[inline]
            fn from_response(response: &#http::Response<#bytes>) -> Result<Self, #decode_error> {
                #body
                #headers
                Ok(Self { #(#values,)* })
            }
        }
    }
}

/// Expands the decoding of the keys in the body, if there are any.
fn expand_body(scope: &ImportScope<'_, '_>, own: &OwnResponse<'_, '_>) -> Option<TokenStream> {
    let is_key = |field: &&Field<'_>| field.model.location == FieldLocation::Key;
    let keys: Vec<_> = own.fields.iter().filter(is_key).collect();
    let constants = &own.object.constants;
    if keys.is_empty() && constants.is_empty() {
        return None;
    }
    let [from_response] = scope.runtime(["FromResponse"]);
    let body = format_ident!("{}", free_name(scope, format!("{}Body", own.name.plain())));
    let fields = keys.iter().map(|field| {
        let (name, ty) = (&field.name, field_type(scope, field));
        quote!(#name: #ty)
    });
    let fields: Vec<_> = fields.collect();
    let json = expand_json(scope, &quote!(#body), own.accepts_any_body, keys, constants);
    Some(quote! {
        struct #body { #(#fields,)* }
        #json
        let body: #body = #from_response::from_response(response)?;
    })
}

/// Returns a name that no type of the package has, since the fields of a local type can be of any of them.
fn free_name(scope: &ImportScope<'_, '_>, mut name: String) -> String {
    while scope.package.types.iter().any(|item| item.name.plain() == name) {
        name.push('_');
    }
    name
}

/// Expands the value of a field of a response whose fields are in several parts.
fn expand_part(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let model = field.model;
    let name = &field.name;
    // A missing list is read as empty.
    let is_plain_list = (model.optional || model.nullable) && !field.optional;
    match model.location {
        FieldLocation::Key => quote!(body.#name),
        FieldLocation::WholeBody if is_plain_list => {
            let [from_response] = scope.runtime(["FromResponse"]);
            let ty = rust_type(scope, &model.ty);
            quote!(<Option<#ty> as #from_response>::from_response(response)?.unwrap_or_default())
        }
        FieldLocation::WholeBody => {
            let [from_response] = scope.runtime(["FromResponse"]);
            quote!(#from_response::from_response(response)?)
        }
        FieldLocation::Header => {
            let wire = model.wire.to_ascii_lowercase();
            let default = model.when_missing.as_ref();
            match default.and_then(|default| value::exact(scope, &model.ty, default)) {
                Some(default) => {
                    let ty = rust_type(scope, &model.ty);
                    let is_call =
                        default.clone().into_iter().any(|token| matches!(token, TokenTree::Group(_)));
                    let or = if is_call {
                        quote!(unwrap_or_else(|| #default))
                    } else {
                        quote!(unwrap_or(#default))
                    };
                    quote!(headers.get::<Option<#ty>>(#wire)?.#or)
                }
                None if matches!(model.ty, Type::List(_)) => quote!(headers.get_list(#wire)?),
                None => quote!(headers.get(#wire)?),
            }
        }
    }
}

/// Expands the enum of several responses, and the structs of its variants.
fn expand_by_status(scope: &ImportScope<'_, '_>, operation: &Operation<'_>, name: &RustName) -> TokenStream {
    let doc = Doc::new(scope, None)
        .line(format!("The response of {}, by status.", method_link(scope, operation)))
        .line(operation_feature_line(scope.package, operation))
        .outer();
    let derives = derives(false);
    let variants = operation.statuses.iter().map(|status| expand_variant(scope, status));
    let arms = operation.statuses.iter().map(|status| {
        let (number, variant) = (Literal::u16_unsuffixed(status.model.status), &status.name);
        let [from_response] = scope.runtime(["FromResponse"]);
        match payload(scope, status) {
            Some(_) => quote!(#number => #from_response::from_response(response).map(Self::#variant)),
            None => quote!(#number => Ok(Self::#variant)),
        }
    });
    let structs = operation.statuses.iter().filter_map(|status| expand_status(scope, operation, status));
    let [from_response, decode_error] = scope.runtime(["FromResponse", "DecodeError"]);
    let [http, bytes] = scope.runtime(["http", "Bytes"]);
    let params = &operation.params_type;
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl #from_response for #name {
            #[inline]
            fn from_response(response: &#http::Response<#bytes>) -> Result<Self, #decode_error> {
                let status = response.status();
                match status.as_u16() {
                    #(#arms,)*
                    _ => Err(#decode_error::unexpected_status(status, #params::SUCCESS_STATUSES)),
                }
            }
        }

        #(#structs)*
    }
}

/// Returns the type of the content of a variant, if it has content.
fn payload(scope: &ImportScope<'_, '_>, status: &StatusVariant<'_>) -> Option<TokenStream> {
    match (&status.model.response, &status.response_type) {
        (Response::Type(ty), _) => Some(rust_type(scope, ty)),
        (_, Some(name)) => Some(quote!(#name)),
        _ => None,
    }
}

fn expand_variant(scope: &ImportScope<'_, '_>, status: &StatusVariant<'_>) -> TokenStream {
    let name = &status.name;
    let doc = Doc::new(scope, None).line(format!("{}.", status_text(status.model.status))).outer();
    let payload = payload(scope, status).map(|ty| quote!((#ty)));
    quote!(#doc #name #payload)
}

/// Returns a status with its phrase, such as `201 Created`.
fn status_text(status: u16) -> String {
    match reason_phrase(status) {
        Some(phrase) => format!("{status} {phrase}"),
        None => format!("Status {status}"),
    }
}

/// Expands the struct of a variant, if it has one of its own.
fn expand_status(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    status: &StatusVariant<'_>,
) -> Option<TokenStream> {
    let (Response::Object(object), Some(name)) = (&status.model.response, &status.response_type) else {
        return None;
    };
    let status_text = status_text(status.model.status);
    let status_text = status_text.trim_start_matches("Status ");
    let line = format!("The response of {} with the status {status_text}.", method_link(scope, operation));
    let own = OwnResponse {
        name,
        line,
        object,
        fields: &status.fields,
        accepts_any_body: status.model.accepts_any_body,
    };
    Some(expand_response(scope, operation, &own))
}
