//! The lines of the listing, in no order yet.

use super::attributes::Marks;
use super::meaning::{Meanings, Part};
use super::outline::{Impl, Line};
use super::reach::{Alias, Place, Reach};
use super::text::Text;
use super::tree::{Node, Tree};

/// One line of the listing; the traits of a type that are implemented alike share one.
#[derive(Debug, Default)]
pub(super) struct Entry<'t> {
    /// The path that it is sorted by, from the name of the crate on.
    pub(super) path: &'t [String],
    pub(super) member: &'t str,
    pub(super) rank: Rank,
    pub(super) parts: Vec<Part<'t>>,
    /// The traits of an impl, and what follows them.
    pub(super) implemented: Vec<Vec<Part<'t>>>,
    pub(super) behind: Vec<Part<'t>>,
    /// What stands at the end.
    pub(super) marks: String,
}

/// What stands first among lines of one path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    #[default]
    Item,
    Impl,
    Type,
}

/// Every line.
pub(super) fn entries<'t>(tree: &'t Tree<'t>, reach: &'t Reach) -> Vec<Entry<'t>> {
    let lister = Lister { tree, reach, meanings: Meanings::new(tree, reach) };
    let mut entries = Vec::new();
    entries.extend(reach.modules.iter().filter_map(|(id, place)| lister.module(*id, place)));
    entries.extend(reach.aliases.iter().map(|alias| lister.alias(alias)));
    lister.items(&mut entries);
    lister.impls(&mut entries);
    entries
}

struct Lister<'t> {
    tree: &'t Tree<'t>,
    reach: &'t Reach,
    meanings: Meanings<'t>,
}

/// Where an impl is listed.
struct Home<'t> {
    /// The place of the type; that of the trait, where the type is of another crate.
    place: &'t Place,
    /// Whether the place is that of the type.
    is_own: bool,
    /// The conditions of the type, which those of its impls need not repeat.
    cfg: Vec<String>,
}

