//! How names in signatures are told.

use super::assert_lists;

#[test]
fn a_name_is_told_from_the_module_of_its_line() {
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
fn a_name_of_another_crate_stands_alone_where_it_means_one_thing() {
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
fn aliases_that_name_each_other_come_to_an_end() {
    assert_lists("type A = B; type B = A; pub fn f(a: A) {} impl Clone for A {}", &["pub fn acme::f(a: B)"]);
}

#[test]
fn a_private_alias_is_what_it_stands_for() {
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
