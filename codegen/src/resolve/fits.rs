//! Checks of values in the spec against their types.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::{
    Api, Constant, Direction, EnumValue, Field, Format, Object, Shape, Type, TypeDef, Union, Variant,
};
use crate::source::Span;
use crate::syntax::{Spanned, SpannedKind, SpannedValue};
use crate::value::Value;

/// The location and the description of a mismatch.
pub(super) struct Misfit {
    pub span: Span,
    pub label: String,
    pub help: Option<String>,
}

impl Resolver<'_> {
    /// Checks all values that were scheduled during resolution, and the examples of the types.
    pub(super) fn check_values(&mut self, api: &Api) {
        for check in std::mem::take(&mut self.values) {
            let misfits = misfits(check.value, &check.ty, check.direction, &api.types);
            self.report_misfits(check.code, check.what, misfits);
        }
        for (at, def) in api.types.iter().enumerate() {
            let decl = self.scope.types.get(at).and_then(|declared| declared.decl);
            if let Some(example) = decl.and_then(|decl| decl.example.as_ref()) {
                let ty = Type::Named(crate::model::TypeId(at));
                let misfits = misfits(example, &ty, None, &api.types);
                self.report_misfits(
                    Code::ExampleMismatch,
                    &format!("the example of `{}`", def.name),
                    misfits,
                );
            }
        }
    }

    pub(super) fn report_misfits(&mut self, code: Code, what: &str, misfits: Vec<Misfit>) {
        for misfit in misfits {
            let problem = Diagnostic::error(code, misfit.span, format!("{what} does not fit its type"));
            let problem = problem.label(misfit.label);
            self.report(match misfit.help {
                Some(help) => problem.help(help),
                None => problem,
            });
        }
    }
}

/// Returns all mismatches between a value and a type.
pub(super) fn misfits(
    value: &SpannedValue,
    ty: &Type,
    direction: Option<Direction>,
    types: &[TypeDef],
) -> Vec<Misfit> {
    let mut found = Vec::new();
    Fitter { types, direction, found: &mut found }.fit(value, ty);
    found
}

/// Returns all mismatches between a value and a parameter, including its type and limits.
pub(super) fn param_misfits(value: &SpannedValue, field: &Field, types: &[TypeDef]) -> Vec<Misfit> {
    let mut found = Vec::new();
    Fitter { types, direction: Some(Direction::Request), found: &mut found }.fit_field(value, field);
    found
}

/// Returns all mismatches between a value and a response of these keys.
pub(super) fn response_misfits(value: &SpannedValue, object: &Object, types: &[TypeDef]) -> Vec<Misfit> {
    let mut found = Vec::new();
    Fitter { types, direction: Some(Direction::Response), found: &mut found }.fit_object(value, object, &[]);
    found
}

struct Fitter<'a> {
    types: &'a [TypeDef],
    /// The direction of the values. Missing for values with the fields of both directions.
    direction: Option<Direction>,
    found: &'a mut Vec<Misfit>,
}

