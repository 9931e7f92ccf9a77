//! Whether a value of the spec fits a type.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::{Api, EnumValue, Field, Shape, Type, TypeDef};
use crate::source::Span;
use crate::syntax::{Spanned, Tree, TreeKind};
use crate::value::Value;

/// Where a value does not fit, and how.
pub(super) struct Misfit {
    pub span: Span,
    pub label: String,
}

impl Resolver<'_> {
    /// Looks at all values that were noted while types were being resolved, and at the examples of the types.
    pub(super) fn check_values(&mut self, api: &Api) {
        for check in std::mem::take(&mut self.values) {
            let misfits = misfits(check.value, &check.ty, &api.types);
            self.report_misfits(check.code, check.what, misfits);
        }
        for (at, def) in api.types.iter().enumerate() {
            let decl = self.scope.types.get(at).and_then(|declared| declared.decl);
            if let Some(example) = decl.and_then(|decl| decl.example.as_ref()) {
                let ty = Type::Named(crate::model::TypeId(at));
                let misfits = misfits(example, &ty, &api.types);
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
            self.report(
                Diagnostic::error(code, misfit.span, format!("{what} does not fit its type"))
                    .label(misfit.label),
            );
        }
    }
}

/// All places where a value does not fit a type.
pub(super) fn misfits(value: &Tree, ty: &Type, types: &[TypeDef]) -> Vec<Misfit> {
    let mut found = Vec::new();
    Fitter { types, found: &mut found }.fit(value, ty);
    found
}

/// All places where a value does not fit an object of these fields.
pub(super) fn object_misfits(value: &Tree, fields: &[Field], types: &[TypeDef]) -> Vec<Misfit> {
    let mut found = Vec::new();
    Fitter { types, found: &mut found }.fit_object(value, fields, false);
    found
}

struct Fitter<'a> {
    types: &'a [TypeDef],
    found: &'a mut Vec<Misfit>,
}

impl Fitter<'_> {
    fn misfit(&mut self, span: Span, label: impl Into<String>) {
        self.found.push(Misfit { span, label: label.into() });
    }

    fn expected(&mut self, value: &Tree, expected: &str) {
        let found = value.to_value();
        self.misfit(value.head(), format!("expected {expected}, found {}", found.kind()));
    }

    fn fit(&mut self, value: &Tree, ty: &Type) {
        match (ty, &value.kind) {
            (Type::Named(id), _) => match self.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Object { fields, rest }) => self.fit_object(value, fields, rest.is_some()),
                Some(Shape::Enum { values }) => self.fit_enum(value, values),
                _ => self.fit_text(value),
            },
            (Type::List(item), TreeKind::List(items)) => items.iter().for_each(|value| self.fit(value, item)),
            (Type::List(_), _) => self.expected(value, "a list"),
            (Type::Map(item), TreeKind::Map(entries)) => {
                entries.iter().for_each(|(_, value)| self.fit(value, item))
            }
            (Type::Map(_), _) => self.expected(value, "a map"),
            (Type::Object, TreeKind::Map(_)) | (Type::Json, _) => {}
            (Type::Object, _) => self.expected(value, "a map"),
            (Type::String | Type::Secret, _) => self.fit_text(value),
            (Type::Timestamp, _) => self.fit_timestamp(value),
            (Type::Bool, TreeKind::Scalar(Value::Bool(_))) => {}
            (Type::Bool, _) => self.expected(value, "true or false"),
            (Type::Float64, TreeKind::Scalar(Value::Int(_) | Value::Float(_))) => {}
            (Type::Float64, _) => self.expected(value, "a number"),
            (
                Type::Int32 | Type::Int64 | Type::Uint32 | Type::UnixSeconds,
                TreeKind::Scalar(Value::Int(number)),
            ) => {
                self.fit_integer(value.span, *number, ty);
            }
            (Type::Int32 | Type::Int64 | Type::Uint32 | Type::UnixSeconds, _) => {
                self.expected(value, "an integer")
            }
        }
    }

    fn fit_text(&mut self, value: &Tree) {
        if !matches!(value.kind, TreeKind::Scalar(Value::Text(_))) {
            self.expected(value, "text");
        }
    }

    fn fit_timestamp(&mut self, value: &Tree) {
        match &value.kind {
            TreeKind::Scalar(Value::Text(text)) if chrono::DateTime::parse_from_rfc3339(text).is_ok() => {}
            _ => self.expected(value, "a timestamp such as `2024-05-01T12:00:00Z`"),
        }
    }

    fn fit_integer(&mut self, span: Span, number: i64, ty: &Type) {
        let (low, high) = match ty {
            Type::Int32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
            Type::Uint32 => (0, i64::from(u32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        if number < low || number > high {
            self.misfit(span, format!("expected {low} to {high}"));
        }
    }

    fn fit_enum(&mut self, value: &Tree, values: &[EnumValue]) {
        let TreeKind::Scalar(Value::Text(text)) = &value.kind else {
            return self.expected(value, "text");
        };
        if values.is_empty() || values.iter().any(|known| known.wire == *text) {
            return;
        }
        let known = values.iter().map(|known| known.wire.as_str());
        match nearest(text, known.clone()) {
            Some(near) => self.misfit(value.span, format!("not a known value; did you mean `{near}`?")),
            None => {
                self.misfit(value.span, format!("not one of {}", quoted(known)));
            }
        }
    }

    fn fit_object(&mut self, value: &Tree, fields: &[Field], open: bool) {
        let TreeKind::Map(entries) = &value.kind else {
            return self.expected(value, "a map");
        };
        for (key, value) in entries {
            match fields.iter().find(|field| field.wire == key.value) {
                Some(field) => self.fit(value, &field.ty),
                None if open => {}
                None => self.unknown_field(key, fields),
            }
        }
        let is_lenient = |field: &Field| {
            field.optional || field.default.is_some() || matches!(field.ty, Type::List(_) | Type::Map(_))
        };
        for field in fields.iter().filter(|field| !is_lenient(field)) {
            if !entries.iter().any(|(key, _)| key.value == field.wire) {
                self.misfit(value.head(), format!("`{}` is missing, and it is required", field.wire));
            }
        }
    }

    fn unknown_field(&mut self, key: &Spanned<String>, fields: &[Field]) {
        let known = fields.iter().map(|field| field.wire.as_str());
        let label = match nearest(&key.value, known.clone()) {
            Some(near) => format!("no such field; did you mean `{near}`?"),
            None if fields.is_empty() => "there are no fields here".to_owned(),
            None => format!("no such field; there are {}", quoted(known)),
        };
        self.misfit(key.span, label);
    }
}
