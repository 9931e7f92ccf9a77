//! The module tree of a crate, and name resolution in it.

use std::collections::BTreeMap;

use super::items::{Item, Kind};
use super::outline::Outline;

/// The maximum number of imports in the resolution of one name. A longer chain is treated as a cycle.
const MAX_DEPTH: u8 = 16;

/// All modules of a crate. The root is the first.
pub(super) struct Tree<'s> {
    pub(super) nodes: Vec<Node<'s>>,
    /// Descriptions of items that cannot be listed.
    pub(super) unlisted: Vec<String>,
}

/// A module with its position.
pub(super) struct Node<'s> {
    pub(super) items: &'s [Item],
    /// The path in the sources, which need not be public. It begins with the name of the crate.
    pub(super) path: Vec<String>,
    parent: usize,
    /// The nodes of the items that are modules.
    pub(super) modules: BTreeMap<usize, usize>,
    /// The conditions of the module and of those around it.
    pub(super) cfg: Vec<String>,
}

/// An item: the index of its module, and its index in the module.
pub(super) type ItemId = (usize, usize);

/// The meaning of a path.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Module(usize),
    /// An item, and the names behind it, such as that of a variant.
    Item(ItemId, Vec<String>),
    /// The whole path of an item of another crate.
    Extern(Vec<String>),
}

impl<'s> Tree<'s> {
    /// Joins the files as the compiler does, starting at `src/lib.rs`.
    pub(super) fn new(crate_name: &str, outlines: &'s [Outline]) -> Self {
        let files =
            outlines.iter().map(|outline| (outline.path.as_str(), outline.items.as_slice())).collect();
        let mut tree = Self { nodes: Vec::new(), unlisted: Vec::new() };
        let root = Node::new(&[], vec![crate_name.to_owned()], 0, Vec::new());
        match BTreeMap::get(&files, "src/lib.rs") {
            Some(items) => drop(tree.add(&files, Node { items, ..root }, "src")),
            None => tree.unlisted.push("the whole crate, which has no `src/lib.rs`".to_owned()),
        }
        tree
    }

    /// Adds a module and the modules in it, whose files are in `folder`.
    fn add(&mut self, files: &BTreeMap<&str, &'s [Item]>, node: Node<'s>, folder: &str) -> usize {
        let (id, items, path, cfg) = (self.nodes.len(), node.items, node.path.clone(), node.cfg.clone());
        self.nodes.push(node);
        let unlisted = items.iter().filter(|item| matches!(item.kind, Kind::Unlisted));
        self.unlisted.extend(unlisted.map(|item| format!("{} in {}", item.name, path.join("::"))));
        for (at, item) in items.iter().enumerate() {
            let Kind::Module(content) = &item.kind else { continue };
            let below = format!("{folder}/{}", item.name.trim_start_matches("r#"));
            let in_file =
                || files.get(&*format!("{below}.rs")).or_else(|| files.get(&*format!("{below}/mod.rs")));
            let Some(items) = content.as_deref().or_else(|| in_file().copied()) else {
                self.unlisted.push(format!(
                    "the module `{}` in {}, which has no file",
                    item.name,
                    path.join("::")
                ));
                continue;
            };
            let (path, cfg) = (below_path(&path, &item.name), join_cfg([&cfg, &item.marks.cfg]));
            let module = self.add(files, Node::new(items, path, id, cfg), &below);
            self.nodes[id].modules.insert(at, module);
        }
        id
    }

