//! The lines of each kind of item.

use expect_test::expect;

use super::assert_lists;

#[test]
fn structs_list_public_fields_and_hide_private_ones() {
    assert_lists(
        "pub struct Open { pub b: Vec<u8>, pub a: Option<&'static [u8]> } pub struct Closed { pub a: u8, b: u8 }
        pub struct Pair(u8, pub Vec<u8>); pub struct Unit; struct Private { pub a: u8 }
        pub struct Generic<'a, T: Clone + 'a = u8, const N: usize>(&'a T) where T: Send;",
        expect![[r#"
            pub struct acme::Closed {
                pub a: u8,
                _: _,
            }

            pub struct acme::Generic<'a, T: Clone + 'a = u8, const N: usize>(
                _,
            )
            where
                T: Send;

            pub struct acme::Open {
                pub b: Vec<u8>,
                pub a: Option<&'static [u8]>,
            }

            pub struct acme::Pair(_, pub Vec<u8>);

            pub struct acme::Unit;
        "#]],
    );
}

#[test]
fn enums_list_variants_with_their_fields() {
    assert_lists(
        "#[repr(u8)] #[non_exhaustive] pub enum E<T> { B(T, u8), #[deprecated(note = \"x\")] A, C { d: Vec<T> }, D = 4 }",
        expect![[r#"
            #[repr(u8)]
            #[non_exhaustive]
            pub enum acme::E<T> {
                B(T, u8),
                #[deprecated]
                A,
                C { d: Vec<T> },
                D = 4,
            }
        "#]],
    );
}

#[test]
fn functions_list_their_whole_signature() {
    assert_lists(
        "pub async fn a() {} pub const unsafe fn b<'a>(x: &'a mut [u8; 4], mut y: u8, (p, q): (u8, u8)) -> &'a u8 { x }
        #[must_use = \"why\"] pub fn c<F>(f: F) -> impl Iterator<Item = u8> + '_ where F: for<'x> FnMut(&'x str) -> u8 {}
        pub extern \"C\" fn d(f: fn(*const u8, u8) -> u8, g: Box<dyn Fn(&dyn Clone) -> [u8; 2] + Send>, h: impl ::std::convert::Into<&'static mut [u8]>) where u8: ::std::fmt::Debug {}
        pub fn e<I: Iterator>(i: I, j: <I as Iterator>::Item, k: I::Item,) -> Result<(), ()> {} fn private() {}",
        expect![[r#"
            pub async fn acme::a() {}

            pub const unsafe fn acme::b<'a>(
                x: &'a mut [u8; 4],
                y: u8,
                _: (u8, u8),
            ) -> &'a u8 {}

            #[must_use]
            pub fn acme::c<F>(f: F) -> impl Iterator<Item = u8> + '_
            where
                F: for<'x> FnMut(&'x str) -> u8,
            {}

            pub extern "C" fn acme::d(
                f: fn(*const u8, u8) -> u8,
                g: Box<dyn Fn(&dyn Clone) -> [u8; 2] + Send>,
                h: impl std::convert::Into<&'static mut [u8]>,
            )
            where
                u8: std::fmt::Debug,
            {}

            pub fn acme::e<I: Iterator>(
                i: I,
                j: <I as Iterator>::Item,
                k: I::Item,
            ) -> Result<(), ()> {}
        "#]],
    );
}

#[test]
fn constants_statics_and_aliases_list_their_type() {
    assert_lists(
        "pub const A: &[&'static str] = &[]; pub static B: u8 = 1; pub static mut C: u8 = 1; pub type D<'a> = &'a [u8];
        const X: u8 = 1; type Y = u8;",
        expect![[r#"
            pub const acme::A: &[&'static str] = _;

            pub static acme::B: u8 = _;

            pub static mut acme::C: u8 = _;

            pub type acme::D<'a> = &'a [u8];
        "#]],
    );
}

#[test]
fn traits_list_required_and_provided_items() {
    assert_lists(
        "pub unsafe trait T<A: Copy = u8>: Sized + Clone where A: Send {
            type B: Clone + 'static; type C<'a> where Self: 'a; const D: u8; const E: u8 = 1;
            fn f(&self, a: A) -> Self::B; fn g(self: Box<Self>) -> u8 { 1 } #[doc(hidden)] fn h(); async fn i(&'_ mut self);
        }",
        expect![[r#"
            pub unsafe trait acme::T<A: Copy = u8>: Sized + Clone
            where
                A: Send,
            {
                type B: Clone + 'static;
                type C<'a> where Self: 'a;
                const D: u8;
                const E: u8 = _;
                fn f(&self, a: A) -> Self::B;
                fn g(self: Box<Self>) -> u8 {}
                async fn i(&'_ mut self);
            }
        "#]],
    );
}

#[test]
fn inherent_members_are_listed_in_their_impl() {
    assert_lists(
        "pub struct S<'a, T>(&'a T); impl<'a, T: Clone> S<'a, T> where T: Send {
            pub const A: u8 = 1; pub fn b(&mut self) -> Self where T: Copy {} pub(crate) fn c() {} fn d() {}
            #[doc(hidden)] pub fn e() {} #[cfg(test)] pub fn f() {} #[deprecated] pub fn g() {}
        } impl S<'_, u8> { pub fn h() {} }",
        expect![[r#"
            pub struct acme::S<'a, T>(_);
            impl acme::S<'_, u8> {
                pub fn h() {}
            }
            impl<'a, T: Clone> acme::S<'a, T>
            where
                T: Send,
            {
                pub const A: u8 = _;
                pub fn b(&mut self) -> Self
                where
                    T: Copy,
                {}
                #[deprecated]
                pub fn g() {}
            }
        "#]],
    );
}

#[test]
fn impls_are_listed_below_their_type() {
    assert_lists(
        "use std::fmt; #[derive(Clone, PartialEq, Hash)] pub struct S; impl fmt::Debug for S { } impl PartialEq<u8> for S {}
        impl<'a> From<&'a u8> for S {} impl From<S> for u8 {} impl Iterator for S { type Item = Vec<S>; } impl T for S { type A = (); }
        pub trait T { type A; } impl<X: T + ?Sized> T for Box<X> { type A = X; } impl !Send for S {}
        trait Private {} impl Private for S {} struct P; impl T for P { type A = u8; } impl From<P> for S {}",
        expect![[r#"
            #[derive(Clone, PartialEq, Hash)]
            pub struct acme::S;
            impl !Send for acme::S {}
            impl From<S> for u8 {}
            impl Iterator for acme::S {
                type Item = Vec<S>;
            }
            impl PartialEq<u8> for acme::S {}
            impl T for acme::S {}
            impl std::fmt::Debug for acme::S {}
            impl<'a> From<&'a u8> for acme::S {}

            pub trait acme::T {
                type A;
            }
            impl<X: T + ?Sized> T for Box<X> {
                type A = X;
            }
        "#]],
    );
}

/// Tests that derived impls differ from written ones: the compiler adds bounds to them, which the list does not know.
#[test]
fn derived_traits_are_listed_as_an_attribute() {
    assert_lists(
        "#[derive(Clone, Debug)] pub struct S<T: Copy>(T); impl<T: Copy> Default for S<T> {} #[derive(Clone)] pub enum E<'a> { A(&'a u8) }",
        expect![[r#"
            #[derive(Clone)]
            pub enum acme::E<'a> {
                A(&'a u8),
            }

            #[derive(Clone, Debug)]
            pub struct acme::S<T: Copy>(_);
            impl<T: Copy> Default for acme::S<T> {}
        "#]],
    );
}
