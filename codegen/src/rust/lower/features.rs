//! The cargo features of a package: one a top-level resource, each with the others whose types it uses.

use std::collections::BTreeSet;

use crate::model::{Api, Field, Operation, ResourceId, Response, Shape, Type, TypeDef};
use crate::rust::names;

/// The feature of one top-level resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    /// The features that it turns on, in the order of the resources.
    pub needs: Vec<String>,
}

/// One feature a top-level resource, in the order of the resources.
pub(super) fn lower_features(api: &Api) -> Vec<Feature> {
    let roots = (0..api.resources.len()).map(ResourceId).filter(|id| root_of(api, *id) == *id);
    roots.map(|root| Feature { name: feature_name(api, root), needs: needs(api, root) }).collect()
}

/// A feature is called as the module that it gates. Where there is no such name, lowering has said so already.
fn feature_name(api: &Api, root: ResourceId) -> String {
    let word = api.resources[root.0].name();
    names::module_name(word).map_or_else(|_| word.to_owned(), |name| name.plain().to_owned())
}

fn needs(api: &Api, root: ResourceId) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut note = |ty: &Type| note_roots(api, ty, &mut used);
    for def in api.types.iter().filter(|def| root_of(api, def.resource) == root) {
        types_of_def(def).for_each(&mut note);
    }
    for operation in api.operations.iter().filter(|operation| root_of(api, operation.resource) == root) {
        types_of_operation(operation).for_each(&mut note);
    }
    used.remove(&root);
    used.into_iter().map(|id| feature_name(api, id)).collect()
}

fn types_of_def(def: &TypeDef) -> impl Iterator<Item = &Type> {
    let fields: &[Field] = match &def.shape {
        Shape::Object { fields, .. } => fields,
        Shape::Id { .. } | Shape::Enum { .. } => &[],
    };
    fields.iter().map(|field| &field.ty)
}

fn types_of_operation(operation: &Operation) -> impl Iterator<Item = &Type> {
    let (fields, whole): (&[Field], _) = match &operation.response {
        Response::Empty => (&[], None),
        Response::Fields(fields) => (fields, None),
        Response::Type(ty) => (&[], Some(ty)),
    };
    let params = operation.params.iter().map(|param| &param.field.ty);
    params.chain(fields.iter().map(|field| &field.ty)).chain(whole)
}

/// Option groups stand outside of all resources, so the types of their headers are not looked at.
fn note_roots(api: &Api, ty: &Type, used: &mut BTreeSet<ResourceId>) {
    match ty {
        Type::List(item) | Type::Map(item) => note_roots(api, item, used),
        Type::Named(id) => {
            used.insert(root_of(api, api.types[id.0].resource));
        }
        _ => {}
    }
}

fn root_of(api: &Api, mut id: ResourceId) -> ResourceId {
    while let Some(parent) = api.resources[id.0].parent {
        id = parent;
    }
    id
}
