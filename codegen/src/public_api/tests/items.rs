//! The lines of each kind of item.

use super::assert_lists;

#[test]
fn structs_list_public_fields_and_hide_private_ones() {
    assert_lists(
        "pub struct Open { pub b: Vec<u8>, pub a: Option<&'static [u8]> } pub struct Closed { pub a: u8, b: u8 }
        pub struct Pair(u8, pub Vec<u8>); pub struct Unit; struct Private { pub a: u8 }
        pub struct Generic<'a, T: Clone + 'a = u8, const N: usize>(&'a T) where T: Send;",
        &[
            "pub struct acme::Closed { .. }",
            "pub acme::Closed::a: u8",
            "pub struct acme::Generic<'a, T: Clone + 'a = u8, const N: usize>(_) where T: Send",
            "pub struct acme::Open",
            "pub acme::Open::a: Option<&'static [u8]>",
            "pub acme::Open::b: Vec<u8>",
            "pub struct acme::Pair(_, pub Vec<u8>)",
            "pub struct acme::Unit;",
        ],
    );
}

#[test]
fn enums_list_variants_with_their_fields() {
    assert_lists(
        "#[repr(u8)] #[non_exhaustive] pub enum E<T> { B(T, u8), #[deprecated(note = \"x\")] A, C { d: Vec<T> }, D = 4 }",
        &[
            "pub enum acme::E<T>  #[repr(u8)] #[non_exhaustive]",
            "pub acme::E::A  #[deprecated]",
            "pub acme::E::B(T, u8)",
            "pub acme::E::C { d: Vec<T> }",
            "pub acme::E::D = 4",
        ],
    );
}

#[test]
fn functions_list_their_whole_signature() {
    assert_lists(
        "pub async fn a() {} pub const unsafe fn b<'a>(x: &'a mut [u8; 4], mut y: u8, (p, q): (u8, u8)) -> &'a u8 { x }
        #[must_use = \"why\"] pub fn c<F>(f: F) -> impl Iterator<Item = u8> + '_ where F: for<'x> FnMut(&'x str) -> u8 {}
        pub extern \"C\" fn d(f: fn(*const u8, u8) -> u8, g: Box<dyn Fn(&dyn Clone) -> [u8; 2] + Send>, h: impl ::std::convert::Into<&'static mut [u8]>) where u8: ::std::fmt::Debug {}
        pub fn e<I: Iterator>(i: I, j: <I as Iterator>::Item, k: I::Item,) -> Result<(), ()> {} fn private() {}",
        &[
            "pub async fn acme::a()",
            "pub const unsafe fn acme::b<'a>(x: &'a mut [u8; 4], y: u8, _: (u8, u8)) -> &'a u8",
            "pub fn acme::c<F>(f: F) -> impl Iterator<Item = u8> + '_ where F: for<'x> FnMut(&'x str) -> u8  #[must_use]",
            "pub extern \"C\" fn acme::d(f: fn(*const u8, u8) -> u8, g: Box<dyn Fn(&dyn Clone) -> [u8; 2] + Send>, \
                h: impl Into<&'static mut [u8]>) where u8: Debug",
            "pub fn acme::e<I: Iterator>(i: I, j: <I as Iterator>::Item, k: I::Item) -> Result<(), ()>",
        ],
    );
}

#[test]
fn constants_statics_and_aliases_list_their_type() {
    assert_lists(
        "pub const A: &[&'static str] = &[]; pub static B: u8 = 1; pub static mut C: u8 = 1; pub type D<'a> = &'a [u8];
        const X: u8 = 1; type Y = u8;",
        &[
            "pub const acme::A: &[&'static str]",
            "pub static acme::B: u8",
            "pub static mut acme::C: u8",
            "pub type acme::D<'a> = &'a [u8]",
        ],
    );
}

#[test]
fn traits_list_required_and_provided_items() {
    assert_lists(
        "pub unsafe trait T<A: Copy = u8>: Sized + Clone where A: Send {
            type B: Clone + 'static; type C<'a> where Self: 'a; const D: u8; const E: u8 = 1;
            fn f(&self, a: A) -> Self::B; fn g(self: Box<Self>) -> u8 { 1 } #[doc(hidden)] fn h(); async fn i(&'_ mut self);
        }",
        &[
            "pub unsafe trait acme::T<A: Copy = u8>: Sized + Clone where A: Send",
            "pub type acme::T::B: Clone + 'static",
            "pub type acme::T::C<'a> where Self: 'a",
            "pub const acme::T::D: u8",
            "pub const acme::T::E: u8 = ..",
            "pub fn acme::T::f(&self, a: A) -> Self::B",
            "pub fn acme::T::g(self: Box<Self>) -> u8 { .. }",
            "pub async fn acme::T::i(&'_ mut self)",
        ],
    );
}

#[test]
fn inherent_members_repeat_the_bounds_of_their_impl() {
    assert_lists(
        "pub struct S<'a, T>(&'a T); impl<'a, T: Clone> S<'a, T> where T: Send {
            pub const A: u8 = 1; pub fn b(&mut self) -> Self where T: Copy {} pub(crate) fn c() {} fn d() {}
            #[doc(hidden)] pub fn e() {} #[cfg(test)] pub fn f() {} #[deprecated] pub fn g() {}
        } impl S<'_, u8> { pub fn h() {} }",
        &[
            "pub struct acme::S<'a, T>(_)",
            "pub const acme::S<'a, T>::A: u8",
            "pub fn acme::S<'a, T>::b(&mut self) -> Self where T: Clone, T: Send, T: Copy",
            "pub fn acme::S<'a, T>::g() where T: Clone, T: Send  #[deprecated]",
            "pub fn acme::S<'_, u8>::h()",
        ],
    );
}

#[test]
fn traits_of_a_type_share_a_line() {
    assert_lists(
        "use std::fmt; #[derive(Clone, PartialEq, Hash)] pub struct S; impl fmt::Debug for S { } impl PartialEq<u8> for S {}
        impl<'a> From<&'a u8> for S {} impl From<S> for u8 {} impl Iterator for S { type Item = Vec<S>; } impl T for S { type A = (); }
        pub trait T { type A; } impl<X: T + ?Sized> T for Box<X> { type A = X; } impl !Send for S {}
        trait Private {} impl Private for S {} struct P; impl T for P { type A = u8; } impl From<P> for S {}",
        &[
            "pub struct acme::S;",
            "impl !Send + Clone + Debug + From<&'_ u8> + Hash + Iterator + PartialEq + PartialEq<u8> + T for acme::S",
            "impl From<S> for u8",
            "type <acme::S as Iterator>::Item = Vec<S>",
            "pub trait acme::T",
            "impl<X: T + ?Sized> T for Box<X>",
            "type <Box<X> as T>::A = X",
            "pub type acme::T::A",
        ],
    );
}

/// Tests that derived impls differ from written ones: the list does not know the bounds that the compiler adds.
#[test]
fn derived_impl_with_parameters_is_marked() {
    assert_lists(
        "#[derive(Clone, Debug)] pub struct S<T: Copy>(T); impl<T: Copy> Default for S<T> {} #[derive(Clone)] pub enum E<'a> { A(&'a u8) }",
        &[
            "pub enum acme::E<'a>",
            "impl<'a> Clone for acme::E<'a>",
            "pub acme::E::A(&'a u8)",
            "pub struct acme::S<T: Copy>(_)",
            "impl<T: Copy> Default for acme::S<T>",
            "impl<T: Copy> Clone + Debug for acme::S<T>  #[derive]",
        ],
    );
}
