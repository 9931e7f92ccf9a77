//! Who can be reached from outside of the crate, and by which path.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use super::attributes::Marks;
use super::outline::{Reach as Seen, Use};
use super::tree::{Found, Tree, What};

/// The shortest public path of everything that has one.
pub(super) struct Reach {
    /// By module and place there.
    pub(super) items: BTreeMap<(usize, usize), Place>,
    pub(super) modules: BTreeMap<usize, Place>,
    pub(super) aliases: Vec<Alias>,
    /// What could not be listed, in words.
    pub(super) unlisted: Vec<String>,
}

/// Where something is seen.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) path: Vec<String>,
    /// The path as one text.
    pub(super) text: String,
    /// The conditions that the way there adds.
    pub(super) cfg: Vec<String>,
}

/// One more path of something that has a place, or a path of something in another crate.
pub(super) struct Alias {
    pub(super) place: Place,
    pub(super) of: Found,
}

/// A module whose public names are yet to be seen.
struct Visit {
    node: usize,
    place: Place,
}

impl Reach {
    /// Modules are visited by the length of their paths, so that the first path of an item is its shortest.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let (items, modules) = (BTreeMap::new(), BTreeMap::new());
        let mut reach = Self { items, modules, aliases: Vec::new(), unlisted: Vec::new() };
        let mut queue = VecDeque::new();
        if let Some(root) = tree.nodes.first() {
            queue.push_back(Visit { node: 0, place: Place::new(root.path.clone(), Vec::new()) });
            reach.add_macros(tree, &root.path);
        }
        while let Some(visit) = queue.pop_front() {
            if let Entry::Vacant(first) = reach.modules.entry(visit.node) {
                first.insert(visit.place.clone());
                reach.visit(tree, visit.node, &visit.place, &mut queue, &mut Vec::new());
            } else {
                let of = Found { what: What::Module(visit.node), rest: Vec::new() };
                reach.aliases.push(Alias { place: visit.place, of });
            }
        }
        reach
    }

    fn add_macros(&mut self, tree: &Tree<'_>, root: &[String]) {
        for (node, module) in tree.nodes.iter().enumerate() {
            for (at, item) in module.module.items.iter().enumerate() {
                if item.reach == Seen::Root && !item.marks.hidden {
                    self.items.insert((node, at), below(root, &item.name, Vec::new()));
                }
            }
        }
    }

    /// Everything public in a module is seen at a place: that of the module, or of a `*` that stands for it.
    fn visit(
        &mut self,
        tree: &Tree<'_>,
        node: usize,
        place: &Place,
        queue: &mut VecDeque<Visit>,
        globs: &mut Vec<usize>,
    ) {
        let Some(module) = tree.nodes.get(node).filter(|_| !globs.contains(&node)) else { return };
        globs.push(node);
        for (at, item) in module.module.items.iter().enumerate() {
            if item.reach == Seen::Public && !item.marks.hidden {
                self.add_item((node, at), below(&place.path, &item.name, place.cfg.clone()));
            }
        }
        for (inner, child) in &module.children {
            if inner.is_public && !inner.marks.hidden {
                queue.push_back(Visit {
                    node: *child,
                    place: below(&place.path, &inner.name, place.cfg.clone()),
                });
            }
        }
        for used in module.module.uses.iter().filter(|used| used.is_public && !used.marks.hidden) {
            self.add_use(tree, node, used, place, queue, globs);
        }
        globs.pop();
    }

    fn add_item(&mut self, id: (usize, usize), place: Place) {
        match self.items.get(&id) {
            Some(first) if first.path == place.path => {}
            Some(_) => {
                let of = Found { what: What::Item(id.0, id.1), rest: Vec::new() };
                self.aliases.push(Alias { place, of });
            }
            None => {
                self.items.insert(id, place);
            }
        }
    }

    fn add_use(
        &mut self,
        tree: &Tree<'_>,
        node: usize,
        used: &Use,
        place: &Place,
        queue: &mut VecDeque<Visit>,
        globs: &mut Vec<usize>,
    ) {
        let cfg = Marks { cfg: used.marks.cfg.clone(), ..Marks::default() }.under(&place.cfg).cfg;
        let at = below(&place.path, used.name.as_deref().unwrap_or("*"), cfg);
        let all = tree.used(node, used);
        if all.is_empty() {
            self.unlisted.push(format!("`pub use {}` in {}", used.path.join("::"), at.path.join("::")));
        }
        for of in all {
            match (of.what, used.name.is_some()) {
                (What::Item(node, item), true) if of.rest.is_empty() => {
                    self.add_item((node, item), at.clone())
                }
                (What::Module(node), true) => queue.push_back(Visit { node, place: at.clone() }),
                (What::Module(node), false) => {
                    let place = Place::new(place.path.clone(), at.cfg.clone());
                    self.visit(tree, node, &place, queue, globs);
                }
                (what, _) => {
                    self.aliases.push(Alias { place: at.clone(), of: Found { what, rest: of.rest } });
                }
            }
        }
    }
}

impl Place {
    fn new(path: Vec<String>, cfg: Vec<String>) -> Self {
        Self { text: path.join("::"), path, cfg }
    }
}

fn below(path: &[String], name: &str, cfg: Vec<String>) -> Place {
    let mut path = path.to_vec();
    path.push(name.to_owned());
    Place::new(path, cfg)
}
