//! Names in signatures.

use expect_test::expect;

use super::assert_lists;

#[test]
fn own_names_are_relative_to_the_module_of_the_line() {
    assert_lists(
        "pub mod a { pub struct A; pub fn f(x: A, y: super::b::B, z: crate::C, w: inner::D) {} pub mod inner { pub struct D; } }
        pub mod b { pub struct B; } pub struct C; pub fn g(x: b::B) {}",
        expect![[r#"
            pub struct acme::C;

            pub mod acme::a;

            pub struct acme::a::A;

            pub fn acme::a::f(x: A, y: crate::b::B, z: crate::C, w: inner::D) {}

            pub mod acme::a::inner;

            pub struct acme::a::inner::D;

            pub mod acme::b;

            pub struct acme::b::B;

            pub fn acme::g(x: b::B) {}
        "#]],
    );
}

#[test]
fn foreign_names_have_their_whole_paths() {
    assert_lists(
        "use std::fmt; use http::{Method, Request}; pub struct Request2; pub mod m { pub struct Request; }
        pub fn f(a: Method, b: Request, c: m::Request, d: core::time::Duration, e: ::http::Method) -> fmt::Result {}",
        expect![[r#"
            pub struct acme::Request2;

            pub fn acme::f(
                a: http::Method,
                b: http::Request,
                c: m::Request,
                d: std::time::Duration,
                e: http::Method,
            ) -> std::fmt::Result {}

            pub mod acme::m;

            pub struct acme::m::Request;
        "#]],
    );
}

#[test]
fn cyclic_aliases_terminate() {
    assert_lists(
        "type A = B; type B = A; pub fn f(a: A) {} impl Clone for A {}",
        expect![[r#"
            pub fn acme::f(a: B) {}
        "#]],
    );
}

#[test]
fn private_alias_is_replaced_by_its_type() {
    assert_lists(
        "type Source = Vec<u8>; pub fn f(a: impl Into<Source>) {} pub struct S; type Me = S; impl Clone for Me {} impl Me { pub fn g() {} }",
        expect![[r#"
            pub struct acme::S;
            impl Clone for acme::S {}
            impl acme::S {
                pub fn g() {}
            }

            pub fn acme::f(a: impl Into<Vec<u8>>) {}
        "#]],
    );
}
