//! The modules of a crate tied together, and what a name means in each.

use std::collections::BTreeMap;

use super::Outline;
use super::outline::{Inner, Module, Named, Use};

/// So many names may stand for one another before we take them for a circle.
const DEEP: u8 = 16;

/// All modules of a crate; the root is the first.
pub(super) struct Tree<'s> {
    pub(super) nodes: Vec<Node<'s>>,
    /// What could not be listed, in words.
    pub(super) unlisted: Vec<String>,
}

/// A module with its place.
pub(super) struct Node<'s> {
    pub(super) module: &'s Module,
    /// From the name of the crate on, by where it stands, and not by who reaches it.
    pub(super) path: Vec<String>,
    parent: usize,
    pub(super) children: Vec<(&'s Inner, usize)>,
    /// The conditions under which it is there.
    pub(super) cfg: Vec<String>,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) what: What,
    /// The names behind it, such as that of a variant.
    pub(super) rest: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Module(usize),
    /// An item: its module and its place there.
    Item(usize, usize),
    /// In another crate, by its whole path.
    Extern(Vec<String>),
}

impl<'s> Tree<'s> {
    /// Ties the files together as the compiler would, from `src/lib.rs` on.
    pub(super) fn grow(crate_name: &str, outlines: &'s [Outline]) -> Self {
        let files: BTreeMap<&str, &Module> =
            outlines.iter().map(|outline| (outline.path.as_str(), &outline.module)).collect();
        let mut tree = Self { nodes: Vec::new(), unlisted: Vec::new() };
        match files.get("src/lib.rs") {
            Some(root) => {
                tree.plant(&files, root, vec![crate_name.to_owned()], "src", 0, Vec::new());
            }
            None => tree.unlisted.push("all of it: there is no `src/lib.rs`".to_owned()),
        }
        tree
    }

    /// Adds a module and all below it; `folder` is where the files of its own modules lie.
    fn plant(
        &mut self,
        files: &BTreeMap<&str, &'s Module>,
        module: &'s Module,
        path: Vec<String>,
        folder: &str,
        parent: usize,
        cfg: Vec<String>,
    ) -> usize {
        let id = self.nodes.len();
        let place = path.join("::");
        self.unlisted.extend(module.unlisted.iter().map(|what| format!("{what} in {place}")));
        self.nodes.push(Node { module, path: path.clone(), parent, children: Vec::new(), cfg: cfg.clone() });
        for inner in &module.modules {
            let below = format!("{folder}/{}", inner.name.trim_start_matches("r#"));
            let file =
                || files.get(&*format!("{below}.rs")).or_else(|| files.get(&*format!("{below}/mod.rs")));
            let Some(content) = inner.content.as_ref().or_else(|| file().copied()) else {
                self.unlisted.push(format!("the module `{}` in {place}, which has no file", inner.name));
                continue;
            };
            let mut path = path.clone();
            path.push(inner.name.clone());
            let marks = inner.marks.clone().under(&cfg);
            let child = self.plant(files, content, path, &below, id, marks.cfg);
            if let Some(node) = self.nodes.get_mut(id) {
                node.children.push((inner, child));
            }
        }
        id
    }

