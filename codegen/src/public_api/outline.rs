//! The items of one file, whether or not users can reach them.

use std::collections::BTreeMap;

use syn::{UseTree, Visibility};

use super::attributes::Marks;
use super::declarations::Declaration;
use super::impls::{derived, implementation};
use super::items::{Item, Kind, is_public};
use super::macros;
use super::tokens::print;

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

fn read(items: &[syn::Item]) -> Vec<Item> {
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
