//! Fields of objects, responses and parameters, with their types, docs, defaults and limits.

use super::resolver::{Resolver, ValueCheck, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Constant, Direction, Field, FieldLocation, Format, Limits, Permission, ResourceId, Type, TypeId,
};
use crate::source::Span;
use crate::syntax::{
    ExtraKey, FieldDecl, FixedDecl, ParamLocationDecl, PermissionDecl, ReceivedDecl, Spanned, SpannedKind,
    SpannedValue, TypeDeclaration, TypedDecl,
};
use crate::value::Value;

use super::type_names::Bound;

impl<'s> Resolver<'s> {
    /// Resolves a field. `what` is `the field` or `the parameter`.
    pub(super) fn field(
        &mut self,
        what: &str,
        from: Option<ResourceId>,
        name: &Spanned<String>,
        decl: &'s FieldDecl,
        typed: &TypedDecl<'s>,
    ) -> Field {
        let Bound { ty, optional, nullable, alias } = match typed.ty {
            // The missing `items` of the same field is already reported.
            TypeDeclaration::Written(written)
                if written.value == "array" && self.syntax.is_unparsed(name.span) =>
            {
                Bound { ty: self.unparsed_type(), optional: false, nullable: false, alias: None }
            }
            TypeDeclaration::Written(written) => self.type_of(from, written),
            TypeDeclaration::Missing | TypeDeclaration::Replaced => {
                if matches!(typed.ty, TypeDeclaration::Missing) {
                    self.missing_type(what, name);
                }
                Bound { ty: self.unparsed_type(), optional: false, nullable: false, alias: None }
            }
        };
        if let (Some(written), false) = (typed.ty.written(), what == "the parameter") {
            let location = decl.location.as_ref().map(|location| location.value);
            let is_response = what == "the field" && location == Some(ParamLocationDecl::WholeBody);
            self.check_no_binary(written, &ty, if is_response { "a response" } else { "a field" });
        }
        let doc = match (&decl.doc, self.doc_of_alias(alias).or_else(|| self.doc_of_type(&ty))) {
            (None, Some(doc)) => doc,
            // A shared parameter without a doc is reported at its definition.
            (None, None) if decl.is_shared => String::new(),
            (doc, _) => self.doc(doc.as_ref(), name, what),
        };
        let limits = self.limits(typed, &ty);
        self.check_zone(what, typed, &ty);
        let sent = (what == "the parameter").then_some(Direction::Request);
        if let Some(value) = typed.example {
            self.check_later(value, &ty, sent, Code::ExampleMismatch, "the example");
            self.check_in_limits(value, &ty, &limits, Code::ExampleMismatch, "the example");
        }
        if let (Some(value), true) = (typed.default, ty.contains_binary()) {
            let problem = Diagnostic::error(Code::InvalidValue, value.head(), "bytes have no default");
            self.report(problem.label("not allowed here").help("remove `default`"));
        } else if let Some(value) = typed.default {
            self.check_later(value, &ty, sent, Code::ValueOutOfRange, "the default");
            self.check_in_limits(value, &ty, &limits, Code::ValueOutOfRange, "the default");
        }
        let default = typed.default.map(SpannedValue::to_value);
        let of_alias = alias.and_then(|id| self.alias_decl(id)?.0.example.as_ref());
        let (when_missing, server_default) = match what {
            "the parameter" => (None, default),
            _ if optional => (None, default),
            _ => (default, None),
        };
        Field {
            name: name.value.clone(),
            wire: text(decl.wire_name.as_ref()).unwrap_or_else(|| name.value.clone()),
            ty,
            location: FieldLocation::Key,
            optional,
            nullable,
            boxed: false,
            assume_utc: typed.default_zone.is_some(),
            only_in: None,
            doc,
            example: typed.example.or(of_alias).map_or(Value::Null, SpannedValue::to_value),
            when_missing,
            server_default,
            limits,
            permission: typed.permission.map(|decl| permission(&decl.value)),
            deprecated: text(decl.deprecated.as_ref()),
            span: name.span,
        }
    }

    /// Returns a field of which only the name is known.
    pub(super) fn unparsed_field(&mut self, name: &Spanned<String>) -> Field {
        Field {
            name: name.value.clone(),
            wire: name.value.clone(),
            ty: self.unparsed_type(),
            location: FieldLocation::Key,
            optional: false,
            nullable: false,
            boxed: false,
            assume_utc: false,
            only_in: None,
            doc: String::new(),
            example: Value::Null,
            when_missing: None,
            server_default: None,
            limits: Limits::default(),
            permission: None,
            deprecated: None,
            span: name.span,
        }
    }

