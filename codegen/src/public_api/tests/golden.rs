//! The listing of a small API, from its spec on.

use expect_test::expect_file;

use super::super::list;
use crate::markdown::tests::with_package;
use crate::rust::expand;

/// `UPDATE_EXPECT=1` makes the listing what is expected of it; the diff is then to be read.
#[test]
fn a_small_api_is_listed_as_expected() {
    let text =
        with_package(|package| list(&package.crate_name, "spec/acme/api.yaml", &expand(package).outlines));
    expect_file!["acme.txt"].assert_eq(&text);
}
