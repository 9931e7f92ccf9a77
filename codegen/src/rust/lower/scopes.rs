//! The name scopes of one API.

use crate::model::{self, Api};
use crate::rust::names::{self, RustName};

use super::reserved::NameScope;

/// Returns the scope of the operations and sub-resources of every resource.
pub(super) fn of_members(api: &Api) -> NameScope<'_> {
    NameScope::Resource { crate_name: &api.package.name }
}

/// Returns the scope of the name of a resource.
pub(super) fn of_module<'a>(api: &'a Api, model: &model::Resource) -> NameScope<'a> {
    match model.parent {
        None => NameScope::Root { crate_name: &api.package.name },
        Some(_) => of_members(api),
    }
}

/// Returns the scope of the types of every resource.
pub(super) fn of_types(api: &Api) -> NameScope<'static> {
    NameScope::Types { with_error_code: !api.errors.codes.is_empty() }
}

/// Returns the module of a resource, which is also the feature of a top-level one.
///
/// Returns `None` if the resource has no valid name.
pub(super) fn module_name(api: &Api, model: &model::Resource) -> Option<RustName> {
    names::module_name(model.name()).ok().map(|name| of_module(api, model).fit(name))
}
