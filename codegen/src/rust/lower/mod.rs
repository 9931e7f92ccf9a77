//! The Rust names of an API, all decided before any token is built.
//!
//! The result keeps the lists and indices of the model, and adds the Rust name of each item. A name that is
//! reserved in its scope, by Rust or by generated code, gets a trailing underscore. Two equal names are a diagnostic.

mod feature_names;
pub(in crate::rust) mod reserved;
mod namespace;
mod scopes;
mod features;
mod depth;
mod package;
mod links;
mod first_call;
mod types;
mod pages;
mod operation;
mod servers;
mod resource;

#[cfg(test)]
mod tests;

pub use feature_names::{GROUP_FEATURES, PKCE_FEATURE, TRANSPORT_FEATURES};
pub use features::Feature;
pub use links::LinkTarget;
pub use package::{
    Credential, EnumVariant, Field, Header, Object, Operation, OptionGroup, Package, Param, Resource,
    ServerChoice, ServerSetter, Shape, StatusVariant, TypeItem, Union, Variant,
};
pub use pages::{PagePosition, Pages};
pub use reserved::ERROR_CODE;

use crate::diagnostic::{self, Diagnostic};
use crate::model::Api;
use crate::settings::Settings;
use namespace::{NamedItem, Namespace, Problems};
use reserved::NameScope;

/// Decides the Rust names of an API.
///
/// # Errors
///
/// Returns all collisions, and all texts from which no name can be built.
pub fn lower<'a>(api: &'a Api, settings: &Settings) -> Result<Package<'a>, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let package = lower_package(api, settings, &mut problems);
    let mut problems = problems.into_diagnostics();
    diagnostic::sort(&mut problems);
    match package {
        Some(package) if problems.is_empty() => Ok(package),
        _ => Err(problems),
    }
}

/// Lowers every part even if an earlier one fails, so that one run reports all problems.
fn lower_package<'a>(api: &'a Api, settings: &Settings, problems: &mut Problems) -> Option<Package<'a>> {
    let credentials = lower_credentials(api, problems);
    let servers = servers::lower_servers(api, problems);
    let setters = servers::lower_setters(api, problems);
    let error_codes = types::lower_values(ERROR_CODE, &api.errors.codes, problems);
    let options = lower_option_groups(api, problems);
    let resources = resource::lower_resources(api, problems);
    let types = types::lower_types(api, problems);
    let operations = operation::lower_operations(api, problems);
    resource::check_names(api, problems);
    let (variables, operation_servers) = setters?;
    let (optional_credentials, credentials) = credentials?.into_iter().partition(|it| it.model.is_setting);
    Some(Package {
        settings: settings.clone(),
        api,
        crate_name: api.package.name.replace('-', "_"),
        credentials,
        optional_credentials,
        variables,
        servers: servers?,
        operation_servers,
        error_codes: error_codes?,
        options: options?,
        resources: resources?,
        types: types?,
        operations: operations?,
        features: features::lower_features(api),
        recursion_limit: depth::recursion_limit(api),
    })
}

fn lower_credentials<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<Credential<'a>>> {
    let mut taken = Namespace::new("the parameters of `Client::new`");
    let lowered: Vec<_> = api
        .credentials
        .iter()
        .map(|model| {
            let kind = if model.variable.is_some() { "server variable" } else { "credential" };
            let named_item = NamedItem::new(kind, &model.name, model.span, "give one of them another key");
            let scope = if model.is_setting { NameScope::ClientBuilder } else { NameScope::Credentials };
            let name = problems.value_name(&model.name, scope, &named_item)?;
            taken.claim(&name, named_item, problems);
            Some(Credential { model, name })
        })
        .collect();
    lowered.into_iter().collect()
}

fn lower_option_groups<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<OptionGroup<'a>>> {
    let mut taken = Namespace::new("the module `options`");
    let lowered: Vec<_> = api
        .options
        .iter()
        .map(|model| {
            let named_item =
                NamedItem::new("option group", &model.name, model.span, "give one of them another key");
            let headers = lower_headers(model, problems);
            let field = problems.value_name(&model.name, NameScope::Free, &named_item)?;
            let scope = NameScope::Types { with_error_code: false };
            let name = problems.type_name(&model.name, scope, &named_item)?;
            taken.claim(&name, named_item, problems);
            Some(OptionGroup { model, field, name, headers: headers? })
        })
        .collect();
    lowered.into_iter().collect()
}

fn lower_headers<'a>(
    group: &'a crate::model::OptionGroup,
    problems: &mut Problems,
) -> Option<Vec<Header<'a>>> {
    let mut taken = Namespace::new(format!("the option group `{}`", group.name));
    let lowered: Vec<_> = group
        .headers
        .iter()
        .map(|model| {
            let named_item =
                NamedItem::new("option", &model.name, model.span, "give one of them another key");
            let name = problems.value_name(&model.name, NameScope::Request, &named_item)?;
            taken.claim(&name, named_item, problems);
            Some(Header { model, name })
        })
        .collect();
    lowered.into_iter().collect()
}
