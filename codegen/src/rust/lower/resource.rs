//! The modules and handles, and the scopes that a resource opens.

use crate::model::{self, Api, ResourceId, Response};
use crate::rust::names::{self, RustName};

use super::namespace::{Namespace, Problems, Thing};
use super::package::Resource;
use super::reserved::NameScope;
use super::{operation, types};

pub(super) fn lower_resources<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<Resource<'a>>> {
    let lowered: Vec<_> =
        (0..api.resources.len()).map(|at| lower_resource(api, ResourceId(at), problems)).collect();
    lowered.into_iter().collect()
}

fn lower_resource<'a>(api: &'a Api, id: ResourceId, problems: &mut Problems) -> Option<Resource<'a>> {
    let model = &api.resources[id.0];
    let module = problems.module_name(model.name(), scope_of(api, model), &thing(model))?;
    let handle = problems.type_name(model.name(), types::types_scope(api), &thing(model))?;
    // A parent that gives no name has been reported where it stands.
    let path: Option<Vec<_>> = lineage(api, id).iter().map(|model| module_name(api, model)).collect();
    Some(Resource { id, model, module, path: path?, handle: has_calls(api, id).then_some(handle) })
}

/// The scope of the operations and sub-resources of every resource.
pub(super) fn scope(api: &Api) -> NameScope<'_> {
    NameScope::Resource { crate_name: &api.package.name }
}

/// The scope that a resource is named in.
fn scope_of<'a>(api: &'a Api, model: &model::Resource) -> NameScope<'a> {
    match model.parent {
        None => NameScope::Root { crate_name: &api.package.name },
        Some(_) => scope(api),
    }
}

/// The module of a resource, which is its feature too where the resource is a top-level one. None where its words give no name.
pub(super) fn module_name(api: &Api, model: &model::Resource) -> Option<RustName> {
    names::module_name(model.name()).ok().map(|name| scope_of(api, model).fit(name))
}

/// From the top-level resource down to this one.
fn lineage(api: &Api, id: ResourceId) -> Vec<&model::Resource> {
    let model = &api.resources[id.0];
    let mut lineage = model.parent.map(|parent| lineage(api, parent)).unwrap_or_default();
    lineage.push(model);
    lineage
}

/// Whether there is an operation here or below.
fn has_calls(api: &Api, id: ResourceId) -> bool {
    let model = &api.resources[id.0];
    !model.operations.is_empty() || model.children.iter().any(|child| has_calls(api, *child))
}

fn thing(model: &model::Resource) -> Thing {
    Thing::new("resource", model.dotted(), model.span, "give the resource another name: rename its file")
}

/// Looks at the two scopes of every resource, its modules and its types, and at the root of the package.
pub(super) fn check_names(api: &Api, problems: &mut Problems) {
    let mut root = Namespace::new("the root of the package");
    for model in api.resources.iter().filter(|model| model.parent.is_none()) {
        claim_module(api, model, &mut root, problems);
    }
    for (at, model) in api.resources.iter().enumerate() {
        let operations = check_modules(api, model, problems);
        check_types(api, model, &operations, has_calls(api, ResourceId(at)), problems);
    }
}

/// An operation is a method and a module, and so is a sub-resource. Gives the operations that have their names.
fn check_modules<'a>(
    api: &'a Api,
    model: &model::Resource,
    problems: &mut Problems,
) -> Vec<&'a model::Operation> {
    let mut taken = Namespace::new(format!("the resource `{}`", model.dotted()));
    let mut named: Vec<_> = model.operations.iter().map(|id| &api.operations[id.0]).collect();
    named.retain(|operation| {
        let name = names::module_name(&operation.name);
        name.is_ok_and(|name| taken.claim(&scope(api).fit(name), operation::thing(operation), problems))
    });
    for id in &model.children {
        claim_module(api, &api.resources[id.0], &mut taken, problems);
    }
    named
}

fn claim_module(api: &Api, model: &model::Resource, taken: &mut Namespace, problems: &mut Problems) {
    if let Some(name) = module_name(api, model) {
        taken.claim(&name, thing(model), problems);
    }
}

/// The handle, the types of the spec and the types that operations bring along live in one module.
///
/// Those of an operation that has lost its name are left out: one report is enough.
fn check_types(
    api: &Api,
    model: &model::Resource,
    operations: &[&model::Operation],
    has_handle: bool,
    problems: &mut Problems,
) {
    let mut taken = Namespace::new(format!("the types of the resource `{}`", model.dotted()));
    let scope = types::types_scope(api);
    if let (true, Ok(name)) = (has_handle, names::type_name(model.name())) {
        taken.claim(&scope.fit(name), thing(model), problems);
    }
    for operation in operations {
        for (kind, text) in derived_types(operation) {
            if let Ok(name) = names::type_name(&text) {
                taken.claim(&scope.fit(name), operation::derived_thing(kind, operation), problems);
            }
        }
    }
    for id in &model.types {
        let def = &api.types[id.0];
        if let Ok(name) = names::type_name(&def.name) {
            taken.claim(&scope.fit(name), types::thing(def), problems);
        }
    }
}

/// What an operation brings along, with the words that the names are made of.
fn derived_types(operation: &model::Operation) -> impl Iterator<Item = (&'static str, String)> {
    let options = !operation.options.is_empty();
    let response = matches!(operation.response, Response::Object(_));
    let all = [
        (true, "params of the operation", operation::params_words(operation)),
        (true, "builder of the operation", operation::request_words(operation)),
        (options, "request options of the operation", operation::options_words(operation)),
        (response, "response of the operation", operation::response_words(operation)),
    ];
    all.into_iter().filter(|(there, ..)| *there).map(|(_, kind, words)| (kind, words))
}
