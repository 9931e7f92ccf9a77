//! The list of a small API, generated from its spec.

use expect_test::expect_file;

use super::super::list;
use crate::markdown::tests::with_package;
use crate::rust::expand;

/// Compares the list with the golden file. `UPDATE_EXPECT=1` updates it; read the diff.
#[test]
fn small_api_matches_the_golden_list() {
    let text = with_package(|package| {
        list(&package.crate_name, &package.settings.head("#", &package.api.file), &expand(package).outlines)
    });
    expect_file!["acme.txt"].assert_eq(&text);
}
