//! Composition of the list: resolves the names in every line, sorts the lines, and shortens the names of other crates.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Item, Kind, Line, SUBJECT, TRAITS};
use super::paths::{Paths, PublicPath};
use super::tokens::{self, CLOSE, OPEN, replace_paths};
use super::tree::{ItemId, Target, Tree, join_cfg};

/// Items of `std` that are written without a path: those of the prelude, and the traits that can be derived.
const PRELUDE: &str = "borrow::ToOwned boxed::Box convert::AsRef convert::From convert::Into convert::TryFrom \
    convert::TryInto fmt::Debug future::Future hash::Hash iter::IntoIterator iter::Iterator option::Option \
    result::Result string::String vec::Vec";

/// Names of the prelude that other items also have, such as `std::fmt::Result`. Those keep their paths.
const RESERVED: [&str; 5] = ["Box", "Option", "Result", "String", "Vec"];

/// A line whose own names are resolved; names of other crates are still marked, with their whole paths.
struct Entry<'t> {
    path: &'t [String],
    key: &'t str,
    text: String,
    traits: Vec<String>,
}

/// Returns the header, the items that cannot be listed, the names of other crates, and one line per item.
pub(super) fn write(header: &str, tree: &Tree<'_>, paths: &Paths) -> String {
    let entries = Writer { tree, paths }.entries();
    let short = short_names(paths, &entries);
    let unlisted = tree.unlisted.iter().chain(&paths.unlisted).map(|what| format!("unlisted: {what}"));
    let imports: BTreeSet<&str> = short.values().copied().collect();
    let blocks = [
        vec![header.to_owned()],
        unlisted.collect(),
        imports.iter().map(|path| format!("use {path}")).collect(),
        sorted(&entries, &short),
    ];
    let blocks = blocks.iter().filter(|block| !block.is_empty()).map(|block| block.join("\n"));
    format!("{}\n", blocks.collect::<Vec<_>>().join("\n\n"))
}

/// Maps unambiguous names of other crates to their paths.
fn short_names<'e>(paths: &'e Paths, entries: &'e [Entry<'_>]) -> BTreeMap<&'e str, &'e str> {
    let own = paths.items.values().filter_map(|public| public.path.last());
    let mut meanings: BTreeMap<&str, Option<&str>> = own.map(|name| (name.as_str(), None)).collect();
    let texts = entries.iter().flat_map(|entry| entry.traits.iter().chain([&entry.text]));
    for path in texts.flat_map(|text| tokens::paths(text)) {
        let meaning = meanings.entry(last(path)).or_insert(Some(path));
        *meaning = meaning.filter(|first| *first == path);
    }
    let unique = meanings.into_iter().filter_map(|(name, path)| Some((name, path?)));
    unique.filter(|(name, _)| !RESERVED.contains(name)).collect()
}

/// Sorts the lines, and merges those that differ only in their traits.
fn sorted(entries: &[Entry<'_>], short: &BTreeMap<&str, &str>) -> Vec<String> {
    let shorten = |text: &str| {
        replace_paths(text, |path, text| {
            text.push_str(if short.contains_key(last(path)) { last(path) } else { path });
        })
    };
    let mut lines: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let traits = lines.entry((entry.path, entry.key, shorten(&entry.text))).or_default();
        traits.extend(entry.traits.iter().map(|text| shorten(text)));
    }
    let join = |traits: BTreeSet<String>| traits.into_iter().collect::<Vec<_>>().join(" + ");
    lines.into_iter().map(|((_, _, text), traits)| text.replace(TRAITS, &join(traits))).collect()
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or_default()
}

struct Writer<'t> {
    tree: &'t Tree<'t>,
    paths: &'t Paths,
}

