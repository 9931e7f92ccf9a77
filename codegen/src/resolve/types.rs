//! Named types: what each is, and what it holds.

use heck::ToUpperCamelCase;

use super::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumValue, Field, ResourceId, Shape, TypeDef};
use crate::source::Span;
use crate::syntax::{Entries, FieldDecl, Spanned, TypeDecl};
use crate::value::Value;

impl<'s> Resolver<'s> {
    /// All types, by their ids.
    pub(super) fn types(&mut self) -> Vec<TypeDef> {
        (0..self.scope.types.len()).filter_map(|at| self.type_def(at)).collect()
    }

    fn type_def(&mut self, at: usize) -> Option<TypeDef> {
        let declared = self.scope.types.get(at)?;
        let (resource, name, decl) = (declared.resource, declared.name, declared.decl);
        let (doc, shape, deprecated) = match decl {
            Some(decl) => {
                let doc = self.doc(decl.doc.as_ref(), name, "the type");
                (doc, self.shape(resource, name, decl), text(decl.deprecated.as_ref()))
            }
            None => (String::new(), unread(), None),
        };
        self.check_type_name(name);
        Some(TypeDef {
            resource,
            name: name.value.clone(),
            doc,
            shape,
            example: Value::Null,
            deprecated,
            in_params: false,
            in_response: false,
            span: name.span,
        })
    }

    /// A dot would make the name a path.
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

    fn shape(&mut self, resource: ResourceId, name: &Spanned<String>, decl: &'s TypeDecl) -> Shape {
        let given: Vec<(&str, Span)> = [
            decl.id.as_ref().map(|id| ("id", id.span)),
            decl.values.as_ref().map(|values| ("enum", values.span)),
            decl.fields.as_ref().map(|fields| ("fields", fields.span)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if given.len() != 1 {
            let found = given.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(" and ");
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    name.span,
                    format!("the type `{}` does not say what it is", name.value),
                )
                .label(if found.is_empty() {
                    "none is given".to_owned()
                } else {
                    format!("{found} are given")
                })
                .help("give exactly one of `id`, `enum` and `fields`"),
            );
            return unread();
        }
        if let Some(rest) = decl.rest.as_ref().filter(|_| decl.fields.is_none()) {
            self.report(
                Diagnostic::error(Code::InvalidValue, rest.span, "`rest` is a key of types with `fields`")
                    .label("leave it out"),
            );
        }
        let rest = decl.rest.as_ref().map(|rest| self.doc(rest.doc.as_ref(), name, "the `rest` of"));
        match (&decl.id, &decl.values, &decl.fields) {
            (Some(id), ..) => Shape::Id { noun: id.value.clone() },
            (_, Some(values), _) => self.enum_shape(name, &values.value.0),
            (_, _, Some(fields)) => {
                Shape::Object { fields: self.object_fields(resource, &fields.value), rest }
            }
            _ => unread(),
        }
    }

    fn enum_shape(&mut self, name: &Spanned<String>, decls: &Entries<crate::syntax::EnumValueDecl>) -> Shape {
        let mut values: Vec<EnumValue> = Vec::new();
        for (wire, decl) in decls.iter() {
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
                name: text(decl.name.as_ref()),
                doc: text(decl.doc.as_ref()),
                deprecated: text(decl.deprecated.as_ref()),
                span: wire.span,
            });
        }
        if values.is_empty() && decls.is_empty() {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    name.span,
                    format!("the enum `{}` has no value", name.value),
                )
                .label("list the known values under `enum`"),
            );
        }
        Shape::Enum { values }
    }

    fn object_fields(&mut self, resource: ResourceId, decls: &'s Entries<FieldDecl>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for (name, decl) in decls.iter() {
            let Some(field) = self.read_field("the field", Some(resource), name, decl) else { continue };
            self.check_wire_is_free(&fields, &field);
            fields.push(field);
        }
        fields
    }

    /// Two fields cannot share a key on the wire.
    pub(super) fn check_wire_is_free<'f>(
        &mut self,
        others: impl IntoIterator<Item = &'f Field>,
        field: &Field,
    ) {
        if let Some(other) = others.into_iter().find(|other| other.wire == field.wire) {
            let problem = Diagnostic::error(
                Code::NameCollision,
                field.span,
                format!("two fields are `{}` on the wire", field.wire),
            )
            .label(format!("`{}` is the second", field.name))
            .note(other.span, format!("`{}` is the first", other.name))
            .help("give one of them another `wire:` name");
            self.report(problem);
        }
    }
}

/// Stands for a type that could not be read: nothing is wrong with how it is used.
fn unread() -> Shape {
    Shape::Enum { values: Vec::new() }
}
