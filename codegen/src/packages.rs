//! Conflicts between the names of generated packages and other names that cargo knows in the workspace.

use crate::diagnostic::{Code, Diagnostic};
use crate::manifest;
use crate::model::Api;
use crate::paths;
use crate::rust::names;
use crate::settings::Neighbor;

/// Crates of the toolchain, which shadow dependencies of the same name.
const TOOLCHAIN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Reports package names that cargo, rustc or another package already uses.
pub(crate) fn check(apis: &[&Api], neighbors: &[Neighbor]) -> Vec<Diagnostic> {
    // An API that could not be read has no name.
    let apis: Vec<&Api> = apis.iter().copied().filter(|api| !api.package.name.is_empty()).collect();
    let taken = apis.iter().enumerate().filter_map(|(at, api)| taken(api, &apis[..at], neighbors));
    taken.chain(apis.iter().copied().filter_map(reserved)).collect()
}

/// Normalizes a name. Cargo and rustc do not distinguish `-` from `_`; file systems and crates.io ignore case.
fn folded(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}

fn taken(api: &Api, earlier: &[&Api], neighbors: &[Neighbor]) -> Option<Diagnostic> {
    let name = &api.package.name;
    let same = |other: &str| folded(other) == folded(name);
    let problem = |message: String| {
        Diagnostic::error(Code::NameCollision, api.package.span, message)
            .help("give one of the packages another name")
    };
    if let Some(first) = earlier.iter().find(|first| same(&first.package.name)) {
        let message = match first.package.name == *name {
            true => format!("`{}` and `{}` are both the package `{name}`", api.name, first.name),
            false => format!("the packages `{name}` and `{}` are one crate in Rust", first.package.name),
        };
        let problem = problem(message).label("the name is taken");
        return Some(problem.note(first.package.span, "it is given here as well"));
    }
    let neighbor = neighbors.iter().find(|neighbor| same(&neighbor.name))?;
    let message = format!("the workspace already has the package `{}`", neighbor.name);
    Some(problem(message).label(format!("`{}` gives this name", neighbor.manifest)))
}

/// Reports a name that cargo does not allow, or that generated code could not use.
fn reserved(api: &Api) -> Option<Diagnostic> {
    let name = api.package.name.as_str();
    let why = if manifest::dependencies().iter().any(|used| folded(used) == folded(name)) {
        "the name of a crate that every generated package depends on"
    } else if TOOLCHAIN.contains(&folded(name).as_str()) {
        "the name of a crate of the Rust toolchain"
    } else if names::is_keyword(&folded(name)) {
        "a keyword of Rust"
    } else if paths::is_device(name) {
        "a device on Windows, where no folder can have this name"
    } else {
        return None;
    };
    let message = format!("`{name}` cannot be the name of a package");
    let problem = Diagnostic::error(Code::ReservedName, api.package.span, message).label(why);
    Some(problem.help("give the package another name"))
}
