//! The names of a type and of its parts.

use crate::model::{self, Api, Type, TypeDef, TypeId};
use crate::rust::names::{self, RustName};

use super::namespace::{NamedItem, Namespace, Problems};
use super::package::{EnumVariant, Field, Object, Shape, TypeItem, Union, Variant};
use super::reserved::NameScope;
use super::scopes;

pub(super) fn lower_types<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<TypeItem<'a>>> {
    let lowered: Vec<_> = api
        .types
        .iter()
        .enumerate()
        .map(|(at, model)| lower_type(api, TypeId(at), model, problems))
        .collect();
    lowered.into_iter().collect()
}

fn lower_type<'a>(
    api: &Api,
    id: TypeId,
    model: &'a TypeDef,
    problems: &mut Problems,
) -> Option<TypeItem<'a>> {
    let shape = lower_shape(api, model, problems);
    let name = problems.type_name(&model.name, scopes::of_types(api), &named_item(model))?;
    Some(TypeItem { id, model, name, shape: shape? })
}

fn lower_shape<'a>(api: &Api, model: &'a TypeDef, problems: &mut Problems) -> Option<Shape<'a>> {
    if model.unparsed {
        return None;
    }
    match &model.shape {
        model::Shape::Id { secret, .. } => Some(Shape::Id { secret: *secret }),
        model::Shape::Enum { values } => lower_values(&model.name, values, problems).map(Shape::Enum),
        model::Shape::Object(object) => {
            let names =
                FieldNames { sent: model.in_params, additional_fields: object.additional_fields.is_some() };
            let mut taken = Namespace::new(format!("the fields of `{}`", model.name));
            if model.in_params {
                check_setters(model, &object.fields, names, problems);
            }
            let fields = lower_fields(&object.fields, names, &mut taken, problems)?;
            Some(Shape::Object(Object {
                fields,
                constants: &object.constants,
                additional_fields: object.additional_fields.as_ref(),
            }))
        }
        model::Shape::Alias(ty) => Some(Shape::Alias(ty)),
        model::Shape::Union(union) => {
            let variants = lower_variants(api, model, union, problems)?;
            Some(Shape::Union(Union { model: union, variants }))
        }
    }
}

fn lower_variants<'a>(
    api: &Api,
    def: &TypeDef,
    union: &'a model::Union,
    problems: &mut Problems,
) -> Option<Vec<Variant<'a>>> {
    let mut taken = Namespace::new(format!("the union `{}`", def.name));
    let lowered: Vec<_> = union
        .variants
        .iter()
        .map(|model| {
            let named_item = NamedItem::new(
                "variant",
                &model.tag_value,
                model.span,
                "add a `name:` for Rust; the tag value stays the same",
            );
            let words = model.name.clone().unwrap_or_else(|| words_of(&model.tag_value, model.is_integer));
            let name = problems.variant_name(&words, &named_item)?;
            let constructor = match def.in_params && is_converted(api, model) {
                true => Some(problems.value_name(&words, NameScope::Free, &named_item)?),
                false => None,
            };
            taken.claim(&name, named_item, problems);
            Some(Variant { model, name, constructor })
        })
        .collect();
    lowered.into_iter().collect()
}

/// Whether a constructor takes a simpler value than the content of the variant.
fn is_converted(api: &Api, variant: &model::Variant) -> bool {
    let is_collected = |ty: &Type| matches!(ty, Type::List(_) | Type::Map(_) | Type::Object);
    let is_converted = |ty: &Type| is_collected(ty) || ty.is_converted(&api.types);
    variant.boxed || variant.ty.as_ref().is_some_and(is_converted)
}

/// Lowers the variants of the enum of this name.
pub(super) fn lower_values<'a>(
    name: &str,
    values: &'a [model::EnumValue],
    problems: &mut Problems,
) -> Option<Vec<EnumVariant<'a>>> {
    let mut taken = Namespace::new(format!("the enum `{name}`"));
    let lowered: Vec<_> = values
        .iter()
        .map(|model| {
            let named_item = NamedItem::new(
                "value",
                &model.wire,
                model.span,
                "add a `name:` for Rust; the wire value stays the same",
            );
            let words = model.name.clone().unwrap_or_else(|| words_of(&model.wire, model.is_integer));
            let name = problems.variant_name(&words, &named_item)?;
            taken.claim(&name, named_item, problems);
            Some(EnumVariant { model, name })
        })
        .collect();
    lowered.into_iter().collect()
}

