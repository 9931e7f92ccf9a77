//! The variant of a union to which an example belongs.

use super::field::{Direction, Field, Type};
use super::type_def::{Constant, Object, Shape, TypeDef, Union, Variant};
use crate::value::Value;

impl Union {
    /// Returns the variant of a value, with the content of the variant.
    pub fn variant_of(&self, types: &[TypeDef], value: &Value) -> Option<(usize, Value)> {
        let mut variants = self.variants.iter().enumerate();
        if self.tag.is_empty() {
            return variants.find_map(|(at, variant)| {
                let payload = payload_of(variant, value.clone())?;
                let ty = variant.ty.as_ref()?;
                fits(types, ty, &payload).then_some((at, payload))
            });
        }
        let tag = self.tag.iter().find_map(|tag| value.get(tag))?;
        let (at, variant) = variants.find(|(_, variant)| variant.tag_value() == *tag)?;
        let Value::Map(entries) = value else { return None };
        let is_listed = |key: &str| variant.in_place().is_some_and(|ty| ty.has_key(types, key));
        let rest = entries.iter().filter(|(key, _)| !self.tag.contains(key) || is_listed(key)).cloned();
        Some((at, payload_of(variant, Value::Map(rest.collect()))?))
    }

    /// Returns the wire keys of a value of the union, in the order in which they are written.
    fn entries_of(&self, types: &[TypeDef], value: &Value) -> Vec<(String, Value)> {
        let Some((at, payload)) = self.variant_of(types, value) else { return Vec::new() };
        let Some(variant) = self.variants.get(at) else { return Vec::new() };
        let tag = self.tag.first().map(|tag| (tag.clone(), variant.tag_value()));
        let held = match (&variant.key, &variant.ty) {
            (Some(key), Some(ty)) => vec![(key.clone(), ty.written(types, &payload))],
            (None, Some(ty)) => ty.entries_of(types, &payload),
            (_, None) => Vec::new(),
        };
        let held = held.into_iter().filter(|(key, _)| tag.as_ref().is_none_or(|(tag, _)| tag != key));
        tag.clone().into_iter().chain(held).collect()
    }

    /// Returns the constants that distinguish an untagged variant from others: those whose key another variant has too.
    pub fn constants_of<'t>(&self, types: &'t [TypeDef], variant: &Variant) -> Vec<&'t Constant> {
        let object = |variant: &Variant| variant.in_place()?.object(types);
        let is_used = self.tag.is_empty() && self.path.is_empty();
        let Some(own) = object(variant).filter(|_| is_used) else { return Vec::new() };
        let others = self.variants.iter().filter(|other| other.span != variant.span);
        let others: Vec<&Variant> = others.collect();
        let is_shared = |constant: &&Constant| {
            let is_other = |other: &Constant| other.wire == constant.wire && other.value != constant.value;
            let is_scalar = matches!(constant.value, Value::Bool(_) | Value::Int(_) | Value::Text(_));
            let differs = |variant: &&Variant| match object(variant) {
                Some(object) => {
                    object.fields.iter().any(|field| field.wire == constant.wire)
                        || object.constants.iter().any(is_other)
                }
                None => variant.in_place().is_some_and(|ty| ty.has_key(types, &constant.wire)),
            };
            is_scalar && others.iter().any(differs)
        };
        own.constants.iter().filter(is_shared).collect()
    }
}

