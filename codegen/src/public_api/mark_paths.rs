//! A mark on every path of a declaration.
//!
//! The walk is written by hand. The feature `visit-mut` of syn would make the generator build syn a second time, beside the
//! syn of its derive macros.

use std::collections::BTreeMap;

use syn::{
    Expr, Fields, FnArg, GenericArgument, GenericParam, Generics, ImplItem, Item, ItemImpl, Pat, Path,
    PathArguments, ReceiverKind, ReturnType, Signature, TraitItem, Type, TypeParamBound, TypePath,
    WherePredicate,
};

use super::print::{mark_start, unmark};

/// A visitor of the declarations of one module.
#[derive(Default)]
pub(super) struct PathMarker {
    /// The marked types of the private aliases of the module, which users see in their place.
    pub(super) aliases: BTreeMap<String, Type>,
    /// Descriptions of members that cannot be listed.
    pub(super) unlisted: Vec<String>,
}

impl PathMarker {
    pub(super) fn declaration(&mut self, item: &mut Item) {
        match item {
            Item::Const(item) => self.ty(&mut item.ty),
            Item::Static(item) => self.ty(&mut item.ty),
            Item::Fn(item) => self.signature(&mut item.sig),
            Item::Type(item) => {
                self.generics(&mut item.generics);
                self.ty(&mut item.ty);
            }
            Item::Struct(item) => {
                self.generics(&mut item.generics);
                self.fields(&mut item.fields);
            }
            Item::Enum(item) => {
                self.generics(&mut item.generics);
                for variant in &mut item.variants {
                    self.fields(&mut variant.fields);
                    variant.discriminant.iter_mut().for_each(|(_, value)| self.value(value));
                }
            }
            Item::Trait(item) => {
                self.generics(&mut item.generics);
                self.bounds(&mut item.supertraits);
                item.items.iter_mut().for_each(|item| self.trait_item(item));
            }
            _ => {}
        }
    }

    fn trait_item(&mut self, item: &mut TraitItem) {
        match item {
            TraitItem::Const(item) => self.ty(&mut item.ty),
            TraitItem::Fn(item) => self.signature(&mut item.sig),
            TraitItem::Type(item) => {
                self.generics(&mut item.generics);
                self.bounds(&mut item.bounds);
                item.default.iter_mut().for_each(|(_, ty)| self.ty(ty));
            }
            TraitItem::Macro(item) => self.call(&item.mac),
            _ => {}
        }
    }

    pub(super) fn implementation(&mut self, item: &mut ItemImpl) {
        self.generics(&mut item.generics);
        item.trait_.iter_mut().for_each(|(path, _)| self.path(path));
        self.ty(&mut item.self_ty);
        for item in &mut item.items {
            match item {
                ImplItem::Const(item) => self.ty(&mut item.ty),
                ImplItem::Fn(item) => self.signature(&mut item.sig),
                ImplItem::Type(item) => {
                    self.generics(&mut item.generics);
                    self.ty(&mut item.ty);
                }
                ImplItem::Macro(item) => self.call(&item.mac),
                _ => {}
            }
        }
    }

    fn fields(&mut self, fields: &mut Fields) {
        for field in fields {
            self.ty(&mut field.ty);
        }
    }

