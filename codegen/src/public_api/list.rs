//! Composition of the list: resolves the names in every declaration, and sorts the declarations.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::attributes::join;
use super::outline::{Item, Kind};
use super::paths::{Paths, PublicPath};
use super::print::{SUBJECT, replace_paths};
use super::tree::{ItemId, Target, Tree};

/// Returns the header, the items that cannot be listed, and one block of declarations per item.
pub(super) fn write(header: &str, tree: &Tree<'_>, paths: &Paths) -> String {
    let unlisted = tree.unlisted.iter().map(|what| format!("unlisted: {what}")).collect::<Vec<_>>();
    let mut blocks = vec![header.to_owned(), unlisted.join("\n")];
    blocks.extend(Writer { tree, paths }.blocks().into_values().map(|texts| texts.join("\n")));
    blocks.retain(|block| !block.is_empty());
    format!("{}\n", blocks.join("\n\n"))
}

struct Writer<'t> {
    tree: &'t Tree<'t>,
    paths: &'t Paths,
}

impl<'t> Writer<'t> {
    /// Returns the declarations below each public path: the item itself, then its sorted impls.
    fn blocks(&self) -> BTreeMap<&'t [String], Vec<String>> {
        let Self { tree, paths } = self;
        let mut blocks: BTreeMap<&[String], Vec<String>> = BTreeMap::new();
        for (target, public) in &paths.shortest {
            let path = public.path.join("::");
            let (attributes, text) = match target {
                Target::Module(id) => {
                    (join([&tree.nodes[*id].attributes, &public.attributes]), format!("pub mod {path};"))
                }
                Target::Item(id) => {
                    (self.attributes(*id, public), self.resolved(id.0, &tree.item(*id).text, public, &path))
                }
                Target::Member(..) | Target::Extern(_) => continue,
            };
            blocks.entry(&public.path).or_default().push(with_attributes(&attributes, text));
        }
        for (public, target) in &paths.aliases {
            let target = self.public_path(target).unwrap_or_default().join("::");
            let text = format!("pub use {target} as {};", public.path.join("::"));
            blocks.entry(&public.path).or_default().push(with_attributes(&public.attributes, text));
        }
        let nodes = tree.nodes.par_iter().enumerate();
        let impls = nodes
            .map(|(id, node)| node.items.iter().filter_map(|item| self.implementation(id, item)).collect());
        let mut impls = impls.collect::<Vec<Vec<_>>>().concat();
        impls.sort();
        for (path, text) in impls {
            blocks.entry(path).or_default().push(text);
        }
        blocks
    }

    /// Returns an impl below its type, or below its trait if the type belongs to another crate; `None` if it is not public.
    fn implementation(&self, module: usize, item: &Item) -> Option<(&'t [String], String)> {
        let Kind::Impl { subject, paths } = &item.kind else { return None };
        let items: Vec<ItemId> = paths.iter().filter_map(|path| self.item_of(module, path)).collect();
        let own = subject.as_ref().and_then(|path| self.item_of(module, path));
        let id = own.or_else(|| items.first().copied())?;
        let are_public = items.iter().all(|id| self.paths.shortest.contains_key(&Target::Item(*id)));
        let public = self.paths.shortest.get(&Target::Item(id)).filter(|_| are_public)?;
        let subject = match subject {
            Some(path) if own.is_none() => self.path(module, path, public),
            _ => public.path.join("::"),
        };
        let mut attributes = join([&self.tree.nodes[module].attributes, &item.attributes]);
        let known = self.attributes(id, public);
        attributes.retain(|attribute| !known.contains(attribute));
        let text = self.resolved(module, &item.text, public, &subject);
        Some((&public.path, with_attributes(&attributes, text)))
    }

    /// Returns the attributes of an item, of the modules around it and of its re-export.
    fn attributes(&self, id: ItemId, public: &PublicPath) -> Vec<String> {
        join([&self.tree.nodes[id.0].attributes, &public.attributes, &self.tree.item(id).attributes])
    }

    fn resolved(&self, module: usize, text: &str, public: &PublicPath, subject: &str) -> String {
        replace_paths(text, |path| match path {
            SUBJECT => subject.to_owned(),
            path => self.path(module, path, public),
        })
    }

    /// Returns the path of an own item relative to the module of `public`, or the whole path of an item of another crate.
    fn path(&self, module: usize, path: &str, public: &PublicPath) -> String {
        let Some(target) = self.target(module, path) else { return path.to_owned() };
        let Some(whole) = self.public_path(&target) else { return path.to_owned() };
        let home = public.path.split_last().map_or(&[][..], |(_, home)| home);
        match whole.strip_prefix(home) {
            _ if matches!(target, Target::Extern(_)) => whole.join("::"),
            Some(relative) => relative.join("::"),
            None => format!("crate::{}", whole[1..].join("::")),
        }
    }

    /// Resolves a path of a declaration. A name that a module and a type share refers to the type.
    fn target(&self, module: usize, path: &str) -> Option<Target> {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        self.tree.resolve(module, &path).into_iter().find(|target| !matches!(target, Target::Module(_)))
    }

    /// Resolves the path of an item of this crate.
    fn item_of(&self, module: usize, path: &str) -> Option<ItemId> {
        match self.target(module, path)? {
            Target::Item(id) | Target::Member(id, _) => Some(id),
            _ => None,
        }
    }

    /// Returns the public path of a target; `None` if it has none.
    fn public_path(&self, target: &Target) -> Option<Vec<String>> {
        match target {
            Target::Extern(path) => Some(path.clone()),
            Target::Member(id, names) => {
                Some([self.public_path(&Target::Item(*id))?, names.clone()].concat())
            }
            target => Some(self.paths.shortest.get(target)?.path.clone()),
        }
    }
}

fn with_attributes(attributes: &[String], text: String) -> String {
    [attributes, &[text]].concat().join("\n")
}