impl Type {
    /// Whether an object, or a variant of a union, declares the key.
    pub fn has_key(&self, types: &[TypeDef], key: &str) -> bool {
        let Type::Named(id) = self else { return false };
        match types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Object(object)) => object.has_key(key),
            Some(Shape::Union(union)) => {
                union.tag.iter().any(|tag| tag == key)
                    || union.variants.iter().any(|variant| match variant.in_place() {
                        // A variant in place is never its own union, which the resolver reports.
                        Some(ty) => ty.has_key(types, key),
                        None => variant.key.as_deref() == Some(key),
                    })
            }
            _ => false,
        }
    }

    /// Returns the wire keys of an object of this type, in the order in which they are written.
    pub fn entries_of(&self, types: &[TypeDef], value: &Value) -> Vec<(String, Value)> {
        let Type::Named(id) = self else { return Vec::new() };
        match types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Object(object)) => object.entries_of(types, value),
            Some(Shape::Union(union)) => union.entries_of(types, value),
            _ => Vec::new(),
        }
    }

    /// Returns a value of this type as it is written, including the constants that the spec can omit.
    pub fn written(&self, types: &[TypeDef], value: &Value) -> Value {
        let entries = |item: &Type, entries: &[(String, Value)]| {
            entries.iter().map(|(key, value)| (key.clone(), item.written(types, value))).collect()
        };
        match (self, value) {
            (Type::Nullable(item), value) => item.written(types, value),
            (Type::List(item), Value::List(items)) => {
                Value::List(items.iter().map(|value| item.written(types, value)).collect())
            }
            (Type::Tuple(types_of_items), Value::List(items)) => {
                let pairs = types_of_items.iter().zip(items);
                Value::List(pairs.map(|(item, value)| item.written(types, value)).collect())
            }
            (Type::Map(item), Value::Map(all)) => Value::Map(entries(item, all)),
            (Type::Named(_), Value::Map(_)) => Value::Map(self.entries_of(types, value)),
            _ => value.clone(),
        }
    }
}

impl Type {
    /// Returns a value of this type without the keys that values in the direction do not contain.
    ///
    /// Returns `None` for a value whose variant is missing in the direction.
    pub fn within(&self, types: &[TypeDef], value: &Value, direction: Direction) -> Option<Value> {
        Some(match (self, value) {
            (Type::Nullable(item), value) => return item.within(types, value, direction),
            (Type::List(item), Value::List(items)) => {
                Value::List(items.iter().filter_map(|value| item.within(types, value, direction)).collect())
            }
            (Type::Tuple(types_of_items), Value::List(items)) => {
                let pairs = types_of_items.iter().zip(items);
                let items = pairs.map(|(item, value)| item.within(types, value, direction));
                Value::List(items.collect::<Option<_>>()?)
            }
            (Type::Map(item), Value::Map(entries)) => {
                let within = |(key, value): &(String, Value)| {
                    Some((key.clone(), item.within(types, value, direction)?))
                };
                Value::Map(entries.iter().filter_map(within).collect())
            }
            (Type::Named(id), value) => match types.get(id.0) {
                Some(def) => return def.shape.within(types, value, direction),
                None => value.clone(),
            },
            _ => value.clone(),
        })
    }
}

impl Shape {
    /// Returns a value of this shape without the keys that values in the direction do not contain.
    ///
    /// Returns `None` for a value whose variant is missing in the direction.
    pub fn within(&self, types: &[TypeDef], value: &Value, direction: Direction) -> Option<Value> {
        match (self, value) {
            (Shape::Object(object), Value::Map(entries)) => object.within(types, entries, direction),
            (Shape::Union(union), value) => union.within(types, value, direction),
            (Shape::Alias(ty), value) => ty.within(types, value, direction),
            _ => Some(value.clone()),
        }
    }
}

impl Union {
    fn within(&self, types: &[TypeDef], value: &Value, direction: Direction) -> Option<Value> {
        let mut here = self.clone();
        here.variants.retain(|variant| direction.contains(variant.only_in));
        let Some((at, _)) = here.variant_of(types, value) else {
            return self.variant_of(types, value).is_none().then(|| value.clone());
        };
        let variant = here.variants.get(at)?;
        match (&variant.key, &variant.ty, value) {
            (None, Some(ty), value) => ty.within(types, value, direction),
            (Some(own), Some(ty), Value::Map(entries)) => {
                let within = |(key, value): &(String, Value)| match key == own {
                    true => Some((key.clone(), ty.within(types, value, direction)?)),
                    false => Some((key.clone(), value.clone())),
                };
                entries.iter().map(within).collect::<Option<_>>().map(Value::Map)
            }
            _ => Some(value.clone()),
        }
    }
}

