//! Unions: their variants, and the rules by which a reader distinguishes them.

use super::resolver::{Resolver, text};
use super::subsumption::Subsumption;
use super::type_names::Bound;
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Direction, ResourceId, Shape, Type, Union, Variant};
use crate::source::Span;
use crate::syntax::{Spanned, TypeDecl, VariantDecl, VariantsDecl};

impl<'s> Resolver<'s> {
    /// Resolves the variants of a type with `one_of`.
    pub(super) fn union(
        &mut self,
        resource: ResourceId,
        name: &Spanned<String>,
        decl: &'s TypeDecl,
        decls: &'s VariantsDecl,
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
            let variant = self.variant(resource, word, decl, tagged);
            variants.push(Variant { is_integer: decls.integers.contains(&word.span), ..variant });
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
        match tag.as_slice() {
            [path] if is_path(path) && path.contains('.') => {
                let path = path.split('.').map(str::to_owned).collect();
                Union { tag: Vec::new(), path, variants }
            }
            _ => Union { tag, path: Vec::new(), variants },
        }
    }

    fn variant(
        &mut self,
        resource: ResourceId,
        word: &Spanned<String>,
        decl: Option<&'s VariantDecl>,
        tagged: bool,
    ) -> Variant {
        let Some(decl) = decl else { return unparsed_variant(word, self.unparsed_type()) };
        let bound = decl.ty.as_ref().map(|written| self.variant_type(resource, word, written));
        let alias = bound.as_ref().and_then(|bound| self.doc_of_alias(bound.alias));
        let mut ty = bound.map(|bound| bound.ty);
        let doc = match (&decl.doc, &ty) {
            (None, Some(_)) if alias.is_some() => alias.unwrap_or_default(),
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
            is_integer: false,
            name: text(decl.name.as_ref()),
            key: text(decl.key.as_ref()),
            ty,
            boxed: false,
            only_in: self.direction("the variant", [&decl.read_only, &decl.write_only]),
            hidden: false,
            doc,
            example: None,
            deprecated: text(decl.deprecated.as_ref()),
            span: word.span,
        }
    }

    /// Checks the names of tags. In a list, a tag is a key of the object itself, not a path.
    fn check_tag_names(&mut self, span: Span, tags: &[String]) {
        for (at, tag) in tags.iter().enumerate() {
            if tag.trim().is_empty() {
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, "the name of a tag is empty")
                        .label("expected the name of a field")
                        .help("remove `tag` if the variants differ by their contents"),
                );
            } else if !is_path(tag) && is_path(tag.trim_matches('.')) {
                let name = tag.trim_matches('.');
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, format!("the tag `{tag}` is not a path"))
                        .label("a name on the path is empty")
                        .help(format!("write `{name}`")),
                );
            } else if tags.len() > 1 && tag.contains('.') && is_path(tag) {
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, format!("the tag `{tag}` is a path"))
                        .label("a path cannot be one of several tags")
                        .help(format!("write `tag: {tag}`, or name keys of the object itself")),
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
    ) -> Bound {
        let bound = self.type_of(Some(resource), written);
        if bound.optional || bound.nullable {
            let message = format!("the variant `{}` cannot be absent or null", word.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, written.span, message)
                    .label("a value is this variant or another one")
                    .help("make the field of the union optional with `?`, or nullable with `| null`"),
            );
        }
        self.check_no_binary(written, &bound.ty, "a union");
        bound
    }

    /// Checks the variants of all unions when the types of both directions are known.
    pub(super) fn check_unions(&mut self, api: &mut Api) {
        let mut hidden = Vec::new();
        for (at, def) in api.types.iter().enumerate() {
            let Shape::Union(union) = &def.shape else { continue };
            if !union.path.is_empty() {
                union.variants.iter().for_each(|variant| self.check_tag_at_path(api, union, variant));
            } else if union.tag.is_empty() {
                // The form of requests is never read.
                let is_read = def.input_of.is_none();
                hidden.extend(self.check_reachable(api, union, is_read).into_iter().map(|index| (at, index)));
            } else {
                union.variants.iter().for_each(|variant| self.check_tagged(api, union, variant));
            }
        }
        for (at, index) in hidden {
            if let Some(Shape::Union(union)) = api.types.get_mut(at).map(|def| &mut def.shape)
                && let Some(variant) = union.variants.get_mut(index)
            {
                variant.hidden = true;
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

    /// Returns the variants that an earlier one hides: variants are tried in order. Reports those that are not only sent.
    fn check_reachable(&mut self, api: &Api, union: &Union, is_read: bool) -> Vec<usize> {
        let mut hidden = Vec::new();
        for (at, variant) in union.variants.iter().enumerate() {
            let earlier = union.variants.get(..at).unwrap_or_default();
            let hides = |other: &&Variant| Subsumption::new(api).variant(union, other, variant);
            let Some(other) = earlier.iter().find(hides) else { continue };
            hidden.push(at);
            if is_read && variant.only_in != Some(Direction::Request) {
                self.report_once(unreachable(api, variant, other));
            }
        }
        hidden
    }
}

fn unreachable(api: &Api, variant: &Variant, other: &Variant) -> Diagnostic {
    let is_union = in_place(other).is_some_and(|ty| Subsumption::new(api).is_union(ty));
    let first = if is_union { "tried first; a union also accepts unknown values" } else { "tried first" };
    let message = format!("no value can match `{}`", variant.tag_value);
    Diagnostic::error(Code::UnreachableVariant, variant.span, message)
        .label(format!("`{}` matches all of its values", other.tag_value))
        .note(other.span, first)
        .help(
            "list the narrower variant first, distinguish the variants with `tag:` or with a `const:` of both, or add \
             `write_only: true` to a variant that is only sent",
        )
}

/// Returns a variant of which only the name is known.
fn unparsed_variant(word: &Spanned<String>, ty: Type) -> Variant {
    Variant {
        tag_value: word.value.clone(),
        is_integer: false,
        name: None,
        key: None,
        ty: Some(ty),
        boxed: false,
        only_in: None,
        hidden: false,
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

fn in_place(variant: &Variant) -> Option<&Type> {
    variant.in_place()
}

fn in_itself(variant: &Variant, union: &str) -> Diagnostic {
    let message = format!("the variant `{}` of `{union}` contains `{union}` again", variant.tag_value);
    Diagnostic::error(Code::InvalidValue, variant.span, message)
        .label("decoding would never end")
        .help("name the key of the inner union with `key:`, or use a list or a map as the variant")
}
