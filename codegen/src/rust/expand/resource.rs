//! The `mod.rs` of a resource: its modules, what they export, and the handle with a method for each operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::rust::lower::{Operation, Package, Resource};
use crate::rust::names::RustName;

use super::docs::Doc;
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
    let doc = Doc::new(&scope, Some(resource.id)).text(&resource.model.doc);
    let doc = match &resource.model.docs_url {
        Some(see) => doc.line(format!("See the [API reference]({see}).")),
        None => doc,
    };
    scope.file(&doc.inner(), &items)
}

/// Everything that the module defines or exports.
fn local_names<'n>(package: &'n Package<'_>, resource: &'n Resource<'_>) -> Vec<&'n RustName> {
    let types = resource.model.types.iter().map(|id| &package.type_item(*id).name);
    let operations = resource.model.operations.iter().flat_map(|id| exported(package.operation(*id)));
    let children = resource.model.children.iter().map(|id| &package.resource(*id).module);
    types.chain(operations).chain(&resource.handle).chain(children).collect()
}

/// The types that an operation brings along.
fn exported<'n>(operation: &'n Operation<'_>) -> Vec<&'n RustName> {
    let Operation { params_type, request_type, options_type, response_type, .. } = operation;
    [Some(params_type), Some(request_type), options_type.as_ref(), response_type.as_ref()]
        .into_iter()
        .flatten()
        .collect()
}

fn expand_modules(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> TokenStream {
    let package = scope.package;
    let types = (!resource.model.types.is_empty()).then(|| {
        (
            "types",
            quote!(
                mod types;
            ),
        )
    });
    let operations = resource.model.operations.iter().map(|id| {
        let module = &package.operation(*id).module;
        (module.plain(), quote!(mod #module;))
    });
    let children = resource.model.children.iter().map(|id| {
        let module = &package.resource(*id).module;
        let twin = (*module == resource.module).then(|| quote!(#[allow(clippy::module_inception)]));
        (module.plain(), quote!(#twin pub mod #module;))
    });
    let mut modules: Vec<_> = operations.chain(children).chain(types).collect();
    modules.sort_by_key(|(name, _)| *name);
    modules.into_iter().map(|(_, tokens)| tokens).collect()
}

fn expand_exports(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> TokenStream {
    let package = scope.package;
    let operations = resource.model.operations.iter().map(|id| {
        let operation = package.operation(*id);
        (&operation.module, exported(operation))
    });
    let types: Vec<_> = resource.model.types.iter().map(|id| package.type_item(*id)).collect();
    let mark = scope.deprecated_use(types.iter().any(|item| item.model.deprecated.is_some()));
    let types: Vec<_> = types.into_iter().map(|item| &item.name).collect();
    let operations =
        operations.map(|(module, names)| (module.plain(), expand_export(&module.ident(), names)));
    let types = (!types.is_empty()).then(|| ("types", expand_export(&ident("types"), types)));
    let mut exports: Vec<_> = operations.chain(types).collect();
    exports.sort_by_key(|(module, _)| *module);
    let exports = exports.into_iter().map(|(_, tokens)| tokens);
    quote!(#mark #(#exports)*)
}

fn expand_export(module: &Ident, mut names: Vec<&RustName>) -> TokenStream {
    names.sort();
    match names.as_slice() {
        [name] => quote!(pub use #module::#name;),
        names => quote!(pub use #module::{#(#names),*};),
    }
}
