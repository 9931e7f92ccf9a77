//! The module tree of a crate, and the meaning of every name in it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::attributes::join;
use super::outline::{Item, Kind, Outline};

/// All modules of a crate. The root is the first.
pub(super) struct Tree<'s> {
    pub(super) nodes: Vec<Node<'s>>,
    imports: Vec<Import<'s>>,
    /// Descriptions of items that cannot be listed.
    pub(super) unlisted: Vec<String>,
}

/// An import: its module, its index in the module, the import and its path.
type Import<'s> = (usize, usize, &'s Item, &'s [String]);

/// A module with its position.
#[derive(Default)]
pub(super) struct Node<'s> {
    pub(super) items: &'s [Item],
    /// The path in the sources, which need not be public. It begins with the name of the crate.
    pub(super) path: Vec<String>,
    parent: usize,
    /// The attributes of the module and of those around it.
    pub(super) attributes: Vec<String>,
    /// Declared and imported names. A type and a function of one name are several meanings.
    pub(super) names: BTreeMap<String, Vec<Meaning>>,
}

/// The meaning of a name in a module.
#[derive(Clone)]
pub(super) struct Meaning {
    pub(super) target: Target,
    pub(super) is_public: bool,
    /// The attributes of the imports between the name and its target.
    pub(super) attributes: Vec<String>,
    /// The index of the import in the module; `None` for a declared name.
    import: Option<usize>,
}

/// An item: the index of its module, and its index in the module.
pub(super) type ItemId = (usize, usize);

/// The meaning of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(usize),
    Item(ItemId),
    /// A name behind an item, such as that of a variant.
    Member(ItemId, Vec<String>),
    /// The whole path of an item of another crate.
    Extern(Vec<String>),
}

impl<'s> Tree<'s> {
    /// Joins the files as the compiler does, starting at `src/lib.rs`.
    pub(super) fn new(crate_name: &str, outlines: &'s [Outline]) -> Self {
        let files =
            outlines.iter().map(|outline| (outline.path.as_str(), outline.items.as_slice())).collect();
        let mut tree = Self { nodes: Vec::new(), imports: Vec::new(), unlisted: Vec::new() };
        match BTreeMap::get(&files, "src/lib.rs") {
            Some(&items) => {
                let root = Node { items, path: vec![crate_name.to_owned()], ..Node::default() };
                tree.add(&files, root, "src");
            }
            None => tree.unlisted.push("the whole crate, which has no `src/lib.rs`".to_owned()),
        }
        tree.resolve_imports();
        tree
    }

    /// Adds a module and the modules in it, whose files are in `folder`.
    fn add(&mut self, files: &BTreeMap<&str, &'s [Item]>, node: Node<'s>, folder: &str) -> usize {
        let (id, items) = (self.nodes.len(), node.items);
        let (path, attributes) = (node.path.clone(), node.attributes.clone());
        self.nodes.push(node);
        for (at, item) in items.iter().enumerate() {
            let target = match &item.kind {
                Kind::Impl { .. } => continue,
                Kind::Use(path) => {
                    self.imports.push((id, at, item, path));
                    self.nodes[id].names.entry(item.name.clone()).or_default();
                    continue;
                }
                Kind::Unlisted => {
                    self.unlisted.push(format!("{} in {}", item.name, path.join("::")));
                    continue;
                }
                Kind::Declared | Kind::Macro => Target::Item((id, at)),
                Kind::Module(content) => {
                    let below = format!("{folder}/{}", item.name.trim_start_matches("r#"));
                    let mut paths = [format!("{below}.rs"), format!("{below}/mod.rs")].into_iter();
                    let in_file = || paths.find_map(|path| files.get(&*path).copied());
                    let Some(items) = content.as_deref().or_else(in_file) else {
                        let (name, place) = (&item.name, path.join("::"));
                        self.unlisted.push(format!("the module `{name}` in {place}, which has no file"));
                        continue;
                    };
                    let path = [path.as_slice(), std::slice::from_ref(&item.name)].concat();
                    let attributes = join([&attributes, &item.attributes]);
                    let node = Node { items, path, parent: id, attributes, ..Node::default() };
                    Target::Module(self.add(files, node, &below))
                }
            };
            let home = if matches!(item.kind, Kind::Macro) { 0 } else { id };
            let meaning = Meaning::of(target, item.is_public);
            self.nodes[home].names.entry(item.name.clone()).or_default().push(meaning);
        }
        id
    }

