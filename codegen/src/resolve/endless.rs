//! Detection of types without a finite value, in which each value requires another one of the same type.

use std::collections::BTreeSet;

use super::resolver::Resolver;
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Field, Shape, Type, TypeDef};

impl Resolver<'_> {
    /// Reports the types on a cycle of required fields.
    pub(super) fn check_endless(&mut self, api: &Api) {
        let finite = depths(&api.types);
        let requires = |def: &TypeDef, ty: &Type| required(def).any(|needed| needed == ty);
        let component = usage::strongly_connected(&api.types, |def| {
            required(def).filter(|ty| depth_of(&finite, ty).is_none()).collect()
        });
        let mut reported = BTreeSet::new();
        for (at, def) in api.types.iter().enumerate().filter(|(at, _)| finite[*at].is_none()) {
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
    let name = def.input_of.as_ref().unwrap_or(&def.name);
    let message = format!("every value of `{name}` is infinite");
    Diagnostic::error(Code::EndlessType, span, message)
        .label(match def.variants() {
            [] => format!("required, and contains `{name}` again"),
            _ => format!("contains `{name}` again, as does every other variant"),
        })
        .help("make a field of the cycle optional with `?`, or make it a list or a map")
}

/// Returns the number of types inside of each other in the smallest value of each type. A type without a finite value
/// has none.
pub(super) fn depths(types: &[TypeDef]) -> Vec<Option<usize>> {
    let mut depths = vec![None; types.len()];
    // In each round, the types become known whose smallest value has one more type inside of another.
    for round in 0..types.len() {
        let has_end = |(at, def): &(usize, &TypeDef)| depths[*at].is_none() && has_end(def, &depths);
        let found: Vec<usize> = types.iter().enumerate().filter(has_end).map(|(at, _)| at).collect();
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|at| depths[at] = Some(round + 1));
    }
    depths
}

fn has_end(def: &TypeDef, depths: &[Option<usize>]) -> bool {
    match &def.shape {
        Shape::Id { .. } | Shape::Enum { .. } | Shape::Alias(_) => true,
        Shape::Object(_) => required(def).all(|ty| depth_of(depths, ty).is_some()),
        // A union without variants has a diagnostic of its own.
        Shape::Union(union) => {
            let ends = |ty: &Option<Type>| ty.as_ref().is_none_or(|ty| depth_of(depths, ty).is_some());
            union.variants.is_empty() || union.variants.iter().any(|variant| ends(&variant.ty))
        }
    }
}

/// Returns the depth of a type. Built-in types, lists and maps have none of the given types inside of them.
pub(super) fn depth_of(depths: &[Option<usize>], ty: &Type) -> Option<usize> {
    match ty {
        Type::Named(id) => depths.get(id.0).copied().unwrap_or(Some(0)),
        Type::Tuple(items) => {
            items.iter().map(|item| depth_of(depths, item)).try_fold(0, |most, item| Some(most.max(item?)))
        }
        _ => Some(0),
    }
}

/// Returns the types that a value requires: those of required fields, or of variants.
fn required(def: &TypeDef) -> impl Iterator<Item = &Type> {
    let fields = def.fields().iter().filter(|field| Field::is_mandatory(field)).map(|field| &field.ty);
    fields.chain(def.variants().iter().filter_map(|variant| variant.ty.as_ref()))
}
