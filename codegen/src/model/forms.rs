//! The forms of the values of a type outside JSON.

use std::collections::BTreeSet;

use super::field::{Direction, Type};
use super::ids::TypeId;
use super::type_def::{Shape, TypeDef};
use crate::source::Span;

/// The forms that the values of a type can have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forms {
    /// Whether a value can be a single text.
    pub single: bool,
    /// Whether a value can be a list.
    pub list: bool,
    /// Whether a value can be a map or an object.
    pub keys: bool,
    /// Whether an item or the value of a key can be a list, a map or an object.
    pub nested: bool,
    /// Whether a list can be in a map or an object.
    pub list_in_keys: bool,
    /// Whether a value can be any JSON, so that its form is known at run time only.
    pub any: bool,
    /// The field with a null inside of the value, or nothing for an item that is null.
    pub null: Option<Option<Span>>,
}

impl Forms {
    /// Returns the forms of a type. `types` are the types that names refer to.
    pub fn of(ty: &Type, types: &[TypeDef]) -> Self {
        Finder { types, open: BTreeSet::new() }.forms(ty)
    }

    /// Whether a value can be several texts.
    pub fn is_several(&self) -> bool {
        self.list || self.keys
    }

    fn or(self, other: Self) -> Self {
        Self {
            single: self.single || other.single,
            list: self.list || other.list,
            keys: self.keys || other.keys,
            nested: self.nested || other.nested,
            list_in_keys: self.list_in_keys || other.list_in_keys,
            any: self.any || other.any,
            null: self.null.or(other.null),
        }
    }

    /// Returns the forms of a list with these items.
    fn in_list(self) -> Self {
        let nested = self.nested || self.is_several();
        Self { single: false, list: true, keys: false, nested, ..self }
    }

    /// Returns the forms of a map or an object with these values.
    fn in_keys(self) -> Self {
        let nested = self.nested || self.is_several();
        let list_in_keys = self.list_in_keys || self.list || self.any;
        Self { single: false, list: false, keys: true, nested, list_in_keys, any: false, ..self }
    }
}

struct Finder<'t> {
    types: &'t [TypeDef],
    /// The types around the current one. A type that contains itself is nested.
    open: BTreeSet<usize>,
}

impl Finder<'_> {
    fn forms(&mut self, ty: &Type) -> Forms {
        match ty {
            ty if ty.is_text(self.types) => Forms { single: true, ..Forms::default() },
            Type::List(item) => self.forms(item).in_list(),
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.forms(item));
                items.reduce(Forms::or).unwrap_or_default().in_list()
            }
            Type::Map(item) => self.forms(item).in_keys(),
            Type::Object => Forms { single: true, any: true, ..Forms::default() }.in_keys(),
            Type::Nullable(item) => self.forms(item).or(Forms { null: Some(None), ..Forms::default() }),
            Type::Named(id) => self.named(*id),
            // JSON, and types whose values are unknown.
            _ => Forms { single: true, any: true, ..Forms::default() },
        }
    }

    fn named(&mut self, id: TypeId) -> Forms {
        let Some(def) = self.types.get(id.0) else { return Forms::default() };
        if !self.open.insert(id.0) {
            return Forms { nested: true, ..Forms::default() };
        }
        let forms = match &def.shape {
            Shape::Id { .. } | Shape::Enum { .. } => Forms { single: true, ..Forms::default() },
            Shape::Object(object) => {
                let extra = object.additional_fields.as_ref();
                let mut values = extra.map(|extra| self.forms(&extra.ty)).unwrap_or_default();
                let sent = object.fields.iter().filter(|field| Direction::Request.contains(field.only_in));
                for field in sent {
                    values = values.or(self.forms(&field.ty));
                    if field.nullable {
                        values.null.get_or_insert(Some(field.span));
                    }
                }
                values.in_keys()
            }
            Shape::Alias(ty) => self.forms(ty),
            Shape::Union(union) => {
                let is_tagged = !union.tag.is_empty();
                let tag = if is_tagged { Forms::default().in_keys() } else { Forms::default() };
                union.variants.iter().fold(tag, |forms, variant| {
                    let content = variant.ty.as_ref().map(|ty| self.forms(ty)).unwrap_or_default();
                    forms.or(if variant.key.is_some() { content.in_keys() } else { content })
                })
            }
        };
        self.open.remove(&id.0);
        forms
    }
}
