//! What the attributes of an item say to its users.

use quote::ToTokens;
use syn::{Attribute, Meta};

use super::text::{Piece, Text};

/// The attributes of an item that stand in its line, and those that keep it out of the listing.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Only in tests, or hidden from the docs.
    pub(super) hidden: bool,
    /// The conditions under which it is there, whole: `#[cfg(feature = "x")]`.
    pub(super) cfg: Vec<String>,
    /// All others, whole and without their reasons: `#[must_use]`.
    pub(super) notes: Vec<String>,
}

impl Marks {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let mut marks = Self::default();
        for attribute in attributes {
            marks.read(attribute);
        }
        marks
    }

    fn read(&mut self, attribute: &Attribute) {
        // Most are docs, and they say nothing here.
        if matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc")) {
            return;
        }
        let Some(name) = attribute.path().get_ident().map(ToString::to_string) else { return };
        match name.as_str() {
            "doc" => self.hidden |= words(&attribute.meta).contains(&"hidden".to_owned()),
            "cfg" if is_test(&attribute.meta) => self.hidden = true,
            "cfg" => self.cfg.push(whole(&attribute.meta)),
            "repr" => self.notes.push(whole(&attribute.meta)),
            "non_exhaustive" | "must_use" | "deprecated" => self.notes.push(format!("#[{name}]")),
            _ => {}
        }
    }

    /// The same, under more conditions.
    pub(super) fn under(mut self, cfg: &[String]) -> Self {
        let more: Vec<String> = cfg.iter().filter(|one| !self.cfg.contains(*one)).cloned().collect();
        self.cfg.splice(0..0, more);
        self
    }

    /// What stands at the end of the line.
    pub(super) fn text(&self) -> String {
        let marks: Vec<&str> = self.notes.iter().chain(&self.cfg).map(String::as_str).collect();
        if marks.is_empty() { String::new() } else { format!("  {}", marks.join(" ")) }
    }
}

/// `cfg(test)`, alone or among other conditions that must hold as well.
fn is_test(meta: &Meta) -> bool {
    let words = words(meta);
    words == ["test"] || words.first().is_some_and(|word| word == "all") && words.contains(&"test".to_owned())
}

/// The names in brackets, in order.
fn words(meta: &Meta) -> Vec<String> {
    let Meta::List(list) = meta else { return Vec::new() };
    let text = list.tokens.to_string();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn whole(meta: &Meta) -> String {
    let text = Text::of(meta.to_token_stream());
    let parts = text.0.iter().map(|piece| match piece {
        Piece::Plain(text) | Piece::Path(text) => text.as_str(),
    });
    format!("#[{}]", parts.collect::<String>())
}

/// The traits that are derived.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<String> {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let paths = derives.filter_map(|attribute| {
        type Paths = syn::punctuated::Punctuated<syn::Path, syn::Token![,]>;
        attribute.parse_args_with(Paths::parse_terminated).ok()
    });
    paths.flatten().filter_map(|path| Some(path.segments.last()?.ident.to_string())).collect()
}
