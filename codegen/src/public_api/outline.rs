//! The items of a module, whether or not users can reach them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use quote::quote;
use syn::{Attribute, ItemImpl, Type, UseTree, Visibility};

use super::mark_paths::PathMarker;
use super::print::{self, SUBJECT, mark_ident};
use super::strip::{self, is_public};
use super::{attributes, macros};

/// The items of one source file, as far as they matter for the public API of its crate.
#[derive(Debug)]
pub struct Outline {
    /// Relative to the folder of the package, with forward slashes: `src/lib.rs`.
    pub(super) path: String,
    pub(super) items: Vec<Item>,
}

impl Outline {
    /// Reads a parsed file. `path` is relative to the folder of the package, such as `src/lib.rs`.
    pub fn of(path: impl Into<String>, file: &syn::File) -> Self {
        Self { path: path.into(), items: read(&file.items) }
    }
}

/// An item of a module.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Empty for an impl, `*` for a `use` of all names of a module.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Whether the item is public and not hidden from the docs.
    pub(super) is_public: bool,
    /// The attributes that the list shows: `#[cfg(feature = "x")]`.
    pub(super) attributes: Vec<String>,
    /// The declaration with marked paths. Empty for a private item.
    pub(super) text: String,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A module; `None` when its items are in another file.
    Module(Option<Vec<Item>>),
    /// One name of a `use`, and its path.
    Use(Vec<String>),
    Impl {
        /// The path of the type; `None` for a type without a path, such as a tuple.
        subject: Option<String>,
        /// All paths in the trait and the type.
        paths: Vec<String>,
    },
    /// An exported macro, which is public at the root of the crate.
    Macro,
    /// Any other item that has a name.
    Declared,
    /// An item that cannot be listed; its name is a description.
    Unlisted,
}

impl Item {
    /// Returns an item without a declaration; `None` if the item exists only in tests.
    pub(super) fn new(
        name: impl ToString,
        kind: Kind,
        attributes: &[Attribute],
        visibility: &Visibility,
    ) -> Option<Self> {
        (!attributes::is_test(attributes)).then(|| Self {
            name: name.to_string(),
            kind,
            is_public: is_public(visibility) && !attributes::is_hidden(attributes),
            attributes: attributes::print(attributes),
            text: String::new(),
        })
    }

    /// Returns an impl of a macro's expansion with the type in place of `X`.
    fn for_type(&self, ty: &str) -> Self {
        let named = |path: &String| if path == macros::TYPE { ty.to_owned() } else { path.clone() };
        let kind = match &self.kind {
            Kind::Impl { subject, paths } => {
                Kind::Impl { subject: subject.as_ref().map(named), paths: paths.iter().map(named).collect() }
            }
            kind => kind.clone(),
        };
        let text = self.text.replace(&print::mark(macros::TYPE), &print::mark(ty));
        Self { kind, text, attributes: self.attributes.clone(), name: self.name.clone(), ..*self }
    }

    pub(super) fn unlisted(description: impl ToString) -> Option<Self> {
        Self::new(description, Kind::Unlisted, &[], &Visibility::Inherited)
    }
}

fn read(items: &[syn::Item]) -> Vec<Item> {
    let aliases: BTreeMap<String, Type> = items.iter().filter_map(private_alias).collect();
    let mut marker = PathMarker { aliases, unlisted: Vec::new() };
    let mut read: Vec<Item> = items.iter().flat_map(|item| read_item(item, &mut marker)).collect();
    read.extend(marker.unlisted.into_iter().filter_map(Item::unlisted));
    read
}

fn read_item(item: &syn::Item, marker: &mut PathMarker) -> Vec<Item> {
    match item {
        syn::Item::Mod(item) => module(item).into_iter().collect(),
        syn::Item::Use(item) => uses(item),
        syn::Item::Impl(item) => implementation(item, marker).into_iter().collect(),
        syn::Item::Macro(item) => macro_items(item),
        syn::Item::ExternCrate(item) if !is_public(&item.vis) => Vec::new(),
        item => declared(item, marker).into_iter().collect(),
    }
}

/// Returns a private alias with its type. An alias with parameters keeps its name.
fn private_alias(item: &syn::Item) -> Option<(String, Type)> {
    match item {
        syn::Item::Type(item) if !is_public(&item.vis) && item.generics.params.is_empty() => {
            let mut ty = (*item.ty).clone();
            PathMarker::default().ty(&mut ty);
            Some((item.ident.to_string(), ty))
        }
        _ => None,
    }
}

