//! Detection of import cycles between files, and of imports against the order of the modules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modules::{Crate, Imports};

/// Separates the imports between two files of a folder from the others.
pub fn within(imports: Imports, folder: &str) -> (Imports, Imports) {
    let is_within = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    imports.into_iter().partition(|((from, target), _)| is_within(from) && is_within(target))
}

/// Returns each cycle as text, with one import per line: `a.rs -> b.rs (names)`.
pub fn circles(imports: &Imports) -> Vec<String> {
    let mut to: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, target) in imports.keys() {
        to.entry(from).or_default().insert(target);
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for file in to.keys() {
        let Some(circle) =
            shortest(&to, file).filter(|circle| !circle.iter().any(|file| seen.contains(file)))
        else {
            continue;
        };
        seen.extend(circle.iter().copied());
        let next = circle.iter().cycle().skip(1);
        let lines = circle.iter().zip(next).map(|(from, target)| import(imports, from, target));
        found.push(lines.collect::<Vec<_>>().join("\n"));
    }
    found
}

/// Returns the files of the shortest cycle through a file.
fn shortest<'f>(to: &BTreeMap<&'f str, BTreeSet<&'f str>>, start: &'f str) -> Option<Vec<&'f str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for next in to.get(file).into_iter().flatten() {
            if *next == start {
                let mut circle = vec![file];
                while let Some(previous) =
                    before.get(circle[circle.len() - 1]).filter(|_| circle[circle.len() - 1] != start)
                {
                    circle.push(previous);
                }
                circle.reverse();
                return Some(circle);
            }
            if !before.contains_key(next) {
                before.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

/// Returns the imports of a later top-level module by an earlier one. `lib.rs` names all of them.
pub fn against_order(of: &Crate, imports: &Imports) -> Vec<String> {
    let position = |file: &str| {
        let module = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
        of.order.iter().position(|name| name == module)
    };
    let mut found = Vec::new();
    for (from, target) in imports.keys() {
        if let (Some(at), Some(imported)) = (position(from), position(target))
            && at < imported
        {
            found.push(import(imports, from, target));
        }
    }
    found
}

fn import(imports: &Imports, from: &str, target: &str) -> String {
    let names = imports.get(&(from.to_owned(), target.to_owned()));
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    // The code names the items of a `use` again.
    let is_whole =
        |name: &&&str| ["crate", "super", "self"].iter().any(|root| name.split("::").next() == Some(root));
    let whole: Vec<&str> = names.iter().filter(is_whole).copied().collect();
    let names = if whole.is_empty() { names } else { whole };
    format!("{from} -> {target} ({})", names.join(", "))
}
