//! A struct that is a JSON object.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::ResourceId;
use crate::rust::doc;
use crate::rust::lower::{Field, Object, TypeItem};
use crate::rust::names::RustName;

use super::docs::{Doc, allow_deprecated, deprecation, received_field_doc, sent_field_doc};
use super::field::{Argument, argument, field_type};
use super::scope::Scope;
use super::value;

pub(super) fn expand_object(scope: &Scope<'_, '_>, item: &TypeItem<'_>, object: &Object<'_>) -> TokenStream {
    let name = &item.name;
    let sent = item.model.in_params;
    let attributes = super::types::type_attributes(scope, item);
    let derives = derives(sent && object.fields.iter().all(|field| field.optional));
    let fields = object.fields.iter().map(|field| expand_field(scope, item.model.resource, field, sent));
    let rest = object.rest.map(|doc| expand_rest(scope, item.model.resource, doc));
    let makers = sent.then(|| expand_makers(scope, item, object));
    let json = expand_json(scope, name, &object.fields, object.rest.is_some());
    quote! {
        #attributes
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #rest
        }

        #makers

        #json
    }
}

/// What plain data derives. `Default` is for data of which nothing must be given.
pub(super) fn derives(default: bool) -> TokenStream {
    let default = default.then(|| quote!(, Default));
    quote!(#[derive(Clone, Debug #default, PartialEq)])
}

/// A public field. `sent` says whether users set it.
pub(super) fn expand_field(
    scope: &Scope<'_, '_>,
    home: ResourceId,
    field: &Field<'_>,
    sent: bool,
) -> TokenStream {
    let name = &field.name;
    let ty = field_type(scope, field);
    let deprecated = deprecation(field.model.deprecated.as_ref());
    let doc = match sent {
        true => sent_field_doc(scope, home, field.model).outer(),
        false => received_field_doc(scope, home, field.model).outer(),
    };
    quote!(#doc #deprecated pub #name: #ty)
}

fn expand_rest(scope: &Scope<'_, '_>, home: ResourceId, doc: &str) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(doc).outer();
    let [object] = scope.runtime(["Object"]);
    quote!(#doc pub rest: #object,)
}

/// `json_object!`: how the fields are spelled on the wire, and what missing ones read as.
pub(super) fn expand_json(
    scope: &Scope<'_, '_>,
    name: &RustName,
    fields: &[Field<'_>],
    rest: bool,
) -> TokenStream {
    let [json_object] = scope.runtime(["json_object"]);
    let entries = fields.iter().map(|field| expand_entry(scope, field));
    let rest = rest.then(|| quote!(..rest));
    quote! {
        #json_object!(#name {
            #(#entries,)*
            #rest
        });
    }
}

fn expand_entry(scope: &Scope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    let wire = &field.model.wire;
    let wire = (name.as_str() != wire).then(|| quote!(= #wire));
    let default = field.model.default.as_ref().filter(|_| !field.optional);
    let default = default.and_then(|default| value::exact(scope, &field.model.ty, default));
    let default = default.map(|default| quote!(else #default));
    quote!(#name #wire #default)
}

/// `new` and the setters, for types that users make.
fn expand_makers(scope: &Scope<'_, '_>, item: &TypeItem<'_>, object: &Object<'_>) -> TokenStream {
    let name = &item.name;
    let new = expand_new(scope, &object.fields.iter().collect::<Vec<_>>(), object.rest.is_some());
    let setters = object.fields.iter().filter(|field| field.optional);
    let setters = setters.map(|field| expand_setter(scope, item.model.resource, field));
    let rest = object.rest.map(|doc| expand_rest_setter(scope, item.model.resource, doc));
    quote! {
        impl #name {
            #new
            #(#setters)*
            #rest
        }
    }
}

/// `new`: takes what must be given, by position.
pub(super) fn expand_new(scope: &Scope<'_, '_>, fields: &[&Field<'_>], rest: bool) -> TokenStream {
    let required: Vec<_> = fields.iter().filter(|field| !field.optional).collect();
    if required.is_empty() {
        return quote! {
            /// Starts with nothing set. What stays unset is not sent.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let doc = match required.len() == fields.len() {
        true => " Takes everything: nothing is optional.",
        false => " Starts with what must be given. What stays unset is not sent.",
    };
    let arguments = required.iter().map(|field| expand_argument(scope, field));
    let values = fields.iter().map(|field| expand_initial(scope, field));
    let rest = rest.then(|| empty_object(scope));
    let allow = allow_deprecated(fields.iter().map(|field| field.model));
    let many = allow_many(required.len());
    quote! {
        #[doc = #doc]
        #allow
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

fn empty_object(scope: &Scope<'_, '_>) -> TokenStream {
    let [object] = scope.runtime(["Object"]);
    quote!(rest: #object::new())
}

/// Clippy counts arguments; so does the spec, which has the required params by position.
pub(super) fn allow_many(arguments: usize) -> Option<TokenStream> {
    (arguments > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// `name: impl Into<String>`
pub(super) fn expand_argument(scope: &Scope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    let Argument { ty, .. } = argument(scope, field);
    quote!(#name: #ty)
}

fn expand_initial(scope: &Scope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    if field.optional {
        return quote!(#name: None);
    }
    let Argument { value, .. } = argument(scope, field);
    let same = value.to_string() == name.to_string();
    if same { quote!(#name) } else { quote!(#name: #value) }
}

fn expand_setter(scope: &Scope<'_, '_>, home: ResourceId, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    let Argument { ty, value } = argument(scope, field);
    let attributes = setter_attributes(scope, home, field);
    quote! {
        #attributes
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// A setter says in brief what the field says in full.
pub(super) fn setter_attributes(scope: &Scope<'_, '_>, home: ResourceId, field: &Field<'_>) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(doc::summary(&field.model.doc)).outer();
    let deprecated = deprecation(field.model.deprecated.as_ref());
    let allow = allow_deprecated([field.model]);
    quote!(#doc #deprecated #allow)
}

fn expand_rest_setter(scope: &Scope<'_, '_>, home: ResourceId, text: &str) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(doc::summary(text)).outer();
    let [value] = scope.runtime(["Value"]);
    quote! {
        #doc
        pub fn rest(mut self, rest: impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)>) -> Self {
            self.rest = rest.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
            self
        }
    }
}
