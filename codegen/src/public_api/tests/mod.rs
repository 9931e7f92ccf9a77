//! Tests of the lists of small sources.

mod golden;
mod items;
mod macros;
mod names;
mod paths;

use expect_test::{Expect, expect};

use super::{Outline, list, outlines};
use crate::source::Source;

/// Reads the files of a crate.
fn read(files: &[(&str, &str)]) -> Vec<Outline> {
    let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(*path, *text)).collect();
    outlines(&sources).expect("valid Rust")
}

/// Returns the list of a crate `acme` below its header.
fn listing(files: &[(&str, &str)]) -> String {
    let text = list("acme", "# head", &read(files));
    text.strip_prefix("# head\n\n").expect("the header").to_owned()
}

/// Returns the list of one file without the line of the crate itself.
fn of(source: &str) -> String {
    listing(&[("src/lib.rs", source)]).replacen("pub mod acme;\n\n", "", 1)
}

/// Compares the list of one file.
#[track_caller]
fn assert_lists(source: &str, expected: Expect) {
    expected.assert_eq(&of(source));
}

#[test]
fn invalid_rust_is_reported_with_its_path() {
    let error = outlines(&[Source::new("src/x.rs", "fn")]).expect_err("invalid Rust");
    assert!(error.starts_with("src/x.rs: "), "{error}");
}

#[test]
fn file_order_does_not_change_the_list() {
    let files = [
        ("src/lib.rs", "mod a; pub mod b; pub use a::A;"),
        ("src/a.rs", "pub struct A;"),
        ("src/b.rs", "impl super::A { pub fn b(&self) {} } pub struct B;"),
    ];
    let mut turned = files;
    turned.reverse();
    assert_eq!(listing(&files), listing(&turned));
    expect![[r#"
        pub mod acme;

        pub struct acme::A;
        impl acme::A {
            pub fn b(&self) {}
        }

        pub mod acme::b;

        pub struct acme::b::B;
    "#]]
    .assert_eq(&listing(&files));
}

#[test]
fn unsupported_items_are_reported_as_unlisted() {
    assert_lists(
        "magic!(A); mod lost; #[path = \"x.rs\"] mod far; pub use crate::nowhere::A; struct S; impl S { magic!(); }
        extern \"C\" { fn c(); } pub extern crate core as c; trait T { magic!(); }",
        expect![[r#"
            unlisted: `magic!` in acme
            unlisted: the module `lost` in acme, which has no file
            unlisted: the module `far`, which has a `path` attribute, in acme
            unlisted: an item of an unknown kind in acme
            unlisted: an item of an unknown kind in acme
            unlisted: `magic!` in an item in acme
            unlisted: `magic!` in an item in acme
            unlisted: `pub use crate::nowhere::A` in acme

            pub mod acme;
        "#]],
    );
    let none = list("acme", "# head", &[]);
    assert!(none.contains("unlisted: the whole crate, which has no `src/lib.rs`"), "{none}");
}

#[test]
fn api_change_changes_only_its_lines() {
    let before =
        "mod a { pub struct A { b: u8 } impl A { fn c(&self, d: u8) {} pub fn e(&self) {} } } pub use a::A;";
    let only = |one: &str, other: &str| -> Vec<String> {
        let is_other = |line: &&str| !other.lines().any(|also| also == *line);
        one.lines().filter(is_other).map(|line| line.trim().to_owned()).collect()
    };
    let changes: [(&str, &str, &[&str], &[&str]); 6] = [
        ("b: u8", "b: u16", &[], &[]),
        ("fn c", "pub fn c", &[], &["pub fn c(&self, d: u8) {}"]),
        ("e(&self)", "e(self) -> u8", &["pub fn e(&self) {}"], &["pub fn e(self) -> u8 {}"]),
        ("{ b: u8 }", "{ pub b: u8 }", &["_: _,"], &["pub b: u8,"]),
        ("pub struct", "#[non_exhaustive] pub struct", &[], &["#[non_exhaustive]"]),
        ("pub struct", "#[derive(Clone)] pub struct", &[], &["#[derive(Clone)]"]),
    ];
    for (old, new, gone, come) in changes {
        let (one, other) = (of(before), of(&before.replace(old, new)));
        assert_eq!(only(&one, &other), gone, "{other}");
        assert_eq!(only(&other, &one), come, "{other}");
    }
}

/// Tests that a name imported from another module is another type, although the signature is unchanged.
#[test]
fn import_change_is_an_api_change() {
    let with = |import: &str| {
        format!("mod a {{ pub struct T; }} pub mod b {{ pub struct T; }} {import} pub fn f(t: T) {{}}")
    };
    let line = |ty: &str| format!("pub fn acme::f(t: {ty}) {{}}");
    assert!(of(&with("use b::T;")).contains(&line("b::T")));
    assert!(of(&with("use other::T;")).contains(&line("other::T")));
}
