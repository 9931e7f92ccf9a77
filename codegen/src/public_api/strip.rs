//! Copies of declarations without everything that their users cannot observe.
//!
//! Bodies, values, docs and hidden members are most of a file. They are never copied.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, Field, Fields, Ident, ImplItem, ImplItemConst, ImplItemFn, ImplItemType, Item,
    ItemConst, ItemEnum, ItemFn, ItemImpl, ItemStatic, ItemStruct, ItemTrait, ItemType, Signature, TraitItem,
    TraitItemConst, TraitItemFn, TraitItemType, Type, Variant, Visibility,
};

use super::attributes::{self, shown};

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_absent(attributes: &[Attribute]) -> bool {
    attributes::is_test(attributes) || attributes::is_hidden(attributes)
}

/// Copies a declaration under another name; `None` if the item is of another kind.
pub(super) fn declaration(item: &Item, ident: Ident) -> Option<Item> {
    Some(match item {
        Item::Const(item) => Item::Const(ItemConst {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            modifiers: item.modifiers.clone(),
            ident,
            generics: item.generics.clone(),
            ty: item.ty.clone(),
            expr: Box::new(inferred()),
            ..*item
        }),
        Item::Enum(item) => Item::Enum(ItemEnum {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            ident,
            generics: item.generics.clone(),
            variants: item.variants.iter().filter(|it| !is_absent(&it.attrs)).map(variant).collect(),
            ..*item
        }),
        Item::Fn(item) => Item::Fn(ItemFn {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            modifiers: item.modifiers.clone(),
            sig: Signature { ident, ..item.sig.clone() },
            block: Box::new(no_body()),
        }),
        Item::Static(item) => Item::Static(ItemStatic {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            mutability: item.mutability.clone(),
            ident,
            ty: item.ty.clone(),
            expr: Box::new(inferred()),
            ..*item
        }),
        Item::Struct(item) => Item::Struct(ItemStruct {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            ident,
            generics: item.generics.clone(),
            fields: public_fields(&item.fields),
            ..*item
        }),
        Item::Trait(item) => Item::Trait(ItemTrait {
            attrs: shown(&item.attrs),
            vis: item.vis.clone(),
            modifiers: item.modifiers.clone(),
            ident,
            generics: item.generics.clone(),
            supertraits: item.supertraits.clone(),
            items: item.items.iter().filter_map(trait_item).collect(),
            ..*item
        }),
        Item::Type(item) => Item::Type(ItemType { attrs: shown(&item.attrs), ident, ..item.clone() }),
        _ => return None,
    })
}

/// Copies an impl with the types of a trait impl, except `()`, or the public items of an inherent impl.
pub(super) fn implementation(item: &ItemImpl) -> ItemImpl {
    let is_inherent = item.trait_.is_none();
    ItemImpl {
        attrs: shown(&item.attrs),
        modifiers: item.modifiers.clone(),
        generics: item.generics.clone(),
        trait_: item.trait_.clone(),
        self_ty: item.self_ty.clone(),
        items: item.items.iter().filter_map(|item| impl_item(item, is_inherent)).collect(),
        ..*item
    }
}

fn impl_item(item: &ImplItem, is_inherent: bool) -> Option<ImplItem> {
    let is_listed = |visibility: &Visibility, attributes: &[Attribute]| {
        is_inherent && is_public(visibility) && !is_absent(attributes)
    };
    match item {
        ImplItem::Const(item) => is_listed(&item.vis, &item.attrs).then(|| {
            ImplItem::Const(ImplItemConst { attrs: shown(&item.attrs), expr: inferred(), ..item.clone() })
        }),
        ImplItem::Fn(item) => is_listed(&item.vis, &item.attrs).then(|| {
            ImplItem::Fn(ImplItemFn {
                attrs: shown(&item.attrs),
                vis: item.vis.clone(),
                modifiers: item.modifiers.clone(),
                sig: item.sig.clone(),
                block: no_body(),
            })
        }),
        ImplItem::Type(item) => {
            let is_unit = matches!(&item.ty, Type::Tuple(tuple) if tuple.elems.is_empty());
            let copy = || ImplItem::Type(ImplItemType { attrs: shown(&item.attrs), ..item.clone() });
            (!is_absent(&item.attrs) && !is_unit).then(copy)
        }
        item => Some(item.clone()),
    }
}

