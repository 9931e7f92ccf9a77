//! The cargo features of a package: one per top-level resource, each with the features of the resources whose types it uses.

use std::collections::BTreeSet;

use crate::model::{Api, ResourceId, Type};

use super::scopes;

/// The feature of a top-level resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    /// The features that it enables, in the order of the resources.
    pub needs: Vec<String>,
}

/// Returns one feature per top-level resource, in the order of the resources.
pub(super) fn lower_features(api: &Api) -> Vec<Feature> {
    let needs = needs(api);
    let roots = (0..api.resources.len()).map(ResourceId).filter(|id| root_of(api, *id) == *id);
    let name = |root| feature_name(api, root);
    let needs_of = |root| needs.range((root, ResourceId(0))..).take_while(move |(user, _)| *user == root);
    roots
        .map(|root| Feature {
            name: name(root),
            needs: needs_of(root).map(|(_, used)| name(*used)).collect(),
        })
        .collect()
}

/// Returns the name of the module that the feature gates. A missing name is already reported.
fn feature_name(api: &Api, root: ResourceId) -> String {
    let model = &api.resources[root.0];
    scopes::module_name(api, model).map_or_else(|| model.name().to_owned(), |name| name.plain().to_owned())
}

/// Returns the pairs of top-level resources of which the first one uses types of the second.
fn needs(api: &Api) -> BTreeSet<(ResourceId, ResourceId)> {
    let types = api.types.iter().flat_map(|def| def.types().map(|ty| (def.resource, ty)));
    let types = types.flat_map(|(user, ty)| ty.names().into_iter().map(move |id| (user, id)));
    // Option groups belong to no resource, so the types of their headers do not count.
    let operations = api.operations.iter().flat_map(|operation| {
        let params = operation.params.iter().map(|param| &param.field.ty);
        let named = params.chain(operation.response.types()).flat_map(Type::names);
        named.chain(operation.errors.iter().copied()).map(|id| (operation.resource, id))
    });
    let used = types
        .chain(operations)
        .map(|(user, id)| (root_of(api, user), root_of(api, api.types[id.0].resource)));
    used.filter(|(user, home)| user != home).collect()
}

fn root_of(api: &Api, mut id: ResourceId) -> ResourceId {
    while let Some(parent) = api.resources[id.0].parent {
        id = parent;
    }
    id
}
