//! The modules, the handles and the name scopes of resources.

use crate::model::{self, Api, ResourceId, Response, StatusResponse};
use crate::rust::names;

use super::namespace::{NamedItem, Namespace, Problems};
use super::package::Resource;
use super::{operation, scopes, types};

pub(super) fn lower_resources<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<Resource<'a>>> {
    let lowered: Vec<_> =
        (0..api.resources.len()).map(|at| lower_resource(api, ResourceId(at), problems)).collect();
    lowered.into_iter().collect()
}

fn lower_resource<'a>(api: &'a Api, id: ResourceId, problems: &mut Problems) -> Option<Resource<'a>> {
    let model = &api.resources[id.0];
    let module = problems.module_name(model.name(), scopes::of_module(api, model), &named_item(model))?;
    let handle = problems.type_name(model.name(), scopes::of_types(api), &named_item(model))?;
    // An invalid name of a parent is reported at the parent.
    let path: Option<Vec<_>> = lineage(api, id).iter().map(|model| scopes::module_name(api, model)).collect();
    Some(Resource { id, model, module, path: path?, handle: has_calls(api, id).then_some(handle) })
}

/// Returns the resources from the top-level one to this one.
fn lineage(api: &Api, id: ResourceId) -> Vec<&model::Resource> {
    let model = &api.resources[id.0];
    let mut lineage = model.parent.map(|parent| lineage(api, parent)).unwrap_or_default();
    lineage.push(model);
    lineage
}

/// Whether the resource or a sub-resource has an operation.
fn has_calls(api: &Api, id: ResourceId) -> bool {
    let model = &api.resources[id.0];
    !model.operations.is_empty() || model.children.iter().any(|child| has_calls(api, *child))
}

fn named_item(model: &model::Resource) -> NamedItem {
    NamedItem::new("resource", model.dotted(), model.span, "give the resource another name: rename its file")
}

/// Checks the root of the package, and the modules and types of every resource.
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

/// Checks operations and sub-resources, each of which is a method and a module. Returns the operations with a unique name.
fn check_modules<'a>(
    api: &'a Api,
    model: &model::Resource,
    problems: &mut Problems,
) -> Vec<&'a model::Operation> {
    let mut taken = Namespace::new(format!("the resource `{}`", model.dotted()));
    let mut named: Vec<_> = model.operations.iter().map(|id| &api.operations[id.0]).collect();
    named.retain(|operation| {
        let name = names::module_name(&operation.name);
        name.is_ok_and(|name| {
            taken.claim(&scopes::of_members(api).fit(name), operation::named_item(operation), problems)
        })
    });
    for id in &model.children {
        claim_module(api, &api.resources[id.0], &mut taken, problems);
    }
    named
}

fn claim_module(api: &Api, model: &model::Resource, taken: &mut Namespace, problems: &mut Problems) {
    if let Some(name) = scopes::module_name(api, model) {
        taken.claim(&name, named_item(model), problems);
    }
}

/// Checks the handle, the types of the spec and the derived types of operations, which share a module.
///
/// Derived types of an operation without a name are skipped, since its name is already reported.
fn check_types(
    api: &Api,
    model: &model::Resource,
    operations: &[&model::Operation],
    has_handle: bool,
    problems: &mut Problems,
) {
    let mut taken = Namespace::new(format!("the types of the resource `{}`", model.dotted()));
    let scope = scopes::of_types(api);
    if let (true, Ok(name)) = (has_handle, names::type_name(model.name())) {
        taken.claim(&scope.fit(name), named_item(model), problems);
    }
    for operation in operations {
        for (kind, text) in derived_types(operation) {
            if let Ok(name) = names::type_name(&text) {
                taken.claim(&scope.fit(name), operation::derived_item(kind, operation), problems);
            }
        }
    }
    for id in &model.types {
        let def = &api.types[id.0];
        if let Ok(name) = names::type_name(&def.name) {
            taken.claim(&scope.fit(name), types::named_item(def), problems);
        }
    }
}

/// Returns the derived types of an operation with the texts of their names.
fn derived_types(operation: &model::Operation) -> impl Iterator<Item = (&'static str, String)> {
    let options = !operation.options.is_empty();
    let response = operation::has_response_type(&operation.response);
    let statuses: &[StatusResponse] = match &operation.response {
        Response::ByStatus(statuses) => statuses,
        Response::Empty | Response::Object(_) | Response::Type(_) => &[],
    };
    let statuses = statuses.iter().filter(|status| operation::has_response_type(&status.response));
    let statuses = statuses
        .map(|status| ("response of the operation", operation::status_response_words(operation, status)));
    let all = [
        (true, "parameters of the operation", operation::params_words(operation)),
        (true, "builder of the operation", operation::request_words(operation)),
        (options, "request options of the operation", operation::options_words(operation)),
        (response, "response of the operation", operation::response_words(operation)),
    ];
    all.into_iter().filter(|(there, ..)| *there).map(|(_, kind, words)| (kind, words)).chain(statuses)
}
