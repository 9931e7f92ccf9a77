//! The options of an operation, which are set per request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::doc;
use crate::rust::expand::docs::{Doc, operation_feature_line};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::derives;
use crate::rust::lower::{Operation, OptionGroup};
use crate::rust::names::RustName;

use super::links::method_link;

pub(super) fn expand_options(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    name: &RustName,
) -> TokenStream {
    let doc = Doc::new(scope, None)
        .line(format!("Per-request options of {}.", method_link(scope, operation)))
        .line(operation_feature_line(scope.package, operation))
        .outer();
    match scope.package.options_of(operation).collect::<Vec<_>>()[..] {
        // A struct around a single group would cost six impls in each operation.
        [group] => {
            let group = scope.option_group(group);
            quote!(#doc pub type #name = #group;)
        }
        ref groups => expand_struct(scope, &doc, name, groups),
    }
}

/// Expands a struct of several groups.
fn expand_struct(
    scope: &ImportScope<'_, '_>,
    doc: &TokenStream,
    name: &RustName,
    groups: &[&OptionGroup<'_>],
) -> TokenStream {
    let derives = derives(true);
    let declared = groups.iter().map(|group| expand_group_field(scope, group));
    let fields = groups.iter().map(|group| &group.field);
    let [request_options, header_writer] = scope.runtime(["RequestOptions", "HeaderWriter"]);
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#declared,)*
        }

        impl #request_options for #name {
            #[inline]
            fn write(&self, headers: &mut #header_writer) {
                #(self.#fields.write(headers);)*
            }
        }
    }
}

fn expand_group_field(scope: &ImportScope<'_, '_>, group: &OptionGroup<'_>) -> TokenStream {
    let name = &group.field;
    let ty = scope.option_group(group);
    let doc = Doc::new(scope, None).text(doc::summary(&group.model.doc)).outer();
    quote!(#doc pub #name: #ty)
}

/// Returns the place of the fields of a group, in the value that [`expand_options`] declares the type of.
pub(super) fn group_place(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    group: &OptionGroup<'_>,
) -> TokenStream {
    let field = &group.field;
    match scope.package.options_of(operation).count() {
        1 => quote!(self.request.options),
        _ => quote!(self.request.options.#field),
    }
}
