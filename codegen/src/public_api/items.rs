//! Items of each kind, as the lines that they are listed in.

use quote::ToTokens;
use syn::{Fields, TraitItem};

use super::attributes::Marks;
use super::macros;
use super::outline::{Line, Named, Reach, is_public};
use super::signature::{self, predicates, where_clause};
use super::text::Text;

/// What is there and is not listed: private fields, the body of a function that a trait provides.
const REST: &str = " { .. }";

pub(super) fn structure(item: &syn::ItemStruct) -> Named {
    named(&item.vis, &item.ident, &item.attrs, |marks| {
        let bounds = where_clause(predicates(&item.generics));
        let tail = Text::of(&item.generics).and(shape(&item.fields)).and(bounds);
        let mut lines = own("pub struct ", tail, marks);
        let fields = item.fields.iter().filter(|field| is_public(&field.vis));
        lines.extend(fields.filter_map(|field| {
            member("pub ", field.ident.as_ref()?, Text::plain(": ").and(Text::of(&field.ty)), &field.attrs)
        }));
        lines
    })
}

/// What a struct is made of, as far as its users can see: its public fields have lines of their own, unless they have no name.
fn shape(fields: &Fields) -> Text {
    match fields {
        Fields::Named(fields) if fields.named.iter().all(|field| is_public(&field.vis)) => Text::default(),
        Fields::Named(_) => Text::plain(REST),
        Fields::Unnamed(fields) => {
            let fields = fields.unnamed.iter().map(|field| match is_public(&field.vis) {
                true => Text::plain("pub ").and(Text::of(&field.ty)),
                false => Text::plain("_"),
            });
            Text::plain("(").and(Text::joined(fields, ", ")).then(")")
        }
        Fields::Unit => Text::plain(";"),
    }
}

pub(super) fn enumeration(item: &syn::ItemEnum) -> Named {
    named(&item.vis, &item.ident, &item.attrs, |marks| {
        let tail = Text::of(&item.generics).and(where_clause(predicates(&item.generics)));
        let mut lines = own("pub enum ", tail, marks);
        lines.extend(item.variants.iter().filter_map(|variant| {
            let value =
                variant.discriminant.as_ref().map(|(_, value)| Text::plain(" = ").and(Text::of(value)));
            let tail = payload(&variant.fields).and(value.unwrap_or_default());
            member("pub ", &variant.ident, tail, &variant.attrs)
        }));
        lines
    })
}

/// The fields of a variant, which are as public as itself.
fn payload(fields: &Fields) -> Text {
    match fields {
        Fields::Unit => Text::default(),
        Fields::Unnamed(fields) => {
            let types = fields.unnamed.iter().map(|field| Text::of(&field.ty));
            Text::plain("(").and(Text::joined(types, ", ")).then(")")
        }
        Fields::Named(fields) => {
            let fields = fields.named.iter().map(|field| {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                Text::plain(format!("{name}: ")).and(Text::of(&field.ty))
            });
            Text::plain(" { ").and(Text::joined(fields, ", ")).then(" }")
        }
    }
}

pub(super) fn interface(item: &syn::ItemTrait) -> Named {
    named(&item.vis, &item.ident, &item.attrs, |marks| {
        let bounds = where_clause(predicates(&item.generics));
        let tail = Text::of(&item.generics).and(after_colon(&item.supertraits)).and(bounds);
        let head = if item.unsafety.is_some() { "pub unsafe trait " } else { "pub trait " };
        let mut lines = own(head, tail, marks);
        lines.extend(item.items.iter().filter_map(trait_item));
        lines
    })
}

type Bounds = syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>;

fn after_colon(bounds: &Bounds) -> Text {
    if bounds.is_empty() { Text::default() } else { Text::plain(": ").and(Text::of(bounds)) }
}

/// What stands among the members of a trait and makes we do not know what.
pub(super) fn unlisted(item: &syn::ItemTrait) -> impl Iterator<Item = String> {
    item.items.iter().filter_map(|item| match item {
        TraitItem::Macro(item) => Some(format!("what `{}!` makes in a trait", macros::name(&item.mac))),
        _ => None,
    })
}

fn trait_item(item: &TraitItem) -> Option<Line> {
    match item {
        TraitItem::Fn(item) => {
            let provided = if item.default.is_some() { REST } else { "" };
            let tail = signature::tail(&item.sig, &[]).then(provided);
            member(&signature::head(&item.sig), &item.sig.ident, tail, &item.attrs)
        }
        TraitItem::Const(item) => {
            let provided = if item.default.is_some() { " = .." } else { "" };
            let tail = Text::plain(": ").and(Text::of(&item.ty)).then(provided);
            member("pub const ", &item.ident, tail, &item.attrs)
        }
        TraitItem::Type(item) => {
            let bounds = where_clause(predicates(&item.generics));
            let tail = Text::of(&item.generics).and(after_colon(&item.bounds)).and(bounds);
            member("pub type ", &item.ident, tail, &item.attrs)
        }
        _ => None,
    }
}

pub(super) fn alias(item: &syn::ItemType) -> Named {
    let mut alias = named(&item.vis, &item.ident, &item.attrs, |marks| {
        own("pub type ", Text::of(&item.generics).then(" = ").and(Text::of(&item.ty)), marks)
    });
    // One with params stands there by its name: what it is cannot be said without them.
    let is_plain = alias.reach == Reach::Private && item.generics.params.is_empty();
    alias.stands_for = is_plain.then(|| Text::of(&item.ty));
    alias
}

pub(super) fn function(item: &syn::ItemFn) -> Named {
    named(&item.vis, &item.sig.ident, &item.attrs, |marks| {
        own(&signature::head(&item.sig), signature::tail(&item.sig, &[]), marks)
    })
}

pub(super) fn constant(item: &syn::ItemConst) -> Named {
    named(&item.vis, &item.ident, &item.attrs, |marks| {
        own("pub const ", Text::plain(": ").and(Text::of(&item.ty)), marks)
    })
}

pub(super) fn fixed(item: &syn::ItemStatic) -> Named {
    let head = match item.mutability {
        syn::StaticMutability::Mut(_) => "pub static mut ",
        _ => "pub static ",
    };
    named(&item.vis, &item.ident, &item.attrs, |marks| {
        own(head, Text::plain(": ").and(Text::of(&item.ty)), marks)
    })
}

/// An item; its lines are made only where somebody can see it.
fn named(
    visibility: &syn::Visibility,
    name: &syn::Ident,
    attributes: &[syn::Attribute],
    lines: impl FnOnce(Marks) -> Vec<Line>,
) -> Named {
    let marks = Marks::of(attributes);
    let (reach, lines) = match is_public(visibility) {
        true => (Reach::Public, lines(marks.clone())),
        false => (Reach::Private, Vec::new()),
    };
    Named { name: name.to_string(), reach, marks, lines, stands_for: None }
}

/// The line of an item itself.
fn own(head: &str, tail: Text, marks: Marks) -> Vec<Line> {
    vec![Line { head: head.to_owned(), member: None, tail, marks }]
}

/// The line of a member, unless it is hidden.
pub(super) fn member(
    head: &str,
    name: impl ToTokens,
    tail: Text,
    attributes: &[syn::Attribute],
) -> Option<Line> {
    let marks = Marks::of(attributes);
    let member = Some(name.to_token_stream().to_string());
    (!marks.hidden).then(|| Line { head: head.to_owned(), member, tail, marks })
}
