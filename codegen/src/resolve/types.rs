//! Named types: their kinds and their parts.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::headers::sent_by_auth;
use super::resolver::{Resolver, text};
use super::type_names::Bound;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    AdditionalFields, AuthScheme, Constant, Direction, EnumValue, Field, KeyLocation, Object, ResourceId,
    Shape, Type, TypeDef,
};
use crate::source::Span;
use crate::syntax::{
    AdditionalFieldsDecl, Entries, EnumDecl, EnumValueDecl, FieldDecl, ObjectFieldDecl, Spanned,
    SpannedValue, TypeDecl,
};
use crate::value::Value;

impl<'s> Resolver<'s> {
    /// Resolves all types, in the order of their ids.
    pub(super) fn types(&mut self) -> Vec<TypeDef> {
        (0..self.scope.types.len()).filter_map(|at| self.type_def(at)).collect()
    }

    fn type_def(&mut self, at: usize) -> Option<TypeDef> {
        let declared = self.scope.types.get(at)?;
        let (resource, name, decl) = (declared.resource, declared.name, declared.decl);
        let doc = decl.map(|decl| self.doc(decl.doc.as_ref(), name, "the type")).unwrap_or_default();
        let shape = decl.and_then(|decl| self.shape(resource, name, decl));
        let deprecated = decl.and_then(|decl| text(decl.deprecated.as_ref()));
        let values = decl.and_then(|decl| decl.values.as_ref()).map(|values| values.value.values.keys());
        let lacks_value = values.into_iter().flatten().any(|value| self.syntax.is_unparsed(value.span));
        let unparsed = shape.is_none() || lacks_value || self.syntax.is_unparsed(name.span);
        self.is_partial |= unparsed;
        self.check_type_name(name);
        Some(TypeDef {
            resource,
            name: name.value.clone(),
            doc,
            shape: shape.unwrap_or(Shape::Enum { values: Vec::new() }),
            example: decl.and_then(|decl| decl.example.as_ref()).map_or(Value::Null, SpannedValue::to_value),
            deprecated,
            unparsed,
            in_params: false,
            in_response: false,
            in_errors: false,
            is_webhook: decl.and_then(|decl| decl.webhook.as_ref()).is_some_and(|webhook| webhook.value),
            input_of: None,
            span: name.span,
        })
    }

    /// Reports a dot in the name of a type, since the name would be a path.
    fn check_type_name(&mut self, name: &Spanned<String>) {
        if !name.chars().all(|c| c.is_alphanumeric() || c == '_') || !name.starts_with(char::is_uppercase) {
            let message = format!("`{}` cannot be the name of a type", name.value);
            let problem = Diagnostic::error(Code::InvalidValue, name.span, message)
                .label("letters and digits are expected, beginning with a capital");
            let better = name.to_upper_camel_case();
            self.report(match better.starts_with(char::is_uppercase) {
                true => problem.help(format!("call it `{better}`")),
                false => problem,
            });
        }
    }