    fn missing_type(&mut self, what: &str, name: &Spanned<String>) {
        self.report_missing(
            name.span,
            Diagnostic::error(Code::MissingKey, name.span, format!("{what} `{}` has no type", name.value))
                .label("missing `type`")
                .help(match (what, name.value.as_str()) {
                    ("the field", "additional_fields") => {
                        "indent `additional_fields` like `fields` to preserve undeclared keys; add `type:` for a field"
                    }
                    _ => "add `type:`, or `const:` for a value that never changes",
                }),
        );
    }

    /// Resolves a key with a constant value. The value is null if it is invalid.
    pub(super) fn constant(
        &mut self,
        name: &Spanned<String>,
        decl: &FieldDecl,
        constant: &FixedDecl<'_, SpannedValue>,
    ) -> Constant {
        let value = self.constant_value(constant.value);
        self.report_extra("const", &constant.extra);
        let wire = text(decl.wire_name.as_ref()).unwrap_or_else(|| name.value.clone());
        Constant { wire, value, only_in: None, span: name.span }
    }

    fn constant_value(&mut self, tree: &SpannedValue) -> Value {
        let value = tree.to_value();
        if !is_finite(&value) {
            self.report(
                Diagnostic::error(Code::InvalidValue, tree.head(), "a constant is any JSON value")
                    .label("JSON has no such number"),
            );
            return Value::Null;
        }
        self.check_numbers(tree);
        value
    }