fn declared(item: &syn::Item, marker: &mut PathMarker) -> Option<Item> {
    let (attributes, visibility, name) = match item {
        syn::Item::Const(item) => (&item.attrs, &item.vis, &item.ident),
        syn::Item::Enum(item) => (&item.attrs, &item.vis, &item.ident),
        syn::Item::Fn(item) => (&item.attrs, &item.vis, &item.sig.ident),
        syn::Item::Static(item) => (&item.attrs, &item.vis, &item.ident),
        syn::Item::Struct(item) => (&item.attrs, &item.vis, &item.ident),
        syn::Item::Trait(item) => (&item.attrs, &item.vis, &item.ident),
        syn::Item::Type(item) => (&item.attrs, &item.vis, &item.ident),
        _ => return Item::unlisted("an item of an unknown kind"),
    };
    let mut read = Item::new(name, Kind::Declared, attributes, visibility)?;
    let mut printed = strip::declaration(item, mark_ident(SUBJECT))?;
    marker.declaration(&mut printed);
    if is_public(visibility) {
        read.text = print::print(printed).1;
    }
    Some(read)
}

/// Reads the definition or the call of a macro. The rules of an exported macro are not listed.
fn macro_items(item: &syn::ItemMacro) -> Vec<Item> {
    let public = Visibility::Public(Default::default());
    let Some(read) = Item::new("", Kind::Macro, &item.attrs, &public) else { return Vec::new() };
    if let Some(name) = &item.ident {
        let is_exported = item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
        let text = format!("pub macro {};", print::mark(SUBJECT));
        return is_exported.then(|| Item { name: name.to_string(), text, ..read }).into_iter().collect();
    }
    let Some(items) = expand(&item.mac) else {
        let name = item.mac.path.segments.last().map(|last| last.ident.to_string());
        return Item::unlisted(format!("`{}!`", name.unwrap_or_default())).into_iter().collect();
    };
    items.into_iter().map(|item| Item { attributes: read.attributes.clone(), ..item }).collect()
}

/// Returns the items that a call expands to; `None` if the macro is not in the table.
fn expand(call: &syn::Macro) -> Option<Vec<Item>> {
    /// The items for the type `X`, read once instead of once per call.
    static EXPANSIONS: LazyLock<BTreeMap<&str, Vec<Item>>> =
        LazyLock::new(|| macros::expansions().map(|(name, items)| (name, read(&items))).collect());
    let name = call.path.segments.last()?.ident.to_string();
    let ty = macros::type_of(call)?;
    Some(EXPANSIONS.get(name.as_str())?.iter().map(|item| item.for_type(&ty)).collect())
}

fn module(item: &syn::ItemMod) -> Option<Item> {
    if item.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
        return Item::unlisted(format!("the module `{}`, which has a `path` attribute,", item.ident));
    }
    let read = Item::new(&item.ident, Kind::Module(None), &item.attrs, &item.vis)?;
    let items = item.content.as_ref().map(|(_, items)| self::read(items));
    Some(Item { kind: Kind::Module(items), ..read })
}

fn uses(item: &syn::ItemUse) -> Vec<Item> {
    let start = item.leading_colon.map(|_| String::new());
    let names = names(start.into_iter().collect(), &item.tree).into_iter();
    names.filter_map(|(path, name)| Item::new(name, Kind::Use(path), &item.attrs, &item.vis)).collect()
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

/// Reads an impl; `None` when it has nothing that users can observe.
fn implementation(item: &ItemImpl, marker: &mut PathMarker) -> Option<Item> {
    let read = Item::new("", Kind::Declared, &item.attrs, &Visibility::Inherited)?;
    let is_hidden = attributes::is_hidden(&item.attrs);
    let mut item = strip::implementation(item);
    marker.implementation(&mut item);
    if is_hidden || item.trait_.is_none() && item.items.is_empty() {
        return None;
    }
    let (implemented, ty) = (item.trait_.iter().map(|(path, _)| path), &item.self_ty);
    let paths = print::paths(quote!(#(#implemented)* #ty));
    let subject = match &mut *item.self_ty {
        Type::Path(ty) => ty.path.segments.first_mut().and_then(|first| {
            let name = std::mem::replace(&mut first.ident, mark_ident(SUBJECT));
            print::unmark(&name.to_string())
        }),
        _ => None,
    };
    let text = print::print(syn::Item::Impl(item)).1;
    Some(Item { kind: Kind::Impl { subject, paths }, text, ..read })
}
