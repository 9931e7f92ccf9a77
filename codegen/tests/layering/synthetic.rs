//! Tests of the layering checks with synthetic crates.

use super::cycles::{against_order, cycles};
use super::modules::Crate;

fn read(files: &[(&str, &str)]) -> Crate {
    let sources: Vec<_> = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    Crate::read(&sources)
}

fn cycles_of(files: &[(&str, &str)]) -> Vec<String> {
    cycles(&read(files).imports())
}

#[test]
fn imports_in_one_direction_are_accepted() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\npub use b::two;"),
        ("a.rs", "pub struct One;"),
        ("b.rs", "use crate::a::One;\npub fn two() -> One { One }"),
    ];
    let synthetic = read(&files);
    assert_eq!(cycles(&synthetic.imports()), Vec::<String>::new());
    assert_eq!(against_order(&synthetic, &synthetic.imports()), Vec::<String>::new());
    let imports: Vec<_> = synthetic.imports().into_keys().collect();
    assert_eq!(imports, [("b.rs".to_owned(), "a.rs".to_owned())]);
}

#[test]
fn cycle_of_uses_is_reported_with_its_files() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;"),
        ("a.rs", "use crate::c::Three;\npub struct One(Three);"),
        ("b.rs", "use super::a::One;\npub struct Two(One);"),
        ("c.rs", "use crate::b::{self, Two};\npub struct Three(Box<b::Two>);"),
    ];
    let cycle = "a.rs -> c.rs (crate::c::Three)\nc.rs -> b.rs (crate::b, crate::b::Two)\nb.rs -> a.rs (super::a::One)";
    assert_eq!(cycles_of(&files), [cycle]);
}

#[test]
fn path_in_a_body_counts_as_an_import() {
    for body in [
        "fn one() { crate::b::two() }",
        "fn one() { assert!(super::b::two() == 1) }",
        "fn one() { use crate::b::{two}; two() }",
        "fn one(two: crate::b::Two) {}",
        "impl One { fn one() -> super::b::Two { todo!() } }",
    ] {
        let files = [
            ("lib.rs", "mod a;\nmod b;"),
            ("a.rs", body),
            ("b.rs", "use crate::a::one;\npub fn two() { one() }\npub struct Two;"),
        ];
        assert_eq!(cycles_of(&files).len(), 1, "{body}");
    }
}

#[test]
fn re_exported_name_is_attributed_to_its_file() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a/mod.rs", "mod one;\nmod other;\npub use one::One;\npub use other::*;"),
        ("a/one.rs", "pub struct One;"),
        ("a/other.rs", "use super::One;\npub struct Other(One);"),
        ("b.rs", "use crate::a::{One, Other};"),
    ];
    let imports: Vec<_> = read(&files).imports().into_keys().collect();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        imports,
        [pair("a/other.rs", "a/one.rs"), pair("b.rs", "a/one.rs"), pair("b.rs", "a/other.rs")]
    );
}

#[test]
fn module_and_child_that_use_each_other_are_a_cycle() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod child;\npub struct Parent;\npub fn all() { child::run(); }"),
        ("a/child.rs", "use super::Parent;\npub fn run() -> Parent { Parent }"),
    ];
    assert_eq!(
        cycles_of(&files),
        ["a/child.rs -> a/mod.rs (super::Parent)\na/mod.rs -> a/child.rs (child::run)"]
    );
}

#[test]
fn tests_and_emitted_code_import_nothing() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\n#[cfg(test)]\nmod tests;"),
        ("a.rs", "fn emit() { quote! { crate::b::Two } }\n#[cfg(test)]\nmod tests { use crate::b::Two; }"),
        ("b.rs", "use crate::a::emit;\npub struct Two;"),
        ("tests.rs", "use crate::b::Two;"),
    ];
    let imports: Vec<_> = read(&files).imports().into_keys().collect();
    assert_eq!(imports, [("b.rs".to_owned(), "a.rs".to_owned())]);
}

#[test]
fn import_of_a_later_module_is_reported() {
    let files = [
        ("lib.rs", "mod first;\npub mod second;"),
        ("first/mod.rs", "mod inner;"),
        ("first/inner.rs", "use crate::second::Two;"),
        ("second.rs", "pub struct Two;"),
    ];
    let synthetic = read(&files);
    let found = against_order(&synthetic, &synthetic.imports());
    assert_eq!(found, ["first/inner.rs -> second.rs (crate::second::Two)"]);
}

#[test]
fn import_of_a_later_module_of_a_folder_is_reported() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod first;\nmod second;"),
        ("a/first/mod.rs", "mod inner;"),
        ("a/first/inner.rs", "use crate::a::second::Two;"),
        ("a/second.rs", "pub struct Two;"),
    ];
    let synthetic = read(&files);
    let found = against_order(&synthetic, &synthetic.imports());
    assert_eq!(found, ["a/first/inner.rs -> a/second.rs (crate::a::second::Two)"]);
}
