//! Unions: their variants, and the rules by which a reader distinguishes them.

use super::resolver::{Resolver, text};
use super::subsumption::Subsumption;
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Constant, Direction, Object, ResourceId, Shape, Type, Union, Variant};
use crate::source::Span;
use crate::syntax::{Spanned, TypeDecl, VariantDecl, VariantsDecl};
use crate::value::Value;

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
        self.check_no_binary(written, &bound.ty, "a union");
        bound.ty
    }

    /// Checks the variants of all unions when the types of both directions are known.
    pub(super) fn check_unions(&mut self, api: &mut Api) {
        let mut hidden = Vec::new();
        for (at, def) in api.types.iter().enumerate() {
            let Shape::Union(union) = &def.shape else { continue };
            if !union.path.is_empty() {
                union.variants.iter().for_each(|variant| self.check_tag_at_path(api, union, variant));
            } else if union.tag.is_empty() {
                hidden.extend(self.check_reachable(api, union).into_iter().map(|index| (at, index)));
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
        if let Some(ty) = in_place(variant) {
            self.check_payload(api, variant, ty, &mut vec![union]);
        }
    }

    /// Checks that the values of a tagged variant are objects. `outer` are the unions that have the object as a variant,
    /// outermost first.
    fn check_payload<'a>(&mut self, api: &'a Api, variant: &Variant, ty: &Type, outer: &mut Vec<&'a Union>) {
        let named = ty.named().filter(|_| matches!(ty, Type::Named(_)) && !ty.is_unparsed(&api.types));
        match named.and_then(|id| api.types.get(id.0)).map(|def| &def.shape) {
            Some(Shape::Object(object)) => self.check_listed_tags(api, variant, object, outer),
            Some(Shape::Union(inner)) => self.check_inner_union(api, variant, inner, outer),
            _ if ty.is_unparsed(&api.types) => {}
            _ => {
                let message =
                    format!("the variant `{}` is not an object, so it cannot have a tag", variant.tag_value);
                self.report_once(
                    Diagnostic::error(Code::InvalidValue, variant.span, message)
                        .label("expected a type with `fields`, or a union of such types")
                        .help("name the key of the value with `key:`"),
                );
            }
        }
    }

    fn check_inner_union<'a>(
        &mut self,
        api: &'a Api,
        variant: &Variant,
        inner: &'a Union,
        outer: &mut Vec<&'a Union>,
    ) {
        let same = outer.iter().flat_map(|union| &union.tag).find(|tag| inner.tag.contains(tag));
        if let Some(tag) = same {
            let message = format!("`{tag}` is the tag of the union already");
            return self.report_once(
                Diagnostic::error(Code::NameCollision, variant.span, message)
                    .label("a union with the same tag")
                    .help("list the variants of the inner union here, or choose another `tag:` for it"),
            );
        }
        if outer.len() >= MOST_TAGS {
            let message = format!("more than {MOST_TAGS} unions have the same object as a variant");
            return self.report_once(
                Diagnostic::error(Code::InvalidValue, variant.span, message)
                    .label("nested too deeply")
                    .help("name the key of the inner union with `key:`"),
            );
        }
        let first = outer.first().copied();
        outer.push(inner);
        for part in &inner.variants {
            let key = part.key.as_ref();
            let taken = outer.iter().flat_map(|union| &union.tag).find(|tag| key == Some(*tag));
            if let (Some(tag), Some(_)) = (taken, first) {
                let message = format!("`{tag}` is the tag of the union already");
                self.report_once(
                    Diagnostic::error(Code::NameCollision, part.span, message)
                        .label("not allowed under the same key")
                        .note(variant.span, "the union with this tag"),
                );
            }
            if let Some(ty) = in_place(part) {
                // The tag of the outer union selects the variant of the outer union.
                let listed = if inner.tag.is_empty() && inner.path.is_empty() { variant } else { part };
                self.check_payload(api, listed, ty, outer);
            }
        }
        outer.pop();
    }

    /// Checks that the fields of a variant can hold the tags that they have the names of.
    fn check_listed_tags(&mut self, api: &Api, variant: &Variant, object: &Object, outer: &[&Union]) {
        let Some(union) = outer.last() else { return };
        let value = variant.tag_value();
        let is_tag = |wire: &String| union.tag.contains(wire);
        for constant in object.constants.iter().filter(|constant| is_tag(&constant.wire)) {
            if constant.value != value {
                let message = format!("the tag `{}` selects `{}`", constant.wire, variant.tag_value);
                self.report_once(
                    Diagnostic::error(Code::InvalidValue, constant.span, message)
                        .label(format!("always {}", constant.value))
                        .note(variant.span, "the variant")
                        .help("give the variant the value of the constant as its key, or remove the field"),
                );
            }
        }
        for field in object.fields.iter().filter(|field| is_tag(&field.wire)) {
            if !field.ty.is_unparsed(&api.types) && !holds(api, &field.ty, &value) {
                let message = format!("`{}` is the tag of the union, and cannot be {value}", field.wire);
                self.report_once(
                    Diagnostic::error(Code::InvalidValue, field.span, message)
                        .label("a type without this value")
                        .note(variant.span, "the variant")
                        .help("write `const:` with the value of the tag, or remove the field"),
                );
            }
        }
    }

    /// Checks that a variant has the tag at the path as a constant.
    fn check_tag_at_path(&mut self, api: &Api, union: &Union, variant: &Variant) {
        let Some(ty) = variant.ty.as_ref().filter(|ty| !ty.is_unparsed(&api.types)) else { return };
        let path = union.path.join(".");
        let found = variant.in_place().and_then(|_| constant_at(api, ty, &union.path));
        let message = format!(
            "the variant `{}` has no constant {} at `{path}`",
            variant.tag_value,
            variant.tag_value()
        );
        let problem = Diagnostic::error(Code::InvalidValue, variant.span, message);
        match found {
            Some(constant) if constant.value == variant.tag_value() => {}
            Some(constant) => self.report_once(
                problem
                    .label("selected by another value")
                    .note(constant.span, format!("always {}", constant.value)),
            ),
            None => self.report_once(
                problem
                    .label("the tag at a path must be a `const` of the variant")
                    .help("describe the objects on the path with `fields`, and the tag with `const:`"),
            ),
        }
    }

    /// Returns the variants that an earlier one hides: variants are tried in order. Reports those that are not only sent.
    fn check_reachable(&mut self, api: &Api, union: &Union) -> Vec<usize> {
        let mut hidden = Vec::new();
        for (at, variant) in union.variants.iter().enumerate() {
            let earlier = union.variants.get(..at).unwrap_or_default();
            let hides = |other: &&Variant| Subsumption::new(api).variant(union, other, variant);
            let Some(other) = earlier.iter().find(hides) else { continue };
            hidden.push(at);
            if variant.only_in != Some(Direction::Request) {
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

/// The maximum number of tagged unions that can have the same object as a variant. The runtime has the same limit.
const MOST_TAGS: usize = 4;

/// Whether a field of the type can have the value of a tag.
fn holds(api: &Api, ty: &Type, value: &Value) -> bool {
    let is_text = matches!(value, Value::Text(_));
    match ty {
        Type::String | Type::Secret => is_text,
        Type::Json => true,
        Type::Bool => matches!(value, Value::Bool(_)),
        Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Id { .. }) => is_text,
            Some(Shape::Enum { values }) => values.iter().any(|known| known.value() == *value),
            _ => false,
        },
        ty => match (ty.integer_range(), value) {
            (Some((low, high)), Value::Int(value)) => (low..=high).contains(value),
            _ => false,
        },
    }
}

/// Returns the constant at a path of keys.
fn constant_at<'a>(api: &'a Api, ty: &Type, path: &[String]) -> Option<&'a Constant> {
    let object = ty.object(&api.types)?;
    match path {
        [key] => object.constants.iter().find(|constant| constant.wire == *key),
        [key, rest @ ..] => {
            let field = object.fields.iter().find(|field| field.wire == *key && field.is_mandatory())?;
            constant_at(api, &field.ty, rest)
        }
        [] => None,
    }
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
