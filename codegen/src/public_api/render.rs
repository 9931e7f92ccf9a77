//! The listing as a text: in order, and with names as short as they can be without a doubt.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::entries::{Entry, Rank};
use super::meaning::{Name, Part};

/// Names that mean something without an import, and something else with one: `std::fmt::Result`.
const TAKEN: [&str; 5] = ["Box", "Option", "Result", "String", "Vec"];

/// A line taken apart.
struct Row<'t> {
    path: &'t [String],
    /// What it is sorted by among the lines of a path: its member, its kind, and what stands around its traits.
    rest: (&'t str, Rank, String, String),
    traits: Vec<String>,
}

impl Row<'_> {
    fn order(&self, other: &Self) -> Ordering {
        // Most neighbours are lines of one item, and hold the very same path.
        let paths =
            if std::ptr::eq(self.path, other.path) { Ordering::Equal } else { self.path.cmp(other.path) };
        paths.then_with(|| self.rest.cmp(&other.rest))
    }
}

/// The header, what could not be listed, the names of other crates, and then a line an item.
pub(super) fn render<'s>(
    header: &str,
    unlisted: impl IntoIterator<Item = &'s String>,
    own: impl IntoIterator<Item = &'s String>,
    entries: &'s [Entry<'_>],
) -> String {
    let names = Names::of(own, entries);
    let unlisted: Vec<String> = unlisted.into_iter().map(|what| format!("unlisted: {what}")).collect();
    let imports: BTreeSet<&str> = names.0.values().copied().collect();
    let imports = imports.iter().map(|path| format!("use {path}")).collect();
    let blocks = [vec![header.to_owned()], unlisted, imports, lines(&names, entries)];
    let blocks = blocks.iter().filter(|block| !block.is_empty()).map(|block| block.join("\n"));
    format!("{}\n", blocks.collect::<Vec<_>>().join("\n\n"))
}

fn lines(names: &Names<'_>, entries: &[Entry<'_>]) -> Vec<String> {
    let rows: Vec<Row<'_>> = entries.iter().map(|entry| names.row(entry)).collect();
    let mut order: Vec<&Row<'_>> = rows.iter().collect();
    order.sort_unstable_by(|a, b| a.order(b));
    let alike = order.chunk_by(|a, b| a.order(b).is_eq());
    alike.filter_map(line).collect()
}

/// One line of those that differ in their traits only.
fn line(rows: &[&Row<'_>]) -> Option<String> {
    let traits: BTreeSet<&str> = rows.iter().flat_map(|row| &row.traits).map(String::as_str).collect();
    let traits: Vec<&str> = traits.into_iter().collect();
    let (_, _, before, behind) = &rows.first()?.rest;
    Some(format!("{before}{}{behind}", traits.join(" + ")))
}

/// The names of other crates that stand alone, with their paths: those that mean one thing only in all of the listing.
struct Names<'n>(BTreeMap<&'n str, &'n str>);

impl<'n> Names<'n> {
    /// `own` are the names of the items of the crate.
    fn of(own: impl IntoIterator<Item = &'n String>, entries: &'n [Entry<'_>]) -> Self {
        let mut meant: BTreeMap<&str, Option<&str>> =
            own.into_iter().map(|name| (name.as_str(), None)).collect();
        let parts =
            entries.iter().flat_map(|entry| entry.implemented.iter().chain([&entry.parts, &entry.behind]));
        for part in parts.flatten() {
            let Part::Name(name) = part else { continue };
            if name.is_common {
                continue;
            }
            let path = (!name.is_ours).then_some(name.text.as_str());
            let first = meant.entry(name.last()).or_insert(path);
            if *first != path {
                *first = None;
            }
        }
        let alone = meant.into_iter().filter_map(|(name, path)| Some((name, path?)));
        Self(alone.filter(|(name, _)| !TAKEN.contains(name)).collect())
    }

    fn row<'t>(&self, entry: &Entry<'t>) -> Row<'t> {
        let home = entry.path.split_last().map_or(entry.path, |(_, home)| home);
        let text = |parts: &[Part<'_>]| {
            let mut text = String::new();
            parts.iter().for_each(|part| self.write(part, home, &mut text));
            text
        };
        let behind = text(&entry.behind) + &entry.marks;
        let traits = entry.implemented.iter().map(|parts| text(parts)).collect();
        Row { path: entry.path, rest: (entry.member, entry.rank, text(&entry.parts), behind), traits }
    }

    /// A name of ours is told from the module of the line that it stands in.
    fn write(&self, part: &Part<'_>, home: &[String], text: &mut String) {
        match part {
            Part::Plain(plain) => text.push_str(plain),
            Part::Name(name) if name.is_ours => match name.path.strip_prefix(home) {
                Some([rest]) => text.push_str(rest),
                Some(rest) => text.push_str(&rest.join("::")),
                None => {
                    text.push_str("crate");
                    text.push_str(
                        name.text.get(name.path.first().map_or(0, String::len)..).unwrap_or_default(),
                    );
                }
            },
            Part::Name(name) if name.is_common || self.0.contains_key(name.last()) => {
                text.push_str(name.last())
            }
            Part::Name(name) => text.push_str(&name.text),
        }
    }
}

impl Name {
    fn last(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}