    /// Resolves the kind of a type. Returns `None` if it is invalid.
    fn shape(&mut self, resource: ResourceId, name: &Spanned<String>, decl: &'s TypeDecl) -> Option<Shape> {
        let given: Vec<(&str, Span)> = [
            decl.id.as_ref().map(|id| ("id", id.span)),
            decl.values.as_ref().map(|values| ("enum", values.span)),
            decl.fields.as_ref().map(|fields| ("fields", fields.span)),
            decl.one_of.as_ref().map(|variants| ("one_of", variants.span)),
            decl.alias.as_ref().map(|alias| ("type", alias.span)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if given.len() != 1 {
            let found = given.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(" and ");
            let problem = Diagnostic::error(
                Code::InvalidValue,
                name.span,
                format!("the type `{}` needs exactly one of `id`, `enum`, `fields`, `one_of` and `type`", name.value),
            )
            .help(match given.len() {
                0 => "add `fields:` for an object, `enum:` for known values, `id:` for an identifier, `one_of:` for a union, `type:` for a name of another type",
                _ => "keep one of them, or move one to a type of its own",
            });
            match found.is_empty() {
                true => self.report_missing(name.span, problem.label("has none of them")),
                false => self.report(problem.label(format!("{found} are given"))),
            }
            return None;
        }
        let misplaced = [
            (
                "additional_fields",
                "fields",
                decl.additional_fields.as_ref().filter(|_| decl.fields.is_none()).map(|rest| rest.span),
            ),
            ("secret", "id", decl.secret.as_ref().filter(|_| decl.id.is_none()).map(|secret| secret.span)),
            ("tag", "one_of", decl.tag.as_ref().filter(|_| decl.one_of.is_none()).map(|tag| tag.span)),
        ];
        for (key, owner, span) in
            misplaced.into_iter().filter_map(|(key, owner, span)| Some((key, owner, span?)))
        {
            let message = format!("`{key}` is a key of types with `{owner}`");
            self.report(Diagnostic::error(Code::InvalidValue, span, message).label("not allowed here"));
        }
        let rest = decl.additional_fields.as_ref().map(|rest| self.additional_fields(resource, name, rest));
        if let Some(webhook) =
            decl.webhook.as_ref().filter(|_| decl.fields.is_none() && decl.one_of.is_none())
        {
            let message = "a payload of webhooks is an object or a union";
            self.report(
                Diagnostic::error(Code::InvalidValue, webhook.span, message)
                    .label("expected a type with `fields` or `one_of`")
                    .help("remove `webhook`, and add it to the type of the whole body"),
            );
        }
        if let Some(written) = decl.alias.as_ref() {
            let id = self.scope.find(Some(resource), &name.value)?;
            return Some(Shape::Alias(self.alias(id, written)));
        }
        Some(match (&decl.id, &decl.values, &decl.fields, &decl.one_of) {
            (Some(id), ..) => {
                let secret = decl.secret.as_ref().is_some_and(|secret| secret.value);
                Shape::Id { noun: id.value.clone(), secret }
            }
            (_, Some(values), ..) => self.enum_shape(name, &values.value),
            (_, _, Some(fields), _) => {
                if fields.value.is_empty() && rest.is_none() {
                    self.report_missing_fields(name);
                }
                Shape::Object(Object {
                    additional_fields: rest,
                    ..self.object("the field", resource, &fields.value)
                })
            }
            (_, _, _, Some(variants)) => Shape::Union(self.union(resource, name, decl, &variants.value)),
            _ => return None,
        })
    }

    fn additional_fields(
        &mut self,
        resource: ResourceId,
        name: &Spanned<String>,
        decl: &Spanned<AdditionalFieldsDecl>,
    ) -> AdditionalFields {
        let doc = match self.syntax.is_unparsed(decl.span) {
            true => text(decl.doc.as_ref()).unwrap_or_default(),
            false => self.doc(decl.doc.as_ref(), name, "the `additional_fields` of"),
        };
        let Some(written) = &decl.ty else { return AdditionalFields { doc, ty: Type::Json } };
        let Bound { ty, optional, nullable, .. } = self.type_of(Some(resource), written);
        if optional {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    written.span,
                    "the type of additional fields has no `?`",
                )
                .label("each key that is present has a value")
                .help("remove the `?`, or write `| null` for values that can be null"),
            );
        }
        self.check_no_binary(written, &ty, "additional fields");
        AdditionalFields { doc, ty: if nullable { Type::Nullable(Box::new(ty)) } else { ty } }
    }

    fn report_missing_fields(&mut self, name: &Spanned<String>) {
        let message = format!("the type `{}` has no field", name.value);
        self.report(
            Diagnostic::error(Code::InvalidValue, name.span, message)
                .label("no fields")
                .help("list the fields under `fields`, add `additional_fields`, or use `object` if any keys are allowed"),
        );
    }

    fn enum_shape(&mut self, name: &Spanned<String>, decl: &EnumDecl) -> Shape {
        let values = self.enum_values(&decl.values, &decl.integers);
        self.check_integers(name, &values);
        if values.is_empty() {
            self.report_missing(
                name.span,
                Diagnostic::error(
                    Code::InvalidValue,
                    name.span,
                    format!("the enum `{}` has no value", name.value),
                )
                .label("no values")
                .help("list the known values under `enum`"),
            );
        }
        Shape::Enum { values }
    }

