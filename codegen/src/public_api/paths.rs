//! The public paths of items: the shortest one, and those that re-exports add.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use super::attributes::join;
use super::tree::{Target, Tree};

#[derive(Default)]
pub(super) struct Paths {
    /// The shortest public path of every item and module that has one.
    pub(super) shortest: BTreeMap<Target, PublicPath>,
    /// More public paths, and public paths of items of other crates.
    pub(super) aliases: Vec<(PublicPath, Target)>,
}

/// A public path, and the attributes of the re-exports on it.
#[derive(Clone, Debug)]
pub(super) struct PublicPath {
    pub(super) path: Vec<String>,
    pub(super) attributes: Vec<String>,
}

impl Paths {
    /// Visits names by the length of their paths, so that the first path found of an item is its shortest.
    pub(super) fn find(tree: &Tree<'_>) -> Self {
        let mut paths = Self::default();
        let root = tree.nodes.iter().take(1);
        let root = root
            .map(|root| (Target::Module(0), PublicPath { path: root.path.clone(), attributes: Vec::new() }));
        let mut queue: VecDeque<(Target, PublicPath)> = root.collect();
        while let Some((target, public)) = queue.pop_front() {
            let is_glob = public.path.last().is_some_and(|name| name == "*");
            let first = match (paths.shortest.entry(target.clone()), &target) {
                (Entry::Vacant(first), Target::Module(_) | Target::Item(..)) if !is_glob => {
                    first.insert(public)
                }
                (Entry::Occupied(first), _) if first.get().path == public.path => continue,
                _ => {
                    paths.aliases.push((public, target));
                    continue;
                }
            };
            let Target::Module(module) = target else { continue };
            for (name, meanings) in &tree.nodes[module].names {
                for meaning in meanings.iter().filter(|meaning| meaning.is_public) {
                    queue.push_back((meaning.target.clone(), first.below(name, &meaning.attributes)));
                }
            }
        }
        paths
    }
}

impl PublicPath {
    fn below(&self, name: &str, attributes: &[String]) -> Self {
        let path = [self.path.as_slice(), &[name.to_owned()]].concat();
        Self { path, attributes: join([&self.attributes, attributes]) }
    }
}