    /// Marks the types of a function. Callers observe neither how a body binds its arguments nor their patterns.
    fn signature(&mut self, signature: &mut Signature) {
        self.generics(&mut signature.generics);
        for argument in &mut signature.inputs {
            match argument {
                FnArg::Receiver(receiver) => {
                    receiver.mutability = None;
                    if let ReceiverKind::Typed(_, ty) = &mut receiver.kind {
                        self.ty(ty);
                    }
                }
                FnArg::Typed(argument) => {
                    match &mut *argument.pat {
                        Pat::Ident(name) => (name.by_ref, name.mutability) = (None, None),
                        pattern => {
                            let underscore_token = Default::default();
                            *pattern = Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token });
                        }
                    }
                    self.ty(&mut argument.ty);
                }
            }
        }
        self.output(&mut signature.output);
    }

    fn output(&mut self, output: &mut ReturnType) {
        if let ReturnType::Type(_, ty) = output {
            self.ty(ty);
        }
    }

    fn generics(&mut self, generics: &mut Generics) {
        for param in &mut generics.params {
            match param {
                GenericParam::Lifetime(_) => {}
                GenericParam::Type(param) => {
                    self.bounds(&mut param.bounds);
                    param.default.iter_mut().for_each(|(_, ty)| self.ty(ty));
                }
                GenericParam::Const(param) => {
                    self.ty(&mut param.ty);
                    param.default.iter_mut().for_each(|(_, value)| self.value(value));
                }
            }
        }
        for predicate in generics.where_clause.iter_mut().flat_map(|clause| &mut clause.predicates) {
            if let WherePredicate::Type(predicate) = predicate {
                self.ty(&mut predicate.bounded_ty);
                self.bounds(&mut predicate.bounds);
            }
        }
    }

    fn bounds<'b>(&mut self, bounds: impl IntoIterator<Item = &'b mut TypeParamBound>) {
        for bound in bounds {
            if let TypeParamBound::Trait(bound) = bound {
                self.path(&mut bound.path);
            }
        }
    }

    /// Marks a type, and replaces a private alias. Aliases within aliases stay.
    pub(super) fn ty(&mut self, ty: &mut Type) {
        match ty {
            Type::Array(array) => {
                self.ty(&mut array.elem);
                self.value(&mut array.len);
            }
            Type::FnPtr(pointer) => {
                pointer.inputs.iter_mut().for_each(|argument| self.ty(&mut argument.ty));
                self.output(&mut pointer.output);
            }
            Type::Group(group) => self.ty(&mut group.elem),
            Type::ImplTrait(ty) => self.bounds(&mut ty.bounds),
            Type::Macro(ty) => self.call(&ty.mac),
            Type::Paren(ty) => self.ty(&mut ty.elem),
            Type::Path(ty) => self.type_path(ty),
            Type::Ptr(ty) => self.ty(&mut ty.elem),
            Type::Reference(ty) => self.ty(&mut ty.elem),
            Type::Slice(ty) => self.ty(&mut ty.elem),
            Type::TraitObject(ty) => self.bounds(&mut ty.bounds),
            Type::Tuple(ty) => ty.elems.iter_mut().for_each(|ty| self.ty(ty)),
            _ => {}
        }
        if !self.aliases.is_empty()
            && let Type::Path(path) = &*ty
            && let Some(name) = path.path.get_ident().and_then(|name| unmark(&name.to_string()))
            && let Some(alias) = self.aliases.get(&name)
        {
            *ty = alias.clone();
        }
    }

    fn type_path(&mut self, ty: &mut TypePath) {
        let Some(qself) = &mut ty.qself else { return self.path(&mut ty.path) };
        self.ty(&mut qself.ty);
        self.arguments(&mut ty.path);
        let before = ty.path.segments.len();
        mark_start(&mut ty.path, qself.position);
        qself.position -= before - ty.path.segments.len();
    }

    fn path(&mut self, path: &mut Path) {
        self.arguments(path);
        mark_start(path, path.segments.len());
    }

    fn arguments(&mut self, path: &mut Path) {
        for segment in &mut path.segments {
            match &mut segment.arguments {
                PathArguments::None => {}
                PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter_mut().for_each(|argument| self.argument(argument));
                }
                PathArguments::Parenthesized(arguments) => {
                    arguments.inputs.iter_mut().for_each(|argument| self.ty(&mut argument.ty));
                    self.output(&mut arguments.output);
                }
            }
        }
    }

    fn argument(&mut self, argument: &mut GenericArgument) {
        match argument {
            GenericArgument::Type(ty) => self.ty(ty),
            GenericArgument::Const(value) => self.value(value),
            GenericArgument::AssocType(argument) => self.ty(&mut argument.ty),
            GenericArgument::AssocConst(argument) => self.value(&mut argument.value),
            GenericArgument::Constraint(argument) => self.bounds(&mut argument.bounds),
            _ => {}
        }
    }

    /// Marks the constants of a value in a type. Users see no other values.
    fn value(&mut self, value: &mut Expr) {
        match value {
            Expr::Path(value) if value.qself.is_none() => self.path(&mut value.path),
            Expr::Binary(value) => {
                self.value(&mut value.left);
                self.value(&mut value.right);
            }
            Expr::Call(value) => {
                self.value(&mut value.func);
                value.args.iter_mut().for_each(|value| self.value(value));
            }
            Expr::Cast(value) => {
                self.value(&mut value.expr);
                self.ty(&mut value.ty);
            }
            Expr::Group(value) => self.value(&mut value.expr),
            Expr::Paren(value) => self.value(&mut value.expr),
            Expr::Unary(value) => self.value(&mut value.expr),
            Expr::Macro(value) => self.call(&value.mac),
            _ => {}
        }
    }

    fn call(&mut self, call: &syn::Macro) {
        self.unlisted.extend(call.path.segments.last().map(|name| format!("`{}!` in an item", name.ident)));
    }
}
