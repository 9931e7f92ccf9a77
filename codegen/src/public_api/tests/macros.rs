//! Calls of known macros, and exported macros.

use super::{assert_lists, of};

#[test]
fn known_macros_list_what_they_expand_to() {
    assert_lists(
        "pub struct A; json_object!(A { const \"object\" = \"a\", b = \"c\" else 1, ..rest }); pub enum U {} json_union!(U by [\"t\"] { V = \"v\" });
        pub enum E {} runtime::open_enum!(E { A = \"a\" }); struct P; json_object!(P {});",
        &[
            "pub struct acme::A;",
            "impl Decode + Deserialize<'_> + Encode + Serialize for acme::A",
            "pub enum acme::E",
            "impl AsRef<str> + Decode + Deserialize<'_> + Display + Encode + From<&str> + From<String> + FromStr + Serialize \
                + ToParam for acme::E",
            "type <acme::E as FromStr>::Err = Infallible",
            "pub fn acme::E::as_str(&self) -> &str",
            "pub enum acme::U",
            "impl Decode + Deserialize<'_> + Encode + Serialize for acme::U",
        ],
    );
}

#[test]
fn id_macros_list_their_functions() {
    let text = of("pub struct Id(Box<str>); string_id!(Id); pub struct Key(Secret); secret_id!(Key);");
    for line in [
        "pub fn acme::Id::new(id: impl Into<String>) -> Self",
        "pub fn acme::Id::into_string(self) -> String",
        "type <acme::Id as FromStr>::Err = Infallible",
        "pub fn acme::Key::expose(&self) -> &str",
    ] {
        assert!(text.lines().any(|listed| listed == line), "no {line} in\n{text}");
    }
    assert!(text.contains("From<&Id>") && text.contains("From<&Key>"), "{text}");
}

#[test]
fn macro_for_each_type_lists_an_impl_per_type() {
    assert_lists(
        "pub trait Encode {} macro_rules! scalars { () => {} } scalars!(String Own); pub struct Own;",
        &[
            "pub trait acme::Encode",
            "impl Encode for String",
            "pub struct acme::Own;",
            "impl Encode for acme::Own",
        ],
    );
}

#[test]
fn exported_macro_is_listed_at_the_root() {
    assert_lists(
        "mod a { #[macro_export] macro_rules! shown { () => {} } #[doc(hidden)] #[macro_export] macro_rules! __hidden { () => {} }
        macro_rules! private { () => {} } }",
        &["pub macro acme::shown!"],
    );
}
