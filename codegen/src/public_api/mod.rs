//! The list of the public API of a crate, as declarations without bodies, so that reviewers see every change to it.
//!
//! The list is computed from the syntax of the sources alone. It therefore omits facts that only the compiler knows: auto
//! traits, and the bounds that a derive adds. Items that cannot be listed are reported in `unlisted: …` lines.
//!
//! `outline` reads each file into an `Outline`, on any thread: `strip` copies what users can observe, `mark_paths` marks
//! the paths in it, and `print` prints it. `tree` joins the outlines into modules and resolves names, `paths` finds the
//! public path of every item, and `list` writes the list.

mod print;
mod attributes;
mod strip;
mod mark_paths;
mod macros;
mod outline;
mod tree;
mod paths;
mod list;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::source::Source;
pub use outline::Outline;

/// The file name of the list in the folder of a package.
pub const FILE: &str = "public-api.txt";

/// Parses source files. Their paths are relative to the folder of the package.
///
/// # Errors
/// A file is not valid Rust. The message contains its path and the error of the parser.
pub fn outlines(sources: &[Source]) -> Result<Vec<Outline>, String> {
    sources
        .par_iter()
        .map(|source| {
            let file = syn::parse_file(&source.text).map_err(|error| format!("{}: {error}", source.path))?;
            Ok(Outline::of(&*source.path, &file))
        })
        .collect()
}

/// Returns the list of a crate whose root is `src/lib.rs`. The order of the files does not matter. `head` is the comment
/// at the top of the list.
pub fn list(crate_name: &str, head: &str, outlines: &[Outline]) -> String {
    let tree = tree::Tree::new(crate_name, outlines);
    let paths = paths::Paths::find(&tree);
    list::write(head, &tree, &paths)
}
