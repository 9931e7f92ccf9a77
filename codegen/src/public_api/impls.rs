//! `impl` blocks, and the impls that `derive` makes.

use quote::ToTokens;
use syn::{Attribute, Generics, Ident, ImplItem, Type};

use super::attributes::{self, Marks};
use super::items::member;
use super::macros;
use super::outline::{Impl, Line, Subject, is_public};
use super::signature::{self, bounds, predicates, where_clause};
use super::text::Text;

/// What a written `impl` adds, unless it is there in tests only.
pub(super) fn read(item: &syn::ItemImpl) -> Option<Impl> {
    let marks = Marks::of(&item.attrs);
    let subject = Subject::of(&item.self_ty);
    let implemented = item.trait_.as_ref().map(|(path, _)| {
        let negative = if item.modifiers.polarity.is_some() { "!" } else { "" };
        Text::default().then(negative).and(Text::of(path))
    });
    let lines = match &implemented {
        Some(implemented) => trait_types(&item.items, implemented),
        None => members(&item.items, &item.generics),
    };
    let (generics, implemented) = match implemented {
        Some(implemented) => elided(&item.generics, implemented, &subject),
        None => Default::default(),
    };
    let implemented = if implemented.is_empty() { Vec::new() } else { vec![implemented] };
    let bounds = where_clause(predicates(&item.generics));
    (!marks.hidden).then_some(Impl { generics, implemented, subject, bounds, lines, marks })
}

/// What stands among the members of an `impl` and makes we do not know what.
pub(super) fn unlisted(item: &syn::ItemImpl) -> impl Iterator<Item = String> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Macro(item) => Some(format!("what `{}!` makes in an impl", macros::name(&item.mac))),
        _ => None,
    })
}

/// A lifetime that only the trait names is one that the reader need not know: `From<&'a T>` is `From<&'_ T>`.
fn elided(generics: &Generics, mut implemented: Text, subject: &Subject) -> (Text, Text) {
    let is_free = |name: &str| !subject.whole.names_lifetime(name);
    let free: Vec<String> = generics.lifetimes().map(|param| param.lifetime.to_string()).collect();
    if generics.params.len() == free.len()
        && generics.where_clause.is_none()
        && free.iter().all(|name| is_free(name))
    {
        for name in &free {
            implemented = implemented.elide(name);
        }
        return (Text::default(), implemented);
    }
    (Text::of(generics), implemented)
}

/// The public members of an inherent `impl`.
fn members(items: &[ImplItem], generics: &Generics) -> Vec<Line> {
    let bounds = bounds(generics);
    let lines = items.iter().filter_map(|item| match item {
        ImplItem::Fn(item) if is_public(&item.vis) => {
            let tail = signature::tail(&item.sig, &bounds);
            member(&signature::head(&item.sig), &item.sig.ident, tail, &item.attrs)
        }
        ImplItem::Const(item) if is_public(&item.vis) => {
            member("pub const ", &item.ident, Text::plain(": ").and(Text::of(&item.ty)), &item.attrs)
        }
        _ => None,
    });
    lines.collect()
}

/// The types that the trait asks for, where they say something.
fn trait_types(items: &[ImplItem], implemented: &Text) -> Vec<Line> {
    let types = items.iter().filter_map(|item| match item {
        ImplItem::Type(item) if !is_unit(&item.ty) => Some(item),
        _ => None,
    });
    let line = |item: &syn::ImplItemType| {
        let name = format!(">::{} = ", item.ident);
        let tail = Text::plain(" as ").and(implemented.clone()).then(&name).and(Text::of(&item.ty));
        Line { head: "type <".to_owned(), member: None, tail, marks: Marks::of(&item.attrs) }
    };
    types.map(line).collect()
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// The traits that are derived. On a type with params, the bounds that the compiler adds are not known here.
pub(super) fn derived(attributes: &[Attribute], name: &Ident, generics: &Generics) -> Option<Impl> {
    let derives = attributes::derives(attributes);
    let implemented: Vec<Text> = derives.iter().map(|name| derived_trait(name)).collect();
    let (of_impl, args, _) = generics.split_for_impl();
    let mut marks = Marks { cfg: Marks::of(attributes).cfg, ..Marks::default() };
    if generics.type_params().next().is_some() {
        marks.notes.push("#[derive]".to_owned());
    }
    (!implemented.is_empty()).then(|| Impl {
        generics: Text::of(of_impl),
        implemented,
        subject: Subject::named(name.to_string(), Text::of(&args)),
        bounds: where_clause(predicates(generics)),
        lines: Vec::new(),
        marks,
    })
}

/// By its path where a written impl needs one, so that both read alike.
fn derived_trait(name: &str) -> Text {
    match name {
        "Debug" => Text::path("::std::fmt::Debug"),
        "Hash" => Text::path("::std::hash::Hash"),
        name => Text::plain(name),
    }
}

impl Subject {
    /// A type by its name.
    pub(super) fn named(name: String, args: Text) -> Self {
        let whole = Text::path(&*name).and(args.clone());
        Self { path: Some(name), args, whole }
    }

    fn of(ty: &Type) -> Self {
        let whole = Text::of(ty);
        let Type::Path(ty) = ty else { return Self { path: None, args: Text::default(), whole } };
        let args = ty.path.segments.last().map(|last| Text::of(last.arguments.to_token_stream()));
        let path = match ty.qself {
            Some(_) => None,
            None => whole.paths().next().map(str::to_owned),
        };
        Self { path, args: args.unwrap_or_default(), whole }
    }
}