impl<'t> Writer<'t> {
    fn entries(&self) -> Vec<Entry<'t>> {
        let Self { tree, paths } = self;
        let mut entries = Vec::new();
        for (id, public) in &paths.modules {
            let cfg = join_cfg([&tree.nodes[*id].cfg, &public.cfg]);
            entries
                .push(entry(public, format!("pub mod {}{}", public.path.join("::"), attributes(&[], &cfg))));
        }
        for (public, target) in &paths.aliases {
            let (path, target) = (public.path.join("::"), self.whole_path(target));
            entries.push(entry(public, format!("pub use {path} = {target}{}", attributes(&[], &public.cfg))));
        }
        for (id, public) in &paths.items {
            let (subject, item) = (public.path.join("::"), tree.item(*id));
            for line in &item.lines {
                let known = if line.key.is_empty() { Vec::new() } else { self.cfg(*id, public) };
                entries.push(self.entry(id.0, item, line, public, &subject, &known));
            }
        }
        for (id, node) in tree.nodes.iter().enumerate() {
            for item in node.items.iter() {
                self.add_impl(id, item, &mut entries);
            }
        }
        entries
    }

    /// Adds an impl below its type, or below its trait if the type belongs to another crate.
    fn add_impl(&self, module: usize, item: &'t Item, entries: &mut Vec<Entry<'t>>) {
        let Kind::Impl(subject, traits) = &item.kind else { return };
        let names = traits.iter().chain([subject]).flat_map(|text| tokens::paths(text));
        let items: Vec<ItemId> = names.filter_map(|path| self.item_of(module, path)).collect();
        let own = tokens::paths(subject).next().filter(|_| subject.starts_with(OPEN));
        let own = own.and_then(|path| self.item_of(module, path));
        let other = items.first().filter(|_| !traits.is_empty());
        let Some(id) = own.as_ref().or(other) else { return };
        let are_public = items.iter().all(|id| self.paths.items.contains_key(id));
        let Some(public) = self.paths.items.get(id).filter(|_| are_public) else { return };
        let mut is_own = own.is_some();
        let subject = replace_paths(subject, |path, text| match std::mem::take(&mut is_own) {
            true => text.push_str(&public.path.join("::")),
            false => self.write_path(module, path, public.parent(), text),
        });
        let known = self.cfg(*id, public);
        for line in &item.lines {
            let mut entry = self.entry(module, item, line, public, &subject, &known);
            if line.key == Line::IMPL {
                entry.traits = traits.iter().map(|text| self.resolved(module, text, public)).collect();
            }
            entries.push(entry);
        }
    }

    /// Returns a line with its names and conditions. Conditions in `known` are shown by another line.
    fn entry(
        &self,
        module: usize,
        item: &Item,
        line: &'t Line,
        public: &'t PublicPath,
        subject: &str,
        known: &[String],
    ) -> Entry<'t> {
        let mut cfg = match item.kind {
            Kind::Impl(..) => join_cfg([&self.tree.nodes[module].cfg, &item.marks.cfg, &line.marks.cfg]),
            _ => join_cfg([&self.tree.nodes[module].cfg, &public.cfg, &item.marks.cfg, &line.marks.cfg]),
        };
        cfg.retain(|condition| !known.contains(condition));
        let text = self.resolved(module, &line.text, public).replace(SUBJECT, subject);
        Entry {
            path: &public.path,
            key: &line.key,
            text: text + &attributes(&line.marks.notes, &cfg),
            traits: Vec::new(),
        }
    }

    /// Returns all conditions of an item.
    fn cfg(&self, id: ItemId, public: &PublicPath) -> Vec<String> {
        join_cfg([&self.tree.nodes[id.0].cfg, &public.cfg, &self.tree.item(id).marks.cfg])
    }

    fn resolved(&self, module: usize, text: &str, public: &PublicPath) -> String {
        replace_paths(text, |path, text| self.write_path(module, path, public.parent(), text))
    }

    /// Writes what a path resolves to, relative to the module `home`.
    fn write_path(&self, module: usize, path: &str, home: &[String], text: &mut String) {
        match self.target(module, path) {
            Some(Target::Item(id, names)) => match self.paths.items.get(&id) {
                Some(public) => {
                    let path = [public.path.as_slice(), &names].concat();
                    let relative = path.strip_prefix(home).map(|rest| rest.join("::"));
                    let absolute = || format!("crate::{}", path.get(1..).unwrap_or_default().join("::"));
                    text.push_str(&relative.unwrap_or_else(absolute));
                }
                None => text.push_str(path),
            },
            Some(Target::Extern(path)) => {
                let path = path.join("::");
                let in_prelude = |path| PRELUDE.split(' ').any(|item| item == path);
                match path.strip_prefix("std::").is_some_and(in_prelude) {
                    true => text.push_str(last(&path)),
                    false => text.extend([OPEN.to_string(), path, CLOSE.to_string()]),
                }
            }
            Some(Target::Module(_)) | None => text.push_str(path),
        }
    }

    /// Resolves a path of a signature. A name that a module and a type share refers to the type.
    fn target(&self, module: usize, path: &str) -> Option<Target> {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        self.tree.resolve(module, &path).into_iter().find(|target| !matches!(target, Target::Module(_)))
    }

    /// Resolves the path of an item of this crate.
    fn item_of(&self, module: usize, path: &str) -> Option<ItemId> {
        match self.target(module, path)? {
            Target::Item(id, _) => Some(id),
            _ => None,
        }
    }

    /// Returns the path of the line that a re-export refers to, or the path in another crate.
    fn whole_path(&self, target: &Target) -> String {
        let (path, names) = match target {
            Target::Module(id) => (self.paths.modules.get(id).map(|public| &public.path), [].as_slice()),
            Target::Item(id, names) => {
                (self.paths.items.get(id).map(|public| &public.path), names.as_slice())
            }
            Target::Extern(path) => (Some(path), [].as_slice()),
        };
        [path.map(Vec::as_slice).unwrap_or_default(), names].concat().join("::")
    }
}

fn entry(public: &PublicPath, text: String) -> Entry<'_> {
    Entry { path: &public.path, key: Line::ITEM, text, traits: Vec::new() }
}

/// Returns the end of a line, with its attributes.
fn attributes(notes: &[String], cfg: &[String]) -> String {
    let all = [notes, cfg].concat();
    if all.is_empty() { String::new() } else { format!("  {}", all.join(" ")) }
}

impl PublicPath {
    /// Returns the path of the module.
    fn parent(&self) -> &[String] {
        self.path.split_last().map_or(&[], |(_, parent)| parent)
    }
}