    /// Reports unquoted numbers that 64 bits cannot hold, which are read as text.
    fn check_numbers(&mut self, tree: &SpannedValue) {
        match &tree.kind {
            SpannedKind::Scalar(Value::Text(text)) if is_great_number(text, tree.span) => self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    tree.span,
                    "a number of a constant has at most 64 bits",
                )
                .label("would be sent as text")
                .help(format!("write `\"{text}\"` in quotes to send text")),
            ),
            SpannedKind::Scalar(_) => {}
            SpannedKind::List(items) => items.iter().for_each(|item| self.check_numbers(item)),
            SpannedKind::Map(entries) => entries.iter().for_each(|(_, value)| self.check_numbers(value)),
        }
    }

    /// Reports keys without an effect beside a fixed value, which `key` gives.
    pub(super) fn report_extra(&mut self, key: &str, extra: &[ExtraKey]) {
        for (other, span) in extra {
            let message = format!("`{other}` has no effect beside `{key}`");
            let problem = Diagnostic::error(Code::InvalidValue, *span, message);
            self.report(
                problem.label(format!("`{key}` defines the value")).help(format!("remove `{other}`")),
            );
        }
    }

    /// Resolves a field that is read.
    pub(super) fn received_field(
        &mut self,
        what: &str,
        from: Option<ResourceId>,
        name: &Spanned<String>,
        decl: &'s FieldDecl,
        received: &ReceivedDecl<'s>,
    ) -> Field {
        for (key, span) in &received.param_keys {
            self.only_for_params(key, *span);
        }
        if let Some(location) = received.location {
            let message = "`in` is a key of parameters and of the fields of responses";
            let problem = Diagnostic::error(Code::InvalidValue, location.span, message);
            self.report(
                problem.label("not allowed here").help("describe the field in `response` of an operation"),
            );
        }
        if let Some(constant) = received.constant {
            let message = "`const` is a key of parameters and of the fields of objects";
            self.report(Diagnostic::error(Code::InvalidValue, constant, message).label("not allowed here"));
        }
        let field = self.field(what, from, name, decl, &received.typed);
        self.check_default(&received.typed, &field);
        field
    }

    /// Reports keys that are rules for reading, beside `write_only`.
    pub(super) fn check_no_reading(&mut self, received: &ReceivedDecl<'_>) {
        let default = received.typed.default.map(|default| ("default", default.head()));
        let zone = received.typed.default_zone.map(|zone| ("default_zone", zone.span));
        for (key, span) in default.into_iter().chain(zone) {
            let message = format!("`{key}` has no effect beside `write_only`");
            self.report(
                Diagnostic::error(Code::InvalidValue, span, message)
                    .label("a rule for reading responses, which do not contain the field")
                    .help(format!("remove `{key}`")),
            );
        }
    }

    pub(super) fn only_for_params(&mut self, key: &str, span: Span) {
        let message = format!("`{key}` is a key of parameters");
        self.report(Diagnostic::error(Code::InvalidValue, span, message).label("not allowed here"));
    }

    /// Checks that a field of this type can have a default.
    fn check_default(&mut self, decl: &TypedDecl<'_>, field: &Field) {
        // A null is not a valid default of any type, and has a diagnostic of its own.
        let Some(default) = decl.default.filter(|default| default.to_value() != Value::Null) else {
            return;
        };
        if field.nullable {
            let message = format!("the nullable field `{}` must not have a default", field.name);
            self.report(
                Diagnostic::error(Code::ValueOutOfRange, default.head(), message)
                    .label("null is read as an absent value")
                    .help("remove `| null`; a missing field and null are then read as the default"),
            );
        } else if field.ty == Type::Secret {
            let written = decl.ty.written().map_or("", |ty| ty.value.as_str());
            let message = format!("a field of the type `{written}` must not have a default");
            self.report(
                Diagnostic::error(Code::ValueOutOfRange, default.head(), message)
                    .label("a secret is not part of a description")
                    .help("add `?` to the type if the field can be absent"),
            );
        }
    }

    /// Returns the doc of an alias. A missing one is reported at the definition.
    pub(super) fn doc_of_alias(&self, alias: Option<TypeId>) -> Option<String> {
        let (decl, _) = self.alias_decl(alias?)?;
        Some(text(decl.doc.as_ref()).unwrap_or_default())
    }

    /// Returns the doc of a named type, also as the item of a list or a map. A field of such a type needs no doc.
    ///
    /// A type that could not be read is assumed to have one.
    pub(super) fn doc_of_type(&self, ty: &Type) -> Option<String> {
        if ty.contains_unparsed() {
            return Some(String::new());
        }
        let declared = self.scope.types.get(ty.named()?.0)?;
        // A missing doc, or an unreadable type, is reported at the definition.
        Some(declared.decl.and_then(|decl| text(decl.doc.as_ref())).unwrap_or_default())
    }

    /// Schedules the comparison of a value with its type for when all types are known.
    pub(super) fn check_later(
        &mut self,
        value: &'s SpannedValue,
        ty: &Type,
        direction: Option<Direction>,
        code: Code,
        what: &'static str,
    ) {
        self.values.push(ValueCheck { value, ty: ty.clone(), direction, code, what });
    }

    fn limits(&mut self, decl: &TypedDecl<'_>, ty: &Type) -> Limits {
        let limits = Limits {
            min: value_of(decl.min),
            max: value_of(decl.max),
            min_length: value_of(decl.min_length),
            max_length: value_of(decl.max_length),
            min_items: value_of(decl.min_items),
            max_items: value_of(decl.max_items),
            unique_items: value_of(decl.unique_items).unwrap_or_default(),
        };
        if *ty != Type::Unparsed {
            self.check_limits(decl, ty);
            self.check_unique(decl, ty);
        }
        self.check_order(decl.min, decl.max);
        self.check_order(decl.min_length, decl.max_length);
        self.check_order(decl.min_items, decl.max_items);
        limits
    }

    /// Reports limits that the type does not support.
    fn check_limits(&mut self, decl: &TypedDecl<'_>, ty: &Type) {
        let numbers = range_of(ty);
        let written = decl.ty.written().map_or("", |ty| bare(&ty.value));
        for (key, bound) in [("min", decl.min), ("max", decl.max)] {
            let Some(bound) = bound else { continue };
            match numbers {
                Some(_) if !bound.value.is_finite() => self.report(
                    Diagnostic::error(Code::ValueOutOfRange, bound.span, "the limit is not a number")
                        .label("JSON has no such number")
                        .help("write a number, or remove the limit"),
                ),
                None => self.misplaced_limit(key, bound.span, "`min` and `max` are for numbers", ty),
                Some((low, high)) if bound.value < low || bound.value > high => self.report(
                    Diagnostic::error(
                        Code::ValueOutOfRange,
                        bound.span,
                        "the limit is outside the range of its type",
                    )
                    .label(format!("`{written}` holds {low} to {high}")),
                ),
                Some(_) => {}
            }
        }
        for (key, bound) in [("min_length", decl.min_length), ("max_length", decl.max_length)] {
            let Some(bound) = bound else { continue };
            if !matches!(ty, Type::String | Type::Secret | Type::Named(_)) {
                self.misplaced_limit(key, bound.span, "`min_length` and `max_length` are for text", ty);
            }
        }
        for (key, bound) in [("min_items", decl.min_items), ("max_items", decl.max_items)] {
            let Some(bound) = bound else { continue };
            if !matches!(ty, Type::List(_) | Type::Map(_)) {
                self.misplaced_limit(
                    key,
                    bound.span,
                    "`min_items` and `max_items` are for lists and maps",
                    ty,
                );
            }
        }
    }

    fn check_unique(&mut self, decl: &TypedDecl<'_>, ty: &Type) {
        let Some(unique) = decl.unique_items.filter(|_| !matches!(ty, Type::List(_))) else { return };
        self.report(
            Diagnostic::error(Code::ValueOutOfRange, unique.span, "`unique_items` is for lists")
                .label("`unique_items` is not a limit of this type")
                .help("remove `unique_items`"),
        );
    }

    /// Reports a `default_zone` of a type other than a time, and of a value that is sent: that one always has an offset.
    fn check_zone(&mut self, what: &str, decl: &TypedDecl<'_>, ty: &Type) {
        let (Some(zone), Some(written)) = (decl.default_zone, decl.ty.written()) else { return };
        let (message, label) = if what == "the parameter" {
            (
                "a parameter has no `default_zone`, because a time that is sent always names its own",
                "not allowed here".to_owned(),
            )
        } else if !is_time(ty) {
            ("`default_zone` is for timestamps", format!("not for `{}`", bare(&written.value)))
        } else {
            return;
        };
        self.report(
            Diagnostic::error(Code::InvalidValue, zone.span, message)
                .label(label)
                .help("remove `default_zone`"),
        );
    }

    /// Reports a misplaced limit. Most types have another limit that is meant.
    fn misplaced_limit(&mut self, key: &str, span: Span, message: &str, ty: &Type) {
        let end = key.get(..3).unwrap_or(key);
        let own = match ty {
            Type::String | Type::Secret => Some(format!("{end}_length")),
            Type::List(_) | Type::Map(_) => Some(format!("{end}_items")),
            _ => range_of(ty).map(|_| end.to_owned()),
        };
        let help = match own {
            Some(own) => format!("write `{own}` instead of `{key}`"),
            None => format!("remove `{key}`"),
        };
        let problem = Diagnostic::error(Code::ValueOutOfRange, span, message);
        self.report(problem.label(format!("`{key}` is not a limit of this type")).help(help));
    }

    fn check_order<T: PartialOrd + std::fmt::Display>(
        &mut self,
        min: Option<&Spanned<T>>,
        max: Option<&Spanned<T>>,
    ) {
        if let (Some(min), Some(max)) = (min, max)
            && min.value > max.value
        {
            self.report(
                Diagnostic::error(
                    Code::ValueOutOfRange,
                    max.span,
                    "the upper limit is less than the lower limit",
                )
                .label(format!("less than {}", min.value))
                .note(min.span, "the lower limit"),
            );
        }
    }

    fn check_in_limits(&mut self, value: &SpannedValue, ty: &Type, limits: &Limits, code: Code, what: &str) {
        // A value outside its type has a diagnostic of its own.
        let in_type = |number: f64| range_of(ty).is_some_and(|(low, high)| (low..=high).contains(&number));
        let value_of = value.to_value();
        let fits_type = match value_of {
            Value::Int(number) => in_type(number as f64),
            Value::Float(number) => in_type(number),
            _ => true,
        };
        if fits_type && limits.exclude(&value_of) {
            self.report(
                Diagnostic::error(code, value.head(), format!("{what} is outside the limits"))
                    .label("not allowed by the limits of this field"),
            );
        }
    }
}

