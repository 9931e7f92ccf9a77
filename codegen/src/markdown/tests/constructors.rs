//! Tests that the constructors of variants in the pages are emitted.

use std::collections::BTreeSet;

use super::{pages, with_package};
use crate::rust::expand;
use crate::rust::lower::{Package, Shape};

#[test]
fn pages_name_exactly_the_emitted_constructors() {
    let pages: String = pages().into_iter().map(|page| page.text).collect();
    with_package(|package| {
        let named: BTreeSet<String> =
            functions(package).filter(|name| pages.contains(&format!("::{name}({name})`"))).collect();
        assert_eq!(named, emitted(package));
        assert!(named.len() > 4, "only {named:?} were found");
    });
}

/// Returns all constructors of variants.
fn functions(package: &Package<'_>) -> impl Iterator<Item = String> {
    let unions = package.types.iter().filter_map(|item| match &item.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    });
    unions.flat_map(|union| {
        union.variants.iter().filter_map(|variant| Some(variant.constructor.as_ref()?.to_string()))
    })
}

/// Returns the emitted constructors. Their first parameter has the name of the constructor.
fn emitted(package: &Package<'_>) -> BTreeSet<String> {
    let rust: String = expand(package).files.into_iter().map(|file| file.text).collect();
    let rust: String = rust.split_whitespace().collect();
    functions(package).filter(|name| rust.contains(&format!("pubfn{name}({name}:"))).collect()
}