    pub(super) fn item(&self, (node, at): ItemId) -> &'s Item {
        &self.nodes[node].items[at]
    }

    /// Returns everything that a path means in a module. A type and a function of one name are several targets.
    pub(super) fn resolve(&self, from: usize, path: &[String]) -> Vec<Target> {
        self.follow(from, path, None, 0)
    }

    /// Returns everything that a `use` imports.
    pub(super) fn imported(&self, from: usize, import: &Item) -> Vec<Target> {
        match &import.kind {
            Kind::Use(path) => self.follow(from, path, Some(import), 0),
            _ => Vec::new(),
        }
    }

    /// Follows a path. A name of this crate has precedence over the name of a crate.
    ///
    /// `import` is the `use` whose path this is; it does not import from itself.
    fn follow(&self, from: usize, path: &[String], import: Option<&Item>, depth: u8) -> Vec<Target> {
        let Some((first, rest)) = path.split_first().filter(|_| depth < MAX_DEPTH) else { return Vec::new() };
        match first.as_str() {
            "" => vec![outside(rest)],
            "crate" => self.within(0, rest, import, depth),
            "self" => self.within(from, rest, import, depth),
            "super" => self.within(from, path, import, depth),
            _ => {
                let found = self.lookup(from, first, import, depth);
                let may_be_crate =
                    import.is_some() || !rest.is_empty() && first.starts_with(char::is_lowercase);
                match found.is_empty() && may_be_crate {
                    true => vec![outside(path)],
                    false => self.descend(found, rest, depth),
                }
            }
        }
    }

    /// Resolves a path that starts in a module.
    fn within(&self, module: usize, path: &[String], import: Option<&Item>, depth: u8) -> Vec<Target> {
        match path.split_first() {
            None => vec![Target::Module(module)],
            Some((first, rest)) if first == "super" => {
                self.within(self.nodes[module].parent, rest, import, depth)
            }
            Some((first, rest)) => self.descend(self.lookup(module, first, import, depth), rest, depth),
        }
    }

    /// Resolves the rest of a path whose beginning is found.
    fn descend(&self, found: Vec<Target>, rest: &[String], depth: u8) -> Vec<Target> {
        let all = found.into_iter().map(|target| match target {
            Target::Module(id) => self.within(id, rest, None, depth + 1),
            Target::Item(id, names) => vec![Target::Item(id, [&names, rest].concat())],
            Target::Extern(path) => vec![Target::Extern([&path, rest].concat())],
        });
        all.flatten().collect()
    }

    /// Resolves one name in a module: declarations come first, then imports of the name, then imports of all names.
    fn lookup(&self, module: usize, name: &str, import: Option<&Item>, depth: u8) -> Vec<Target> {
        let node = &self.nodes[module];
        let is_import = |item: &Item| import.is_some_and(|import| std::ptr::eq(import, item));
        let candidates = |name: &str| {
            let items = node.items.iter().enumerate().filter(|_| depth < MAX_DEPTH);
            items.filter(move |(_, item)| item.name == name && !is_import(item)).collect::<Vec<_>>()
        };
        let follow = |item: &Item| match &item.kind {
            Kind::Use(path) => self.follow(module, path, Some(item), depth + 1),
            _ => Vec::new(),
        };
        let named = candidates(name);
        let declared = named.iter().filter_map(|(at, item)| match item.kind {
            Kind::Module(_) => Some(Target::Module(*node.modules.get(at)?)),
            Kind::Declared => Some(Target::Item((module, *at), Vec::new())),
            Kind::Use(_) | Kind::Impl(..) | Kind::Unlisted => None,
        });
        let mut found: Vec<Target> = declared.collect();
        if found.is_empty() {
            found = named.iter().flat_map(|(_, item)| follow(item)).collect();
        }
        if found.is_empty() {
            let globs = candidates("*")
                .into_iter()
                .flat_map(|(_, glob)| follow(glob).into_iter().map(move |to| (glob, to)));
            found.extend(globs.flat_map(|(glob, target)| match target {
                Target::Module(id) => self.lookup(id, name, Some(glob), depth + 1),
                _ => Vec::new(),
            }));
        }
        found
    }
}

impl<'s> Node<'s> {
    fn new(items: &'s [Item], path: Vec<String>, parent: usize, cfg: Vec<String>) -> Self {
        Self { items, path, parent, modules: BTreeMap::new(), cfg }
    }
}

/// Returns a path in another crate. Items of `core` and `alloc` are known by their paths in `std`.
fn outside(path: &[String]) -> Target {
    let mut path = path.to_vec();
    if let Some(first) = path.first_mut().filter(|first| *first == "core" || *first == "alloc") {
        *first = "std".to_owned();
    }
    Target::Extern(path)
}

pub(super) fn below_path(path: &[String], name: &str) -> Vec<String> {
    [path, &[name.to_owned()]].concat()
}

/// Joins conditions, each once, in order.
pub(super) fn join_cfg<const N: usize>(lists: [&[String]; N]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for condition in lists.into_iter().flatten() {
        if !all.contains(condition) {
            all.push(condition.clone());
        }
    }
    all
}
