//! Decides every Rust name of an API, before any token is made.
//!
//! What comes out keeps the lists and indices of the model, with the Rust name of each named_item beside it. A name that Rust or
//! the generated code reserves in its scope takes a trailing underscore. Two things with one name are a diagnostic.

mod depth;
mod feature_names;
mod features;
mod links;
mod namespace;
mod operation;
mod package;
mod pages;
pub(in crate::rust) mod reserved;
mod resource;
mod scopes;
#[cfg(test)]
mod tests;
mod types;

pub use feature_names::{GROUP_FEATURES, PKCE_FEATURE, TRANSPORT_FEATURES};
pub use features::Feature;
pub use links::LinkTarget;
pub use package::{
    Credential, EnumVariant, Field, Header, Object, Operation, OptionGroup, Package, Param, Resource, Shape,
    TypeItem, Union, Variant,
};
pub use pages::Pages;
pub use reserved::ERROR_CODE;

use crate::diagnostic::{self, Diagnostic};
use crate::model::Api;
use namespace::{NamedItem, Namespace, Problems};
use reserved::NameScope;

/// Decides every Rust name of an API.
///
/// # Errors
/// Every collision, and every text that gives no name.
pub fn lower(api: &Api) -> Result<Package<'_>, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let package = lower_package(api, &mut problems);
    let mut problems = problems.into_diagnostics();
    diagnostic::sort(&mut problems);
    match package {
        Some(package) if problems.is_empty() => Ok(package),
        _ => Err(problems),
    }
}

/// Runs every part before it gives up on any, so that all problems are seen at once.
fn lower_package<'a>(api: &'a Api, problems: &mut Problems) -> Option<Package<'a>> {
    let credentials = lower_credentials(api, problems);
    let error_codes = types::lower_values(ERROR_CODE, &api.errors.codes, problems);
    let options = lower_option_groups(api, problems);
    let resources = resource::lower_resources(api, problems);
    let types = types::lower_types(api, problems);
    let operations = operation::lower_operations(api, problems);
    resource::check_names(api, problems);
    Some(Package {
        api,
        crate_name: api.package.name.replace('-', "_"),
        credentials: credentials?,
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
    let mut taken = Namespace::new("the params of `Client::new`");
    let lowered: Vec<_> = api
        .credentials
        .iter()
        .map(|model| {
            let named_item =
                NamedItem::new("credential", &model.name, model.span, "give one of them another key");
            let name = problems.value_name(&model.name, NameScope::Credentials, &named_item)?;
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
