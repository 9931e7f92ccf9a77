//! Calls of known macros, and exported macros.

use expect_test::expect;

use super::{assert_lists, of};

#[test]
fn known_macros_list_what_they_expand_to() {
    assert_lists(
        "pub struct A; json_object!(A { const \"object\" = \"a\", b = \"c\" else 1, ..rest }); pub enum U {} json_union!(U by [\"t\"] { V = \"v\" });
        pub enum E {} runtime::open_enum!(E { A = \"a\" }); struct P; json_object!(P {});",
        expect![[r#"
            pub struct acme::A;
            impl serde_core::Serialize for acme::A {}
            impl typefoundry_runtime::Decode for acme::A {}
            impl typefoundry_runtime::Encode for acme::A {}
            impl typefoundry_runtime::json::DecodeInPlace for acme::A {}
            impl<'de> serde_core::Deserialize<'de> for acme::A {}

            pub enum acme::E {}
            impl AsRef<str> for acme::E {}
            impl From<&str> for acme::E {}
            impl From<String> for acme::E {}
            impl acme::E {
                pub fn as_str(&self) -> &str {}
            }
            impl serde_core::Serialize for acme::E {}
            impl std::fmt::Display for acme::E {}
            impl std::str::FromStr for acme::E {
                type Err = std::convert::Infallible;
            }
            impl typefoundry_runtime::Decode for acme::E {}
            impl typefoundry_runtime::Encode for acme::E {}
            impl typefoundry_runtime::ToParam for acme::E {}
            impl typefoundry_runtime::json::DecodeInPlace for acme::E {}
            impl<'de> serde_core::Deserialize<'de> for acme::E {}

            pub enum acme::U {}
            impl serde_core::Serialize for acme::U {}
            impl typefoundry_runtime::Decode for acme::U {}
            impl typefoundry_runtime::Encode for acme::U {}
            impl typefoundry_runtime::json::DecodeInPlace for acme::U {}
            impl<'de> serde_core::Deserialize<'de> for acme::U {}
        "#]],
    );
}

#[test]
fn id_macros_list_their_functions() {
    let text = of("pub struct Id(Box<str>); string_id!(Id); pub struct Key(Secret); secret_id!(Key);");
    for line in [
        "pub fn new(id: impl Into<String>) -> Self {}",
        "pub fn into_string(self) -> String {}",
        "type Err = std::convert::Infallible;",
        "pub fn expose(&self) -> &str {}",
        "impl From<&Id> for acme::Id {}",
        "impl From<&Key> for acme::Key {}",
    ] {
        assert!(text.lines().any(|listed| listed.trim() == line), "no {line} in\n{text}");
    }
}

#[test]
fn private_macro_lists_the_impl_for_its_type() {
    assert_lists(
        "pub trait Encode {} macro_rules! scalar { () => {} } scalar!(String); scalar!(Own); pub struct Own;",
        expect![[r#"
            pub trait acme::Encode {}
            impl Encode for String {}

            pub struct acme::Own;
            impl Encode for acme::Own {}
        "#]],
    );
}

#[test]
fn macro_lists_the_impls_for_a_tuple() {
    assert_lists(
        "pub trait Decode {} pub trait DecodeInPlace {} pub trait Encode {}
        macro_rules! tuple { () => {} } tuple!((A, B) 2 { A 0, B 1 });",
        expect![[r#"
            pub trait acme::Decode {}
            impl Decode for (A, B) {}

            pub trait acme::DecodeInPlace {}
            impl DecodeInPlace for (A, B) {}

            pub trait acme::Encode {}
            impl Encode for (A, B) {}
        "#]],
    );
}

#[test]
fn exported_macro_is_listed_at_the_root() {
    assert_lists(
        "mod a { #[macro_export] macro_rules! shown { () => {} } #[doc(hidden)] #[macro_export] macro_rules! __hidden { () => {} }
        macro_rules! private { () => {} } }",
        expect![[r#"
            pub macro acme::shown;
        "#]],
    );
}