impl<'t> Lister<'t> {
    fn module(&self, id: usize, place: &'t Place) -> Option<Entry<'t>> {
        let marks = Marks::default().under(&self.tree.nodes.get(id)?.cfg).under(&place.cfg).text();
        let parts = vec![Part::Plain("pub mod "), Part::Plain(&place.text)];
        Some(Entry { path: &place.path, parts, marks, ..Entry::default() })
    }

    fn alias(&self, alias: &'t Alias) -> Entry<'t> {
        let place = &alias.place;
        let marks = Marks::default().under(&place.cfg).text();
        let parts = vec![Part::Plain("pub use "), Part::Plain(&place.text)];
        // What it stands for is no part of a signature, so it stands there with its whole path.
        let marks = format!(" = {}{marks}", self.meanings.whole_path(&alias.of));
        Entry { path: &place.path, parts, marks, ..Entry::default() }
    }

    fn items(&self, entries: &mut Vec<Entry<'t>>) {
        for ((node, at), place) in &self.reach.items {
            let Some(item) = self.tree.item(*node, *at) else { continue };
            for line in &item.lines {
                let mut entry = self.entry(*node, line, place, vec![Part::Plain(&place.text)]);
                entry.marks = match line.member {
                    Some(_) => line.marks.text(),
                    None => line.marks.clone().under(&self.cfg(*node, place)).text(),
                };
                entries.push(entry);
            }
        }
    }

    fn cfg(&self, node: usize, place: &Place) -> Vec<String> {
        let of_module = self.tree.nodes.get(node).map(|node| node.cfg.as_slice()).unwrap_or_default();
        Marks::default().under(&place.cfg).under(of_module).cfg
    }

    /// A line of an item or of an impl of it, without its marks.
    fn entry(&self, node: usize, line: &'t Line, place: &'t Place, subject: Vec<Part<'t>>) -> Entry<'t> {
        let mut parts = Vec::with_capacity(16);
        parts.push(Part::Plain(&line.head));
        parts.extend(subject);
        let member = line.member.as_deref().unwrap_or_default();
        if !member.is_empty() {
            parts.extend([Part::Plain("::"), Part::Plain(member)]);
        }
        self.meanings.settle(node, &line.tail, &mut parts);
        let rank = if line.head == "type <" { Rank::Type } else { Rank::Item };
        Entry { path: &place.path, member, rank, parts, ..Entry::default() }
    }

    fn impls(&self, entries: &mut Vec<Entry<'t>>) {
        for (id, node) in self.tree.nodes.iter().enumerate() {
            for one in &node.module.impls {
                let Some(home) = self.home(id, one) else { continue };
                let cfg = added_cfg(node, one, &home);
                for line in &one.lines {
                    let mut entry = self.entry(id, line, home.place, self.subject(id, one, &home));
                    entry.marks = line.marks.clone().under(&cfg).text();
                    entries.push(entry);
                }
                entries.extend(self.header(id, one, &home, cfg));
            }
        }
    }

    /// `impl Trait for Type`, unless it is inherent.
    fn header(&self, id: usize, one: &'t Impl, home: &Home<'t>, cfg: Vec<String>) -> Option<Entry<'t>> {
        if one.implemented.is_empty() {
            return None;
        }
        let mut parts = vec![Part::Plain("impl")];
        self.meanings.settle(id, &one.generics, &mut parts);
        parts.push(Part::Plain(" "));
        let mut behind = vec![Part::Plain(" for ")];
        behind.extend(self.subject(id, one, home));
        self.meanings.settle(id, &one.bounds, &mut behind);
        let implemented = one.implemented.iter().map(|text| self.settled(id, text)).collect();
        let marks = Marks { cfg, ..one.marks.clone() }.text();
        Some(Entry {
            path: &home.place.path,
            member: "",
            rank: Rank::Impl,
            parts,
            implemented,
            behind,
            marks,
        })
    }

    fn settled(&self, id: usize, text: &'t Text) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        self.meanings.settle(id, text, &mut parts);
        parts
    }

    /// The type of an impl: by its public path, where it has one.
    fn subject(&self, id: usize, one: &'t Impl, home: &Home<'t>) -> Vec<Part<'t>> {
        if !home.is_own {
            return self.settled(id, &one.subject.whole);
        }
        let mut parts = vec![Part::Plain(&home.place.text)];
        self.meanings.settle(id, &one.subject.args, &mut parts);
        parts
    }

    /// Where an impl is listed, if its type and its trait can be reached.
    fn home(&self, id: usize, one: &'t Impl) -> Option<Home<'t>> {
        let names = || one.implemented.iter().chain([&one.subject.whole]).flat_map(Text::paths);
        if names().any(|path| self.meanings.is_private(id, path)) {
            return None;
        }
        let own = one.subject.path.as_deref().and_then(|path| self.meanings.place(id, path));
        if let Some((item, place)) = own {
            return Some(Home { place, is_own: true, cfg: self.whole_cfg(item, place) });
        }
        one.implemented.first()?;
        let (item, place) = names().find_map(|path| self.meanings.place(id, path))?;
        Some(Home { place, is_own: false, cfg: self.whole_cfg(item, place) })
    }

    /// All conditions of an item.
    fn whole_cfg(&self, (node, at): (usize, usize), place: &Place) -> Vec<String> {
        let own = self.tree.item(node, at).map(|item| item.marks.cfg.as_slice()).unwrap_or_default();
        Marks::default().under(own).under(&self.cfg(node, place)).cfg
    }
}

/// The conditions of an impl that its type has not.
fn added_cfg(node: &Node<'_>, one: &Impl, home: &Home<'_>) -> Vec<String> {
    let cfg = Marks::default().under(&one.marks.cfg).under(&node.cfg).cfg;
    cfg.into_iter().filter(|one| !home.cfg.contains(one)).collect()
}
