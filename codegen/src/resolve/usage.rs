//! Analyses of the types of a whole API: their uses, recursion and duplicates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Constant, Direction, Field, Shape, Type, TypeDef, TypeId, Variant};

/// The types at which the values of each direction begin.
pub(super) struct Roots {
    pub sent: Vec<Type>,
    pub received: Vec<Type>,
}

pub(super) fn roots(api: &Api) -> Roots {
    let operations = &api.operations;
    let headers = api.options.iter().flat_map(|group| &group.headers).map(|header| &header.ty);
    let params = operations.iter().flat_map(|operation| &operation.params).map(|param| &param.field.ty);
    let errors = operations.iter().flat_map(|operation| &operation.errors).map(|id| Type::Named(*id));
    let responses = operations.iter().flat_map(|operation| operation.response.types());
    let webhooks = api.types.iter().enumerate().filter(|(_, def)| def.is_webhook);
    let webhooks = webhooks.map(|(at, _)| Type::Named(TypeId(at)));
    Roots {
        sent: params.chain(headers).cloned().collect(),
        received: responses.cloned().chain(errors).chain(webhooks).collect(),
    }
}

/// Marks the types that parameters and responses use, and the fields that need a pointer.
pub(super) fn mark(api: &mut Api) {
    let Roots { sent, received } = roots(api);
    for id in reachable(&api.types, &sent, None) {
        api.types[id.0].in_params = true;
    }
    for id in reachable(&api.types, &received, None) {
        api.types[id.0].in_response = true;
    }
    for id in api.operations.iter().flat_map(|operation| &operation.errors) {
        api.types[id.0].in_errors = true;
    }
    mark_boxed(&mut api.types);
}

/// Returns the types that values of the roots contain in a direction.
pub(super) fn reachable(types: &[TypeDef], roots: &[Type], direction: Option<Direction>) -> Vec<TypeId> {
    let mut seen = vec![false; types.len()];
    let mut open: Vec<TypeId> = roots.iter().flat_map(Type::names).collect();
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        let Some(first_visit) = seen.get_mut(id.0).filter(|seen| !**seen) else { continue };
        *first_visit = true;
        found.push(id);
        open.extend(types.get(id.0).into_iter().flat_map(|def| contained(def, direction)));
    }
    found
}

/// Returns the named types of the parts of a type, without the fields of the other direction.
fn contained(def: &TypeDef, direction: Option<Direction>) -> impl Iterator<Item = TypeId> {
    let is_there = move |field: &&Field| direction.is_none_or(|it| it.contains(field.only_in));
    let fields = def.fields().iter().filter(is_there).map(|field| &field.ty);
    let variants = def.variants().iter();
    let variants = variants.filter(move |variant| direction.is_none_or(|it| it.contains(variant.only_in)));
    let variants = variants.filter_map(|variant| variant.ty.as_ref());
    fields.chain(variants).chain(def.additional_type()).flat_map(Type::names)
}

/// Marks the fields and variants that need a pointer.
///
/// Their type leads back to the type that contains them, without a list or a map in between.
fn mark_boxed(types: &mut [TypeDef]) {
    let component = strongly_connected(types, |def| {
        let variants = def.variants().iter().filter_map(|variant| variant.ty.as_ref());
        def.fields().iter().map(|field| &field.ty).chain(variants).collect()
    });
    for (at, def) in types.iter_mut().enumerate() {
        let is_in_cycle = |ty: &Type| ty.names_in_place().iter().any(|id| component[id.0] == component[at]);
        match &mut def.shape {
            Shape::Object(object) => {
                object.fields.iter_mut().for_each(|field| field.boxed = is_in_cycle(&field.ty));
            }
            Shape::Union(union) => {
                let variants = union.variants.iter_mut();
                variants.for_each(|variant| variant.boxed = variant.ty.as_ref().is_some_and(is_in_cycle));
            }
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Alias(_) => {}
        }
    }
}

/// Returns the number of the strongly connected component of each type. Types of one component lead to each other.
pub(super) fn strongly_connected(types: &[TypeDef], leads_to: impl Fn(&TypeDef) -> Vec<&Type>) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    for _ in types {
        graph.add_node(());
    }
    for (at, def) in types.iter().enumerate() {
        for ty in leads_to(def) {
            for id in ty.names_in_place() {
                graph.add_edge(NodeIndex::new(at), NodeIndex::new(id.0), ());
            }
        }
    }
    let mut component = vec![0; types.len()];
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            component[member.index()] = number;
        }
    }
    component
}

/// Warns about every type that no operation uses.
pub(super) fn unused(api: &Api, is_alias_used: impl Fn(TypeId) -> bool) -> Vec<Diagnostic> {
    let is_used = |at: usize, def: &TypeDef| {
        def.in_params || def.in_response || def.alias().is_some() && is_alias_used(TypeId(at))
    };
    let unused = api.types.iter().enumerate().filter(|(at, def)| !is_used(*at, def));
    unused
        .map(|(_, def)| {
            Diagnostic::warning(Code::UnusedType, def.span, format!("the type `{}` is not used", def.name))
                .label("no parameter and no response uses it")
                .help("use it or remove it; for the payload of a webhook, add `webhook: true`")
        })
        .collect()
}

/// Warns about every type whose body equals that of another type.
pub(super) fn same_bodies(api: &Api) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &TypeDef> = BTreeMap::new();
    let mut problems = Vec::new();
    for def in &api.types {
        let Some(body) = body_of(def) else { continue };
        let Some(first) = seen.get(&body) else {
            seen.insert(body, def);
            continue;
        };
        let path = api.resources.get(first.resource.0).map(|resource| resource.dotted()).unwrap_or_default();
        problems.push(
            Diagnostic::warning(
                Code::DuplicateType,
                def.span,
                format!("`{}` has the same body as `{}`", def.name, first.name),
            )
            .label("a type with this body exists")
            .note(first.span, "the other type")
            .help(format!(
                "use `{path}.{}` for both; if their meanings differ, state that in the docs of their fields",
                first.name
            )),
        );
    }
    problems
}

/// Renders the parts in which duplicates are equal: names, types and docs of fields, or values with their docs.
///
/// Ids are excluded: they are all alike by design.
fn body_of(def: &TypeDef) -> Option<String> {
    if def.unparsed || def.input_of.is_some() || def.types().any(Type::contains_unparsed) {
        return None;
    }
    let mut body = String::new();
    match &def.shape {
        Shape::Id { .. } | Shape::Alias(_) => return None,
        Shape::Enum { values } => {
            for value in values {
                let _ = writeln!(body, "{} {}", value.value(), value.doc.as_deref().unwrap_or(""));
            }
        }
        Shape::Object(object) => {
            for Constant { wire, value, .. } in &object.constants {
                let _ = writeln!(body, "{wire} {value}");
            }
            for Field { wire, ty, optional, nullable, doc, .. } in &object.fields {
                let _ = writeln!(body, "{wire} {ty:?} {optional} {nullable} {doc}");
            }
            let _ =
                writeln!(body, "{:?}", object.additional_fields.as_ref().map(|additional| &additional.ty));
        }
        Shape::Union(union) => {
            let _ = writeln!(body, "{:?}", union.tag);
            for Variant { tag_value, key, ty, doc, .. } in &union.variants {
                let _ = writeln!(body, "{tag_value} {key:?} {ty:?} {doc}");
            }
        }
    }
    Some(body)
}