/// Whether JSON has all numbers in the value.
/// Whether a text without quotes is a decimal number outside the range of 64 bits.
fn is_great_number(text: &str, span: Span) -> bool {
    // Quotes are a part of the span.
    let is_plain = span.end - span.start == text.len();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = digits.starts_with(|c: char| c.is_ascii_digit())
        && !(digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit));
    is_plain && is_decimal && text.parse::<f64>().is_ok_and(|number| number.abs() >= i64::MAX as f64)
}

fn is_finite(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.is_finite(),
        Value::List(items) => items.iter().all(is_finite),
        Value::Map(entries) => entries.iter().all(|(_, value)| is_finite(value)),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Text(_) => true,
    }
}

/// Returns the written type without the marks of absence and null.
fn bare(written: &str) -> &str {
    written.split(['?', '|']).next().unwrap_or(written).trim()
}

fn value_of<T: Copy>(bound: Option<&Spanned<T>>) -> Option<T> {
    bound.map(|bound| bound.value)
}

/// Whether the values are times, including times in lists and maps.
fn is_time(ty: &Type) -> bool {
    match ty {
        Type::List(item) | Type::Map(item) | Type::Nullable(item) => is_time(item),
        ty => matches!(ty, Type::Formatted(Format::Timestamp) | Type::Unparsed),
    }
}

/// Returns the range of a numeric type.
fn range_of(ty: &Type) -> Option<(f64, f64)> {
    match ty {
        Type::Float64 | Type::Formatted(Format::Decimal) => Some((f64::MIN, f64::MAX)),
        // The nearest floats. Limits that close to the ends of 64 bits do not occur.
        _ => ty.integer_range().map(|(low, high)| (low as f64, high as f64)),
    }
}

pub(super) fn permission(decl: &PermissionDecl) -> Permission {
    Permission {
        resource: decl.resource.clone(),
        action: decl.action.clone(),
        self_resource: decl.self_resource.clone(),
    }
}
