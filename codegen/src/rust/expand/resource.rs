//! The `mod.rs` of a resource: its modules, its exports, and its handle with a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::doc;
use crate::rust::lower::{Package, Resource};
use crate::rust::names::RustName;

use super::derived_modules::{PARAMS, REQUESTS};
use super::docs::{Doc, feature_line, request_line};
use super::handle;
use super::import_scope::{ImportScope, Location, ident};

pub(super) fn expand_resource(package: &Package<'_>, resource: &Resource<'_>) -> TokenStream {
    let names = local_names(package, resource);
    let location = Location::Resource(resource.id);
    let (scope, items) = ImportScope::resolve_imports(package, location, names, |scope| {
        let modules = expand_modules(scope, resource);
        let exports = expand_exports(scope, resource);
        let handle = resource.handle.as_ref().map(|handle| handle::expand_handle(scope, resource, handle));
        quote!(#modules #exports #handle)
    });
    scope.file(&module_doc(&scope, resource).inner(), &items)
}

/// Returns the docs of a module: its text, its feature, then the operations. rustdoc lists the models below.
fn module_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>, resource: &Resource<'a>) -> Doc<'s, 'p, 'a> {
    let doc = Doc::new(scope, Some(resource.id)).text(&resource.model.doc);
    let doc = match &resource.model.docs_url {
        Some(url) => doc.line(format!("See the [API reference]({url}).")),
        None => doc,
    };
    doc.line(feature_line(resource)).section("Operations", operation_table(scope, resource))
}

/// Returns the operations with their request lines and summaries, as a table.
fn operation_table(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> Vec<String> {
    let operations = resource.model.operations.iter().map(|id| scope.package.operation(*id));
    let rows: Vec<String> = operations
        .filter_map(|operation| {
            let handle = resource.handle.as_ref()?.plain();
            let name = operation.name.plain();
            let request = request_line(operation);
            let summary =
                Doc::new(scope, None).summary(Some(resource.id), &operation.model.doc).replace('|', "\\|");
            let description = doc::join(&summary, "<br>", &format!("`{request}`"));
            Some(format!("| [`{name}`]({handle}::{name}) | {description} |"))
        })
        .collect();
    match rows.is_empty() {
        true => rows,
        false => ["| Method | Description and request |", "| --- | --- |"]
            .map(str::to_owned)
            .into_iter()
            .chain(rows)
            .collect(),
    }
}

/// Returns all names that the module defines or exports.
fn local_names<'n>(package: &'n Package<'_>, resource: &'n Resource<'_>) -> Vec<&'n RustName> {
    let types = resource.model.types.iter().map(|id| &package.type_item(*id).name);
    let operations = resource.model.operations.iter();
    let responses = operations.flat_map(|id| package.operation(*id).response_types());
    let children = resource.model.children.iter().map(|id| &package.resource(*id).module);
    types.chain(responses).chain(&resource.handle).chain(children).collect()
}

/// A submodule, with the name by which it is sorted.
type Submodule<'n> = (&'n str, TokenStream);

fn expand_modules(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> TokenStream {
    let package = scope.package;
    let operations = resource.model.operations.iter().map(|id| {
        let module = &package.operation(*id).module;
        (module.plain(), quote!(mod #module;))
    });
    let children = resource.model.children.iter().map(|id| {
        let module = &package.resource(*id).module;
        let twin = (*module == resource.module).then(|| quote!(#[allow(clippy::module_inception)]));
        (module.plain(), quote!(#twin pub mod #module;))
    });
    let own = |name, is_there: bool, visibility: TokenStream| {
        let module = ident(name);
        is_there.then(|| (name, quote!(#visibility mod #module;)))
    };
    let has_operations = !resource.model.operations.is_empty();
    let own = [
        own(PARAMS, has_operations, quote!(pub)),
        own(REQUESTS, has_operations, quote!(pub)),
        own("types", !resource.model.types.is_empty(), TokenStream::new()),
    ];
    let mut modules: Vec<Submodule<'_>> =
        operations.chain(children).chain(own.into_iter().flatten()).collect();
    modules.sort_by_key(|(name, _)| *name);
    modules.into_iter().map(|(_, tokens)| tokens).collect()
}

/// Expands the exports of models: the types of the resource, and the responses of its operations.
fn expand_exports(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> TokenStream {
    let package = scope.package;
    let operations = resource.model.operations.iter().map(|id| package.operation(*id));
    let responses = operations.filter_map(|operation| {
        let module = &operation.module;
        let names: Vec<_> = operation.response_types().collect();
        let exports = match names.as_slice() {
            [] => return None,
            [name] => quote!(pub use #module::#name;),
            names => quote!(pub use #module::{#(#names),*};),
        };
        Some((module.plain(), exports))
    });
    let types: Vec<_> = resource.model.types.iter().map(|id| package.type_item(*id)).collect();
    let mark = scope.deprecated_use(types.iter().any(|item| item.model.deprecated.is_some()));
    let mut names: Vec<_> = types.into_iter().map(|item| &item.name).collect();
    names.sort();
    let types = match names.as_slice() {
        [] => None,
        [name] => Some(("types", quote!(pub use types::#name;))),
        names => Some(("types", quote!(pub use types::{#(#names),*};))),
    };
    let mut exports: Vec<Submodule<'_>> = responses.chain(types).collect();
    exports.sort_by_key(|(module, _)| *module);
    let exports = exports.into_iter().map(|(_, tokens)| tokens);
    quote!(#mark #(#exports)*)
}
