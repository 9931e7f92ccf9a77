//! The pagination of an operation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Pagination, Response, Type};
use crate::rust::expand::docs::{Doc, allow_deprecated};
use crate::rust::expand::example::doc_example_items;
use crate::rust::expand::field::{rust_type, stored};
use crate::rust::expand::import_scope::{ImportScope, ident};
use crate::rust::expand::value;
use crate::rust::lower::{Field, Operation, PagePosition, Pages};

use super::response_type::response_type;

/// Expands `impl Paginated`, if the operation is paginated.
pub(super) fn expand_pages(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let pages = operation.pages(scope.package)?;
    let params = &operation.params_type;
    let allow = allow_deprecated(touched(&pages).map(|field| field.model));
    let page = response_type(scope, operation);
    let item = rust_type(scope, pages.item_type);
    let position = expand_position(scope, &pages, &page);
    let items = reach(&ident("page"), &pages.items, Access::Owned);
    let items = match (&operation.model.response, pages.items.is_empty()) {
        (Response::Type(Type::Nullable(_)), true) => quote!(page.unwrap_or_default()),
        _ => items.or_default(),
    };
    let [paginated] = scope.runtime(["Paginated"]);
    Some(quote! {
        #allow
        impl #paginated for #params {
            type Item = #item;
            #position

            #[inline]
            fn into_items(page: #page) -> Vec<#item> {
                #items
            }
        }
    })
}

/// Returns the fields that the pagination uses.
fn touched<'p, 'a>(pages: &Pages<'p, 'a>) -> impl Iterator<Item = &'p Field<'a>> {
    let of_position = match &pages.position {
        PagePosition::Cursor { param, previous_param, next } => {
            [*param].into_iter().chain(*previous_param).chain(next.iter().copied()).collect()
        }
        PagePosition::Number { param, .. } | PagePosition::Offset { param, .. } => vec![*param],
        PagePosition::LastItem { param, path } => [*param].into_iter().chain(path.iter().copied()).collect(),
        PagePosition::Url { path } => path.clone(),
        PagePosition::Link => Vec::new(),
    };
    let totals = [&pages.total, &pages.total_pages, &pages.has_more].into_iter().flatten().flatten();
    let all: Vec<&Field<'a>> = of_position
        .into_iter()
        .chain(totals.copied())
        .chain(pages.page_size)
        .chain(pages.items.iter().copied())
        .collect();
    all.into_iter()
}

/// Expands the position of a page, and how it advances.
fn expand_position(scope: &ImportScope<'_, '_>, pages: &Pages<'_, '_>, page: &TokenStream) -> TokenStream {
    let (param, previous_param) = match &pages.position {
        PagePosition::Cursor { param, previous_param, .. } => (*param, *previous_param),
        PagePosition::Number { param, .. }
        | PagePosition::Offset { param, .. }
        | PagePosition::LastItem { param, .. } => (*param, None),
        PagePosition::Url { .. } | PagePosition::Link => return expand_url_position(scope, pages, page),
    };
    let cursor = rust_type(scope, &param.model.ty);
    let current = expand_current(param);
    let setters = expand_setters(scope, param, previous_param);
    let is_numbered = matches!(pages.position, PagePosition::Number { .. } | PagePosition::Offset { .. });
    let numbered = is_numbered.then(|| {
        quote!(
            const IS_NUMBERED: bool = true;
        )
    });
    let next = match &pages.position {
        PagePosition::Cursor { next, .. } => {
            let next = reach(&ident("page"), next, Access::Borrowed).into_option();
            quote! {
                fn next_cursor(page: &#page) -> Option<&#cursor> {
                    #next
                }
            }
        }
        _ => expand_advance(scope, pages, page, &cursor, &current),
    };
    quote! {
        type Cursor = #cursor;
        #numbered

        #[inline]
        fn cursor(&self) -> Option<&#cursor> {
            #current
        }

        #[inline]
        fn set_cursor(&mut self, cursor: #cursor) {
            #setters
        }

        #[inline]
        #next
    }
}

