//! Detection of types without a finite value, in which each value requires another one of the same type.

use std::collections::BTreeSet;

use super::resolver::Resolver;
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Field, Shape, Type, TypeDef};

impl Resolver<'_> {
    /// Reports the types on a cycle of required fields.
    pub(super) fn check_endless(&mut self, api: &Api) {
        let finite = finite_types(&api.types);
        let requires = |def: &TypeDef, ty: &Type| required(def).any(|needed| needed == ty);
        let component = usage::strongly_connected(&api.types, |def| {
            required(def).filter(|ty| !is_finite(&finite, ty)).collect()
        });
        let mut reported = BTreeSet::new();
        for (at, def) in api.types.iter().enumerate().filter(|(at, _)| !finite[*at]) {
            let is_in_cycle =
                |ty: &Type| ty.names_in_place().iter().any(|id| component[id.0] == component[at]);
            let field = def.fields().iter().find(|field| requires(def, &field.ty) && is_in_cycle(&field.ty));
            let variant = def.variants().iter().find(|variant| variant.ty.as_ref().is_some_and(is_in_cycle));
            let span = field.map(|field| field.span).or(variant.map(|variant| variant.span));
            // The other types of the cycle have the same cause.
            if let Some(span) = span.filter(|_| reported.insert(component[at])) {
                self.report_once(endless(def, span));
            }
        }
    }
}

fn endless(def: &TypeDef, span: crate::source::Span) -> Diagnostic {
    let message = format!("every value of `{}` is infinite", def.name);
    Diagnostic::error(Code::EndlessType, span, message)
        .label(match def.variants() {
            [] => format!("required, and contains `{}` again", def.name),
            _ => format!("contains `{}` again, as does every other variant", def.name),
        })
        .help("make a field of the cycle optional with `?`, or make it a list or a map")
}

/// Whether each type has a finite value. Computed as a fixed point.
fn finite_types(types: &[TypeDef]) -> Vec<bool> {
    let mut finite = vec![false; types.len()];
    loop {
        let next: Vec<bool> = types.iter().map(|def| has_end(def, &finite)).collect();
        if next == finite {
            return finite;
        }
        finite = next;
    }
}

fn has_end(def: &TypeDef, finite: &[bool]) -> bool {
    match &def.shape {
        Shape::Id { .. } | Shape::Enum { .. } | Shape::Alias(_) => true,
        Shape::Object(_) => required(def).all(|ty| is_finite(finite, ty)),
        // A union without variants has a diagnostic of its own.
        Shape::Union(union) => {
            let ends = |ty: &Option<Type>| ty.as_ref().is_none_or(|ty| is_finite(finite, ty));
            union.variants.is_empty() || union.variants.iter().any(|variant| ends(&variant.ty))
        }
    }
}

fn is_finite(finite: &[bool], ty: &Type) -> bool {
    match ty {
        Type::Named(id) => finite.get(id.0).copied().unwrap_or(true),
        Type::Tuple(items) => items.iter().all(|item| is_finite(finite, item)),
        _ => true,
    }
}

/// Returns the types that a value requires: those of required fields, or of variants.
fn required(def: &TypeDef) -> impl Iterator<Item = &Type> {
    let fields = def.fields().iter().filter(|field| Field::is_mandatory(field)).map(|field| &field.ty);
    fields.chain(def.variants().iter().filter_map(|variant| variant.ty.as_ref()))
}
