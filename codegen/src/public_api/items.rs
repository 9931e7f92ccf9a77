//! The items of a module, and the lines that describe them in the list.

use std::collections::BTreeMap;

use syn::Visibility;

use super::attributes::Marks;
use super::tokens::{CLOSE, OPEN, replace_paths};

/// A placeholder in a line for the path of the item or the type of the impl.
pub(super) const SUBJECT: char = '\u{3}';

/// A placeholder in a line for the implemented traits.
pub(super) const TRAITS: char = '\u{4}';

/// An item of a module.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Empty for an impl, `*` for a `use` of all names of a module.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) scope: Scope,
    pub(super) marks: Marks,
    /// The lines of the item and of its members. Empty for a private item.
    pub(super) lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A module; `None` when its items are in another file.
    Module(Option<Vec<Item>>),
    /// One name of a `use`, and its path.
    Use(Vec<String>),
    /// An impl: its type, and all traits that are implemented in the same way; no traits for an inherent impl.
    Impl(String, Vec<String>),
    /// Any other item that has a name.
    Declared,
    /// An item that cannot be listed; its name is a description.
    Unlisted,
}

/// The visibility of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Private,
    /// Wherever its module can be named.
    Public,
    /// At the root of the crate, such as an exported macro.
    Root,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The sort key among the lines of an item: the name of a member, or a constant below, which precedes all names.
    pub(super) key: String,
    /// The text with marked paths, and with `SUBJECT` and `TRAITS`.
    pub(super) text: String,
    pub(super) marks: Marks,
}

impl Line {
    pub(super) const ITEM: &str = "";
    pub(super) const IMPL: &str = " 1";
    pub(super) const ASSOCIATED_TYPE: &str = " 2";
}

impl Item {
    pub(super) fn new(name: impl ToString, kind: Kind, marks: Marks, lines: Vec<Line>) -> Self {
        Self { name: name.to_string(), kind, scope: Scope::Private, marks, lines }
    }

    pub(super) fn unlisted(description: impl ToString) -> Self {
        Self::new(description, Kind::Unlisted, Marks::default(), Vec::new())
    }

    /// Replaces private aliases by their types. Aliases within aliases stay.
    pub(super) fn replace_aliases(&mut self, aliases: &BTreeMap<String, String>) {
        let mut texts: Vec<&mut String> = self.lines.iter_mut().map(|line| &mut line.text).collect();
        if let Kind::Impl(subject, traits) = &mut self.kind {
            texts.extend(traits.iter_mut().chain([subject]));
        }
        for text in texts {
            *text = replace_paths(text, |path, replaced| match aliases.get(path) {
                Some(ty) => replaced.push_str(ty),
                None => replaced.extend([OPEN.to_string().as_str(), path, CLOSE.to_string().as_str()]),
            });
        }
    }

    pub(super) fn visible(self, visibility: &Visibility) -> Self {
        let scope = if is_public(visibility) { Scope::Public } else { Scope::Private };
        Self { scope, ..self }
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
