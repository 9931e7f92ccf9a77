//! What the macros give that stand among items: the one table of them.
//!
//! A macro that is not in the table is said to be unlisted. A test holds the table against the macros themselves.

use proc_macro2::TokenTree;

use super::attributes::Marks;
use super::outline::{Impl, Line, Module, Named, Reach, Subject};
use super::text::Text;

/// A macro that makes impls.
struct Known {
    name: &'static str,
    /// Whether it takes types and makes the impls for each; else the first name that it takes is the type.
    for_each: bool,
    /// Public functions: name, arguments and result.
    functions: &'static [(&'static str, &'static str)],
    traits: &'static [&'static str],
    /// Types that a trait asks for: trait, name, type.
    types: &'static [(&'static str, &'static str, &'static str)],
}

const JSON: &[&str] = &["Decode", "Deserialize<'_>", "Encode", "Serialize"];
const SCALAR: Known = Known { name: "", for_each: true, functions: &[], traits: &[], types: &[] };

/// Every macro that we call among items, in the runtime and in what is emitted.
const KNOWN: &[Known] = &[
    Known { name: "json_object", for_each: false, functions: &[], traits: JSON, types: &[] },
    Known { name: "json_union", for_each: false, functions: &[], traits: JSON, types: &[] },
    Known {
        name: "string_id",
        for_each: false,
        functions: &[
            ("new", "(id: impl Into<String>) -> Self"),
            ("as_str", "(&self) -> &str"),
            ("into_string", "(self) -> String"),
        ],
        traits: &[
            "AsRef<str>",
            "Borrow<str>",
            "Debug",
            "Decode",
            "Deserialize<'_>",
            "Display",
            "Encode",
            "From<&Self>",
            "FromStr",
            "Serialize",
            "WireText",
        ],
        types: &[("FromStr", "Err", "Infallible")],
    },
    Known {
        name: "secret_id",
        for_each: false,
        functions: &[("new", "(text: impl Into<Secret>) -> Self"), ("expose", "(&self) -> &str")],
        traits: &["Debug", "Decode", "Deserialize<'_>", "Encode", "From<&Self>", "Serialize", "WireText"],
        types: &[],
    },
    Known {
        name: "open_enum",
        for_each: false,
        functions: &[("as_str", "(&self) -> &str")],
        traits: &[
            "AsRef<str>",
            "Decode",
            "Deserialize<'_>",
            "Display",
            "Encode",
            "From<&str>",
            "From<String>",
            "FromStr",
            "Serialize",
            "WireText",
        ],
        types: &[("FromStr", "Err", "Infallible")],
    },
    Known {
        name: "__serde",
        for_each: false,
        functions: &[],
        traits: &["Deserialize<'_>", "Serialize"],
        types: &[],
    },
    Known { name: "scalars", traits: &["Encode"], ..SCALAR },
    Known { name: "displayed", traits: &["WireText"], ..SCALAR },
];

/// A definition of a macro, or a call of one.
pub(super) fn read(item: &syn::ItemMacro, module: &mut Module) {
    if let Some(name) = &item.ident {
        module.items.extend(exported(&name.to_string(), &item.attrs));
        return;
    }
    let name = name(&item.mac);
    match KNOWN.iter().find(|known| known.name == name) {
        Some(known) => module.impls.extend(known.impls(&item.mac, &Marks::of(&item.attrs))),
        None if Marks::of(&item.attrs).hidden => {}
        None => module.unlisted.push(format!("what `{name}!` makes")),
    }
}

/// The name of a macro that is called, without its path.
pub(super) fn name(call: &syn::Macro) -> String {
    call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// A macro is in reach where it is exported, and then from the root. What it takes is not listed.
fn exported(name: &str, attributes: &[syn::Attribute]) -> Option<Named> {
    let marks = Marks::of(attributes);
    let is_exported = attributes.iter().any(|attribute| attribute.path().is_ident("macro_export"));
    is_exported.then(|| {
        let line = Line { marks: marks.clone(), ..line("pub macro ", None, "!") };
        Named { name: name.to_owned(), reach: Reach::Root, marks, lines: vec![line], stands_for: None }
    })
}

impl Known {
    fn impls(&self, call: &syn::Macro, marks: &Marks) -> Vec<Impl> {
        let names = call.tokens.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        let how_many = if self.for_each { usize::MAX } else { 1 };
        names.take(how_many).map(|name| self.impl_of(name, marks.clone())).collect()
    }

    fn impl_of(&self, name: String, marks: Marks) -> Impl {
        let functions = self.functions.iter().map(|(function, tail)| line("pub fn ", Some(function), tail));
        let types =
            self.types.iter().map(|(of, ty, is)| line("type <", None, &format!(" as {of}>::{ty} = {is}")));
        Impl {
            generics: Text::default(),
            implemented: self.traits.iter().map(|implemented| self.implemented(implemented, &name)).collect(),
            subject: Subject::named(name, Text::default()),
            bounds: Text::default(),
            lines: functions.chain(types).collect(),
            marks,
        }
    }

    /// Where a macro is for one file, the trait is named as that file names it.
    fn implemented(&self, implemented: &str, name: &str) -> Text {
        if self.for_each { Text::path(implemented) } else { Text::plain(implemented.replace("Self", name)) }
    }
}

fn line(head: &str, member: Option<&str>, tail: &str) -> Line {
    let (member, tail) = (member.map(str::to_owned), Text::plain(tail));
    Line { head: head.to_owned(), member, tail, marks: Marks::default() }
}
