//! The parameters of an operation, as plain data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::expand::docs::{Doc, operation_feature_line};
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::expand::object::{derives, expand_field, expand_new};
use crate::rust::lower::{Field, Operation};

use super::links::method_link;

pub(super) fn expand_params(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let name = &operation.params_type;
    let line = format!("The parameters of {}.", method_link(scope, operation));
    let doc = Doc::new(scope, None).line(line).line(operation_feature_line(scope.package, operation)).outer();
    let fields: Vec<&Field<'_>> = operation.params.iter().map(|param| &param.field).collect();
    let derives = derives(fields.iter().all(|field| field.by_name()));
    let declared = fields.iter().map(|field| expand_field(scope, operation.model.resource, field, true));
    let new = expand_new(scope, &fields, None);
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#declared,)*
        }

        impl #name {
            #new
        }
    }
}
