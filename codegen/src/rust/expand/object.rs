//! Structs for JSON objects.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{AdditionalFields, Constant, ResourceId, Type};
use crate::rust::lower::{Field, Object, Shape, TypeItem};
use crate::rust::names::RustName;
use crate::value::Value;

use super::docs::{
    Doc, allow_deprecated, default_and_limits, deprecation, received_field_doc, sent_field_doc,
    setter_summary, type_attributes,
};
use super::field::{
    Argument, argument, entries_argument, field_type, inline, positional_value, rust_type, stored,
};
use super::import_scope::ImportScope;
use super::value::{self, raw_string};

pub(super) fn expand_object(
    scope: &ImportScope<'_, '_>,
    item: &TypeItem<'_>,
    object: &Object<'_>,
) -> TokenStream {
    let name = &item.name;
    let sent = item.model.in_params;
    let attributes = type_attributes(scope, item);
    let derives = derives(sent && object.fields.iter().all(Field::by_name));
    let fields = object.fields.iter().map(|field| expand_field(scope, item.model.resource, field, sent));
    let additional_fields =
        object.additional_fields.map(|rest| expand_additional_fields(scope, item.model.resource, rest));
    let constructors = sent.then(|| expand_constructors(scope, item, object));
    let json = expand_json(scope, name, &object.fields, object.constants, object.additional_fields.is_some());
    let error_body = item.model.in_errors.then(|| expand_error_body(scope, name));
    quote! {
        #attributes
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #additional_fields
        }

        #constructors

        #json

        #error_body
    }
}

