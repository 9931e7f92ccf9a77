//! Detection of import cycles between files, and of imports against the order of the modules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modules::{Crate, Imports, module_path};

/// Returns each cycle as text, with one import per line: `a.rs -> b.rs (names)`.
pub fn cycles(imports: &Imports) -> Vec<String> {
    let mut to: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, target) in imports.keys() {
        to.entry(from).or_default().insert(target);
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for file in to.keys() {
        let Some(cycle) = shortest(&to, file).filter(|cycle| !cycle.iter().any(|file| seen.contains(file)))
        else {
            continue;
        };
        seen.extend(cycle.iter().copied());
        let next = cycle.iter().cycle().skip(1);
        let lines = cycle.iter().zip(next).map(|(from, target)| import(imports, from, target));
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
                let mut cycle = vec![file];
                while let Some(previous) =
                    before.get(cycle[cycle.len() - 1]).filter(|_| cycle[cycle.len() - 1] != start)
                {
                    cycle.push(previous);
                }
                cycle.reverse();
                return Some(cycle);
            }
            if !before.contains_key(next) {
                before.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

/// Returns the imports of a module that the common parent declares later.
pub fn against_order(of: &Crate, imports: &Imports) -> Vec<String> {
    let mut found = Vec::new();
    for (from, target) in imports.keys() {
        let (importer, imported) = (module_path(from), module_path(target));
        let common = importer.iter().zip(&imported).take_while(|(one, other)| one == other).count();
        let (Some(importer), Some(imported)) = (importer.get(common), imported.get(common)) else { continue };
        let order = of.order(&module_path(from)[..common]);
        let position = |module: &String| order.iter().position(|name| name == module);
        if position(importer) < position(imported) {
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