fn trait_item(item: &TraitItem) -> Option<TraitItem> {
    match item {
        TraitItem::Const(item) => (!is_absent(&item.attrs)).then(|| {
            let default = item.default.as_ref().map(|(equals, _)| (*equals, inferred()));
            TraitItem::Const(TraitItemConst { attrs: shown(&item.attrs), default, ..item.clone() })
        }),
        TraitItem::Fn(item) => (!is_absent(&item.attrs)).then(|| {
            TraitItem::Fn(TraitItemFn {
                attrs: shown(&item.attrs),
                modifiers: item.modifiers.clone(),
                sig: item.sig.clone(),
                default: item.default.as_ref().map(|_| no_body()),
                semi_token: item.semi_token,
            })
        }),
        TraitItem::Type(item) => (!is_absent(&item.attrs))
            .then(|| TraitItem::Type(TraitItemType { attrs: shown(&item.attrs), ..item.clone() })),
        item => Some(item.clone()),
    }
}

fn variant(variant: &Variant) -> Variant {
    let fields = match &variant.fields {
        Fields::Named(fields) => {
            Fields::Named(syn::FieldsNamed { named: fields.named.iter().map(field).collect(), ..*fields })
        }
        Fields::Unnamed(fields) => Fields::Unnamed(syn::FieldsUnnamed {
            unnamed: fields.unnamed.iter().map(field).collect(),
            ..*fields
        }),
        Fields::Unit => Fields::Unit,
    };
    let (ident, discriminant) = (variant.ident.clone(), variant.discriminant.clone());
    Variant { attrs: shown(&variant.attrs), ident, fields, discriminant }
}

fn public_fields(fields: &Fields) -> Fields {
    match fields {
        Fields::Named(fields) => {
            let (public, hidden): (Vec<_>, Vec<_>) = fields.named.iter().partition(|field| is_shown(field));
            let hidden = hidden.into_iter().take(1).map(hide);
            let named = public.into_iter().map(field).chain(hidden).collect();
            Fields::Named(syn::FieldsNamed { named, ..*fields })
        }
        Fields::Unnamed(fields) => {
            let show = |it: &Field| if is_shown(it) { field(it) } else { hide(it) };
            let unnamed: Punctuated<_, _> = fields.unnamed.iter().map(show).collect();
            Fields::Unnamed(syn::FieldsUnnamed { unnamed, ..*fields })
        }
        Fields::Unit => Fields::Unit,
    }
}

fn is_shown(field: &Field) -> bool {
    is_public(&field.vis) && !is_absent(&field.attrs)
}

fn field(field: &Field) -> Field {
    Field {
        attrs: shown(&field.attrs),
        vis: field.vis.clone(),
        modifiers: field.modifiers.clone(),
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        default: field.default.clone(),
        ..*field
    }
}

/// Returns `_: _` in place of a field.
fn hide(field: &Field) -> Field {
    Field {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        modifiers: field.modifiers.clone(),
        ident: field.ident.as_ref().map(|name| Ident::new("_", name.span())),
        ty: Type::Infer(syn::TypeInfer { attrs: Vec::new(), underscore_token: Default::default() }),
        default: None,
        ..*field
    }
}

/// Returns `_` in place of a value.
fn inferred() -> Expr {
    Expr::Infer(syn::ExprInfer { attrs: Vec::new(), underscore_token: Default::default() })
}

fn no_body() -> syn::Block {
    syn::Block { brace_token: Default::default(), stmts: Vec::new() }
}