/// Marks the type as one that error bodies can be decoded to.
fn expand_error_body(scope: &ImportScope<'_, '_>, name: &RustName) -> TokenStream {
    let [error_body] = scope.runtime(["ErrorBody"]);
    quote!(impl #error_body for #name {})
}

/// Returns the derives of plain data. `Default` requires that all fields are optional.
pub(super) fn derives(default: bool) -> TokenStream {
    let default = default.then(|| quote!(, Default));
    quote!(#[derive(Clone, Debug #default, PartialEq)])
}

/// Expands a public field. `sent` states whether users set it.
pub(super) fn expand_field(
    scope: &ImportScope<'_, '_>,
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

fn expand_additional_fields(
    scope: &ImportScope<'_, '_>,
    home: ResourceId,
    rest: &AdditionalFields,
) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(&rest.doc).outer();
    let ty = rust_type(scope, &additional_type(rest));
    quote!(#doc pub additional_fields: #ty,)
}

/// Returns the type of the field for unknown keys: an object of any JSON, or a map.
fn additional_type(rest: &AdditionalFields) -> Type {
    match &rest.ty {
        Type::Json => Type::Object,
        ty => Type::Map(Box::new(ty.clone())),
    }
}

/// Expands `json_object!` with the wire names of the fields and the values of missing ones.
pub(super) fn expand_json(
    scope: &ImportScope<'_, '_>,
    name: &RustName,
    fields: &[Field<'_>],
    constants: &[Constant],
    additional_fields: bool,
) -> TokenStream {
    expand_json_of(scope, &quote!(#name), fields, constants, additional_fields)
}

/// Expands JSON code as [`expand_json`] does. `or empty` can follow the name.
pub(super) fn expand_json_of<'f, 'a: 'f>(
    scope: &ImportScope<'_, '_>,
    name: &TokenStream,
    fields: impl IntoIterator<Item = &'f Field<'a>>,
    constants: &[Constant],
    additional_fields: bool,
) -> TokenStream {
    let [json_object] = scope.runtime(["json_object"]);
    let constants = constants.iter().map(|constant| expand_constant(scope, constant));
    let entries = fields.into_iter().map(|field| expand_entry(scope, field));
    let additional_fields = additional_fields.then(|| quote!(..additional_fields));
    quote! {
        #json_object!(#name {
            #(#constants,)*
            #(#entries,)*
            #additional_fields
        });
    }
}

fn expand_constant(scope: &ImportScope<'_, '_>, constant: &Constant) -> TokenStream {
    let wire = &constant.wire;
    let value = value::encoded(scope, &constant.value);
    quote!(const #wire = #value)
}

fn expand_entry(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    let wire = &field.model.wire;
    let wire = (name.as_str() != wire).then(|| quote!(= #wire));
    let default = field.model.when_missing.as_ref();
    let default = default.and_then(|default| expand_default(scope, &field.model.ty, default));
    let zone = field.model.assume_utc.then(|| quote!(in utc));
    quote!(#name #wire #zone #default)
}

/// Expands the value of a missing field. An empty list or map needs none.
fn expand_default(scope: &ImportScope<'_, '_>, ty: &Type, default: &Value) -> Option<TokenStream> {
    let is_named_object = ty
        .named()
        .is_some_and(|id| matches!(scope.package.type_item(id).shape, Shape::Object(_) | Shape::Union(_)));
    match (ty, default) {
        (Type::List(_), Value::List(items)) if items.is_empty() => None,
        (Type::Map(_) | Type::Object, Value::Map(entries)) if entries.is_empty() => None,
        (Type::String | Type::Bool | Type::Integer(_) | Type::Float64 | Type::Named(_), _)
            if !is_named_object =>
        {
            let default = value::exact(scope, ty, default)?;
            Some(quote!(else #default))
        }
        _ => {
            let json = raw_string(&ty.written(&scope.package.api.types, default).to_string());
            Some(quote!(default #json))
        }
    }
}

/// Expands `new` and the setters, for types that users create.
fn expand_constructors(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>, object: &Object<'_>) -> TokenStream {
    let name = &item.name;
    let new = expand_new(scope, &object.fields.iter().collect::<Vec<_>>(), object.additional_fields);
    let setters = object.fields.iter().filter(|field| field.by_name());
    let setters = setters.map(|field| expand_setters(scope, item.model.resource, field, &quote!(self)));
    let additional_fields = object
        .additional_fields
        .map(|rest| expand_additional_fields_setter(scope, item.model.resource, rest));
    quote! {
        impl #name {
            #new
            #(#setters)*
            #additional_fields
        }
    }
}

/// Expands `new`, whose positional parameters are the required fields.
pub(super) fn expand_new(
    scope: &ImportScope<'_, '_>,
    fields: &[&Field<'_>],
    additional_fields: Option<&AdditionalFields>,
) -> TokenStream {
    let required: Vec<_> = fields.iter().filter(|field| !field.by_name()).collect();
    if required.is_empty() {
        return quote! {
            /// Creates an empty value. Unset fields are not sent.
            #[inline]
            pub fn new() -> Self {
                Default::default()
            }
        };
    }
    let doc = match required.len() == fields.len() {
        true => " Creates a value. All fields are required.",
        false => " Creates a value from the required fields. Unset fields are not sent.",
    };
    let arguments: Vec<_> = required.iter().map(|field| expand_argument(scope, field)).collect();
    let inline = inline(&arguments);
    let values = fields.iter().map(|field| expand_initial(scope, field));
    let additional_fields = additional_fields.map(|rest| empty_fields(scope, rest));
    let allow = allow_deprecated(fields.iter().map(|field| field.model));
    let many = allow_many(required.len());
    quote! {
        #[doc = #doc]
        #allow
        #many
        #inline
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #additional_fields }
        }
    }
}

fn empty_fields(scope: &ImportScope<'_, '_>, rest: &AdditionalFields) -> TokenStream {
    let ty = match additional_type(rest) {
        Type::Map(_) => scope.std("collections", "BTreeMap"),
        ty => rust_type(scope, &ty),
    };
    quote!(additional_fields: #ty::new())
}

/// Allows the clippy lint on many arguments. The spec decides the number of required parameters.
pub(super) fn allow_many(arguments: usize) -> Option<TokenStream> {
    (arguments > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// Allows the clippy lint on methods with the name of an operator trait.
pub(super) fn allow_operator(name: &RustName) -> Option<TokenStream> {
    const OPERATORS: [&str; 13] = [
        "add",
        "bitand",
        "bitor",
        "bitxor",
        "div",
        "into_iter",
        "mul",
        "neg",
        "not",
        "rem",
        "shl",
        "shr",
        "sub",
    ];
    OPERATORS.contains(&name.plain()).then(|| quote!(#[allow(clippy::should_implement_trait)]))
}

/// Expands a parameter such as `name: impl Into<String>`.
pub(super) fn expand_argument(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    let Argument { ty, .. } = argument(scope, field);
    match field.clear {
        Some(_) => quote!(#name: Option<#ty>),
        None => quote!(#name: #ty),
    }
}

fn expand_initial(scope: &ImportScope<'_, '_>, field: &Field<'_>) -> TokenStream {
    let name = &field.name;
    if field.by_name() && field.clear.is_some() {
        let [patch] = scope.runtime(["Patch"]);
        return quote!(#name: #patch::Absent);
    }
    if field.by_name() {
        return quote!(#name: None);
    }
    let value = positional_value(scope, field);
    let same = value.to_string() == name.to_string();
    if same { quote!(#name) } else { quote!(#name: #value) }
}

/// Expands the method that sets a field of `place`, and the method that clears it if it is nullable.
pub(super) fn expand_setters(
    scope: &ImportScope<'_, '_>,
    home: ResourceId,
    field: &Field<'_>,
    place: &TokenStream,
) -> TokenStream {
    let name = &field.name;
    let Argument { ty, value } = argument(scope, field);
    let value = stored(scope, field, &value);
    let inline = inline([&ty]);
    let attributes = setter_attributes(scope, home, field);
    let clear = field.clear.as_ref().map(|clear| expand_clear(scope, field, clear, place));
    quote! {
        #attributes
        #inline
        pub fn #name(mut self, #name: #ty) -> Self {
            #place.#name = #value;
            self
        }

        #clear
    }
}

fn expand_clear(
    scope: &ImportScope<'_, '_>,
    field: &Field<'_>,
    clear: &RustName,
    place: &TokenStream,
) -> TokenStream {
    let name = &field.name;
    let doc = format!(" Sends `null` for [`{0}`](Self::{0}).", name.plain());
    let deprecated = deprecation(field.model.deprecated.as_ref());
    let allow = allow_deprecated([field.model]);
    let [patch] = scope.runtime(["Patch"]);
    quote! {
        #[doc = #doc]
        #deprecated
        #allow
        #[inline]
        pub fn #clear(mut self) -> Self {
            #place.#name = #patch::Null;
            self
        }
    }
}

/// Returns the attributes of a setter, whose doc is the summary of the field's doc, its default and its limits.
fn setter_attributes(scope: &ImportScope<'_, '_>, home: ResourceId, field: &Field<'_>) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(&setter_summary(&field.model.doc));
    let doc = doc.line(default_and_limits(field.model)).outer();
    let deprecated = deprecation(field.model.deprecated.as_ref());
    let allow = allow_deprecated([field.model]);
    let operator = allow_operator(&field.name);
    quote!(#doc #deprecated #allow #operator)
}

fn expand_additional_fields_setter(
    scope: &ImportScope<'_, '_>,
    home: ResourceId,
    rest: &AdditionalFields,
) -> TokenStream {
    let doc = Doc::new(scope, Some(home)).text(&setter_summary(&rest.doc)).outer();
    let Argument { ty, value } = entries_argument(scope, &additional_type(rest));
    quote! {
        #doc
        pub fn additional_fields(mut self, additional_fields: #ty) -> Self {
            self.additional_fields = #value;
            self
        }
    }
}
