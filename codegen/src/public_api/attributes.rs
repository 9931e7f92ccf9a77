//! The attributes of an item that matter to its users.

use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta};

use super::tokens;

/// The attributes that the line of an item shows, and whether the item is listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Whether the item is hidden from the docs.
    pub(super) hidden: bool,
    /// The conditions of the item: `#[cfg(feature = "x")]`.
    pub(super) cfg: Vec<String>,
    /// Other attributes, without their reasons: `#[must_use]`.
    pub(super) notes: Vec<String>,
}

impl Marks {
    /// Returns the marks of an item; `None` when the item exists only in tests.
    pub(super) fn of(attributes: &[Attribute]) -> Option<Self> {
        let mut marks = Self::default();
        for attribute in attributes {
            let (meta, name) = (&attribute.meta, attribute.path().get_ident().map(ToString::to_string));
            match name.as_deref().unwrap_or_default() {
                "doc" => {
                    marks.hidden |=
                        matches!(meta, Meta::List(list) if words(list).any(|word| word == "hidden"))
                }
                "cfg" if is_test(meta) => return None,
                "cfg" => marks.cfg.push(whole(meta)),
                "repr" => marks.notes.push(whole(meta)),
                "non_exhaustive" | "must_use" | "deprecated" => {
                    marks.notes.push(format!("#[{}]", name.unwrap_or_default()));
                }
                _ => {}
            }
        }
        Some(marks)
    }
}

/// Whether the attribute is `cfg(test)`, alone or in a conjunction.
fn is_test(meta: &Meta) -> bool {
    let Meta::List(list) = meta else { return false };
    let words: Vec<String> = words(list).collect();
    words == ["test"]
        || words.first().is_some_and(|word| word == "all") && words.iter().any(|word| word == "test")
}

/// Returns the identifiers of an attribute's arguments.
fn words(list: &syn::MetaList) -> impl Iterator<Item = String> {
    let text = list.tokens.to_string();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

fn whole(meta: &Meta) -> String {
    format!("#[{}]", tokens::print_plain(meta))
}

/// Returns the derived traits, by the paths that written impls use.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<String> {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = derives.filter_map(|derive| {
        derive.parse_args_with(Punctuated::<syn::Path, syn::Token![,]>::parse_terminated).ok()
    });
    let names = lists.flatten().filter_map(|path| Some(path.segments.last()?.ident.to_string()));
    names
        .map(|name| match name.as_str() {
            "Debug" => tokens::print(quote!(::std::fmt::Debug)),
            "Hash" => tokens::print(quote!(::std::hash::Hash)),
            _ => name,
        })
        .collect()
}
