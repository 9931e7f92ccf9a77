//! Doc comments: the text of a description, with its references as Rust paths.

use crate::doc_text::{self, Link};

pub use crate::doc_text::{introduce, join, plain, summary};

/// Returns the text in a form that is safe for rustdoc, one string per line.
///
/// `link` returns the path that a `[reference]` names, such as `crate::acme::User`, or a name that is in scope.
pub fn lines(text: &str, link: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let resolver = |name: &str| {
        let target = link(name)?;
        let last = target.rsplit("::").next().unwrap_or_default();
        Some(Link { label: format!("`{last}`"), target })
    };
    doc_text::rustdoc(text, &resolver)
}
