//! Placement of blank lines.

use proc_macro2::TokenTree;
use syn::{AttrStyle, Attribute, Fields, File, ImplItem, Item, TraitItem, Visibility};

use super::marks;

/// Marks every position of a blank line in the file.
pub(super) fn mark(file: &mut File) {
    let attributed = !file.attrs.is_empty();
    mark_inner(&mut file.attrs);
    mark_items(&mut file.items, attributed);
}

/// Separates the docs of a file from its other inner attributes.
fn mark_inner(attrs: &mut Vec<Attribute>) {
    let borders: Vec<usize> =
        (1..attrs.len()).filter(|&at| is_doc(&attrs[at - 1]) != is_doc(&attrs[at])).collect();
    for at in borders.into_iter().rev() {
        attrs.insert(at, marks::gap(AttrStyle::Inner(Default::default())));
    }
}

fn mark_items(items: &mut [Item], first_too: bool) {
    let kinds: Vec<Kind> = items.iter().map(Kind::of_item).collect();
    let mut above = None;
    for (item, kind) in items.iter_mut().zip(&kinds) {
        mark_inside(item);
        let gap = above.map_or(first_too, |above| kind.is_separate_from(above));
        if let (true, Some(attrs)) = (gap, item_attributes(item)) {
            attrs.insert(0, marks::gap(AttrStyle::Outer));
        }
        above = Some(kind);
    }
}

fn mark_inside(item: &mut Item) {
    match item {
        Item::Mod(item) => {
            let attributed = item.attrs.iter().any(|attr| matches!(attr.style, AttrStyle::Inner(_)));
            if let Some((_, items)) = &mut item.content {
                mark_items(items, attributed);
            }
        }
        Item::Impl(item) => {
            let members = item.items.iter_mut().filter_map(impl_member);
            mark_members(members.collect());
        }
        Item::Trait(item) => {
            let members = item.items.iter_mut().filter_map(trait_member);
            mark_members(members.collect());
        }
        _ => {}
    }
}

fn mark_members(members: Vec<(Run, &mut Vec<Attribute>)>) {
    let mut above: Option<Kind> = None;
    for (run, attrs) in members {
        let kind = Kind::new(run, attrs);
        if above.is_some_and(|above| kind.is_separate_from(&above)) {
            attrs.insert(0, marks::gap(AttrStyle::Outer));
        }
        above = Some(kind);
    }
}

fn impl_member(member: &mut ImplItem) -> Option<(Run, &mut Vec<Attribute>)> {
    match member {
        ImplItem::Const(member) => Some((Run::Values, &mut member.attrs)),
        ImplItem::Type(member) => Some((Run::Values, &mut member.attrs)),
        ImplItem::Fn(member) => Some((Run::Alone, &mut member.attrs)),
        ImplItem::Macro(member) => Some((Run::Alone, &mut member.attrs)),
        _ => None,
    }
}

fn trait_member(member: &mut TraitItem) -> Option<(Run, &mut Vec<Attribute>)> {
    match member {
        TraitItem::Const(member) => Some((Run::Values, &mut member.attrs)),
        TraitItem::Type(member) => Some((Run::Values, &mut member.attrs)),
        TraitItem::Fn(member) => Some((Run::Alone, &mut member.attrs)),
        TraitItem::Macro(member) => Some((Run::Alone, &mut member.attrs)),
        _ => None,
    }
}

/// Items that can follow each other without a blank line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Imports,
    Exports,
    Modules,
    Values,
    Alone,
}

/// The properties of an item that decide about the blank lines around it.
struct Kind {
    run: Run,
    documented: bool,
    /// The name of a struct without a body. A macro call for that struct follows without a blank line.
    defines: Option<String>,
    /// The first name in the arguments of a macro call.
    about: Option<String>,
}

impl Kind {
    fn new(run: Run, attrs: &[Attribute]) -> Self {
        Self { run, documented: attrs.iter().any(is_doc), defines: None, about: None }
    }

    fn of_item(item: &Item) -> Self {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                Self::new(Run::Exports, &item.attrs)
            }
            Item::Use(item) => Self::new(Run::Imports, &item.attrs),
            Item::Mod(item) if item.content.is_none() => Self::new(Run::Modules, &item.attrs),
            Item::Const(item) => Self::new(Run::Values, &item.attrs),
            Item::Static(item) => Self::new(Run::Values, &item.attrs),
            Item::Type(item) => Self::new(Run::Values, &item.attrs),
            Item::Struct(item) => {
                let defines = (!matches!(item.fields, Fields::Named(_))).then(|| item.ident.to_string());
                Self { defines, ..Self::new(Run::Alone, &item.attrs) }
            }
            Item::Macro(item) => {
                Self { about: first_name(item.mac.tokens.clone()), ..Self::new(Run::Alone, &item.attrs) }
            }
            _ => Self::new(Run::Alone, &[]),
        }
    }

    /// Whether a blank line separates this item from the one above.
    fn is_separate_from(&self, above: &Self) -> bool {
        let run = self.run == above.run && self.run != Run::Alone && !self.documented && !above.documented;
        let belongs = self.about.is_some() && self.about == above.defines && !self.documented;
        !run && !belongs
    }
}

fn first_name(tokens: proc_macro2::TokenStream) -> Option<String> {
    match tokens.into_iter().next()? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_doc(attr: &Attribute) -> bool {
    attr.path().is_ident("doc") && attr.meta.require_name_value().is_ok()
}

fn item_attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::ExternCrate(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::ForeignMod(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::TraitAlias(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}
