//! The cargo features of a package: one a top-level resource, each with the others whose types it uses.

use std::collections::BTreeSet;

use crate::model::{Api, ResourceId, Type};

use super::scopes;

/// The feature of one top-level resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    /// The features that it turns on, in the order of the resources.
    pub needs: Vec<String>,
}

/// One feature a top-level resource, in the order of the resources.
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

/// A feature has the name of the module that it gates. Where there is no such name, lowering has said so already.
fn feature_name(api: &Api, root: ResourceId) -> String {
    let model = &api.resources[root.0];
    scopes::module_name(api, model).map_or_else(|| model.name().to_owned(), |name| name.plain().to_owned())
}

/// Which top-level resource uses types of which other.
fn needs(api: &Api) -> BTreeSet<(ResourceId, ResourceId)> {
    let types = api.types.iter().flat_map(|def| def.types().map(|ty| (def.resource, ty)));
    let types = types.filter_map(|(user, ty)| Some((user, ty.named()?)));
    // Option groups stand outside of all resources, so the types of their headers are not looked at.
    let operations = api.operations.iter().flat_map(|operation| {
        let params = operation.params.iter().map(|param| &param.field.ty);
        let named = params.chain(operation.response.types()).filter_map(Type::named);
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
