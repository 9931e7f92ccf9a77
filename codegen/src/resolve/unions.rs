//! Unions: their variants, and the rules by which a reader distinguishes them.

use super::resolver::{Resolver, text};
use super::subsumption::Subsumption;
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, ResourceId, Shape, Type, Union, Variant};
use crate::source::Span;
use crate::syntax::{Entries, Spanned, TypeDecl, VariantDecl};

impl<'s> Resolver<'s> {
    /// Resolves the variants of a type with `one_of`.
    pub(super) fn union(
        &mut self,
        resource: ResourceId,
        name: &Spanned<String>,
        decl: &'s TypeDecl,
        decls: &'s Entries<VariantDecl>,
    ) -> Union {
        let tag = decl.tag.as_ref().map(|tag| tag.to_vec()).unwrap_or_default();
        // The tag can be among the unreadable parts.
        let tagged = !tag.is_empty() || self.syntax.is_unparsed(name.span);
        if let Some(written) = decl.tag.as_ref().filter(|_| tag.is_empty()) {
            self.report(
                Diagnostic::error(Code::InvalidValue, written.span, "the tag names no field")
                    .label("expected the name of a field, or several")
                    .help("remove `tag` if the variants differ by their contents"),
            );
        }
        decl.tag.iter().for_each(|written| self.check_tag_names(written.span, &tag));
        let mut variants = Vec::new();
        for (word, decl) in decls.all() {
            variants.push(self.variant(resource, word, decl, tagged));
        }
        if decls.is_empty() {
            let message = format!("the union `{}` has no variant", name.value);
            self.report_missing(
                name.span,
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("no variants")
                    .help("list the variants under `one_of`"),
            );
        }
        Union { tag, variants }
    }

    fn variant(
        &mut self,
        resource: ResourceId,
        word: &Spanned<String>,
        decl: Option<&'s VariantDecl>,
        tagged: bool,
    ) -> Variant {
        let Some(decl) = decl else { return unparsed_variant(word, self.unparsed_type()) };
        let mut ty = decl.ty.as_ref().map(|written| self.variant_type(resource, word, written));
        let doc = match (&decl.doc, &ty) {
            (None, Some(ty)) => self.doc_of_type(ty).unwrap_or_else(|| self.doc(None, word, "the variant")),
            (doc, _) => self.doc(doc.as_ref(), word, "the variant"),
        };
        if ty.is_none() && (!tagged || decl.key.is_some()) {
            let message = format!("the variant `{}` has no type", word.value);
            self.report_missing(
                word.span,
                Diagnostic::error(Code::MissingKey, word.span, message).label("missing `type`").help(
                    match &decl.key {
                        Some(key) => format!("add `type:`, the type of the value under `{}`", key.value),
                        None => "add `type:`; only a union with `tag:` can have variants without a type"
                            .to_owned(),
                    },
                ),
            );
            ty = Some(self.unparsed_type());
        }
        if self.syntax.is_unparsed(word.span) {
            ty = Some(self.unparsed_type());
        }
        Variant {
            tag_value: word.value.clone(),
            name: text(decl.name.as_ref()),
            key: text(decl.key.as_ref()),
            ty,
            boxed: false,
            doc,
            example: None,
            deprecated: text(decl.deprecated.as_ref()),
            span: word.span,
        }
    }

