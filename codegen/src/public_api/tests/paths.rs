//! Public paths of items.

use expect_test::expect;

use super::{assert_lists, listing};

#[test]
fn unreachable_items_are_not_listed() {
    assert_lists(
        "mod a { pub struct A; impl A { pub fn f() {} } impl Clone for A {} pub(crate) mod b { pub fn g() {} } }
        pub(crate) struct B; pub(crate) use a::A; #[doc(hidden)] pub mod c { pub struct C; } #[doc(hidden)] pub struct D;
        #[cfg(test)] mod tests; #[cfg(all(test, feature = \"x\"))] pub mod more; #[doc(hidden)] pub use a::A as E;",
        expect![[r#"
            pub mod acme;
        "#]],
    );
}

#[test]
fn re_exported_item_is_listed_at_its_public_path() {
    assert_lists(
        "mod a { pub struct A; pub struct B; impl B { pub fn f(a: A) {} } pub mod m { pub fn g(a: super::A) {} } }
        pub use a::{A, B as C, m}; pub use self::m as n;",
        expect![[r#"
            pub struct acme::A;

            pub struct acme::C;
            impl acme::C {
                pub fn f(a: A) {}
            }

            pub mod acme::m;

            pub fn acme::m::g(a: crate::A) {}

            pub use acme::m as acme::n;
        "#]],
    );
}

#[test]
fn second_path_is_listed_as_an_alias_of_the_first() {
    assert_lists(
        "pub mod deep { pub mod er { pub enum E { V } } } pub use deep::er::E; pub use deep::er::E as F; pub use E::V; pub use E::*;",
        expect![[r#"
            pub use acme::E as acme::*;

            pub enum acme::E {
                V,
            }

            pub use acme::E as acme::F;

            pub use acme::E::V as acme::V;

            pub mod acme::deep;

            pub mod acme::deep::er;

            pub use acme::E as acme::deep::er::E;
        "#]],
    );
}

#[test]
fn globs_are_expanded() {
    assert_lists(
        "mod a { pub struct A; struct B; pub mod c { pub fn f() {} } pub use super::b::*; } mod b { pub use super::a::*; pub struct D; }
        pub use a::*; pub use outside::*;",
        expect![[r#"
            pub use outside as acme::*;

            pub struct acme::A;

            pub struct acme::D;

            pub mod acme::c;

            pub fn acme::c::f() {}
        "#]],
    );
}

#[test]
fn cyclic_modules_terminate() {
    assert_lists(
        "pub mod a { pub use super::b; pub struct A; } pub mod b { pub use super::a; pub use crate as root; }
        pub use x::Y; mod x { pub use super::Y; }",
        expect![[r#"
            unlisted: `pub use x::Y` in acme
            unlisted: `pub use super::Y` in acme::x

            pub mod acme::a;

            pub struct acme::a::A;

            pub use acme::b as acme::a::b;

            pub mod acme::b;

            pub use acme::a as acme::b::a;

            pub use acme as acme::b::root;
        "#]],
    );
}

#[test]
fn foreign_re_exports_are_listed_by_their_path() {
    assert_lists(
        "pub use bytes::Bytes; pub use http; pub use runtime as rt; pub use ::http::{self as h, Method as M}; use serde::Value; pub use Value as V;",
        expect![[r#"
            pub use bytes::Bytes as acme::Bytes;

            pub use http::Method as acme::M;

            pub use serde::Value as acme::V;

            pub use http as acme::h;

            pub use http as acme::http;

            pub use runtime as acme::rt;
        "#]],
    );
}

#[test]
fn module_files_are_found_as_the_compiler_finds_them() {
    let text = listing(&[
        ("src/lib.rs", "pub mod a; pub mod b; pub mod r#type; pub mod i { pub mod j; }"),
        ("src/a.rs", "pub mod c;"),
        ("src/a/c.rs", "pub struct C;"),
        ("src/b/mod.rs", "pub mod d; mod tests;"),
        ("src/b/d.rs", "pub struct D;"),
        ("src/b/tests.rs", "pub struct T;"),
        ("src/type.rs", "pub struct R;"),
        ("src/i/j.rs", "pub struct J;"),
        ("src/stray.rs", "pub struct Stray;"),
    ]);
    for line in ["acme::a::c::C;", "acme::b::d::D;", "acme::r#type::R;", "acme::i::j::J;"] {
        assert!(text.contains(&format!("pub struct {line}\n")), "no {line} in\n{text}");
    }
    assert!(!text.contains("unlisted") && !text.contains("Stray") && !text.contains("::T;"), "{text}");
}

#[test]
fn modules_pass_conditions_on_to_their_items() {
    assert_lists(
        "#[cfg(feature = \"x\")] pub mod a { pub struct A { pub f: u8 } #[cfg(unix)] pub fn g() {}
            impl A { pub fn h() {} #[cfg(feature = \"y\")] pub fn i() {} } impl Clone for A {} }
        #[cfg(feature = \"z\")] mod b { pub struct B; } #[cfg(any(feature = \"z\", not(unix)))] pub use b::B;
        #[cfg(unix)] impl Copy for B {}",
        expect![[r##"
            #[cfg(feature = "z")]
            #[cfg(any(feature = "z", not(unix)))]
            pub struct acme::B;
            #[cfg(unix)]
            impl Copy for acme::B {}

            #[cfg(feature = "x")]
            pub mod acme::a;

            #[cfg(feature = "x")]
            pub struct acme::a::A {
                pub f: u8,
            }
            impl Clone for acme::a::A {}
            impl acme::a::A {
                pub fn h() {}
                #[cfg(feature = "y")]
                pub fn i() {}
            }

            #[cfg(feature = "x")]
            #[cfg(unix)]
            pub fn acme::a::g() {}
        "##]],
    );
}
