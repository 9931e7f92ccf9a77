//! Macro calls among items: one table of the macros, and the items that they expand to.
//!
//! A call of a macro that is missing in the table is listed as unlisted. A test compares the table with the macros
//! themselves.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proc_macro2::TokenTree;
use syn::{ImplItem, TraitItem};

use super::attributes::Marks;
use super::impls::implementation;
use super::items::{Item, Kind, Line, SUBJECT, Scope};
use super::tokens::{CLOSE, OPEN};

/// Every macro that is called among items, in the runtime and in generated code, with its expansion for a type `X`.
const MACROS: [(&str, &str); 8] = [
    ("json_object", JSON),
    ("json_union", JSON),
    ("string_id", STRING_ID),
    ("secret_id", SECRET_ID),
    ("open_enum", OPEN_ENUM),
    ("__impl_serde", "impl Deserialize<'_> for X {} impl Serialize for X {}"),
    ("scalars", "impl Encode for X {}"),
    ("displayed", "impl ToParam for X {}"),
];

/// The macros whose arguments are types, each of which gets the impls. Other macros take one type first.
///
/// These macros are called in one file only, so names in their expansion are resolved as names of that file.
const FOR_EACH_TYPE: [&str; 2] = ["scalars", "displayed"];

const JSON: &str =
    "impl Decode for X {} impl Deserialize<'_> for X {} impl Encode for X {} impl Serialize for X {}";

const STRING_ID: &str = "
    impl X {
        pub fn new(id: impl Into<String>) -> Self {}
        pub fn as_str(&self) -> &str {}
        pub fn into_string(self) -> String {}
    }
    impl AsRef<str> for X {} impl Borrow<str> for X {} impl Debug for X {} impl Decode for X {} impl Deserialize<'_> for X {}
    impl Display for X {} impl Encode for X {} impl From<&X> for X {} impl FromStr for X { type Err = Infallible; }
    impl Serialize for X {} impl ToParam for X {}";

const SECRET_ID: &str = "
    impl X { pub fn new(text: impl Into<Secret>) -> Self {} pub fn expose(&self) -> &str {} }
    impl Debug for X {} impl Decode for X {} impl Deserialize<'_> for X {} impl Encode for X {} impl From<&X> for X {}
    impl Serialize for X {} impl ToParam for X {}";

const OPEN_ENUM: &str = "
    impl X { pub fn as_str(&self) -> &str {} }
    impl AsRef<str> for X {} impl Decode for X {} impl Deserialize<'_> for X {} impl Display for X {} impl Encode for X {}
    impl From<&str> for X {} impl From<String> for X {} impl FromStr for X { type Err = Infallible; } impl Serialize for X {}
    impl ToParam for X {}";

/// The impls of the table for the type `X`.
static EXPANSIONS: LazyLock<BTreeMap<&str, Vec<Item>>> = LazyLock::new(|| {
    let parsed = MACROS.iter().filter_map(|(name, code)| Some((*name, syn::parse_file(code).ok()?)));
    parsed.map(|(name, file)| (name, file.items.iter().filter_map(impl_of).collect())).collect()
});

fn impl_of(item: &syn::Item) -> Option<Item> {
    match item {
        syn::Item::Impl(item) => implementation(item),
        _ => None,
    }
}

/// Reads the definition or the call of a macro.
pub(super) fn read(item: &syn::ItemMacro) -> Vec<Item> {
    if let Some(name) = &item.ident {
        return exported(name, &item.attrs).into_iter().collect();
    }
    let Some(marks) = Marks::of(&item.attrs).filter(|marks| !marks.hidden) else { return Vec::new() };
    let name = name(&item.mac);
    let Some(expansion) = EXPANSIONS.get(&*name) else { return vec![Item::unlisted(format!("`{name}!`"))] };
    let is_for_each = FOR_EACH_TYPE.contains(&&*name);
    let types = item.mac.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    let types = types.take(if is_for_each { usize::MAX } else { 1 });
    types
        .flat_map(|ty| expansion.iter().map(move |item| (ty.clone(), item)))
        .map(|(ty, item)| with_type(item, &ty, is_for_each, &marks))
        .collect()
}

/// Returns the name of a called macro, without its path.
fn name(call: &syn::Macro) -> String {
    call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// Returns an exported macro, which is public at the root of the crate. Its rules are not listed.
fn exported(name: &syn::Ident, attributes: &[syn::Attribute]) -> Option<Item> {
    attributes.iter().find(|attribute| attribute.path().is_ident("macro_export"))?;
    let marks = Marks::of(attributes)?;
    let text = format!("pub macro {SUBJECT}!");
    let line = Line { key: Line::ITEM.to_owned(), text, marks: marks.clone() };
    Some(Item { scope: Scope::Root, ..Item::new(name, Kind::Declared, marks, vec![line]) })
}

/// Returns macro calls among the members of an item, which cannot be listed.
pub(super) fn unlisted_members(item: &syn::Item) -> Vec<Item> {
    let in_trait = |item: &TraitItem| match item {
        TraitItem::Macro(call) => Some(Item::unlisted(format!("`{}!` in a trait", name(&call.mac)))),
        _ => None,
    };
    let in_impl = |item: &ImplItem| match item {
        ImplItem::Macro(call) => Some(Item::unlisted(format!("`{}!` in an impl", name(&call.mac)))),
        _ => None,
    };
    match item {
        syn::Item::Trait(item) => item.items.iter().filter_map(in_trait).collect(),
        syn::Item::Impl(item) => item.items.iter().filter_map(in_impl).collect(),
        _ => Vec::new(),
    }
}

/// Replaces `X` in an item of the table.
fn with_type(item: &Item, ty: &str, resolves: bool, marks: &Marks) -> Item {
    let replace = |text: &str| {
        let text = text.replace('X', ty);
        if resolves { text } else { text.replace([OPEN, CLOSE], "") }
    };
    let mut item = item.clone();
    item.marks = marks.clone();
    if let Kind::Impl(subject, traits) = &mut item.kind {
        *subject = subject.replace('X', ty);
        traits.iter_mut().for_each(|implemented| *implemented = replace(implemented));
    }
    for line in &mut item.lines {
        line.text = replace(&line.text);
    }
    item
}