/// Returns the source of the Rust name of a value. A digit cannot begin a name: `1` becomes `Value1`, `-1` `ValueMinus1`.
fn words_of(wire: &str, is_integer: bool) -> String {
    match (is_integer, wire.strip_prefix('-')) {
        (true, Some(digits)) => format!("value_minus_{digits}"),
        (true, None) => format!("value_{wire}"),
        (false, _) => wire.to_owned(),
    }
}

/// The naming rules for the fields of a type or a response.
#[derive(Clone, Copy)]
pub(super) struct FieldNames {
    /// Whether users create values. If not, a list or map is not an `Option`: if missing, it is empty.
    pub(super) sent: bool,
    /// Whether a field keeps unknown keys.
    pub(super) additional_fields: bool,
}

impl FieldNames {
    /// Returns the scope of a field. An optional field is also a method.
    fn scope(self, field: &model::Field) -> NameScope<'static> {
        match self.sent && field.optional {
            true => NameScope::Setters { additional_fields: self.additional_fields },
            false => NameScope::Fields { additional_fields: self.additional_fields },
        }
    }
}

pub(super) fn lower_fields<'a>(
    fields: &'a [model::Field],
    names: FieldNames,
    taken: &mut Namespace,
    problems: &mut Problems,
) -> Option<Vec<Field<'a>>> {
    let lowered: Vec<_> = fields
        .iter()
        .map(|model| {
            let named_item = field_item("field", model);
            let name = problems.value_name(&model.name, names.scope(model), &named_item)?;
            taken.claim(&name, named_item, problems);
            lower_field(model, name, names.sent, problems)
        })
        .collect();
    lowered.into_iter().collect()
}

/// Lowers a field under the given name.
pub(super) fn lower_field<'a>(
    model: &'a model::Field,
    name: RustName,
    sent: bool,
    problems: &mut Problems,
) -> Option<Field<'a>> {
    if sent && model.nullable {
        let words = format!("clear_{}", model.name);
        let clear = problems.value_name(&words, NameScope::Free, &field_item("field", model))?;
        return Some(Field { model, name, optional: false, clear: Some(clear) });
    }
    let plain = !sent && matches!(model.ty, Type::List(_) | Type::Map(_));
    Some(Field { model, name, optional: (model.optional || model.nullable) && !plain, clear: None })
}

/// Checks the setters of the optional fields, which are methods of the type beside `new`.
fn check_setters(def: &TypeDef, fields: &[model::Field], names: FieldNames, problems: &mut Problems) {
    let mut methods = Namespace::new(format!("the methods of `{}`", def.name));
    for field in fields.iter().filter(|field| field.optional) {
        claim_setters(field, names.scope(field), &field_item("field", field), &mut methods, problems);
    }
}

/// Registers the method that sets a field by name, and the method that clears a nullable field.
pub(super) fn claim_setters(
    field: &model::Field,
    scope: NameScope<'_>,
    named_item: &NamedItem,
    methods: &mut Namespace,
    problems: &mut Problems,
) {
    let clear = field.nullable.then(|| format!("clear_{}", field.name));
    for words in std::iter::once(field.name.clone()).chain(clear) {
        if let Ok(name) = names::value_name(&words) {
            methods.claim(&scope.fit(name), named_item.clone(), problems);
        }
    }
}

pub(super) fn named_item(model: &TypeDef) -> NamedItem {
    if let Some(output) = &model.input_of {
        let advice = "rename one of the two types; the names are never sent";
        return NamedItem::new("request form of the type", output, model.span, advice);
    }
    NamedItem::new(
        "type",
        &model.name,
        model.span,
        "choose another name for the type; the name is never sent",
    )
}

pub(super) fn field_item(kind: &'static str, model: &model::Field) -> NamedItem {
    NamedItem::new(
        kind,
        &model.name,
        model.span,
        "choose another key, and set the name that is sent with `wire_name:`",
    )
}
