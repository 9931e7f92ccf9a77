//! The names of a type and of what it holds.

use crate::model::{self, Api, Type, TypeDef, TypeId};
use crate::rust::names;

use super::names::{Namespace, Problems, Thing};
use super::package::{EnumVariant, Field, Object, Shape, TypeItem};
use super::reserved;

pub(super) fn lower_types<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<TypeItem<'a>>> {
    let lowered: Vec<_> =
        api.types.iter().enumerate().map(|(at, model)| lower_type(TypeId(at), model, problems)).collect();
    lowered.into_iter().collect()
}

fn lower_type<'a>(id: TypeId, model: &'a TypeDef, problems: &mut Problems) -> Option<TypeItem<'a>> {
    let shape = lower_shape(model, problems);
    let name = problems.type_name(&model.name, &thing(model))?;
    Some(TypeItem { id, model, name, shape: shape? })
}

fn lower_shape<'a>(model: &'a TypeDef, problems: &mut Problems) -> Option<Shape<'a>> {
    match &model.shape {
        model::Shape::Id { .. } => Some(Shape::Id),
        model::Shape::Enum { values } => lower_values(model, values, problems).map(Shape::Enum),
        model::Shape::Object { fields, rest } => {
            let reserved = if rest.is_some() { reserved::REST } else { &[] };
            let mut taken = Namespace::new(format!("the fields of `{}`", model.name), reserved);
            if model.in_params {
                check_setters(fields, problems);
            }
            let fields = lower_fields(fields, model.in_params, &mut taken, problems)?;
            Some(Shape::Object(Object { fields, rest: rest.as_deref() }))
        }
    }
}

fn lower_values<'a>(
    def: &TypeDef,
    values: &'a [model::EnumValue],
    problems: &mut Problems,
) -> Option<Vec<EnumVariant<'a>>> {
    let mut taken = Namespace::new(format!("the enum `{}`", def.name), reserved::VARIANTS);
    let lowered: Vec<_> = values
        .iter()
        .map(|model| {
            let thing = Thing::new(
                "value",
                &model.wire,
                model.span,
                "give the value a `name:`; the wire keeps its own",
            );
            let words = model.name.as_ref().unwrap_or(&model.wire);
            let name = problems.variant_name(words, &thing)?;
            taken.claim(&name, thing, problems);
            Some(EnumVariant { model, name })
        })
        .collect();
    lowered.into_iter().collect()
}

/// `sent` says whether users make values of this. Where they do not, a list or map is plain, since a missing one reads
/// as empty.
pub(super) fn lower_fields<'a>(
    fields: &'a [model::Field],
    sent: bool,
    taken: &mut Namespace,
    problems: &mut Problems,
) -> Option<Vec<Field<'a>>> {
    let lowered: Vec<_> = fields
        .iter()
        .map(|model| {
            let thing = field_thing("field", model);
            let name = problems.value_name(&model.name, &thing)?;
            taken.claim(&name, thing, problems);
            let plain = !sent && matches!(model.ty, Type::List(_) | Type::Map(_));
            Some(Field { model, name, optional: model.optional && !plain })
        })
        .collect();
    lowered.into_iter().collect()
}

/// The fields that may be absent are set by methods of the type, beside its `new`.
fn check_setters(fields: &[model::Field], problems: &mut Problems) {
    for field in fields.iter().filter(|field| field.optional) {
        if let Ok(name) = names::value_name(&field.name) {
            problems.check_reserved(&name, &field_thing("field", field), reserved::SETTERS);
        }
    }
}

pub(super) fn thing(model: &TypeDef) -> Thing {
    Thing::new("type", &model.name, model.span, "give the type another name; the wire does not know it")
}

pub(super) fn field_thing(kind: &'static str, model: &model::Field) -> Thing {
    Thing::new(kind, &model.name, model.span, "give it another key; `wire:` keeps the name that travels")
}
