//! The file `tests/examples.rs`, which sends the request and decodes the response of every example of the spec.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{self, Response, ResponseFormat, Type, plain_text};
use crate::rust::lower::{Operation, Package, Resource, Shape, TypeItem};
use crate::rust::names::{self, RustName};

use super::docs::Doc;
use super::example::expand_request;
use super::import_scope::{ImportScope, Location};
use super::lib_file::recursion_limit;
use super::test_body::{content_type, expand_body};
use super::test_errors;
use super::test_helpers::expand_helpers;
use super::test_json::{self, Piece};
use super::test_request::{headers, request_line};
use super::test_responses::{self, Reply};
use super::test_servers::expand_servers;
use super::value::raw_string;

pub(super) fn expand_tests(package: &Package<'_>) -> TokenStream {
    // A module of the tests shadows a module of the runtime.
    let modules = package.roots().map(|resource| &resource.module);
    let (scope, shared) = ImportScope::resolve_imports(package, Location::Outside, modules, |scope| {
        let helpers = expand_helpers(scope);
        let servers = expand_servers(scope);
        let error_codes = test_errors::expand_error_codes(scope);
        quote!(#helpers #servers #error_codes)
    });
    let modules = package.roots().map(|resource| {
        let feature = resource.module.plain();
        let module = expand_module(package, resource);
        quote!(#[cfg(feature = #feature)] #module)
    });
    let items = quote!(#shared #(#modules)*);
    let doc = Doc::new(&scope, None)
        .line("Tests that send the examples of the spec and decode their responses without a network.")
        .inner();
    // The used helpers depend on the features, and full paths work in every module.
    let allow = quote!(#![allow(dead_code, unused_qualifications)]);
    let limit = recursion_limit(package);
    scope.file(&quote!(#doc #limit #allow), &items)
}

/// Expands the tests of a resource and its sub-resources.
fn expand_module(package: &Package<'_>, resource: &Resource<'_>) -> TokenStream {
    let modules = resource.model.children.iter().map(|id| &package.resource(*id).module);
    let module = &resource.module;
    let types: Vec<_> = resource.model.types.iter().map(|id| package.type_item(*id)).collect();
    let (scope, items) = ImportScope::resolve_imports(package, Location::Outside, modules, |scope| {
        let operations = resource.model.operations.iter();
        let operations = operations.filter_map(|id| expand_operation(scope, package.operation(*id)));
        let types = expand_types(scope, &types);
        quote!(#(#operations)* #types)
    });
    let children = resource.model.children.iter().map(|id| expand_module(package, package.resource(*id)));
    let imports = scope.imports();
    let allow = scope.allow();
    quote! {
        pub mod #module {
            #allow

            #imports

            #items
            #(#children)*
        }
    }
}

fn expand_operation(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<TokenStream> {
    if operation.model.builds_url {
        return Some(expand_url(scope, operation));
    }
    let name = &operation.name;
    let replies = test_responses::replies(scope, operation);
    let checks: Vec<_> = replies.iter().map(|reply| expand_check(scope, operation, reply)).collect();
    let (last, checks) = checks.split_last()?;
    Some(quote! {
        #[test]
        fn #name() -> crate::Outcome {
            #({ #checks }?;)*
            #last
        }
    })
}

/// Expands the check of one response.
fn expand_check(scope: &ImportScope<'_, '_>, operation: &Operation<'_>, reply: &Reply<'_>) -> TokenStream {
    let model = operation.model;
    let line = request_line(scope.package, model);
    let headers = headers(scope.package, operation);
    let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
    let headers =
        headers.chain(content_type(scope.package, model).map(|(name, value)| quote!((#name, #value))));
    let body = expand_body(scope.package, model);
    let response = expand_response(scope.package, model, reply);
    let request = expand_request(scope, operation);
    let head = test_responses::package_reads_heads(scope.package).then(|| {
        let (status, headers) = (reply.status(), reply.headers.iter());
        let headers = headers.map(|(name, value)| quote!((#name, #value)));
        quote!(, status: #status, response_headers: &[#(#headers),*])
    });
    let (check, comparison) = match &reply.comparison {
        Some(comparison) => (quote!(check_parts), Some(quote!(, |response| #comparison))),
        None => (quote!(check), None),
    };
    quote! {
        let example = crate::Example { request: #line, headers: &[#(#headers),*], #body, response: &[#(#response),*] #head };
        crate::#check(&example, |client| {
            let request = #request;
            Ok(request.send())
        } #comparison)
    }
}

/// Expands the test of an operation that builds a URL.
fn expand_url(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let name = &operation.name;
    let line = request_line(scope.package, operation.model);
    let line = line.split_once(' ').map_or("", |(_, target)| target);
    let request = expand_request(scope, operation);
    quote! {
        #[test]
        fn #name() -> crate::Outcome {
            crate::check_url(#line, |client| Ok(#request.url()?))
        }
    }
}

/// Returns the response as a list of pieces, or nothing for an empty response.
fn expand_response(package: &Package<'_>, model: &model::Operation, reply: &Reply<'_>) -> Vec<TokenStream> {
    let format = model.format();
    let pieces = match (reply.response.body().as_ref(), reply.example) {
        (Response::Empty, _) | (_, None) => Vec::new(),
        (_, Some(value)) if matches!(format, ResponseFormat::Text | ResponseFormat::Binary) => {
            vec![Piece::Text(plain_text(value))]
        }
        (_, Some(value)) if format == ResponseFormat::TextEvents => {
            vec![Piece::Text(plain_text(value).replace('\n', "\ndata: "))]
        }
        (response, Some(value)) => test_json::pieces(package.api, response, value),
    };
    let (before, after) = match format {
        ResponseFormat::Json | ResponseFormat::Text | ResponseFormat::Binary => ("", ""),
        ResponseFormat::Events | ResponseFormat::TextEvents => ("data: ", "\n\n"),
        ResponseFormat::JsonLines => ("", "\n"),
        ResponseFormat::JsonSequence => ("\u{1e}", "\n"),
    };
    let around = |text: &str| (!text.is_empty()).then(|| Piece::Text(text.to_owned()));
    around(before)
        .iter()
        .chain(&pieces)
        .chain(&around(after))
        .map(|piece| match piece {
            Piece::Text(text) => raw_string(text),
            Piece::Example(id) => {
                let item = package.type_item(*id);
                let constant = example_constant(item);
                let home = item.model.resource;
                let path = package.resource(home).path.iter();
                let path = (home != model.resource).then(|| quote!(crate::#(#path::)*));
                quote!(#path #constant)
            }
        })
        .collect()
}

/// Returns the name of the constant with the example of a type, in the module of its resource.
fn example_constant(item: &TypeItem<'_>) -> RustName {
    // The type has a valid name, so the constant has one as well.
    names::constant_name(&item.model.name).unwrap_or_else(|_| item.name.clone())
}

/// Expands one test for all types of a resource. No operation is called `types`, since a module has that name.
fn expand_types(scope: &ImportScope<'_, '_>, types: &[&TypeItem<'_>]) -> Option<TokenStream> {
    let checks = types.iter().map(|item| {
        let name = scope.named(item.id);
        let constant = example_constant(item);
        let variants = expand_variants(scope, item, &name);
        // A value of a hidden variant is read as another one, which lacks some of the keys.
        let json = !reads_hidden_variant(scope.package, item, &mut BTreeSet::new());
        let json = json.then(|| quote!(crate::check_json::<#name>(#constant)?;));
        quote!(#json #variants)
    });
    let checks: Vec<_> = checks.collect();
    let constants = types.iter().map(|item| {
        let constant = example_constant(item);
        let json = raw_string(&test_json::example_text(scope.package.api, item.id));
        quote!(pub const #constant: &str = #json;)
    });
    (!checks.is_empty()).then(|| {
        quote! {
            #(#constants)*

            #[test]
            fn types() -> crate::Outcome {
                #(#checks)*
                Ok(())
            }
        }
    })
}

/// Whether a part of the type is a union with a variant that no value is read as.
fn reads_hidden_variant(package: &Package<'_>, item: &TypeItem<'_>, seen: &mut BTreeSet<usize>) -> bool {
    let is_hidden = |variant: &model::Variant| variant.hidden;
    let is_new = seen.insert(item.id.0);
    item.model.variants().iter().any(is_hidden)
        || is_new
            && item
                .model
                .types()
                .filter_map(Type::named)
                .any(|id| !seen.contains(&id.0) && reads_hidden_variant(package, package.type_item(id), seen))
}

/// Expands checks that each known value and each variant is decoded as itself and not as unknown.
///
/// The samples come from the description alone, so they do not depend on the decoder's choice of a variant.
fn expand_variants(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    name: &TokenStream,
) -> Option<TokenStream> {
    match &item.shape {
        Shape::Enum(values) if !values.is_empty() => {
            let values = values.iter().map(|value| raw_string(&value.model.value().to_string()));
            Some(quote! {
                for value in [#(#values),*] {
                    crate::check_variant::<#name>(value, |value| !matches!(value, #name::Unknown(_)))?;
                }
            })
        }
        Shape::Union(union) => {
            let read = union.variants.iter().filter(|variant| !variant.model.hidden);
            let checks = read.filter_map(|variant| {
                let sample = raw_string(&variant.model.example.as_ref()?.to_string());
                let mark = scope.deprecated_use(variant.model.deprecated.is_some());
                let payload = variant.model.ty.as_ref().map(|_| quote!((_)));
                let variant = &variant.name;
                Some(quote! {
                    #mark
                    crate::check_variant::<#name>(#sample, |value| matches!(value, #name::#variant #payload))?;
                })
            });
            Some(quote!(#(#checks)*))
        }
        Shape::Enum(_) | Shape::Id { .. } | Shape::Object(_) | Shape::Alias(_) => None,
    }
}
