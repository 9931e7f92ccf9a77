//! The attributes that matter to the users of an item.

use syn::{Attribute, Meta};

use super::print;

/// The attributes that the list shows. The reasons in `must_use` and `deprecated` are left out.
const SHOWN: [&str; 6] = ["cfg", "derive", "deprecated", "must_use", "non_exhaustive", "repr"];

/// Whether an item exists only in tests.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let words = words(attribute);
        words == ["test"]
            || words.first().is_some_and(|word| word == "all") && words.iter().any(|word| word == "test")
    })
}

/// Whether an item is hidden from the docs.
pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    let mut docs = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    docs.any(|attribute| words(attribute).iter().any(|word| word == "hidden"))
}

/// Returns the names in the arguments of an attribute.
fn words(attribute: &Attribute) -> Vec<String> {
    let Meta::List(list) = &attribute.meta else { return Vec::new() };
    let text = list.tokens.to_string();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Copies the attributes that the list shows.
pub(super) fn shown(attributes: &[Attribute]) -> Vec<Attribute> {
    let is_shown = |name: &syn::Ident| SHOWN.iter().any(|shown| name == shown);
    let shown = attributes.iter().filter(|attribute| attribute.path().get_ident().is_some_and(is_shown));
    shown
        .map(|attribute| {
            let path = attribute.path();
            match path.is_ident("deprecated") || path.is_ident("must_use") {
                true => Attribute { meta: Meta::Path(path.clone()), ..*attribute },
                false => attribute.clone(),
            }
        })
        .collect()
}

/// Prints the shown attributes, one per line.
pub(super) fn print(attributes: &[Attribute]) -> Vec<String> {
    let attributes = shown(attributes);
    match attributes.is_empty() {
        true => Vec::new(),
        false => print::print_attributes(attributes),
    }
}

/// Joins lists of attributes, each attribute once, in order.
pub(super) fn join<const N: usize>(lists: [&[String]; N]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for attribute in lists.into_iter().flatten() {
        if !all.contains(attribute) {
            all.push(attribute.clone());
        }
    }
    all
}
