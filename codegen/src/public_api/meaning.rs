//! What every name in a signature stands for, asked once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::reach::{Place, Reach};
use super::text::{Piece, Text};
use super::tree::{Found, Tree, What};

/// What a path in a module means.
#[derive(Debug)]
pub(super) enum Meaning {
    /// A type param, a primitive type, a name of the prelude, or none that we know.
    AsWritten,
    /// An item of ours that nobody can reach: its module and its place there.
    Private(usize, usize),
    /// An item of ours that can be reached.
    Public { item: (usize, usize), name: Rc<Name> },
    /// Something of another crate.
    Extern(Rc<Name>),
}

/// A name with its path.
#[derive(Debug)]
pub(super) struct Name {
    /// By which it is reached, from the name of the crate on.
    pub(super) path: Vec<String>,
    /// The path as one text.
    pub(super) text: String,
    pub(super) is_ours: bool,
    /// Whether its last word means nothing else in any crate.
    pub(super) is_common: bool,
}

/// What is known to everybody without its path, and may be written with it: what a prelude has, and what can be derived.
const COMMON: [&str; 16] = [
    "std::borrow::ToOwned",
    "std::boxed::Box",
    "std::convert::AsRef",
    "std::convert::From",
    "std::convert::Into",
    "std::convert::TryFrom",
    "std::convert::TryInto",
    "std::fmt::Debug",
    "std::future::Future",
    "std::hash::Hash",
    "std::iter::IntoIterator",
    "std::iter::Iterator",
    "std::option::Option",
    "std::result::Result",
    "std::string::String",
    "std::vec::Vec",
];

impl Name {
    fn new(path: Vec<String>, is_ours: bool) -> Rc<Self> {
        let text = path.join("::");
        let is_common = !is_ours && COMMON.contains(&text.as_str());
        Rc::new(Self { path, text, is_ours, is_common })
    }
}

/// A part of a line.
#[derive(Clone, Debug)]
pub(super) enum Part<'t> {
    Plain(&'t str),
    Name(Rc<Name>),
}

/// What was found so far, a table a module.
pub(super) struct Meanings<'t> {
    tree: &'t Tree<'t>,
    reach: &'t Reach,
    known: Vec<RefCell<BTreeMap<&'t str, Rc<Meaning>>>>,
}

impl<'t> Meanings<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, reach: &'t Reach) -> Self {
        Self { tree, reach, known: tree.nodes.iter().map(|_| RefCell::default()).collect() }
    }

    pub(super) fn of(&self, module: usize, path: &'t str) -> Rc<Meaning> {
        let Some(known) = self.known.get(module) else { return Rc::new(Meaning::AsWritten) };
        if let Some(meaning) = known.borrow().get(path) {
            return Rc::clone(meaning);
        }
        let meaning = Rc::new(self.find(module, path));
        known.borrow_mut().insert(path, Rc::clone(&meaning));
        meaning
    }

    fn find(&self, module: usize, path: &str) -> Meaning {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        let all = self.tree.resolve(module, &path);
        // A name may be that of a module as well; in a signature it is that of a type.
        let Some(found) = all.into_iter().find(|found| !matches!(found.what, What::Module(_))) else {
            return Meaning::AsWritten;
        };
        match found.what {
            What::Item(node, at) => match self.reach.items.get(&(node, at)) {
                Some(place) => {
                    let path = [place.path.clone(), found.rest].concat();
                    Meaning::Public { item: (node, at), name: Name::new(path, true) }
                }
                None => Meaning::Private(node, at),
            },
            What::Extern(path) => Meaning::Extern(Name::new(path, false)),
            What::Module(_) => Meaning::AsWritten,
        }
    }

    /// Where an item of ours is seen, if it is one and is seen.
    pub(super) fn place(&self, module: usize, path: &'t str) -> Option<((usize, usize), &'t Place)> {
        let item = match *self.of(module, path) {
            Meaning::Public { item, .. } => item,
            Meaning::Private(node, at) => match *self.of(node, self.alias(node, at)?.paths().next()?) {
                Meaning::Public { item, .. } => item,
                _ => return None,
            },
            _ => return None,
        };
        Some((item, self.reach.items.get(&item)?))
    }

    pub(super) fn is_private(&self, module: usize, path: &'t str) -> bool {
        matches!(*self.of(module, path), Meaning::Private(node, at) if self.alias(node, at).is_none())
    }

    /// Where the thing itself is listed, or where it stands in another crate.
    pub(super) fn whole_path(&self, found: &Found) -> String {
        let path = match &found.what {
            What::Module(id) => self.reach.modules.get(id).map(|place| place.path.as_slice()),
            What::Item(node, at) => self.reach.items.get(&(*node, *at)).map(|place| place.path.as_slice()),
            What::Extern(path) => Some(path.as_slice()),
        };
        [path.unwrap_or_default(), &found.rest].concat().join("::")
    }

    /// The parts of a text, with its names settled.
    pub(super) fn settle(&self, module: usize, text: &'t Text, parts: &mut Vec<Part<'t>>) {
        self.settle_from(module, text, false, parts);
    }

    /// An alias in an alias stays as it is written, so that two that name each other come to an end.
    fn settle_from(&self, module: usize, text: &'t Text, in_alias: bool, parts: &mut Vec<Part<'t>>) {
        for piece in &text.0 {
            let path = match piece {
                Piece::Plain(text) => {
                    parts.push(Part::Plain(text));
                    continue;
                }
                Piece::Path(path) => path,
            };
            match &*self.of(module, path) {
                Meaning::Public { name, .. } | Meaning::Extern(name) => {
                    parts.push(Part::Name(Rc::clone(name)))
                }
                Meaning::Private(node, at) => match self.alias(*node, *at).filter(|_| !in_alias) {
                    Some(stands_for) => self.settle_from(*node, stands_for, true, parts),
                    None => parts.push(Part::Plain(path)),
                },
                Meaning::AsWritten => parts.push(Part::Plain(path)),
            }
        }
    }

    /// What an alias stands for that nobody can reach: users meet the type by itself.
    fn alias(&self, node: usize, at: usize) -> Option<&'t Text> {
        self.tree.item(node, at)?.stands_for.as_ref()
    }
}