    /// Checks the names of tags. A tag is a key of the object itself, not a path.
    fn check_tag_names(&mut self, span: Span, tags: &[String]) {
        for (at, tag) in tags.iter().enumerate() {
            if tag.trim().is_empty() {
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, "the name of a tag is empty")
                        .label("expected the name of a field")
                        .help("remove `tag` if the variants differ by their contents"),
                );
            } else if let Some((path, key)) = tag.rsplit_once('.').filter(|_| is_path(tag)) {
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, format!("the tag `{tag}` is a path"))
                        .label("a tag is a key of the object that is read")
                        .help(format!("declare the union for the value of `{path}`, with `tag: {key}`")),
                );
            } else if tags.iter().take(at).any(|first| first == tag) {
                self.report(
                    Diagnostic::error(Code::DuplicateKey, span, format!("the tag `{tag}` is given twice"))
                        .label("never used, because the first is always found")
                        .help("keep one of them"),
                );
            }
        }
    }

    fn variant_type(
        &mut self,
        resource: ResourceId,
        word: &Spanned<String>,
        written: &Spanned<String>,
    ) -> Type {
        let bound = self.type_of(Some(resource), written);
        if bound.optional || bound.nullable {
            let message = format!("the variant `{}` cannot be absent or null", word.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, written.span, message)
                    .label("a value is this variant or another one")
                    .help("make the field of the union optional with `?`, or nullable with `| null`"),
            );
        }
        bound.ty
    }

    /// Checks the variants of all unions when the types of both directions are known.
    pub(super) fn check_unions(&mut self, api: &Api) {
        for def in &api.types {
            let Shape::Union(union) = &def.shape else { continue };
            if union.tag.is_empty() {
                self.check_reachable(api, union);
            } else {
                union.variants.iter().for_each(|variant| self.check_tagged(api, union, variant));
            }
        }
    }

    /// Removes variants that are their own union, since reading them would never end.
    pub(super) fn check_cyclic_variants(&mut self, api: &mut Api) {
        let component =
            usage::strongly_connected(&api.types, |def| def.variants().iter().filter_map(in_place).collect());
        for (at, def) in api.types.iter_mut().enumerate() {
            let Shape::Union(union) = &mut def.shape else { continue };
            for variant in &mut union.variants {
                if matches!(in_place(variant), Some(Type::Named(id)) if component[id.0] == component[at]) {
                    self.report(in_itself(variant, &def.name));
                    variant.ty = Some(self.unparsed_type());
                }
            }
        }
    }

    /// Checks that a tagged variant is an object, and that no key of it has the name of the tag.
    fn check_tagged(&mut self, api: &Api, union: &Union, variant: &Variant) {
        if let Some(key) = variant.key.as_ref().filter(|key| union.tag.contains(key)) {
            let message = format!("`{key}` is the tag of the union already");
            self.report_once(
                Diagnostic::error(Code::NameCollision, variant.span, message)
                    .label("not allowed under the same key")
                    .help("choose another `key:` for the value"),
            );
        }
        let Some(ty) = in_place(variant).filter(|ty| !ty.is_unparsed(&api.types)) else { return };
        let Some(keys) = ty.object(&api.types) else {
            let problem = Diagnostic::error(
                Code::InvalidValue,
                variant.span,
                format!("the variant `{}` is not an object, so it cannot have a tag", variant.tag_value),
            );
            return self.report_once(
                problem.label("expected a type with `fields`").help("name the key of the value with `key:`"),
            );
        };
        let fields = keys.fields.iter().map(|field| (&field.wire, field.span));
        let constants = keys.constants.iter().map(|constant| (&constant.wire, constant.span));
        if let Some((wire, span)) = fields.chain(constants).find(|(wire, _)| union.tag.contains(wire)) {
            self.report_once(
                Diagnostic::error(
                    Code::NameCollision,
                    span,
                    format!("`{wire}` is the tag of the union already"),
                )
                .label(format!("the tag, which selects `{}`", variant.tag_value))
                .note(variant.span, "the variant"),
            );
        }
    }

    /// Reports a variant that an earlier one hides: variants are tried in order.
    fn check_reachable(&mut self, api: &Api, union: &Union) {
        for (at, variant) in union.variants.iter().enumerate() {
            let earlier = union.variants.get(..at).unwrap_or_default();
            if let Some(other) = earlier.iter().find(|other| Subsumption::new(api).variant(other, variant)) {
                let is_union = in_place(other).is_some_and(|ty| Subsumption::new(api).is_union(ty));
                let first =
                    if is_union { "tried first; a union also accepts unknown values" } else { "tried first" };
                let message = format!("no value can match `{}`", variant.tag_value);
                self.report_once(
                    Diagnostic::error(Code::UnreachableVariant, variant.span, message)
                        .label(format!("`{}` matches all of its values", other.tag_value))
                        .note(other.span, first)
                        .help("list the narrower variant first, or distinguish the variants with `tag:`"),
                );
            }
        }
    }
}

/// Returns a variant of which only the name is known.
fn unparsed_variant(word: &Spanned<String>, ty: Type) -> Variant {
    Variant {
        tag_value: word.value.clone(),
        name: None,
        key: None,
        ty: Some(ty),
        boxed: false,
        doc: String::new(),
        example: None,
        deprecated: None,
        span: word.span,
    }
}

/// Whether a text is a dotted path of names, and not one key with a dot such as `@odata.type`.
fn is_path(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
}

/// Returns the type of a variant whose value is the content itself, without a key.
fn in_place(variant: &Variant) -> Option<&Type> {
    variant.ty.as_ref().filter(|_| variant.key.is_none())
}

fn in_itself(variant: &Variant, union: &str) -> Diagnostic {
    let message = format!("the variant `{}` of `{union}` contains `{union}` again", variant.tag_value);
    Diagnostic::error(Code::InvalidValue, variant.span, message)
        .label("decoding would never end")
        .help("name the key of the inner union with `key:`, or use a list or a map as the variant")
}