    /// Reports an enum of integers and texts, and integers that are too large.
    fn check_integers(&mut self, name: &Spanned<String>, values: &[EnumValue]) {
        let first = |is_integer: bool| values.iter().find(|value| value.is_integer == is_integer);
        if let (Some(integer), Some(text)) = (first(true), first(false)) {
            let message = format!("the enum `{}` has integers and texts", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, integer.span, message)
                    .label("an integer")
                    .note(text.span, "text")
                    .help("put all values in quotes if the API sends text, or remove the quotes from the integers"),
            );
        }
        for value in values.iter().filter(|value| value.is_integer && value.wire.parse::<i64>().is_err()) {
            let message = format!("the value `{}` is too large", value.wire);
            self.report(Diagnostic::error(Code::InvalidValue, value.span, message).label(format!(
                "expected {} to {}",
                i64::MIN,
                i64::MAX
            )));
        }
    }

    /// Resolves the known values of an enum. `integers` are the spans of those that are integers.
    pub(super) fn enum_values(
        &mut self,
        decls: &Entries<EnumValueDecl>,
        integers: &BTreeSet<Span>,
    ) -> Vec<EnumValue> {
        let mut values: Vec<EnumValue> = Vec::new();
        for (wire, decl) in decls.all() {
            if let Some(first) = values.iter().find(|value| value.wire == wire.value) {
                let problem = Diagnostic::error(
                    Code::DuplicateKey,
                    wire.span,
                    format!("the value `{}` is given twice", wire.value),
                )
                .label("given again here")
                .note(first.span, "first given here")
                .help("keep one of them");
                self.report(problem);
                continue;
            }
            values.push(EnumValue {
                wire: wire.value.clone(),
                is_integer: integers.contains(&wire.span),
                name: decl.and_then(|decl| text(decl.name.as_ref())),
                doc: decl.and_then(|decl| text(decl.doc.as_ref())),
                deprecated: decl.and_then(|decl| text(decl.deprecated.as_ref())),
                span: wire.span,
            });
        }
        values
    }

    /// Resolves the fields and the constants of an object that is read.
    pub(super) fn object(
        &mut self,
        what: &str,
        resource: ResourceId,
        decls: &'s Entries<FieldDecl>,
    ) -> Object {
        let mut object = Object::default();
        let mut taken = WireNames::default();
        for (name, decl) in decls.all() {
            let declared = decl.map(|decl| (decl, decl.as_object_field()));
            if let Some((decl, ObjectFieldDecl::Constant(constant))) = &declared {
                decl.location.iter().for_each(|place| self.only_for_params("in", place.span));
                let only_in = self.direction("the field", [&decl.read_only, &decl.write_only]);
                let constant = Constant { only_in, ..self.constant(name, decl, constant) };
                self.claim_wire(&mut taken, &constant.wire, name);
                object.constants.push(constant);
            } else {
                let field = match &declared {
                    Some((decl, ObjectFieldDecl::Typed(received))) => {
                        let only_in = self.direction("the field", [&decl.read_only, &decl.write_only]);
                        if only_in == Some(Direction::Request) {
                            self.check_no_reading(received);
                        }
                        let field = self.received_field(what, Some(resource), name, decl, received);
                        Field { only_in, ..field }
                    }
                    _ => self.unparsed_field(name),
                };
                self.claim_wire(&mut taken, &field.wire, name);
                object.fields.push(field);
            }
        }
        object
    }

    /// Registers the wire key of a field. Two fields cannot share a key.
    pub(super) fn claim_wire(&mut self, taken: &mut WireNames, wire: &str, name: &Spanned<String>) {
        // An empty name is reported at the name.
        if wire.is_empty() {
            return;
        }
        self.claim_key(taken, ("", wire), name, name.span);
    }

    /// Registers a wire key, which can belong to a flattened parameter. Returns whether it was free.
    pub(super) fn claim_key(
        &mut self,
        taken: &mut WireNames,
        (place, wire): (&'static str, &str),
        name: &Spanned<String>,
        key: Span,
    ) -> bool {
        // An unreadable `wire_name` can differ from the name.
        if self.syntax.is_unparsed(name.span) {
            return true;
        }
        if let Some(scheme) = taken.of_keys.get(&(place, wire.to_owned())) {
            let what = if place == KeyLocation::Cookie.as_str() { "cookie" } else { "query parameter" };
            self.report(sent_by_auth(what, wire, key, *scheme));
            return false;
        }
        let Some((first, first_key)) = taken.names.get(&(place, wire.to_owned())) else {
            taken.names.insert((place, wire.to_owned()), (name.clone(), key));
            return true;
        };
        let message = match place {
            "" => format!("two fields are `{wire}` on the wire"),
            place => format!("two parameters are `{wire}` in the {place}"),
        };
        let problem = Diagnostic::error(Code::NameCollision, name.span, message)
            .label(format!("`{}` {} the second", name.value, is_or_contains(key == name.span)))
            .note(
                first.span,
                format!("`{}` {} the first", first.value, is_or_contains(*first_key == first.span)),
            )
            .help(match key == name.span && *first_key == first.span {
                true => "give one of them another `wire_name:`",
                false => "remove one of them, or remove `flatten` to send the object under its own name",
            });
        let mut within = vec![(key, name.span), (*first_key, first.span)];
        within.retain(|(key, name)| key != name);
        within.dedup_by_key(|(key, _)| *key);
        let note = |problem: Diagnostic, (key, _)| problem.note(key, format!("`{wire}` is here"));
        self.report(within.into_iter().fold(problem, note));
        false
    }
}

/// The registered wire names of each part of a request, with the key that has or contains each name, and the span of the
/// name.
///
/// Parts have separate names: a `version` in the query is not the one in the body.
#[derive(Default)]
pub(super) struct WireNames {
    names: BTreeMap<(&'static str, String), (Spanned<String>, Span)>,
    /// The query parameters and cookies of API keys.
    of_keys: BTreeMap<(&'static str, String), Span>,
}

impl WireNames {
    /// Creates the names of an operation with this authentication.
    pub(super) fn new(auth: &[AuthScheme]) -> Self {
        let keys = auth.iter().flat_map(AuthScheme::parts).filter_map(|scheme| match scheme {
            AuthScheme::ApiKey(key) if key.location != KeyLocation::Header => {
                Some(((key.location.as_str(), key.wire.clone()), key.span))
            }
            _ => None,
        });
        Self { names: BTreeMap::new(), of_keys: keys.collect() }
    }
}

fn is_or_contains(is_itself: bool) -> &'static str {
    if is_itself { "is" } else { "contains" }
}