/// Expands `advance` for a position that is computed.
fn expand_advance(
    scope: &ImportScope<'_, '_>,
    pages: &Pages<'_, '_>,
    page: &TokenStream,
    cursor: &TokenStream,
    current: &TokenStream,
) -> TokenStream {
    let facts = expand_facts(pages);
    let next = match &pages.position {
        PagePosition::Number { first, .. } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(next_number(#current, #first))
        }
        PagePosition::Offset { first, .. } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(next_offset(#current, #first))
        }
        PagePosition::LastItem { path, .. } => {
            let items = reach(&ident("page"), &pages.items, Access::Borrowed);
            let last = match items.optional {
                true => {
                    let items = items.tokens;
                    quote!(#items.and_then(|items| items.last()))
                }
                false => {
                    let items = place(&ident("page"), &pages.items);
                    quote!(#items.last())
                }
            };
            let Reached { tokens, optional } = reach(&ident("item"), path, Access::Borrowed);
            let map = ident(if optional { "and_then" } else { "map" });
            quote!(next_item(#last.#map(|item| #tokens).cloned()))
        }
        PagePosition::Url { path } => {
            let url = reach(&ident("page"), path, Access::Borrowed).into_option();
            quote!(next_url(#url))
        }
        PagePosition::Cursor { .. } | PagePosition::Link => quote!(next_link()),
    };
    let [progress] = scope.runtime(["PageProgress"]);
    let is_used = !matches!(pages.position, PagePosition::Link);
    let argument = ident(if is_used { "page" } else { "_page" });
    quote! {
        fn advance(&self, #argument: &#page, progress: &mut #progress) -> Option<#cursor> {
            progress #facts.#next
        }
    }
}

/// Expands the description of a page. With a URL, a page is the last one if it has none.
fn expand_facts(pages: &Pages<'_, '_>) -> TokenStream {
    if matches!(pages.position, PagePosition::Url { .. } | PagePosition::Link) {
        return TokenStream::new();
    }
    let at = |path: &[&Field<'_>]| reach(&ident("page"), path, Access::Borrowed).into_option();
    let items = match pages.items.is_empty() {
        true => quote!(.items(Some(page))),
        false => {
            let items = at(&pages.items);
            quote!(.items(#items))
        }
    };
    let named = [("total", &pages.total), ("total_pages", &pages.total_pages), ("has_more", &pages.has_more)];
    let facts = named.into_iter().filter_map(|(name, path)| {
        let (name, value) = (ident(name), at(path.as_ref()?));
        Some(quote!(.#name(#value)))
    });
    let size = pages.page_size.map(|limit| {
        let current = expand_current(limit);
        let default = limit.model.server_default.as_ref().and_then(value::scalar);
        let or_default = default.filter(|_| limit.optional).map(|default| quote!(.or(Some(&#default))));
        quote!(.page_size(#current #or_default))
    });
    quote!(#items #(#facts)* #size)
}

/// Expands a position that is a URL.
fn expand_url_position(
    scope: &ImportScope<'_, '_>,
    pages: &Pages<'_, '_>,
    page: &TokenStream,
) -> TokenStream {
    let [url] = scope.runtime(["PageUrl"]);
    let is_in_link = matches!(pages.position, PagePosition::Link);
    let in_link = is_in_link.then(|| {
        quote!(
            const IS_IN_LINK: bool = true;
        )
    });
    let advance = expand_advance(scope, pages, page, &url, &TokenStream::new());
    quote! {
        type Cursor = #url;
        #in_link

        #[inline]
        fn cursor(&self) -> Option<&#url> {
            None
        }

        #[inline]
        fn set_cursor(&mut self, _cursor: #url) {}

        #[inline]
        #advance

        #[inline]
        fn page_url(cursor: &#url) -> Option<&#url> {
            Some(cursor)
        }
    }
}

/// Adds the paragraph about the items of a list, with an example.
pub(super) fn items_doc<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, operation: &Operation<'a>) -> Doc<'s, 'p, 'a> {
    let Some(Pagination { items, .. }) = &operation.model.pagination else { return doc };
    let package = doc.package();
    doc.line(format!(
        "[`items`](crate::Request::items) returns a stream of the items{}, from this page and all later pages.",
        if items.is_empty() { String::new() } else { format!(" in `{}`", items.join(".")) }
    ))
    .example(|| doc_example_items(package, operation.id))
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
fn expand_setters(
    scope: &ImportScope<'_, '_>,
    param: &Field<'_>,
    previous_param: Option<&Field<'_>>,
) -> TokenStream {
    let name = &param.name;
    let value = if param.by_name() || param.clear.is_some() {
        stored(scope, param, &quote!(cursor))
    } else {
        quote!(cursor)
    };
    let unset_previous = previous_param.filter(|param| param.by_name()).map(|param| {
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

/// Returns the place of a field that others contain, none of which is optional.
fn place(from: &Ident, path: &[&Field<'_>]) -> TokenStream {
    let names = path.iter().map(|field| &field.name);
    quote!(#from #(.#names)*)
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
