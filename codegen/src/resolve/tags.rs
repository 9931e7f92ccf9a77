//! Tags of unions: the values that select a variant, and the fields that variants have under the key of the tag.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Constant, Object, Shape, Type, Union, Variant};
use crate::value::Value;

impl Resolver<'_> {
    /// Checks that a tagged variant is an object, and that no key of it has the name of the tag.
    pub(super) fn check_tagged(&mut self, api: &Api, union: &Union, variant: &Variant) {
        if let Some(key) = variant.key.as_ref().filter(|key| union.tag.contains(key)) {
            let message = format!("`{key}` is the tag of the union already");
            self.report_once(
                Diagnostic::error(Code::NameCollision, variant.span, message)
                    .label("not allowed under the same key")
                    .help("choose another `key:` for the value"),
            );
        }
        if let Some(ty) = variant.in_place() {
            self.check_payload(api, ty, &mut vec![(union, variant)]);
        }
    }

    /// Checks that the values of a tagged variant are objects. `outer` are the unions that have the object as a variant,
    /// with the variant of each, outermost first.
    fn check_payload<'a>(&mut self, api: &'a Api, ty: &Type, outer: &mut Vec<(&'a Union, &'a Variant)>) {
        // A union without a tag has the tag of the union around it.
        let has_tag = |(union, _): &&(&Union, &Variant)| !union.tag.is_empty() || !union.path.is_empty();
        let Some((_, variant)) = outer.iter().rev().find(has_tag).copied() else { return };
        let named = ty.named().filter(|_| matches!(ty, Type::Named(_)) && !ty.is_unparsed(&api.types));
        match named.and_then(|id| api.types.get(id.0)).map(|def| &def.shape) {
            Some(Shape::Object(object)) => {
                outer.iter().for_each(|(union, variant)| self.check_listed_tags(api, variant, object, union));
            }
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
        outer: &mut Vec<(&'a Union, &'a Variant)>,
    ) {
        let same = outer.iter().flat_map(|(union, _)| &union.tag).find(|tag| inner.tag.contains(tag));
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
        for part in &inner.variants {
            outer.push((inner, part));
            let key = part.key.as_ref();
            let taken = outer.iter().flat_map(|(union, _)| &union.tag).find(|tag| key == Some(*tag));
            if let Some(tag) = taken {
                let message = format!("`{tag}` is the tag of the union already");
                self.report_once(
                    Diagnostic::error(Code::NameCollision, part.span, message)
                        .label("not allowed under the same key")
                        .note(variant.span, "the union with this tag"),
                );
            }
            if let Some(ty) = part.in_place() {
                self.check_payload(api, ty, outer);
            }
            outer.pop();
        }
    }

    /// Checks that the fields of a variant can hold the tags that they have the names of.
    fn check_listed_tags(&mut self, api: &Api, variant: &Variant, object: &Object, union: &Union) {
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
    pub(super) fn check_tag_at_path(&mut self, api: &Api, union: &Union, variant: &Variant) {
        let path = union.path.join(".");
        let Some(ty) = &variant.ty else {
            let message = format!("the variant `{}` has no object for the tag `{path}`", variant.tag_value);
            return self.report_once(
                Diagnostic::error(Code::InvalidValue, variant.span, message)
                    .label("missing `type`")
                    .help("add `type:`, an object with the tag as a `const` at the path"),
            );
        };
        if ty.is_unparsed(&api.types) {
            return;
        }
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
