//! The impls of a type, written out or derived.

use quote::quote;
use syn::{Generics, ImplItem, ItemImpl, Type};

use super::attributes::{self, Marks};
use super::declarations::{Declaration, bounds, predicates, where_clause};
use super::items::{Item, Kind, Line, SUBJECT, TRAITS};
use super::tokens::{print, print_after_name};

/// Reads an impl, with the public members of an inherent one.
pub(super) fn implementation(item: &ItemImpl) -> Option<Item> {
    let (marks, subject) = (Marks::of(&item.attrs).filter(|marks| !marks.hidden)?, print(&item.self_ty));
    let Some((path, _)) = &item.trait_ else {
        let bounds = bounds(&item.generics);
        let members = item.items.iter().filter_map(|item| Declaration::of_member(item, &bounds));
        let lines = members.filter_map(|member| member.member_line()).collect();
        return Some(Item::new("", Kind::Impl(subject, Vec::new()), marks, lines));
    };
    let negative = item.modifiers.polarity.map(|_| "!").unwrap_or_default();
    let (params, implemented) = elide(&item.generics, format!("{negative}{}", print(path)), &subject);
    let types = item.items.iter().filter_map(|item| associated_type(item, &implemented));
    let lines = [header(&params, &item.generics, &marks)].into_iter().chain(types).collect();
    Some(Item::new("", Kind::Impl(subject, vec![implemented]), marks, lines))
}

/// Returns the line `impl Trait for Type where …`.
fn header(params: &str, generics: &Generics, marks: &Marks) -> Line {
    let bounds = print_after_name(where_clause(&predicates(generics)));
    let text = format!("impl{params} {TRAITS} for {SUBJECT}{bounds}");
    Line { key: Line::IMPL.to_owned(), text, marks: marks.clone() }
}

/// Elides lifetimes that occur only in the trait: `impl<'a> From<&'a T>` becomes `impl From<&'_ T>`.
fn elide(generics: &Generics, mut implemented: String, subject: &str) -> (String, String) {
    let lifetimes: Vec<String> = generics.lifetimes().map(|param| param.lifetime.to_string()).collect();
    let has_others = generics.params.len() > lifetimes.len() || generics.where_clause.is_some();
    if has_others || lifetimes.iter().any(|lifetime| contains_word(subject, lifetime)) {
        return (print_after_name(generics), implemented);
    }
    for lifetime in &lifetimes {
        implemented = implemented.replace(lifetime, "'_");
    }
    (String::new(), implemented)
}

fn contains_word(text: &str, lifetime: &str) -> bool {
    text.split(lifetime).skip(1).any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Returns the line of an associated type, unless the type is `()`.
fn associated_type(item: &ImplItem, implemented: &str) -> Option<Line> {
    let ImplItem::Type(item) = item else { return None };
    let is_unit = matches!(&item.ty, Type::Tuple(tuple) if tuple.elems.is_empty());
    let marks = Marks::of(&item.attrs).filter(|_| !is_unit)?;
    let text = format!("type <{SUBJECT} as {implemented}>::{} = {}", item.ident, print(&item.ty));
    Some(Line { key: Line::ASSOCIATED_TYPE.to_owned(), text, marks })
}

/// Returns the derived traits of a type as an impl.
///
/// The bounds that the compiler adds to a type with parameters are unknown, and marked as such.
pub(super) fn derived(item: &syn::Item) -> Option<Item> {
    let (attributes, name, generics) = match item {
        syn::Item::Struct(item) => (&item.attrs, &item.ident, &item.generics),
        syn::Item::Enum(item) => (&item.attrs, &item.ident, &item.generics),
        _ => return None,
    };
    let traits: Vec<String> = attributes::derives(attributes);
    if traits.is_empty() {
        return None;
    }
    let mut marks = Marks { cfg: Marks::of(attributes)?.cfg, ..Marks::default() };
    marks.notes.extend(generics.type_params().next().map(|_| "#[derive]".to_owned()));
    let (params, arguments, _) = generics.split_for_impl();
    let header = header(&print_after_name(params), generics, &marks);
    let kind = Kind::Impl(print(quote!(#name #arguments)), traits);
    Some(Item::new("", kind, marks, vec![header]))
}
