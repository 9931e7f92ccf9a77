//! The modules `params.rs` and `requests.rs` of a resource, with the parameters and the request builders of its operations.
//!
//! They re-export items from the files of the operations, so that the module of the resource shows models only.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::{Operation, Package, Resource};
use crate::rust::names::RustName;

use super::docs::{Doc, feature_line};
use super::import_scope::{ImportScope, Location};

/// The name of the module of the parameters.
pub(super) const PARAMS: &str = "params";
/// The name of the module of the request builders and the options.
pub(super) const REQUESTS: &str = "requests";

pub(super) fn expand_params(package: &Package<'_>, resource: &Resource<'_>) -> TokenStream {
    let summary = format!("Parameters of the operations of {}, as plain data.", parent_link(resource));
    let usage = "Most code does not need them: the methods of the resource create them. Pass your own to \
         [`Client::request`](crate::Client::request).";
    let usage =
        if operations(package, resource).all(|operation| operation.model.builds_url) { "" } else { usage };
    expand(package, resource, [&summary, usage], |operation| vec![&operation.params_type])
}

pub(super) fn expand_requests(package: &Package<'_>, resource: &Resource<'_>) -> TokenStream {
    let handle =
        resource.handle.as_ref().map_or_else(String::new, |handle| format!("[`{handle}`](super::{handle})"));
    let summary = format!("Request builders, returned by the methods of {handle}.");
    let usage = "A builder has a setter for each optional parameter. Await the builder to send the request.";
    expand(package, resource, [&summary, usage], |operation| {
        std::iter::once(&operation.request_type).chain(&operation.options_type).collect()
    })
}

fn operations<'p, 'a>(
    package: &'p Package<'a>,
    resource: &'p Resource<'_>,
) -> impl Iterator<Item = &'p Operation<'a>> {
    resource.model.operations.iter().map(|id| package.operation(*id))
}

fn parent_link(resource: &Resource<'_>) -> String {
    format!("[`{}`](super)", resource.module.plain())
}

fn expand<'p, 'a>(
    package: &'p Package<'a>,
    resource: &'p Resource<'_>,
    lines: [&str; 2],
    exported: impl Fn(&'p Operation<'a>) -> Vec<&'p RustName>,
) -> TokenStream {
    let scope = ImportScope::without_imports(package, Location::Operation(resource.id));
    let doc = Doc::new(&scope, None);
    let doc = lines.into_iter().fold(doc, |doc, line| doc.line(line));
    let doc = doc.line(feature_line(resource)).inner();
    let mut operations: Vec<_> = operations(package, resource).collect();
    operations.sort_by_key(|operation| operation.module.plain());
    let exports = operations.into_iter().map(|operation| {
        let module = &operation.module;
        let mut names = exported(operation);
        names.sort();
        match names.as_slice() {
            [name] => quote!(pub use super::#module::#name;),
            names => quote!(pub use super::#module::{#(#names),*};),
        }
    });
    scope.file(&doc, &exports.collect())
}