    /// Adds the imported names. A name of this crate has precedence over the name of a crate, so these are found first.
    fn resolve_imports(&mut self) {
        while self.import_all(false) || self.import_all(true) {}
        for (id, at, item, path) in self.imports.clone() {
            if item.is_public && self.follow(id, path, Some(at), true).is_empty() {
                let (path, module) = (path.join("::"), self.nodes[id].path.join("::"));
                self.unlisted.push(format!("`pub use {path}` in {module}"));
            }
        }
    }

    /// Adds the names that imports bring into scope at the present state, and returns whether one is new.
    fn import_all(&mut self, may_be_crate: bool) -> bool {
        let found: Vec<Vec<_>> =
            self.imports.par_iter().map(|import| self.imported_names(import, may_be_crate)).collect();
        let mut is_changed = false;
        for (id, name, meaning) in found.into_iter().flatten() {
            let known = self.nodes[id].names.entry(name).or_default();
            if !known.iter().any(|one| one.target == meaning.target && one.is_public >= meaning.is_public) {
                known.push(meaning);
                is_changed = true;
            }
        }
        is_changed
    }

    /// Returns the names that an import brings into scope at the present state, each with its module.
    fn imported_names(
        &self,
        &(id, at, item, path): &Import<'s>,
        may_be_crate: bool,
    ) -> Vec<(usize, String, Meaning)> {
        let mut found = Vec::new();
        for target in self.follow(id, path, Some(at), may_be_crate) {
            match target {
                Target::Module(module) if item.name == "*" => {
                    let own = |name: &str| self.nodes[id].items.iter().any(|item| item.name == name);
                    let names = self.nodes[module].names.iter().filter(|(name, _)| !own(name));
                    let names = names.flat_map(|(name, all)| all.iter().map(move |one| (name, one)));
                    found.extend(names.map(|(name, one)| (id, name.clone(), one.imported(item, at))));
                }
                target => found.push((id, item.name.clone(), Meaning::of(target, true).imported(item, at))),
            }
        }
        found
    }

    pub(super) fn item(&self, (node, at): ItemId) -> &'s Item {
        &self.nodes[node].items[at]
    }

    /// Returns everything that a path means in a module.
    pub(super) fn resolve(&self, from: usize, path: &[String]) -> Vec<Target> {
        let may_be_crate = path.len() > 1 && path[0].starts_with(char::is_lowercase);
        self.follow(from, path, None, may_be_crate)
    }

    /// Follows a path. `import` is the index of the `use` whose path this is; it does not import from itself.
    fn follow(&self, from: usize, path: &[String], import: Option<usize>, may_be_crate: bool) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        if first.is_empty() {
            return vec![outside(rest)];
        }
        let is_keyword = ["crate", "self", "super"].contains(&first.as_str());
        let names = &self.nodes[from].names;
        let is_own_name = import.is_some_and(|at| self.nodes[from].items[at].name == *first);
        let may_be_crate = may_be_crate && !is_keyword && (is_own_name || !names.contains_key(first));
        let found = self.descend(from, path, import);
        if may_be_crate && found.is_empty() { vec![outside(path)] } else { found }
    }

    /// Follows the rest of a path whose beginning is a module.
    fn descend(&self, module: usize, path: &[String], import: Option<usize>) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return vec![Target::Module(module)] };
        match first.as_str() {
            "crate" => return self.descend(0, rest, None),
            "self" => return self.descend(module, rest, import),
            "super" => return self.descend(self.nodes[module].parent, rest, None),
            _ => {}
        }
        let names = self.nodes[module].names.get(first).into_iter().flatten();
        let others = names.filter(|name| name.import.is_none() || name.import != import);
        let found = others.map(|name| match &name.target {
            Target::Module(id) => self.descend(*id, rest, None),
            Target::Item(id) if rest.is_empty() => vec![Target::Item(*id)],
            Target::Item(id) => vec![Target::Member(*id, rest.to_vec())],
            Target::Member(id, names) => vec![Target::Member(*id, [names, rest].concat())],
            Target::Extern(path) => vec![Target::Extern([path, rest].concat())],
        });
        found.flatten().collect()
    }
}

impl Meaning {
    fn of(target: Target, is_public: bool) -> Self {
        Self { target, is_public, attributes: Vec::new(), import: None }
    }

    /// Returns the meaning of the name that an import brings into scope.
    fn imported(&self, import: &Item, at: usize) -> Self {
        Self {
            target: self.target.clone(),
            is_public: self.is_public && import.is_public,
            attributes: join([&import.attributes, &self.attributes]),
            import: Some(at),
        }
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
