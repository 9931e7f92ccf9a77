//! Expansion of named items to Rust files, with one small emitter per kind of item.
//!
//! An emitter converts the decisions of `lower` to tokens: local variables first, then one `quote!`. The names that a file
//! imports are decided by `import_scope`, which expands each file in two passes.

mod import_scope;
mod docs;
mod id;
mod field;
mod value;
mod enums;
mod example;
mod object;
mod union;
mod types;
mod errors;
mod option_groups;
mod auth;
mod operation;
mod constructors;
mod derived_modules;
mod method_doc;
mod handle;
mod resource;
mod servers;
mod client;
mod request_file;
mod front_page;
mod lib_file;
mod test_json;
mod test_request;
mod test_body;
mod test_responses;
mod test_servers;
mod test_errors;
mod test_helpers;
mod test_file;

#[cfg(test)]
mod tests;

pub use errors::{example_match, example_report};
pub use example::{example_call, example_items, example_stream};

use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

use crate::output::File;
use crate::public_api::Outline;
use crate::rust::format;
use crate::rust::lower::{Package, Resource, TypeItem};
use import_scope::{ImportScope, Location};

/// The Rust files of a package.
#[derive(Debug)]
pub struct Expanded {
    /// The files, in the order of their paths.
    pub files: Vec<File>,
    /// The public items of the library files.
    pub outlines: Vec<Outline>,
}

/// A file, with its outline if it belongs to the library.
type GeneratedFile = (File, Option<Outline>);

/// Expands the Rust files of a package.
pub fn expand(package: &Package<'_>) -> Expanded {
    let api = &package.api.file;
    // The files are independent of each other and are built in parallel.
    let (root, tests) = rayon::join(
        || {
            vec![
                file(package, "src/lib.rs", api, lib_file::expand_lib(package)),
                file(package, "src/client.rs", api, client::expand_client(package)),
                file(package, "src/request.rs", api, request_file::expand_request_file(package)),
            ]
        },
        || {
            let tests = || file(package, "tests/examples.rs", api, test_file::expand_tests(package));
            package.settings.tests.then(tests)
        },
    );
    let mut files = root;
    files.extend(tests);
    if let Some(errors) = errors::expand_errors(package) {
        files.push(file(package, "src/errors.rs", api, errors));
    }
    if !package.options.is_empty() {
        files.push(file(package, "src/options.rs", api, option_groups::expand_option_groups(package)));
    }
    let of_resources: Vec<Vec<GeneratedFile>> =
        package.resources.par_iter().map(|resource| resource_files(package, resource)).collect();
    files.extend(of_resources.into_iter().flatten());
    files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let (files, outlines): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    Expanded { files, outlines: outlines.into_iter().flatten().collect() }
}

fn resource_files(package: &Package<'_>, resource: &Resource<'_>) -> Vec<GeneratedFile> {
    let path: Vec<_> = resource.path.iter().map(|module| module.plain()).collect();
    let folder = format!("src/{}", path.join("/"));
    let source = &resource.model.file;
    let mut files = vec![file(
        package,
        &format!("{folder}/mod.rs"),
        source,
        resource::expand_resource(package, resource),
    )];
    if !resource.model.types.is_empty() {
        files.push(file(package, &format!("{folder}/types.rs"), source, expand_types(package, resource)));
    }
    if !resource.model.operations.is_empty() {
        let params = derived_modules::expand_params(package, resource);
        let requests = derived_modules::expand_requests(package, resource);
        files.push(file(package, &format!("{folder}/params.rs"), source, params));
        files.push(file(package, &format!("{folder}/requests.rs"), source, requests));
    }
    let operations = resource.model.operations.par_iter().map(|id| {
        let operation = package.operation(*id);
        let path = format!("{folder}/{}.rs", operation.module.plain());
        file(package, &path, source, operation::expand_operation(package, operation))
    });
    files.par_extend(operations);
    files
}

/// Expands `types.rs`, which contains the types of one resource.
fn expand_types(package: &Package<'_>, resource: &Resource<'_>) -> TokenStream {
    let items: Vec<&TypeItem<'_>> = resource.model.types.iter().map(|id| package.type_item(*id)).collect();
    let names = items.iter().map(|item| &item.name);
    let (scope, expanded) =
        ImportScope::resolve_imports(package, Location::Types(resource.id), names, |scope| {
            items.iter().map(|item| types::expand_type(scope, item)).collect()
        });
    let doc = docs::Doc::new(&scope, Some(resource.id))
        .line(format!("The models of `{}`.", resource.model.dotted()));
    scope.file(&doc.inner(), &expanded)
}

/// Formats a file. Invalid tokens, which would be a bug of an emitter, fail when the file is compiled, and do not panic
/// here.
fn file(package: &Package<'_>, path: &str, source: &str, tokens: TokenStream) -> GeneratedFile {
    let header = package.settings.head("//", source);
    let outline = |file: &syn::File| path.starts_with("src/").then(|| Outline::of(path, file));
    let (text, outline) = format::format_and_show(&header, tokens, outline).unwrap_or_else(|error| {
        let message = format!("this file could not be laid out: {error}");
        (quote!(compile_error!(#message);).to_string(), None)
    });
    (File::new(package.path_of(path), text), outline)
}
