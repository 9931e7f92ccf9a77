//! The public paths of items: the shortest one, and those that re-exports add.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::items::{Item, Kind, Scope};
use super::tree::{ItemId, Target, Tree, below_path, join_cfg};

#[derive(Default)]
pub(super) struct Paths {
    /// The shortest public path of every item that has one.
    pub(super) items: BTreeMap<ItemId, PublicPath>,
    pub(super) modules: BTreeMap<usize, PublicPath>,
    /// More public paths, and public paths of items of other crates.
    pub(super) aliases: Vec<(PublicPath, Target)>,
    /// Descriptions of items that cannot be listed.
    pub(super) unlisted: Vec<String>,
}

/// A public path, and the conditions that the modules and re-exports on it add.
#[derive(Clone, Debug)]
pub(super) struct PublicPath {
    pub(super) path: Vec<String>,
    pub(super) cfg: Vec<String>,
}

/// A module whose public names have a public path.
struct Visit {
    module: usize,
    public: PublicPath,
    /// Whether the path is that of a `use` of all names of the module.
    is_glob: bool,
}

impl Paths {
    /// Visits modules by the length of their paths, so that the first path found of an item is its shortest.
    pub(super) fn find(tree: &Tree<'_>) -> Self {
        let mut paths = Self::default();
        let Some(root) = tree.nodes.first() else { return paths };
        let root = PublicPath { path: root.path.clone(), cfg: Vec::new() };
        for (module, node) in tree.nodes.iter().enumerate() {
            for (at, item) in node.items.iter().enumerate().filter(|(_, item)| item.scope == Scope::Root) {
                if !item.marks.hidden {
                    paths.items.insert((module, at), root.below(&item.name, &[]));
                }
            }
        }
        let mut queue = VecDeque::from([Visit { module: 0, public: root, is_glob: false }]);
        let mut globs = BTreeSet::new();
        while let Some(visit) = queue.pop_front() {
            let is_new = match paths.modules.entry(visit.module) {
                _ if visit.is_glob => globs.insert((visit.module, visit.public.path.clone())),
                Entry::Vacant(first) => {
                    first.insert(visit.public.clone());
                    true
                }
                Entry::Occupied(_) => {
                    paths.aliases.push((visit.public.clone(), Target::Module(visit.module)));
                    false
                }
            };
            if is_new {
                paths.visit(tree, &visit, &mut queue);
            }
        }
        paths
    }

    /// Finds the public names of a module.
    fn visit(&mut self, tree: &Tree<'_>, Visit { module, public, .. }: &Visit, queue: &mut VecDeque<Visit>) {
        let items = tree.nodes[*module].items.iter().enumerate();
        for (at, item) in items.filter(|(_, item)| item.scope == Scope::Public && !item.marks.hidden) {
            match &item.kind {
                Kind::Use(path) => self.add_import(tree, *module, item, path, public, queue),
                Kind::Module(_) => {
                    if let Some(child) = tree.nodes[*module].modules.get(&at) {
                        let public = public.below(&item.name, &[]);
                        queue.push_back(Visit { module: *child, public, is_glob: false });
                    }
                }
                _ => self.add_item((*module, at), public.below(&item.name, &[])),
            }
        }
    }

    fn add_item(&mut self, id: ItemId, public: PublicPath) {
        match self.items.entry(id) {
            Entry::Vacant(first) => drop(first.insert(public)),
            Entry::Occupied(first) if first.get().path == public.path => {}
            Entry::Occupied(_) => self.aliases.push((public, Target::Item(id, Vec::new()))),
        }
    }

    fn add_import(
        &mut self,
        tree: &Tree<'_>,
        module: usize,
        import: &Item,
        path: &[String],
        around: &PublicPath,
        queue: &mut VecDeque<Visit>,
    ) {
        let public = around.below(&import.name, &import.marks.cfg);
        let targets = tree.imported(module, import);
        if targets.is_empty() {
            self.unlisted.push(format!("`pub use {}` in {}", path.join("::"), public.path.join("::")));
        }
        for target in targets {
            match target {
                Target::Module(module) if import.name == "*" => {
                    // Its names are as near to the root as those of the module around the `use`.
                    let public = PublicPath { path: around.path.clone(), cfg: public.cfg.clone() };
                    queue.push_front(Visit { module, public, is_glob: true });
                }
                Target::Module(module) => {
                    queue.push_back(Visit { module, public: public.clone(), is_glob: false })
                }
                Target::Item(id, names) if names.is_empty() && import.name != "*" => {
                    self.add_item(id, public.clone());
                }
                target => self.aliases.push((public.clone(), target)),
            }
        }
    }
}

impl PublicPath {
    fn below(&self, name: &str, cfg: &[String]) -> Self {
        Self { path: below_path(&self.path, name), cfg: join_cfg([&self.cfg, cfg]) }
    }
}
