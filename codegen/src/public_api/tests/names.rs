//! Names in signatures.

use super::assert_lists;

#[test]
fn own_names_are_relative_to_the_module_of_the_line() {
    assert_lists(
        "pub mod a { pub struct A; pub fn f(x: A, y: super::b::B, z: crate::C, w: inner::D) {} pub mod inner { pub struct D; } }
        pub mod b { pub struct B; } pub struct C; pub fn g(x: b::B) {}",
        &[
            "pub struct acme::C;",
            "pub mod acme::a",
            "pub struct acme::a::A;",
            "pub fn acme::a::f(x: A, y: crate::b::B, z: crate::C, w: inner::D)",
            "pub mod acme::a::inner",
            "pub struct acme::a::inner::D;",
            "pub mod acme::b",
            "pub struct acme::b::B;",
            "pub fn acme::g(x: b::B)",
        ],
    );
}

#[test]
fn unambiguous_foreign_names_are_imported_once() {
    assert_lists(
        "use std::fmt; use http::{Method, Request}; pub struct Request2; pub mod m { pub struct Request; }
        pub fn f(a: Method, b: Request, c: m::Request, d: core::time::Duration, e: ::http::Method) -> fmt::Result {}",
        &[
            "use http::Method",
            "use std::time::Duration",
            "",
            "pub struct acme::Request2;",
            "pub fn acme::f(a: Method, b: http::Request, c: m::Request, d: Duration, e: Method) -> std::fmt::Result",
            "pub mod acme::m",
            "pub struct acme::m::Request;",
        ],
    );
}

#[test]
fn cyclic_aliases_terminate() {
    assert_lists("type A = B; type B = A; pub fn f(a: A) {} impl Clone for A {}", &["pub fn acme::f(a: B)"]);
}

#[test]
fn private_alias_is_replaced_by_its_type() {
    assert_lists(
        "type Source = Vec<u8>; pub fn f(a: impl Into<Source>) {} pub struct S; type Me = S; impl Clone for Me {} impl Me { pub fn g() {} }",
        &[
            "pub struct acme::S;",
            "impl Clone for acme::S",
            "pub fn acme::S::g()",
            "pub fn acme::f(a: impl Into<Vec<u8>>)",
        ],
    );
}
