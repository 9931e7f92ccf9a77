//! What a module holds, without a thought of who can reach it.

use syn::{Item, UseTree, Visibility};

use super::attributes::Marks;
use super::text::Text;
use super::{impls, items, macros};

/// A module as it is written.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) items: Vec<Named>,
    pub(super) impls: Vec<Impl>,
    pub(super) uses: Vec<Use>,
    pub(super) modules: Vec<Inner>,
    /// What we do not know how to list.
    pub(super) unlisted: Vec<String>,
}

/// An item with a name.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) reach: Reach,
    pub(super) marks: Marks,
    /// Its own line first; none, where nobody can reach it.
    pub(super) lines: Vec<Line>,
    /// What an alias stands for that nobody can reach.
    pub(super) stands_for: Option<Text>,
}

/// Where an item is seen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// From its module's parents at most.
    Private,
    /// From wherever its module is.
    Public,
    /// From the root of the crate: an exported macro.
    Root,
}

/// A line of the listing, all but the path of the item that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Up to the path: `pub fn `.
    pub(super) head: String,
    /// The name of a member.
    pub(super) member: Option<String>,
    pub(super) tail: Text,
    pub(super) marks: Marks,
}

/// An `impl`, written or derived, or several that differ in their traits only.
#[derive(Debug)]
pub(super) struct Impl {
    /// With their bounds: `<'c, E: Endpoint>`.
    pub(super) generics: Text,
    /// The traits; none, where it is inherent. All types that they ask for are among its lines.
    pub(super) implemented: Vec<Text>,
    pub(super) subject: Subject,
    /// ` where …`, or nothing.
    pub(super) bounds: Text,
    /// The members that are listed, or the types that a trait asks for.
    pub(super) lines: Vec<Line>,
    pub(super) marks: Marks,
}

/// The type of an `impl`.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The path of the type, where it is one.
    pub(super) path: Option<String>,
    pub(super) args: Text,
    /// All of it.
    pub(super) whole: Text,
}

/// One name of a `use`, or all names of a module.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) path: Vec<String>,
    /// `None` for `*`.
    pub(super) name: Option<String>,
    pub(super) is_public: bool,
    pub(super) marks: Marks,
}

/// A module in a module.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) name: String,
    pub(super) is_public: bool,
    pub(super) marks: Marks,
    /// `None` where it is a file of its own.
    pub(super) content: Option<Module>,
}

impl Module {
    pub(super) fn read(items: &[Item]) -> Self {
        let mut module = Self::default();
        for item in items {
            module.add(item);
        }
        module
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Mod(item) => self.add_module(item),
            Item::Use(item) => self.add_use(item),
            Item::Impl(item) => {
                self.unlisted.extend(impls::unlisted(item));
                self.impls.extend(impls::read(item));
            }
            Item::Macro(item) => macros::read(item, self),
            Item::Struct(item) => {
                self.impls.extend(impls::derived(&item.attrs, &item.ident, &item.generics));
                self.items.push(items::structure(item));
            }
            Item::Enum(item) => {
                self.impls.extend(impls::derived(&item.attrs, &item.ident, &item.generics));
                self.items.push(items::enumeration(item));
            }
            Item::Trait(item) => {
                self.unlisted.extend(items::unlisted(item));
                self.items.push(items::interface(item));
            }
            Item::Type(item) => self.items.push(items::alias(item)),
            Item::Fn(item) => self.items.push(items::function(item)),
            Item::Const(item) => self.items.push(items::constant(item)),
            Item::Static(item) => self.items.push(items::fixed(item)),
            Item::ExternCrate(item) if !is_public(&item.vis) => {}
            _ => self.unlisted.push("an item of a kind that is not known".to_owned()),
        }
    }

    fn add_module(&mut self, item: &syn::ItemMod) {
        let marks = Marks::of(&item.attrs);
        if item.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
            self.unlisted.push(format!("the module `{}`, which lies elsewhere", item.ident));
        } else if !marks.hidden || !is_test_only(&item.attrs) {
            let content = item.content.as_ref().map(|(_, items)| Self::read(items));
            let (name, is_public) = (item.ident.to_string(), is_public(&item.vis));
            self.modules.push(Inner { name, is_public, marks, content });
        }
    }

    fn add_use(&mut self, item: &syn::ItemUse) {
        let marks = Marks::of(&item.attrs);
        if is_test_only(&item.attrs) {
            return;
        }
        let mut path = Vec::new();
        if item.leading_colon.is_some() {
            path.push(String::new());
        }
        let is_public = is_public(&item.vis);
        for (path, name) in names(path, &item.tree) {
            self.uses.push(Use { path, name, is_public, marks: marks.clone() });
        }
    }
}

/// Whether an item is there in tests only; one that is merely hidden may still be named by others.
fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    let cfg = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned();
    Marks::of(&cfg.collect::<Vec<_>>()).hidden
}

/// Every name that a `use` makes, with what it stands for.
fn names(mut path: Vec<String>, tree: &UseTree) -> Vec<(Vec<String>, Option<String>)> {
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            names(path, &tree.tree)
        }
        UseTree::Name(tree) => {
            if tree.ident != "self" {
                path.push(tree.ident.to_string());
            }
            let name = path.last().cloned();
            vec![(path, name)]
        }
        UseTree::Rename(tree) => {
            if tree.ident != "self" {
                path.push(tree.ident.to_string());
            }
            vec![(path, Some(tree.rename.to_string()))]
        }
        UseTree::Glob(_) => vec![(path, None)],
        UseTree::Group(tree) => tree.items.iter().flat_map(|tree| names(path.clone(), tree)).collect(),
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
