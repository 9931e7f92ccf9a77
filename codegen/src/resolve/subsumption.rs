//! Subsumption between the variants of a union: a variant is unreachable if an earlier one accepts all of its values.

use std::collections::BTreeSet;

use crate::model::{
    Api, Constant, EnumValue, Field, Format, Integer, Object, Shape, Type, TypeDef, TypeId, Union, Variant,
};

/// A comparison of types that tests whether the first one accepts all JSON values of the second.
pub(super) struct Subsumption<'a> {
    types: &'a [TypeDef],
    /// The pairs of types that are already compared. One comparison finds any difference, so no pair is compared twice.
    seen: BTreeSet<(TypeId, TypeId)>,
}

impl<'a> Subsumption<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { types: &api.types, seen: BTreeSet::new() }
    }

    /// Whether the first variant of a union accepts all values of the second.
    pub(super) fn variant(&mut self, union: &Union, first: &Variant, second: &Variant) -> bool {
        let (Some(first_ty), Some(second_ty)) = (&first.ty, &second.ty) else { return false };
        // A reader compares the constants of the first variant.
        if !union.constants_of(self.types, first).into_iter().all(|it| self.always_has(second, it)) {
            return false;
        }
        match (&first.key, &second.key) {
            (Some(key), Some(other)) => key == other && self.ty(first_ty, second_ty),
            (None, None) => self.ty(first_ty, second_ty),
            (Some(key), None) => {
                let has = |field: &&Field| field.wire == *key && field.is_mandatory();
                let field = self.object(second_ty).and_then(|object| object.fields.iter().find(has));
                field.is_some_and(|field| self.ty(first_ty, &field.ty))
            }
            (None, Some(key)) => match self.object(first_ty) {
                Some(object) if !accepts_any_value(object) => false,
                Some(object) => object.fields.iter().all(|field| match field.wire == *key {
                    true => self.ty(&field.ty, second_ty),
                    false => !field.is_mandatory(),
                }),
                None => match first_ty {
                    Type::Map(item) => self.ty(item, second_ty),
                    _ => matches!(first_ty, Type::Json | Type::Object) || self.is_union(first_ty),
                },
            },
        }
    }

    fn always_has(&self, variant: &Variant, constant: &Constant) -> bool {
        let object = variant.in_place().and_then(|ty| self.object(ty));
        let is_same = |other: &Constant| other.wire == constant.wire && other.value == constant.value;
        object.is_some_and(|object| object.constants.iter().any(is_same))
    }

    fn ty(&mut self, first: &Type, second: &Type) -> bool {
        use Type::{Bool, Float64, Formatted, Json, List, Map, Named, Nullable, Object, Tuple};
        if first.is_unparsed(self.types) || second.is_unparsed(self.types) {
            return false;
        }
        match (first, second) {
            (Json, _) => true,
            (Nullable(first), Nullable(second)) => self.ty(first, second),
            (Nullable(first), second) => self.ty(first, second),
            (_, Nullable(_)) => false,
            (Named(first), Named(second)) if !self.seen.insert((*first, *second)) => true,
            (first, second) if self.is_union(first) => self.union_takes(first, second),
            (Bool, Bool) => true,
            (first, second) if self.range(first).is_some() => contains(self.range(first), self.range(second)),
            (Float64 | Formatted(Format::Decimal), Float64) => true,
            (Float64 | Formatted(Format::Decimal), second) if self.range(second).is_some() => true,
            (Formatted(first), Formatted(second)) => accepts_format(*first, *second),
            (List(first), List(second)) | (Map(first), Map(second)) => self.ty(first, second),
            (Tuple(first), Tuple(second)) => {
                first.len() == second.len()
                    && first.iter().zip(second).all(|(first, second)| self.ty(first, second))
            }
            (List(first), Tuple(second)) => second.iter().all(|second| self.ty(first, second)),
            (Object, _) => matches!(second, Object | Map(_)) || self.object(second).is_some(),
            (Map(item), Object) => **item == Json,
            (Map(item), second) => self.object(second).is_some_and(|object| {
                let is_taken = |field: &Field| field.is_mandatory() && self.ty(item, &field.ty);
                object.additional_fields.is_none() && object.fields.iter().all(is_taken)
            }),
            (first, second) if self.is_text(first) => match second {
                // A decimal can also be a number.
                Formatted(format) => *format != Format::Decimal,
                _ => self.is_text(second),
            },
            (first, second) => match (self.object(first), self.object(second)) {
                (Some(first), Some(second)) => self.objects(first, second),
                (Some(first), None) => match second {
                    Map(item) => self.accepts_any_key(first, item),
                    Object => self.accepts_any_key(first, &Json),
                    _ => false,
                },
                _ => false,
            },
        }
    }

    /// Whether the first object accepts the second: it finds its required keys, and no shared key fails.
    fn objects(&mut self, first: &Object, second: &Object) -> bool {
        accepts_any_value(first)
            && first.fields.iter().all(|field| {
                match second.fields.iter().find(|other| other.wire == field.wire) {
                    Some(other) => {
                        (other.is_mandatory() || !field.is_mandatory()) && self.ty(&field.ty, &other.ty)
                    }
                    None => !field.is_mandatory(),
                }
            })
    }

    fn accepts_any_key(&mut self, object: &Object, item: &Type) -> bool {
        accepts_any_value(object)
            && object.fields.iter().all(|field| !field.is_mandatory() && self.ty(&field.ty, item))
    }

    /// Whether a union accepts the type. A union keeps values that match no variant as unknown; with a tag, only objects.
    fn union_takes(&self, union: &Type, second: &Type) -> bool {
        let has_tag = |ty| matches!(self.shape(ty), Some(Shape::Union(union)) if !union.tag.is_empty() || !union.path.is_empty());
        let is_object = matches!(second, Type::Object | Type::Map(_)) || self.object(second).is_some();
        !has_tag(union) || is_object || has_tag(second)
    }

    fn shape(&self, ty: &Type) -> Option<&'a Shape> {
        let Type::Named(TypeId(at)) = ty else { return None };
        self.types.get(*at).map(|def| &def.shape)
    }

    fn object(&self, ty: &Type) -> Option<&'a Object> {
        match self.shape(ty)? {
            Shape::Object(object) => Some(object),
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        }
    }

    pub(super) fn is_union(&self, ty: &Type) -> bool {
        matches!(self.shape(ty), Some(Shape::Union(_)))
    }

    /// Whether the type accepts any text. Enums do, since they are open.
    fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String | Type::Secret => true,
            _ => match self.shape(ty) {
                Some(Shape::Enum { values }) => !EnumValue::are_integers(values),
                shape => matches!(shape, Some(Shape::Id { .. })),
            },
        }
    }

    /// Returns the least and the greatest value, if the values are integers. An open enum has all of 64 bits.
    fn range(&self, ty: &Type) -> Option<(i128, i128)> {
        match self.shape(ty) {
            Some(Shape::Enum { values }) if EnumValue::are_integers(values) => Some(Integer::Int64.range()),
            _ => ty.integer_range(),
        }
    }
}

/// Whether the object reads other keys with any value.
fn accepts_any_value(object: &Object) -> bool {
    object.additional_fields.as_ref().is_none_or(|additional| additional.ty == Type::Json)
}

/// Whether the first range includes the second.
fn contains(first: Option<(i128, i128)>, second: Option<(i128, i128)>) -> bool {
    match (first, second) {
        (Some((low, high)), Some((least, greatest))) => low <= least && greatest <= high,
        _ => false,
    }
}

/// Whether the first format accepts all text of the second. A UUID consists of URL-safe Base64.
fn accepts_format(first: Format, second: Format) -> bool {
    first == second || matches!((first, second), (Format::Bytes, Format::Uuid))
}