impl Fitter<'_> {
    fn misfit(&mut self, span: Span, label: impl Into<String>) {
        self.found.push(Misfit { span, label: label.into(), help: None });
    }

    fn expected(&mut self, value: &SpannedValue, expected: &str) {
        let found = value.to_value();
        self.misfit(value.head(), format!("expected {expected}, found {}", found.kind()));
    }

    fn fit(&mut self, value: &SpannedValue, ty: &Type) {
        if ty.is_unparsed(self.types) {
            return;
        }
        match (ty, &value.kind) {
            (_, SpannedKind::Scalar(Value::Float(number))) if !number.is_finite() => {
                self.misfit(value.span, "JSON has no such number");
            }
            (Type::Json, SpannedKind::List(items)) => items.iter().for_each(|value| self.fit(value, ty)),
            (Type::Json | Type::Object, SpannedKind::Map(entries)) => {
                entries.iter().for_each(|(_, value)| self.fit(value, &Type::Json));
            }
            (Type::Named(id), _) => match self.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Object(object)) => self.fit_object(value, object, &[]),
                Some(Shape::Enum { values }) => self.fit_enum(value, values),
                Some(Shape::Union(union)) => self.fit_union(value, union, &[]),
                Some(Shape::Alias(ty)) => self.fit(value, ty),
                _ => self.fit_text(value),
            },
            (Type::Nullable(_), SpannedKind::Scalar(Value::Null)) => {}
            (Type::Nullable(item), _) => self.fit(value, item),
            (Type::List(item), SpannedKind::List(items)) => {
                items.iter().for_each(|value| self.fit(value, item))
            }
            (Type::Tuple(types), SpannedKind::List(items)) if types.len() == items.len() => {
                types.iter().zip(items).for_each(|(item, value)| self.fit(value, item))
            }
            (Type::Tuple(types), SpannedKind::List(items)) => {
                self.misfit(value.head(), format!("expected {} items, found {}", types.len(), items.len()));
            }
            (Type::List(_) | Type::Tuple(_), _) => self.expected(value, "a list"),
            (Type::Map(item), SpannedKind::Map(entries)) => {
                entries.iter().for_each(|(_, value)| self.fit(value, item))
            }
            (Type::Map(_), _) => self.expected(value, "a map"),
            (Type::Json | Type::Unparsed, _) => {}
            (Type::Object, _) => self.expected(value, "a map"),
            (Type::String | Type::Secret | Type::Binary | Type::File, _) => self.fit_text(value),
            (Type::Formatted(format), _) => self.fit_format(value, *format),
            (Type::Bool, SpannedKind::Scalar(Value::Bool(_))) => {}
            (Type::Bool, _) => self.expected(value, "true or false"),
            (Type::Float64, SpannedKind::Scalar(Value::Int(_) | Value::Float(_))) => {}
            (Type::Float64, _) => self.expected(value, "a number"),
            (Type::Integer(_) | Type::UnixSeconds, SpannedKind::Scalar(Value::Int(number))) => {
                self.fit_integer(value.span, *number, ty);
            }
            (Type::Integer(_) | Type::UnixSeconds, _) => self.expected(value, "an integer"),
        }
    }

    fn fit_text(&mut self, value: &SpannedValue) {
        match &value.kind {
            SpannedKind::Scalar(Value::Text(_)) => {}
            SpannedKind::Scalar(Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
                self.expected(value, "text");
                if let Some(misfit) = self.found.last_mut() {
                    misfit.help = Some("put the value in quotes".to_owned());
                }
            }
            _ => self.expected(value, "text"),
        }
    }

    /// Compares text with its format. Numbers without quotes lose digits.
    fn fit_format(&mut self, value: &SpannedValue, format: Format) {
        if let SpannedKind::Scalar(Value::Text(text)) = &value.kind
            && format.is_written(text)
        {
            return;
        }
        self.expected(value, &format!("{} such as `{}`", format.noun(), format.example()));
        let is_number = matches!(value.kind, SpannedKind::Scalar(Value::Int(_) | Value::Float(_)));
        if let (Some(misfit), Format::Decimal, true) = (self.found.last_mut(), format, is_number) {
            misfit.help = Some("put the value in quotes".to_owned());
        }
    }

    fn fit_integer(&mut self, span: Span, number: i128, ty: &Type) {
        if let Some((low, high)) = ty.integer_range()
            && !(low..=high).contains(&number)
        {
            self.misfit(span, format!("expected {low} to {high}"));
        }
    }

    fn fit_enum(&mut self, value: &SpannedValue, values: &[EnumValue]) {
        let found = value.to_value();
        if values.iter().any(|known| known.value() == found) {
            return;
        }
        if EnumValue::are_integers(values) && !matches!(found, Value::Int(_)) {
            self.expected(value, "an integer");
            let is_known = values.iter().any(|known| found.as_text() == Some(&known.wire));
            if let (Some(misfit), true) = (self.found.last_mut(), is_known) {
                misfit.help = Some("write the value without quotes".to_owned());
            }
            return;
        }
        let text = match found {
            Value::Text(text) => text,
            Value::Int(number) if EnumValue::are_integers(values) => number.to_string(),
            _ => return self.expected(value, "text"),
        };
        let known = values.iter().map(|known| known.wire.as_str());
        match nearest(&text, known.clone()).filter(|_| !EnumValue::are_integers(values)) {
            Some(near) => self.misfit(value.span, format!("not a known value; did you mean `{near}`?")),
            None => {
                self.misfit(value.span, format!("not one of {}", quoted(known)));
            }
        }
    }

    /// Compares a value with an object. `tags` are keys that are already checked.
    fn fit_object(&mut self, value: &SpannedValue, object: &Object, tags: &[&str]) {
        let SpannedKind::Map(entries) = &value.kind else {
            return self.expected(value, "a map");
        };
        for (key, value) in entries.iter().filter(|(key, _)| !tags.contains(&key.value.as_str())) {
            let field = object.fields.iter().find(|field| field.wire == key.value);
            let constant = object.constants.iter().find(|constant| constant.wire == key.value);
            let only_in = field.map(|field| field.only_in).or(constant.map(|constant| constant.only_in));
            match (field, constant) {
                _ if !self.is_here(only_in.flatten()) => self.misplaced_field(key),
                (Some(field), _) if field.nullable && value.to_value() == Value::Null => {}
                (Some(field), _) => self.fit_field(value, field),
                (None, Some(constant)) => self.fit_constant(value, constant),
                (None, None) => match &object.additional_fields {
                    Some(additional) => self.fit(value, &additional.ty),
                    None => self.unknown_field(key, &object.fields),
                },
            }
        }
        for field in object.fields.iter().filter(|field| !field.can_be_omitted()) {
            if self.is_here(field.only_in) && !entries.iter().any(|(key, _)| key.value == field.wire) {
                self.misfit(value.head(), format!("`{}` is missing, and it is required", field.wire));
            }
        }
    }

    /// Whether values in this direction contain a field that is only in the given one.
    fn is_here(&self, only_in: Option<Direction>) -> bool {
        self.direction.is_none_or(|direction| direction.contains(only_in))
    }

    fn misplaced_field(&mut self, key: &Spanned<String>) {
        let label = match self.direction {
            Some(Direction::Request) => {
                format!("`{}` is read-only, so requests do not contain it", key.value)
            }
            _ => format!("`{}` is write-only, so responses do not contain it", key.value),
        };
        self.misfit(key.span, label);
    }

    fn misplaced_variant(&mut self, span: Span, variant: &Variant) {
        let (key, place) = match self.direction {
            Some(Direction::Request) => ("read-only", "requests"),
            _ => ("write-only", "responses"),
        };
        self.misfit(span, format!("`{}` is {key}, so {place} do not contain it", variant.tag_value));
    }

    fn fit_field(&mut self, value: &SpannedValue, field: &Field) {
        let before = self.found.len();
        self.fit(value, &field.ty);
        // A value that does not fit its type has a diagnostic already.
        if self.found.len() == before && field.limits.exclude(&value.to_value()) {
            self.misfit(value.head(), format!("outside of the limits of `{}`", field.name));
        }
    }

    fn fit_constant(&mut self, value: &SpannedValue, constant: &Constant) {
        if value.to_value() != constant.value {
            self.misfit(value.head(), format!("`{}` is always {}", constant.wire, constant.value));
        }
    }

    /// Compares a value with a union. `outer` are keys that are already checked.
    fn fit_union(&mut self, value: &SpannedValue, union: &Union, outer: &[&str]) {
        match union.tag.is_empty() {
            true => self.fit_any(value, union, outer),
            false => self.fit_tagged(value, union, outer),
        }
    }

    /// Compares a value with a union whose variants are selected by a tag.
    fn fit_tagged(&mut self, value: &SpannedValue, union: &Union, outer: &[&str]) {
        let SpannedKind::Map(entries) = &value.kind else {
            return self.expected(value, "a map");
        };
        let tag = union.tag.iter().find_map(|tag| entries.iter().find(|(key, _)| key.value == *tag));
        let Some((key, tag)) = tag else {
            let tags: Vec<String> = union.tag.iter().map(|tag| format!("`{tag}`")).collect();
            let tags = tags.join(" or ");
            return self.misfit(value.head(), format!("the tag {tags} is missing"));
        };
        if union.variants.is_empty() {
            // The missing tags are already reported.
            return;
        }
        let tag_value = tag.to_value();
        let Some(variant) = union.variants.iter().find(|variant| variant.tag_value() == tag_value) else {
            let words = union.variants.iter().map(|variant| variant.tag_value.as_str());
            let near = tag_value.as_text().and_then(|text| nearest(text, words.clone()));
            return match near {
                Some(near) => self.misfit(tag.head(), format!("no such variant; did you mean `{near}`?")),
                None => self.misfit(tag.head(), format!("not one of {}", quoted(words))),
            };
        };
        if !self.is_here(variant.only_in) {
            return self.misplaced_variant(tag.head(), variant);
        }
        let own = union.tag.iter().map(String::as_str);
        let tags: Vec<&str> = own.chain([key.value.as_str()]).chain(outer.iter().copied()).collect();
        self.fit_variant(value, variant, &tags);
    }

    /// Compares a value with a union whose variants are selected by their content.
    fn fit_any(&mut self, value: &SpannedValue, union: &Union, outer: &[&str]) {
        // A variant that could not be read can be the one that fits.
        let mut types = union.variants.iter().filter_map(|variant| variant.ty.as_ref());
        if types.any(|ty| ty.is_unparsed(self.types)) {
            return;
        }
        let variants = union.variants.iter().filter(|variant| self.is_here(variant.only_in));
        let found = variants.map(|variant| {
            let mut found = Vec::new();
            Fitter { types: self.types, direction: self.direction, found: &mut found }
                .fit_variant(value, variant, outer);
            (variant, found)
        });
        // The variant with the fewest mismatches is most likely meant.
        let nearest = found.min_by_key(|(variant, found)| (!self.is_of_kind(value, variant), found.len()));
        let Some((variant, Some(misfit))) =
            nearest.map(|(variant, found)| (variant, found.into_iter().next()))
        else {
            return;
        };
        let words = quoted(union.variants.iter().map(|variant| variant.tag_value.as_str()));
        self.misfit(
            misfit.span,
            format!("fits none of {words}; as `{}`: {}", variant.tag_value, misfit.label),
        );
    }

    /// Whether a value and a variant are both maps, both lists or both single values.
    fn is_of_kind(&self, value: &SpannedValue, variant: &Variant) -> bool {
        let is_map = matches!(value.kind, SpannedKind::Map(_));
        match &variant.ty {
            _ if variant.key.is_some() => is_map,
            Some(Type::Map(_) | Type::Object) => is_map,
            Some(Type::List(_) | Type::Tuple(_)) => matches!(value.kind, SpannedKind::List(_)),
            Some(ty) if ty.object(self.types).is_some() => is_map,
            _ => matches!(value.kind, SpannedKind::Scalar(_)),
        }
    }

    fn fit_variant(&mut self, value: &SpannedValue, variant: &Variant, tags: &[&str]) {
        let Some(ty) = &variant.ty else { return self.fit_keys(value, &[], tags) };
        if ty.is_unparsed(self.types) {
            return;
        }
        let Some(key) = &variant.key else {
            let shape = ty.named().and_then(|id| self.types.get(id.0)).map(|def| &def.shape);
            return match shape.filter(|_| matches!(ty, Type::Named(_))) {
                Some(Shape::Object(object)) => self.fit_object(value, object, tags),
                Some(Shape::Union(union)) => self.fit_union(value, union, tags),
                _ => self.fit(value, ty),
            };
        };
        let SpannedKind::Map(entries) = &value.kind else {
            return self.expected(value, "a map");
        };
        match entries.iter().find(|(found, _)| found.value == *key) {
            Some((_, value)) => self.fit(value, ty),
            None => self.misfit(value.head(), format!("`{key}` is missing, and it is required")),
        }
        self.fit_keys(value, &[key], tags);
    }

    /// Reports all keys other than these.
    fn fit_keys(&mut self, value: &SpannedValue, keys: &[&str], tags: &[&str]) {
        let SpannedKind::Map(entries) = &value.kind else { return };
        let is_known = |key: &str| keys.contains(&key) || tags.contains(&key);
        for (other, _) in entries.iter().filter(|(found, _)| !is_known(&found.value)) {
            let only = quoted(tags.iter().take(1).chain(keys).copied());
            self.misfit(other.span, format!("expected only {only}"));
        }
    }

    fn unknown_field(&mut self, key: &Spanned<String>, fields: &[Field]) {
        let known = fields.iter().map(|field| field.wire.as_str());
        let label = match nearest(&key.value, known.clone()) {
            Some(near) => format!("no such field; did you mean `{near}`?"),
            None if fields.is_empty() => "the type has no fields".to_owned(),
            None => format!("no such field; the fields are {}", quoted(known)),
        };
        self.misfit(key.span, label);
    }
}
