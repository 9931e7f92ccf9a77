//! Declarations of all kinds, of items and of their members, as the parts of one line.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Field, Fields, FnArg, GenericParam, Generics, Ident, ImplItem, Item, Pat};
use syn::{ReceiverKind, Signature, TraitItem, Type, Visibility};

use super::attributes::Marks;
use super::items::{Line, SUBJECT, is_public};
use super::tokens;

/// A declaration: `pub`, the keywords, the path, and what follows the path.
pub(super) struct Declaration<'a> {
    pub(super) name: &'a Ident,
    pub(super) attributes: &'a [Attribute],
    keywords: TokenStream,
    behind: TokenStream,
    /// Public fields with names, variants, or the items of a trait.
    pub(super) members: Vec<Self>,
}

impl<'a> Declaration<'a> {
    fn new(keywords: TokenStream, name: &'a Ident, behind: TokenStream, attributes: &'a [Attribute]) -> Self {
        Self { name, attributes, keywords, behind, members: Vec::new() }
    }

    /// Reads an item; `None` when it is a module, a `use`, an impl or a macro.
    pub(super) fn of(item: &'a Item) -> Option<(&'a Visibility, Self)> {
        Some(match item {
            Item::Const(item) => (&item.vis, Self::constant(&item.ident, &item.ty, quote!(), &item.attrs)),
            Item::Enum(item) => (&item.vis, Self::enumeration(item)),
            Item::Fn(item) => (&item.vis, Self::function(&item.sig, &[], quote!(), &item.attrs)),
            Item::Static(item) => {
                let (ty, mutability) = (&item.ty, &item.mutability);
                (&item.vis, Self::new(quote!(static #mutability), &item.ident, quote!(: #ty), &item.attrs))
            }
            Item::Struct(item) => (&item.vis, Self::structure(item)),
            Item::Trait(item) => (&item.vis, Self::interface(item)),
            Item::Type(item) => {
                let (generics, ty) = (&item.generics, &item.ty);
                (&item.vis, Self::new(quote!(type), &item.ident, quote!(#generics = #ty), &item.attrs))
            }
            _ => return None,
        })
    }

    fn constant(name: &'a Ident, ty: &Type, provided: TokenStream, attributes: &'a [Attribute]) -> Self {
        Self::new(quote!(const), name, quote!(: #ty #provided), attributes)
    }

    /// Reads a function. `bounds` are those of the impl around it.
    fn function(
        signature: &'a Signature,
        bounds: &[TokenStream],
        provided: TokenStream,
        attributes: &'a [Attribute],
    ) -> Self {
        let Signature { constness, asyncness, safety, abi, ident, generics, inputs, output, .. } = signature;
        let inputs = inputs.iter().map(argument);
        let bounds = where_clause(&[bounds, &predicates(generics)].concat());
        let behind = quote!(#generics (#(#inputs),*) #output #bounds #provided);
        Self::new(quote!(#constness #asyncness #safety #abi fn), ident, behind, attributes)
    }

    fn structure(item: &'a syn::ItemStruct) -> Self {
        let (generics, bounds) = (&item.generics, where_clause(&predicates(&item.generics)));
        let shape = match &item.fields {
            Fields::Unit => quote!(;),
            Fields::Named(fields) if fields.named.iter().all(|field| is_public(&field.vis)) => quote!(),
            Fields::Named(_) => quote!({ .. }),
            Fields::Unnamed(fields) => {
                let field = |Field { vis, ty, .. }| if is_public(&vis) { quote!(pub #ty) } else { quote!(_) };
                let fields = fields.unnamed.iter().cloned().map(field);
                quote!((#(#fields),*))
            }
        };
        let fields = item.fields.iter().filter(|field| is_public(&field.vis));
        let members = fields.filter_map(|Field { ident, ty, attrs, .. }| {
            Some(Self::new(quote!(), ident.as_ref()?, quote!(: #ty), attrs))
        });
        let behind = quote!(#generics #shape #bounds);
        Self { members: members.collect(), ..Self::new(quote!(struct), &item.ident, behind, &item.attrs) }
    }

    /// Reads an enum. The line of a variant contains its fields.
    fn enumeration(item: &'a syn::ItemEnum) -> Self {
        let (generics, bounds) = (&item.generics, where_clause(&predicates(&item.generics)));
        let members = item.variants.iter().map(|variant| {
            let names = variant.fields.iter().map(|field| field.ident.as_ref().map(|name| quote!(#name:)));
            let types = variant.fields.iter().map(|field| &field.ty);
            let fields = match &variant.fields {
                Fields::Unit => quote!(),
                Fields::Unnamed(_) => quote!((#(#types),*)),
                Fields::Named(_) => quote!({ #(#names #types),* }),
            };
            let value = variant.discriminant.as_ref().map(|(_, value)| quote!(= #value));
            Self::new(quote!(), &variant.ident, quote!(#fields #value), &variant.attrs)
        });
        let behind = quote!(#generics #bounds);
        Self { members: members.collect(), ..Self::new(quote!(enum), &item.ident, behind, &item.attrs) }
    }

    fn interface(item: &'a syn::ItemTrait) -> Self {
        let (generics, bounds, unsafety) =
            (&item.generics, where_clause(&predicates(&item.generics)), &item.unsafety);
        let supertraits = after_colon(&item.supertraits);
        let members = item.items.iter().filter_map(|item| match item {
            TraitItem::Fn(item) => {
                let provided = item.default.as_ref().map(|_| quote!({ .. })).unwrap_or_default();
                Some(Self::function(&item.sig, &[], provided, &item.attrs))
            }
            TraitItem::Const(item) => {
                let provided = item.default.as_ref().map(|_| quote!(= ..)).unwrap_or_default();
                Some(Self::constant(&item.ident, &item.ty, provided, &item.attrs))
            }
            TraitItem::Type(item) => {
                let (generics, bounds) = (&item.generics, where_clause(&predicates(&item.generics)));
                let traits = after_colon(&item.bounds);
                Some(Self::new(quote!(type), &item.ident, quote!(#generics #traits #bounds), &item.attrs))
            }
            _ => None,
        });
        let behind = quote!(#generics #supertraits #bounds);
        let keywords = quote!(#unsafety trait);
        Self { members: members.collect(), ..Self::new(keywords, &item.ident, behind, &item.attrs) }
    }

    /// Reads a member of an inherent impl; `None` when it is private.
    pub(super) fn of_member(item: &'a ImplItem, bounds: &[TokenStream]) -> Option<Self> {
        match item {
            ImplItem::Fn(item) if is_public(&item.vis) => {
                Some(Self::function(&item.sig, bounds, quote!(), &item.attrs))
            }
            ImplItem::Const(item) if is_public(&item.vis) => {
                Some(Self::constant(&item.ident, &item.ty, quote!(), &item.attrs))
            }
            _ => None,
        }
    }

    /// Prints the lines of an item and of its members that are not hidden.
    pub(super) fn lines(&self) -> Vec<Line> {
        let item = self.line("");
        item.into_iter().chain(self.members.iter().filter_map(Self::member_line)).collect()
    }

    pub(super) fn member_line(&self) -> Option<Line> {
        self.line(&self.name.to_string())
    }

    fn line(&self, member: &str) -> Option<Line> {
        let marks = Marks::of(self.attributes).filter(|marks| member.is_empty() || !marks.hidden)?;
        let keywords = tokens::print_plain(&self.keywords);
        let space = if keywords.is_empty() { "" } else { " " };
        let separator = if member.is_empty() { "" } else { "::" };
        let behind = tokens::print_after_name(&self.behind);
        let text = format!("pub {keywords}{space}{SUBJECT}{separator}{member}{behind}");
        Some(Line { key: member.to_owned(), text, marks })
    }
}

fn argument(argument: &FnArg) -> TokenStream {
    match argument {
        FnArg::Receiver(receiver) => match &receiver.kind {
            ReceiverKind::Reference(_, lifetime, mutability) => quote!(& #lifetime #mutability self),
            ReceiverKind::Typed(_, ty) => quote!(self: #ty),
            _ => quote!(self),
        },
        FnArg::Typed(argument) => {
            let ty = &argument.ty;
            let name = match &*argument.pat {
                Pat::Ident(pattern) => pattern.ident.to_token_stream(),
                _ => quote!(_),
            };
            quote!(#name: #ty)
        }
    }
}

fn after_colon<T: ToTokens>(bounds: &syn::punctuated::Punctuated<T, syn::Token![+]>) -> TokenStream {
    if bounds.is_empty() { quote!() } else { quote!(: #bounds) }
}

pub(super) fn where_clause(predicates: &[TokenStream]) -> TokenStream {
    if predicates.is_empty() { quote!() } else { quote!(where #(#predicates),*) }
}

/// Returns the predicates of the `where` clause.
pub(super) fn predicates(generics: &Generics) -> Vec<TokenStream> {
    let clause = generics.where_clause.iter();
    clause.flat_map(|clause| clause.predicates.iter().map(ToTokens::to_token_stream)).collect()
}

/// Returns all bounds of an impl: those of its parameters and those of its `where` clause.
pub(super) fn bounds(generics: &Generics) -> Vec<TokenStream> {
    let params = generics.params.iter().filter(|param| match param {
        GenericParam::Type(param) => !param.bounds.is_empty(),
        GenericParam::Lifetime(param) => !param.bounds.is_empty(),
        GenericParam::Const(_) => false,
    });
    params.map(ToTokens::to_token_stream).chain(predicates(generics)).collect()
}
