//! The pagination of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Pagination, Type};
use crate::rust::expand::docs::{Doc, allow_deprecated};
use crate::rust::expand::example::doc_example_items;
use crate::rust::expand::field::{rust_type, stored};
use crate::rust::expand::import_scope::{ImportScope, ident};
use crate::rust::lower::{Field, Operation, Pages};

use super::endpoint::response_type;

/// Expands `impl Paginated`, if the operation is paginated.
pub(super) fn expand_pages(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let pages = operation.pages(scope.package)?;
    let params = &operation.params_type;
    let touched = [pages.cursor].into_iter().chain(pages.previous_cursor_param);
    let touched = touched.chain(pages.next.iter().copied()).chain(pages.items.iter().copied());
    let allow = allow_deprecated(touched.map(|field| field.model));
    let page = response_type(scope, operation);
    let item = item_type(scope, &pages);
    let cursor = rust_type(scope, &pages.cursor.model.ty);
    let current = expand_current(pages.cursor);
    let setters = expand_setters(scope, &pages);
    let next = reach(&ident("page"), &pages.next, Access::Borrowed);
    let items = reach(&ident("page"), &pages.items, Access::Owned);
    let next = next.into_option();
    let items = items.or_default();
    let [paginated] = scope.runtime(["Paginated"]);
    Some(quote! {
        #allow
        impl #paginated for #params {
            type Item = #item;
            type Cursor = #cursor;

            #[inline]
            fn cursor(&self) -> Option<&#cursor> {
                #current
            }

            #[inline]
            fn set_cursor(&mut self, cursor: #cursor) {
                #setters
            }

            #[inline]
            fn next_cursor(page: &#page) -> Option<&#cursor> {
                #next
            }

            #[inline]
            fn into_items(page: #page) -> Vec<#item> {
                #items
            }
        }
    })
}

/// Adds the paragraph about the items of a list, with an example.
pub(super) fn items_doc<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, operation: &Operation<'a>) -> Doc<'s, 'p, 'a> {
    let Some(Pagination { items, .. }) = &operation.model.pagination else { return doc };
    let package = doc.package();
    doc.line(format!(
        "[`items`](crate::Request::items) returns a stream of the items in `{}`, from this page and all later pages.",
        items.join(".")
    ))
    .example(|| doc_example_items(package, operation.id))
}

fn item_type(scope: &ImportScope<'_, '_>, pages: &Pages<'_, '_>) -> TokenStream {
    match pages.items.last().map(|field| &field.model.ty) {
        Some(Type::List(item)) => rust_type(scope, item),
        _ => quote!(()),
    }
}

/// Returns the current value of a cursor parameter.
fn expand_current(cursor: &Field<'_>) -> TokenStream {
    let name = &cursor.name;
    match (&cursor.clear, cursor.optional) {
        (Some(_), _) => quote!(self.#name.value()),
        (None, true) => quote!(self.#name.as_ref()),
        (None, false) => quote!(Some(&self.#name)),
    }
}

/// Expands the setters of cursors. A request with the next cursor must not contain the previous one.
fn expand_setters(scope: &ImportScope<'_, '_>, pages: &Pages<'_, '_>) -> TokenStream {
    let name = &pages.cursor.name;
    let value = if pages.cursor.by_name() || pages.cursor.clear.is_some() {
        stored(scope, pages.cursor, &quote!(cursor))
    } else {
        quote!(cursor)
    };
    let unset_previous = pages.previous_cursor_param.filter(|param| param.by_name()).map(|param| {
        let name = &param.name;
        match param.clear {
            Some(_) => quote!(self.#name = Default::default();),
            None => quote!(self.#name = None;),
        }
    });
    quote! {
        self.#name = #value;
        #unset_previous
    }
}

/// The form in which the field at the end of a path is read.
#[derive(Clone, Copy)]
enum Access {
    Borrowed,
    Owned,
}

/// An expression, and whether it is an `Option`.
struct Reached {
    tokens: TokenStream,
    optional: bool,
}

impl Reached {
    fn into_option(self) -> TokenStream {
        let tokens = self.tokens;
        if self.optional { tokens } else { quote!(Some(#tokens)) }
    }

    fn or_default(self) -> TokenStream {
        let tokens = self.tokens;
        if self.optional { quote!(#tokens.unwrap_or_default()) } else { tokens }
    }
}

/// Returns the expression that reads a field through others, which can be optional.
fn reach(from: &Ident, path: &[&Field<'_>], access: Access) -> Reached {
    let plain = path.iter().take_while(|field| !may_be_absent(field)).count();
    let (plain, rest) = path.split_at(plain);
    let names = plain.iter().map(|field| &field.name);
    let place = quote!(#from #(.#names)*);
    let Some((field, rest)) = rest.split_first() else {
        let tokens = match access {
            Access::Borrowed => quote!(&#place),
            Access::Owned => place,
        };
        return Reached { tokens, optional: false };
    };
    let name = &field.name;
    let open = match (&field.clear, access) {
        (Some(_), Access::Borrowed) => quote!(#place.#name.value()),
        (Some(_), Access::Owned) => quote!(#place.#name.into_value()),
        (None, Access::Borrowed) => quote!(#place.#name.as_ref()),
        (None, Access::Owned) => quote!(#place.#name),
    };
    if rest.is_empty() {
        return Reached { tokens: open, optional: true };
    }
    let inner = ident("inner");
    let Reached { tokens, optional } = reach(&inner, rest, access);
    let map = ident(if optional { "and_then" } else { "map" });
    Reached { tokens: quote!(#open.#map(|#inner| #tokens)), optional: true }
}

fn may_be_absent(field: &Field<'_>) -> bool {
    field.optional || field.clear.is_some()
}