impl Object {
    fn within(&self, types: &[TypeDef], entries: &[(String, Value)], direction: Direction) -> Option<Value> {
        let additional = self.additional_fields.as_ref().map_or(&Type::Json, |additional| &additional.ty);
        let mut kept = Vec::new();
        for (key, value) in entries {
            let field = self.fields.iter().find(|field| field.wire == *key);
            let constant = self.constants.iter().find(|constant| constant.wire == *key);
            let only_in = field.map(|field| field.only_in).or(constant.map(|constant| constant.only_in));
            if !direction.contains(only_in.flatten()) {
                continue;
            }
            match field.map_or(additional, |field| &field.ty).within(types, value, direction) {
                Some(value) => kept.push((key.clone(), value)),
                None if field.is_some_and(Field::is_mandatory) => return None,
                None => {}
            }
        }
        Some(Value::Map(kept))
    }

    /// Returns the wire keys of an object, in the order in which they are written.
    fn entries_of(&self, types: &[TypeDef], value: &Value) -> Vec<(String, Value)> {
        let constants = self.constants.iter().map(|constant| (constant.wire.clone(), constant.value.clone()));
        let given =
            |field: &Field| Some((field.wire.clone(), field.ty.written(types, value.get(&field.wire)?)));
        let additional = self.additional_fields.as_ref().map_or(&Type::Json, |additional| &additional.ty);
        let rest: Vec<(String, Value)> = match value {
            Value::Map(entries) => {
                let rest = entries.iter().filter(|(key, _)| !self.has_key(key));
                rest.map(|(key, value)| (key.clone(), additional.written(types, value))).collect()
            }
            _ => Vec::new(),
        };
        constants.chain(self.fields.iter().filter_map(given)).chain(rest).collect()
    }

    fn fits(&self, types: &[TypeDef], value: &Value) -> bool {
        let Value::Map(entries) = value else { return false };
        let is_known = |key: &String, value: &Value| {
            let additional = self.additional_fields.as_ref();
            self.has_key(key) || additional.is_some_and(|additional| fits(types, &additional.ty, value))
        };
        let is_held = |field: &Field| match value.get(&field.wire) {
            Some(Value::Null) => field.nullable || field.ty == Type::Json,
            Some(value) => fits(types, &field.ty, value),
            None => field.can_be_omitted(),
        };
        let is_constant = |it: &Constant| value.get(&it.wire).is_none_or(|found| *found == it.value);
        entries.iter().all(|(key, value)| is_known(key, value))
            && self.fields.iter().all(is_held)
            && self.constants.iter().all(is_constant)
    }
}

fn payload_of(variant: &Variant, value: Value) -> Option<Value> {
    let Some(key) = &variant.key else { return Some(value) };
    match value {
        Value::Map(entries) => match <[_; 1]>::try_from(entries) {
            Ok([(found, payload)]) if found == *key => Some(payload),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a valid value can be of the type, judged by its kind and all of its parts.
fn fits(types: &[TypeDef], ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Named(id), _) => match types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Object(object)) => object.fits(types, value),
            Some(Shape::Union(union)) => union.variant_of(types, value).is_some(),
            Some(Shape::Id { .. }) => matches!(value, Value::Text(_)),
            Some(Shape::Alias(ty)) => fits(types, ty, value),
            Some(Shape::Enum { values }) => values.iter().any(|known| known.value() == *value),
            None => false,
        },
        (Type::Json, _) => true,
        (Type::String | Type::Secret, Value::Text(_)) => true,
        (Type::Formatted(format), Value::Text(text)) => format.is_written(text),
        (Type::Bool, Value::Bool(_)) => true,
        (Type::List(item), Value::List(items)) => items.iter().all(|value| fits(types, item, value)),
        (Type::Tuple(types_of_items), Value::List(items)) => {
            let mut pairs = types_of_items.iter().zip(items);
            types_of_items.len() == items.len() && pairs.all(|(item, value)| fits(types, item, value))
        }
        (Type::Integer(_) | Type::UnixSeconds, Value::Int(number)) => {
            ty.integer_range().is_some_and(|(low, high)| (low..=high).contains(number))
        }
        (Type::Float64, Value::Int(_) | Value::Float(_)) => true,
        (Type::Map(item), Value::Map(entries)) => entries.iter().all(|(_, value)| fits(types, item, value)),
        (Type::Object, Value::Map(_)) => true,
        (Type::Nullable(item), _) => *value == Value::Null || fits(types, item, value),
        _ => false,
    }
}
