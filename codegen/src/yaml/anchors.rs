//! Anchors, aliases and merge keys.

use std::collections::BTreeMap;

use super::fault::unsupported;
use super::node::{Key, Kind, Layout, Node};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The limit of the values that the aliases of one file add. Without a limit, aliases of aliases grow exponentially.
const MAX_ALIASED: usize = 100_000;

/// The key that copies the entries of other maps.
const MERGE: &str = "<<";

/// The anchors of one file, by the number that the parser assigns.
#[derive(Default)]
pub(super) struct Anchors {
    defined: BTreeMap<usize, Anchor>,
    /// The number of values that aliases have added.
    added: usize,
}

struct Anchor {
    /// The span of its name.
    span: Span,
    name: String,
    /// Missing while the value is being read.
    value: Option<Measured>,
    used: bool,
}

struct Measured {
    node: Node,
    size: usize,
    height: usize,
}

impl Anchors {
    /// Registers an anchor whose value follows.
    pub(super) fn define(&mut self, id: usize, name: &str, span: Span) {
        let anchor = Anchor { span, name: name.to_owned(), value: None, used: false };
        self.defined.insert(id, anchor);
    }

    /// Stores the value of an anchor.
    pub(super) fn bind(&mut self, id: usize, node: &Node) {
        if let Some(anchor) = self.defined.get_mut(&id) {
            let (size, height) = measure(node);
            anchor.value = Some(Measured { node: node.clone(), size, height });
        }
    }

    /// Returns the value of an anchor. Its depth must not exceed `max_depth`.
    pub(super) fn value(
        &mut self,
        id: usize,
        alias: Span,
        max_depth: usize,
    ) -> Result<Node, Box<Diagnostic>> {
        let Some(anchor) = self.defined.get_mut(&id) else { return Ok(unparsed(alias)) };
        anchor.used = true;
        if self.added > MAX_ALIASED {
            return Ok(unparsed(alias));
        }
        let Some(value) = &anchor.value else {
            let problem = unsupported(alias, "an alias inside the value that it names")
                .label("the value would contain itself")
                .note(anchor.span, "the anchor is defined here");
            return Err(Box::new(problem.help("write the value out")));
        };
        self.added = self.added.saturating_add(value.size);
        if self.added > MAX_ALIASED {
            let problem = unsupported(alias, "an alias that makes the file this large")
                .label(format!("the aliases of this file add more than {MAX_ALIASED} values"));
            return Err(Box::new(problem.help("write fewer aliases of values that contain aliases")));
        }
        if value.height > max_depth {
            return Err(Box::new(too_deep(alias)));
        }
        Ok(Node { alias: Some(alias), ..value.node.clone() })
    }

    /// Reports the anchors that no alias uses: the `&` can belong to a text.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let unused = self.defined.values().filter(|anchor| !anchor.used);
        unused
            .map(|anchor| {
                let message = format!("no alias uses the anchor `&{}`", anchor.name);
                Diagnostic::warning(Code::MisleadingText, anchor.span, message)
                    .label("`&` begins the name of a value")
                    .help("remove the anchor, or put the text in quotes if the `&` belongs to it")
            })
            .collect()
    }
}

/// Returns a value that causes no further diagnostics.
pub(super) fn unparsed(span: Span) -> Node {
    Node { span, kind: Kind::Unparsed, alias: None }
}

/// Returns the error for values that are nested too deeply.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    unsupported(span, "a value nested this deeply").help("give the inner part a name under `types`")
}

/// Returns the number of values in a tree, and its height.
fn measure(node: &Node) -> (usize, usize) {
    let parts: Vec<(usize, usize)> = match &node.kind {
        Kind::List(items, _) => items.iter().map(measure).collect(),
        Kind::Map(entries, _) => entries.iter().map(|(_, value)| measure(value)).collect(),
        Kind::Scalar(_) | Kind::Unparsed => Vec::new(),
    };
    let size = parts.iter().map(|(size, _)| size).sum::<usize>();
    (size + 1, parts.iter().map(|(_, height)| height + 1).max().unwrap_or(0))
}

/// Replaces merge keys by the entries that they copy. The map's own entries take precedence, then those of the first merged
/// map.
pub(super) fn merge(entries: Vec<(Key, Node)>, problems: &mut Vec<Diagnostic>) -> Vec<(Key, Node)> {
    if !entries.iter().any(is_merge) {
        return entries;
    }
    let own: Vec<String> =
        entries.iter().filter(|entry| !is_merge(entry)).map(|(key, _)| key.text.clone()).collect();
    let mut merged: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
    for entry in entries {
        if !is_merge(&entry) {
            merged.push(entry);
            continue;
        }
        for (key, value) in copied(entry, problems) {
            let is_known = own.contains(&key.text) || merged.iter().any(|(known, _)| known.text == key.text);
            if !is_known {
                merged.push((key, value));
            }
        }
    }
    merged
}

fn is_merge((key, _): &(Key, Node)) -> bool {
    key.text == MERGE && key.plain
}

/// Returns the entries that one merge key copies.
fn copied((key, value): (Key, Node), problems: &mut Vec<Diagnostic>) -> Vec<(Key, Node)> {
    let maps = match value.kind {
        Kind::Unparsed => return Vec::new(),
        Kind::List(items, Layout::Flow | Layout::Block) => items,
        kind => vec![Node { kind, ..value }],
    };
    let mut copied = Vec::new();
    for map in maps {
        match map.kind {
            Kind::Map(entries, _) => copied.extend(entries),
            Kind::Unparsed => {}
            _ => problems.push(
                Diagnostic::error(Code::WrongKind, key.span, "the merge key `<<` copies maps only")
                    .label(format!("the value is {}", map.describe()))
                    .help("give it the alias of a map, or a list of such aliases: `<<: [*first, *second]`"),
            ),
        }
    }
    copied
}
