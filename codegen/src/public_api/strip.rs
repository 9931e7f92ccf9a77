//! Removal of everything in an item that its users cannot observe, and a mark on every path that remains.

use std::collections::BTreeMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Field, Fields, Ident, ImplItem, Pat, TraitItem, Type, Visibility};

use super::attributes;
use super::print::{mark_start, unmark};

/// The visitor that removes bodies, values, private and hidden members, and attributes that do not matter, and marks paths.
#[derive(Default)]
pub(super) struct Strip {
    /// The marked types of the private aliases of the module, which users see in their place.
    pub(super) aliases: BTreeMap<String, Type>,
    /// Descriptions of members that cannot be listed.
    pub(super) unlisted: Vec<String>,
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_absent(attributes: &[Attribute]) -> bool {
    attributes::is_test(attributes) || attributes::is_hidden(attributes)
}

/// Replaces a type or a value by `_`.
pub(super) fn infer<T: syn::parse::Parse>(replaced: &mut T) {
    if let Ok(infer) = syn::parse2(quote::quote!(_)) {
        *replaced = infer;
    }
}

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes::retain_shown(attributes);
    }

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        self.unlisted.extend(call.path.segments.last().map(|name| format!("`{}!` in an item", name.ident)));
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        mark_start(path, path.segments.len());
    }

    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        let Some(qself) = &mut ty.qself else { return self.visit_path_mut(&mut ty.path) };
        self.visit_type_mut(&mut qself.ty);
        visit_mut::visit_path_mut(self, &mut ty.path);
        let before = ty.path.segments.len();
        mark_start(&mut ty.path, qself.position);
        qself.position -= before - ty.path.segments.len();
    }

    /// Replaces a private alias. Aliases within aliases stay.
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Path(path) = &*ty
            && let Some(name) = path.path.get_ident().and_then(|name| unmark(&name.to_string()))
            && let Some(alias) = self.aliases.get(&name)
        {
            *ty = alias.clone();
        }
    }

    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        receiver.mutability = None;
        visit_mut::visit_receiver_mut(self, receiver);
    }

    fn visit_pat_type_mut(&mut self, argument: &mut syn::PatType) {
        match &mut *argument.pat {
            Pat::Ident(name) => (name.by_ref, name.mutability) = (None, None),
            pattern => {
                *pattern = Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token: Default::default() })
            }
        }
        visit_mut::visit_pat_type_mut(self, argument);
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        match &mut item.fields {
            Fields::Named(fields) => {
                let all = std::mem::take(&mut fields.named).into_iter();
                let (shown, hidden): (Vec<_>, Vec<_>) = all.partition(is_shown);
                fields.named = shown.into_iter().chain(hidden.into_iter().take(1).map(hide)).collect();
            }
            Fields::Unnamed(fields) => {
                let all = std::mem::take(&mut fields.unnamed).into_iter();
                fields.unnamed =
                    all.map(|field| if is_shown(&field) { field } else { hide(field) }).collect();
            }
            Fields::Unit => {}
        }
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        let variants = std::mem::take(&mut item.variants).into_iter();
        item.variants = variants.filter(|variant| !is_absent(&variant.attrs)).collect();
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_item_trait_mut(&mut self, item: &mut syn::ItemTrait) {
        item.items.retain_mut(|item| match item {
            TraitItem::Const(item) => {
                item.default.iter_mut().for_each(|(_, value)| infer::<Expr>(value));
                !is_absent(&item.attrs)
            }
            TraitItem::Fn(item) => !is_absent(&item.attrs),
            TraitItem::Type(item) => !is_absent(&item.attrs),
            _ => true,
        });
        visit_mut::visit_item_trait_mut(self, item);
    }

    /// Keeps the types of a trait impl, except `()`, and the public items of an inherent impl.
    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        let is_inherent = item.trait_.is_none();
        item.items.retain_mut(|item| match item {
            ImplItem::Const(item) => {
                infer::<Expr>(&mut item.expr);
                is_inherent && is_public(&item.vis) && !is_absent(&item.attrs)
            }
            ImplItem::Fn(item) => is_inherent && is_public(&item.vis) && !is_absent(&item.attrs),
            ImplItem::Type(item) => {
                !is_absent(&item.attrs) && !matches!(&item.ty, Type::Tuple(tuple) if tuple.elems.is_empty())
            }
            _ => true,
        });
        visit_mut::visit_item_impl_mut(self, item);
    }
}

fn is_shown(field: &Field) -> bool {
    is_public(&field.vis) && !is_absent(&field.attrs)
}

/// Replaces a field by `_: _`.
fn hide(mut field: Field) -> Field {
    field.attrs.clear();
    field.vis = Visibility::Inherited;
    field.ident = field.ident.map(|name| Ident::new("_", name.span()));
    infer(&mut field.ty);
    field
}
