//! The name scopes of one API.

use crate::model::{self, Api};
use crate::rust::names::{self, RustName};

use super::reserved::NameScope;

/// The scope of the operations and sub-resources of every resource.
pub(super) fn of_members(api: &Api) -> NameScope<'_> {
    NameScope::Resource { crate_name: &api.package.name }
}

/// The scope that a resource is named in.
pub(super) fn of_module<'a>(api: &'a Api, model: &model::Resource) -> NameScope<'a> {
    match model.parent {
        None => NameScope::Root { crate_name: &api.package.name },
        Some(_) => of_members(api),
    }
}

/// The scope of the types of every resource.
pub(super) fn of_types(api: &Api) -> NameScope<'static> {
    NameScope::Types { with_error_code: !api.errors.codes.is_empty() }
}

/// The module of a resource, which is also the feature of a top-level one. None where the resource gives no name.
pub(super) fn module_name(api: &Api, model: &model::Resource) -> Option<RustName> {
    names::module_name(model.name()).ok().map(|name| of_module(api, model).fit(name))
}
