//! The names of an operation: its method, its derived types, and the setters of its request builder.

use crate::model::{self, Api, OperationId, Response};

use super::namespace::{NamedItem, Namespace, Problems};
use super::package::{Field, Operation, Param, StatusVariant};
use super::reserved::NameScope;
use super::scopes;
use super::types::{self, FieldNames};

pub(super) fn lower_operations<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<Operation<'a>>> {
    let lowered: Vec<_> = api
        .operations
        .iter()
        .enumerate()
        .map(|(at, model)| lower_operation(api, OperationId(at), model, problems))
        .collect();
    lowered.into_iter().collect()
}

fn lower_operation<'a>(
    api: &'a Api,
    id: OperationId,
    model: &'a model::Operation,
    problems: &mut Problems,
) -> Option<Operation<'a>> {
    let named_item = named_item(model);
    let params = lower_params(api, model, problems);
    let response = lower_response(model, &model.response, problems);
    let statuses = lower_statuses(api, model, problems);
    let scope = scopes::of_members(api);
    let name = problems.value_name(&model.name, scope, &named_item)?;
    let types = scopes::of_types(api);
    let has_response_type = has_response_type(&model.response);
    let options_type = problems.type_name(&options_words(model), types, &named_item)?;
    let response_type = problems.type_name(&response_words(model), types, &named_item)?;
    Some(Operation {
        id,
        model,
        name,
        module: problems.module_name(&model.name, scope, &named_item)?,
        params_type: problems.type_name(&params_words(model), types, &named_item)?,
        request_type: problems.type_name(&request_words(model), types, &named_item)?,
        options_type: (!model.options.is_empty()).then_some(options_type),
        response_type: has_response_type.then_some(response_type),
        params: params?,
        response: response?,
        statuses: statuses?,
    })
}

/// Whether a response has a type of its own.
pub(super) fn has_response_type(response: &Response) -> bool {
    matches!(response, Response::Object(_) | Response::ByStatus(_))
}

/// Lowers the fields of a response.
fn lower_response<'a>(
    model: &model::Operation,
    response: &'a Response,
    problems: &mut Problems,
) -> Option<Vec<Field<'a>>> {
    match response {
        Response::Object(object) => {
            let place = format!("the response of `{}`", model.name);
            let names = FieldNames { sent: false, additional_fields: false };
            types::lower_fields(&object.fields, names, &mut Namespace::new(place), problems)
        }
        Response::Empty | Response::Type(_) | Response::ByStatus(_) => Some(Vec::new()),
    }
}

/// Lowers the variants of several responses.
fn lower_statuses<'a>(
    api: &Api,
    model: &'a model::Operation,
    problems: &mut Problems,
) -> Option<Vec<StatusVariant<'a>>> {
    let Response::ByStatus(statuses) = &model.response else { return Some(Vec::new()) };
    let lowered: Vec<_> = statuses
        .iter()
        .map(|status| {
            let named_item = named_item(model);
            let words = status_response_words(model, status);
            let response_type = problems.type_name(&words, scopes::of_types(api), &named_item)?;
            Some(StatusVariant {
                model: status,
                name: problems.variant_name(&status_words(status), &named_item)?,
                response_type: has_response_type(&status.response).then_some(response_type),
                fields: lower_response(model, &status.response, problems)?,
            })
        })
        .collect();
    lowered.into_iter().collect()
}

/// Lowers the parameters, which are fields of one struct. Those set by name share a request builder with the options.
fn lower_params<'a>(
    api: &Api,
    model: &'a model::Operation,
    problems: &mut Problems,
) -> Option<Vec<Param<'a>>> {
    let mut fields = Namespace::new(format!("the parameters of `{}`", model.name));
    let builder = if model.builds_url { NameScope::UrlBuilder } else { NameScope::Request };
    let mut methods = Namespace::new(format!("the builder of `{}`", model.name));
    let lowered: Vec<_> = model
        .params
        .iter()
        .map(|param| {
            let named_item = types::field_item("parameter", &param.field);
            // An optional parameter is also a method.
            let scope = if param.field.optional { builder } else { NameScope::Free };
            let name = problems.value_name(&param.field.name, scope, &named_item)?;
            if fields.claim(&name, named_item.clone(), problems) && param.field.optional {
                types::claim_setters(&param.field, scope, &named_item, &mut methods, problems);
            }
            let field = types::lower_field(&param.field, name, true, problems)?;
            Some(Param { field, location: param.location, style: param.style, flatten: param.flatten })
        })
        .collect();
    for header in model.options.iter().flat_map(|group| &api.options[*group].headers) {
        let named_item =
            NamedItem::new("option", &header.name, header.span, "rename the option, or the parameter");
        // A header without a valid name is already reported with its group.
        if let Ok(name) = crate::rust::names::value_name(&header.name) {
            methods.claim(&NameScope::Request.fit(name), named_item, problems);
        }
    }
    lowered.into_iter().collect()
}

pub(super) fn named_item(model: &model::Operation) -> NamedItem {
    NamedItem::new(
        "operation",
        &model.name,
        model.span,
        "choose another name for one of them; the names are never sent",
    )
}

/// Returns a derived type of the operation. Its name starts with that of the operation.
pub(super) fn derived_item(kind: &'static str, model: &model::Operation) -> NamedItem {
    NamedItem::new(kind, &model.name, model.span, "give the operation or the other type another name")
}

pub(super) fn params_words(model: &model::Operation) -> String {
    format!("{}_params", model.name)
}

pub(super) fn request_words(model: &model::Operation) -> String {
    format!("{}_{}", model.name, if model.builds_url { "builder" } else { "request" })
}

pub(super) fn options_words(model: &model::Operation) -> String {
    format!("{}_request_options", model.name)
}

/// Returns the source of the Rust name of a status, such as `no content`.
fn status_words(status: &model::StatusResponse) -> String {
    let number = || format!("status {}", status.status);
    model::reason_phrase(status.status).map_or_else(number, str::to_lowercase)
}

/// Returns the name of the response with one of several statuses.
pub(super) fn status_response_words(model: &model::Operation, status: &model::StatusResponse) -> String {
    format!("{} {} response", model.name, status_words(status))
}

pub(super) fn response_words(model: &model::Operation) -> String {
    format!("{}_response", model.name)
}
