//! The items of a module, whether or not users can reach them.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Generics, ImplItem, ItemImpl, Type, UseTree, Visibility};

use super::attributes::{self, Marks};
use super::declarations::{Declaration, bounds, is_public, predicates, where_clause};
use super::macros;
use super::tokens::{CLOSE, OPEN, print, print_after_name, replace_paths};

/// A placeholder in a line for the path of the item or the type of the impl.
pub(super) const SUBJECT: char = '\u{3}';

/// A placeholder in a line for the implemented traits.
pub(super) const TRAITS: char = '\u{4}';

/// An item of a module.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Empty for an impl, `*` for a `use` of all names of a module.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) scope: Scope,
    pub(super) marks: Marks,
    /// The lines of the item and of its members. Empty for a private item.
    pub(super) lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A module; `None` when its items are in another file.
    Module(Option<Vec<Item>>),
    /// One name of a `use`, and its path.
    Use(Vec<String>),
    /// An impl: its type, and all traits that are implemented in the same way; no traits for an inherent impl.
    Impl(String, Vec<String>),
    /// Any other item that has a name.
    Declared,
    /// An item that cannot be listed; its name is a description.
    Unlisted,
}

/// The visibility of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Private,
    /// Wherever its module can be named.
    Public,
    /// At the root of the crate, such as an exported macro.
    Root,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The sort key among the lines of an item: the name of a member, or a constant below, which precedes all names.
    pub(super) key: String,
    /// The text with marked paths, and with `SUBJECT` and `TRAITS`.
    pub(super) text: String,
    pub(super) marks: Marks,
}

impl Line {
    pub(super) const ITEM: &str = "";
    pub(super) const IMPL: &str = " 1";
    pub(super) const ASSOCIATED_TYPE: &str = " 2";
}

impl Item {
    pub(super) fn new(name: impl ToString, kind: Kind, marks: Marks, lines: Vec<Line>) -> Self {
        Self { name: name.to_string(), kind, scope: Scope::Private, marks, lines }
    }

    pub(super) fn unlisted(description: impl ToString) -> Self {
        Self::new(description, Kind::Unlisted, Marks::default(), Vec::new())
    }

    /// Replaces private aliases by their types. Aliases within aliases stay.
    fn replace_aliases(&mut self, aliases: &BTreeMap<String, String>) {
        let mut texts: Vec<&mut String> = self.lines.iter_mut().map(|line| &mut line.text).collect();
        if let Kind::Impl(subject, traits) = &mut self.kind {
            texts.extend(traits.iter_mut().chain([subject]));
        }
        for text in texts {
            *text = replace_paths(text, |path, replaced| match aliases.get(path) {
                Some(ty) => replaced.push_str(ty),
                None => replaced.extend([OPEN.to_string().as_str(), path, CLOSE.to_string().as_str()]),
            });
        }
    }

    fn visible(self, visibility: &Visibility) -> Self {
        let scope = if is_public(visibility) { Scope::Public } else { Scope::Private };
        Self { scope, ..self }
    }
}

pub(super) fn read(items: &[syn::Item]) -> Vec<Item> {
    let mut read: Vec<Item> = items.iter().flat_map(read_item).collect();
    let aliases: BTreeMap<String, String> = items.iter().filter_map(private_alias).collect();
    if !aliases.is_empty() {
        read.iter_mut().for_each(|item| item.replace_aliases(&aliases));
    }
    read
}

fn read_item(item: &syn::Item) -> Vec<Item> {
    let mut items = macros::unlisted_members(item);
    match item {
        syn::Item::Mod(item) => items.extend(module(item)),
        syn::Item::Use(item) => items.extend(uses(item)),
        syn::Item::Impl(item) => items.extend(implementation(item)),
        syn::Item::Macro(item) => items.extend(macros::read(item)),
        syn::Item::ExternCrate(item) if !is_public(&item.vis) => {}
        item => match Declaration::of(item) {
            Some(declaration) => items.extend(derived(item).into_iter().chain(declared(declaration))),
            None => items.push(Item::unlisted("an item of an unknown kind")),
        },
    }
    items
}

fn declared((visibility, declaration): (&Visibility, Declaration<'_>)) -> Option<Item> {
    let lines = if is_public(visibility) { declaration.lines() } else { Vec::new() };
    let marks = Marks::of(declaration.attributes)?;
    Some(Item::new(declaration.name, Kind::Declared, marks, lines).visible(visibility))
}

/// Returns a private alias with its type, which users see in its place. An alias with parameters keeps its name.
fn private_alias(item: &syn::Item) -> Option<(String, String)> {
    match item {
        syn::Item::Type(item) if !is_public(&item.vis) && item.generics.params.is_empty() => {
            Some((item.ident.to_string(), print(&item.ty)))
        }
        _ => None,
    }
}

fn module(item: &syn::ItemMod) -> Option<Item> {
    let marks = Marks::of(&item.attrs)?;
    if item.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
        return Some(Item::unlisted(format!("the module `{}`, which has a `path` attribute,", item.ident)));
    }
    let items = item.content.as_ref().map(|(_, items)| read(items));
    Some(Item::new(&item.ident, Kind::Module(items), marks, Vec::new()).visible(&item.vis))
}

fn uses(item: &syn::ItemUse) -> Vec<Item> {
    let Some(marks) = Marks::of(&item.attrs) else { return Vec::new() };
    let start = item.leading_colon.map(|_| String::new());
    let names = names(start.into_iter().collect(), &item.tree).into_iter();
    names
        .map(|(path, name)| Item::new(name, Kind::Use(path), marks.clone(), Vec::new()).visible(&item.vis))
        .collect()
}

/// Returns every name that a `use` declares, with its path.
fn names(mut path: Vec<String>, tree: &UseTree) -> Vec<(Vec<String>, String)> {
    let (segment, name) = match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            return names(path, &tree.tree);
        }
        UseTree::Group(tree) => {
            return tree.items.iter().flat_map(|tree| names(path.clone(), tree)).collect();
        }
        UseTree::Glob(_) => return vec![(path, "*".to_owned())],
        UseTree::Name(tree) => (&tree.ident, None),
        UseTree::Rename(tree) => (&tree.ident, Some(tree.rename.to_string())),
    };
    if segment != "self" {
        path.push(segment.to_string());
    }
    let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
    vec![(path, name)]
}

fn implementation(item: &ItemImpl) -> Option<Item> {
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
fn derived(item: &syn::Item) -> Option<Item> {
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
