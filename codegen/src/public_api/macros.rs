//! Macro calls among items: one table of the macros, and the items that they expand to.
//!
//! A call of a macro that is missing in the table is listed as unlisted. A test compares the table with the macros
//! themselves.

use proc_macro2::TokenTree;

/// Every macro that is called among items, in the runtime and in generated code, with its expansion for a type `X`, which
/// is its first argument.
const MACROS: [(&str, &[&str]); 15] = [
    ("json_object", &[JSON, SERDE]),
    ("json_union", &[JSON, SERDE]),
    ("string_id", &[STRING_ID, TEXT, JSON, SERDE]),
    ("secret_id", &[SECRET_ID, JSON, SERDE]),
    ("open_enum", &[OPEN_ENUM, TEXT, JSON, SERDE]),
    ("open_integer_enum", &[OPEN_INTEGER_ENUM, JSON, SERDE]),
    ("__impl_serde", &[SERDE]),
    ("__impl_placeholder", &["impl ::typefoundry_runtime::json::DecodeInPlace for X {}"]),
    ("scalar", &["impl Encode for X {}"]),
    ("integer", &["impl Decode for X {}"]),
    ("parsed", &["impl Decode for X {}"]),
    ("written", &["impl Encode for X {}"]),
    ("displayed", &["impl ToParam for X {}"]),
    ("tuple", &["impl Decode for X {} impl DecodeInPlace for X {} impl Encode for X {}"]),
    ("from_integer", &["impl From<X> for Decimal {}"]),
];

const JSON: &str = "
    impl ::typefoundry_runtime::Decode for X {} impl ::typefoundry_runtime::json::DecodeInPlace for X {}
    impl ::typefoundry_runtime::Encode for X {}";

const SERDE: &str = "impl<'de> ::serde_core::Deserialize<'de> for X {} impl ::serde_core::Serialize for X {}";

const TEXT: &str = "
    impl AsRef<str> for X {} impl ::core::fmt::Display for X {} impl ::typefoundry_runtime::ToParam for X {}
    impl ::core::str::FromStr for X { type Err = ::core::convert::Infallible; }";

const STRING_ID: &str = "
    impl X {
        pub fn new(id: impl Into<String>) -> Self {}
        pub fn as_str(&self) -> &str {}
        pub fn into_string(self) -> String {}
    }
    impl ::core::borrow::Borrow<str> for X {} impl ::core::fmt::Debug for X {} impl From<&X> for X {}";

const SECRET_ID: &str = "
    impl X { pub fn new(text: impl Into<::typefoundry_runtime::Secret>) -> Self {} pub fn expose(&self) -> &str {} }
    impl ::core::fmt::Debug for X {} impl From<&X> for X {} impl ::typefoundry_runtime::ToParam for X {}";

const OPEN_ENUM: &str =
    "impl X { pub fn as_str(&self) -> &str {} } impl From<&str> for X {} impl From<String> for X {}";

const OPEN_INTEGER_ENUM: &str = "
    impl X { pub fn as_i64(&self) -> i64 {} } impl From<i64> for X {}
    impl ::core::fmt::Display for X {} impl ::typefoundry_runtime::ToParam for X {}";

/// The placeholder of the type in the table.
pub(super) const TYPE: &str = "X";

/// Returns each macro with the items that it expands to for the type `X`.
pub(super) fn expansions() -> impl Iterator<Item = (&'static str, Vec<syn::Item>)> {
    MACROS.iter().filter_map(|(name, code)| Some((*name, syn::parse_file(&code.concat()).ok()?.items)))
}

/// Returns the type in a call: a name or a tuple.
pub(super) fn type_of(call: &syn::Macro) -> Option<String> {
    match call.tokens.clone().into_iter().next()? {
        TokenTree::Ident(ty) => Some(ty.to_string()),
        TokenTree::Group(tuple) => Some(tuple.to_string().replace(" ,", ",")),
        _ => None,
    }
}