    pub(super) fn item(&self, node: usize, at: usize) -> Option<&'s Named> {
        self.nodes.get(node)?.module.items.get(at)
    }

    /// All that a path means in a module; several where a name is that of a type and of a function.
    pub(super) fn resolve(&self, from: usize, path: &[String]) -> Vec<Found> {
        self.follow(from, path, None, 0)
    }

    /// All that a `use` stands for.
    pub(super) fn used(&self, from: usize, used: &Use) -> Vec<Found> {
        self.follow(from, &used.path, Some(used), 0)
    }

    /// The name of a crate counts where no name of ours does, in a `use` even when it stands alone.
    fn follow(&self, from: usize, path: &[String], used: Option<&Use>, depth: u8) -> Vec<Found> {
        let Some((first, rest)) = path.split_first().filter(|_| depth < DEEP) else {
            let is_here = path.is_empty() && used.is_some_and(|used| used.name.is_none());
            return if is_here {
                vec![Found { what: What::Module(from), rest: Vec::new() }]
            } else {
                Vec::new()
            };
        };
        match first.as_str() {
            "" => vec![outside(rest)],
            "crate" => self.within(0, rest, used, depth),
            "self" => self.within(from, rest, used, depth),
            "super" => self.within(self.nodes.get(from).map_or(0, |node| node.parent), rest, used, depth),
            _ => {
                let found = self.within(from, path, used, depth);
                let is_crate = used.is_some() || !rest.is_empty() && first.starts_with(char::is_lowercase);
                let is_outside = || is_crate && self.lookup(from, first, used, depth).is_empty();
                if found.is_empty() && is_outside() { vec![outside(path)] } else { found }
            }
        }
    }

    /// What a path means that begins in a module.
    fn within(&self, module: usize, path: &[String], used: Option<&Use>, depth: u8) -> Vec<Found> {
        let Some((first, rest)) = path.split_first() else {
            return vec![Found { what: What::Module(module), rest: Vec::new() }];
        };
        if first == "super" {
            let parent = self.nodes.get(module).map_or(0, |node| node.parent);
            return self.within(parent, rest, used, depth);
        }
        let mut all = Vec::new();
        for found in self.lookup(module, first, used, depth) {
            match found.what {
                What::Module(id) => all.extend(self.within(id, rest, None, depth + 1)),
                what => all.push(Found { what, rest: [found.rest, rest.to_vec()].concat() }),
            }
        }
        all.into_iter().map(flat).collect()
    }

    /// What one name means in a module: what is there, else what is used by its name, else what is used with all others.
    fn lookup(&self, module: usize, name: &str, asking: Option<&Use>, depth: u8) -> Vec<Found> {
        let Some(node) = self.nodes.get(module).filter(|_| depth < DEEP) else { return Vec::new() };
        let found = |what| Found { what, rest: Vec::new() };
        let items = node.module.items.iter().enumerate().filter(|(_, item)| item.name == name);
        let mut all: Vec<Found> = items.map(|(at, _)| found(What::Item(module, at))).collect();
        let children = node.children.iter().filter(|(inner, _)| inner.name == name);
        all.extend(children.map(|(_, child)| found(What::Module(*child))));
        let others = || {
            node.module.uses.iter().filter(|used| !asking.is_some_and(|asking| std::ptr::eq(*used, asking)))
        };
        if all.is_empty() {
            let named = others().filter(|used| used.name.as_deref() == Some(name));
            all = named.flat_map(|used| self.follow(module, &used.path, Some(used), depth + 1)).collect();
        }
        if all.is_empty() {
            let globs = others().filter(|used| used.name.is_none());
            all = globs.flat_map(|used| self.in_glob(module, used, name, depth)).collect();
        }
        all
    }

    fn in_glob(&self, module: usize, used: &Use, name: &str, depth: u8) -> Vec<Found> {
        let targets = self.follow(module, &used.path, Some(used), depth + 1);
        let modules = targets.into_iter().filter_map(|found| match found.what {
            What::Module(id) => Some(id),
            _ => None,
        });
        modules.flat_map(|id| self.lookup(id, name, Some(used), depth + 1)).collect()
    }
}

/// In another crate. What `core` and `alloc` have is known by the name that it has in `std`.
fn outside(path: &[String]) -> Found {
    let mut path = path.to_vec();
    if let Some(first) = path.first_mut()
        && (first == "core" || first == "alloc")
    {
        *first = "std".to_owned();
    }
    Found { what: What::Extern(path), rest: Vec::new() }
}

/// What lies in another crate is one path.
fn flat(found: Found) -> Found {
    match found.what {
        What::Extern(path) => Found { what: What::Extern([path, found.rest].concat()), rest: Vec::new() },
        _ => found,
    }
}
