//! Operations: their requests, options and responses.

use std::collections::BTreeMap;

use super::fields::permission;
use super::http::{self, HttpLine};
use super::params::{Params, RequestDecl};
use super::references::unknown;
use super::resolver::{Resolver, text};
use super::responses::Responses;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Api, Example, Field, FixedParam, FixedValue, Operation, OperationId, ParamLocation, ResourceId,
    ResponseFormat, Shape, Type, TypeId,
};
use crate::source::Span;
use crate::syntax::{OperationDecl, Spanned};

impl<'s> Resolver<'s> {
    /// Adds all operations to the API, whose types and options are already resolved.
    pub(super) fn operations(&mut self, api: &mut Api, envelope: &[Field]) {
        let syntax = self.syntax;
        let mut seen: BTreeMap<(&'static str, String), Vec<(OperationId, Span)>> = BTreeMap::new();
        for (at, resource) in syntax.resources.iter().enumerate() {
            for (name, decl) in resource.decl.operations.iter() {
                let Some(operation) = self.operation(api, envelope, ResourceId(at), name, decl) else {
                    self.is_partial = true;
                    continue;
                };
                let id = OperationId(api.operations.len());
                let span = decl.http.as_ref().or(decl.url.as_ref()).map_or(name.span, |line| line.span);
                let method = if operation.builds_url { "URL" } else { operation.method.as_str() };
                let same = seen.entry((method, http::normalized(&operation.target()))).or_default();
                let other =
                    same.iter().find(|(other, _)| !distinguishable(&operation, &api.operations[other.0]));
                if let Some((other, first)) = other {
                    let titles = [title(api, &operation), title(api, &api.operations[other.0])];
                    self.report(clash(&operation, titles, *first, span));
                }
                same.push((id, span));
                if let Some(resource) = api.resources.get_mut(at) {
                    resource.operations.push(id);
                }
                api.operations.push(operation);
            }
        }
    }

    fn operation(
        &mut self,
        api: &Api,
        envelope: &[Field],
        resource: ResourceId,
        name: &Spanned<String>,
        decl: &'s OperationDecl,
    ) -> Option<Operation> {
        let doc = self.doc(decl.doc.as_ref(), name, "the operation");
        self.check_no_direction(&decl.params);
        let options = self.option_indices(api, decl);
        let http = self.http_line(name, decl);
        let http = http.filter(|_| !self.syntax.is_unparsed(name.span));
        let auth = self.operation_auth(api, decl);
        let content_type = self.content_type(decl);
        let params = match &http {
            Some(http) => {
                self.params(api, resource, RequestDecl { http, content_type: &content_type, decl }, &auth)
            }
            None => {
                self.check_params_alone(api, resource, decl);
                Params::default()
            }
        };
        // A URL has no response; a declared one is already reported.
        let (accept, responses) = if decl.url.is_some() {
            (None, Responses::default())
        } else {
            self.accepted_responses(api, envelope, resource, decl)
        };
        let errors = self.error_types(api, resource, decl);
        let http = http?;
        self.check_bodies_of_responses(http.method, decl, &responses);
        self.check_listed_envelope(envelope, decl, &responses.response);
        let body = self.body(&http, &params, content_type, decl);
        params.fixed.iter().for_each(|fixed| self.check_fixed(fixed, decl));
        let has_token = params.given.iter().any(|param| param.location == ParamLocation::Bearer);
        let is_of_client = auth.iter().any(|scheme| api.client_auth() == Some(scheme));
        let mut operation = Operation {
            resource,
            name: name.value.clone(),
            doc,
            docs_url: text(decl.docs_url.as_ref()),
            method: http.method,
            path: http.path,
            tail: http.tail.text,
            server: self.server_of(api, resource, decl),
            builds_url: http.builds_url,
            body,
            authenticated: !has_token && !http.builds_url && (decl.auth.is_none() || is_of_client),
            auth,
            idempotent: decl.idempotent.as_ref().map_or(http.method.is_idempotent(), |it| it.value),
            generates_key: decl.generate_idempotency_key.as_ref().is_some_and(|it| it.value),
            permission: decl.permission.as_ref().map(permission),
            warning: text(decl.warning.as_ref()),
            deprecated: text(decl.deprecated.as_ref()),
            params: params.given,
            fixed: params.fixed,
            // A URL has no options; declared ones are already reported.
            options: if http.builds_url { Vec::new() } else { options },
            accept,
            response: responses.response,
            accepts_any_body: responses.accepts_any_body,
            success_statuses: responses.statuses,
            errors,
            pagination: None,
            example: Example { params: Vec::new(), options: Vec::new(), response: None },
            span: name.span,
        };
        let has_pages = !operation.builds_url && operation.format() == ResponseFormat::Json;
        let paginate = decl.paginate.as_ref().filter(|_| has_pages);
        self.check_generated_key(api, &operation, decl);
        operation.pagination = paginate.and_then(|paginate| self.pagination(api, &operation, paginate));
        self.check_example(api, &mut operation, decl);
        Some(operation)
    }

    /// Resolves the method and the path. Returns `None` if they are invalid.
    fn http_line(&mut self, name: &Spanned<String>, decl: &OperationDecl) -> Option<HttpLine> {
        let line = match (&decl.http, &decl.url) {
            (Some(http), None) => http::parse(http),
            (None, Some(url)) => {
                self.check_only_url(decl);
                http::parse_url(url)
            }
            (Some(_), Some(url)) => Err(Box::new(
                Diagnostic::error(
                    Code::InvalidValue,
                    url.span,
                    "an operation sends a request or builds a URL",
                )
                .label("given beside `http`")
                .help("describe them as two operations"),
            )),
            (None, None) => Err(Box::new(
                Diagnostic::error(Code::MissingKey, name.span, format!("the operation `{}` has no method and path", name.value))
                    .label("missing `http`")
                    .help(
                        "add `http:`, such as `http: GET /v1/users/{user_id}`; `url: /v1/login` only builds a URL",
                    ),
            )),
        };
        line.map_err(|problem| match problem.code {
            Code::MissingKey => self.report_missing(name.span, *problem),
            _ => self.report(*problem),
        })
        .ok()
    }

    /// Reports keys that have no effect if only a URL is built.
    fn check_only_url(&mut self, decl: &OperationDecl) {
        let misplaced = [
            ("auth", decl.auth.as_ref().map(|it| it.span)),
            ("content_type", decl.content_type.as_ref().map(|it| it.span)),
            ("body", decl.body.as_ref().map(|it| it.span)),
            ("accept", decl.accept.as_ref().map(|it| it.span)),
            ("end_marker", decl.end_marker.as_ref().map(|it| it.span)),
            ("idempotent", decl.idempotent.as_ref().map(|it| it.span)),
            ("generate_idempotency_key", decl.generate_idempotency_key.as_ref().map(|it| it.span)),
            ("options", decl.options.first().map(|it| it.span)),
            ("response", decl.response.as_ref().map(|it| it.span)),
            ("errors", decl.errors.first().map(|it| it.span)),
            ("envelope", decl.envelope.as_ref().and_then(|it| it.first()).map(|it| it.span)),
            ("paginate", decl.paginate.as_ref().map(|it| it.style.span)),
        ];
        for (key, span) in misplaced.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let message = format!("`{key}` has no effect beside `url`");
            let problem = Diagnostic::error(Code::InvalidValue, span, message);
            self.report(
                problem.label("`url` builds a URL and sends nothing").help(format!("remove `{key}`")),
            );
        }
    }

    /// Returns the types of the error bodies.
    fn error_types(&mut self, api: &Api, resource: ResourceId, decl: &OperationDecl) -> Vec<TypeId> {
        let mut types = Vec::new();
        for written in &decl.errors {
            let bound = self.type_of(Some(resource), written);
            if bound.ty.is_unparsed(&api.types) {
                continue;
            }
            match bound.ty {
                Type::Named(id) if types.contains(&id) => self.report(
                    Diagnostic::error(
                        Code::DuplicateKey,
                        written.span,
                        format!("the error type `{}` is given twice", written.value),
                    )
                    .label("given again here")
                    .help("keep one of them"),
                ),
                Type::Named(id) if is_error_body(api, id) && !bound.optional && !bound.nullable => {
                    types.push(id);
                }
                _ => {
                    let message = format!("`{}` is not a type of error bodies", written.value);
                    let label = match bound.optional || bound.nullable {
                        true => "an error body is always there",
                        false => "expected a type with `fields` or `one_of`",
                    };
                    self.report(Diagnostic::error(Code::InvalidValue, written.span, message).label(label));
                }
            }
        }
        types
    }

    fn option_indices(&mut self, api: &Api, decl: &OperationDecl) -> Vec<usize> {
        let mut indices = Vec::new();
        for name in &decl.options {
            let known = api.options.iter().map(|group| group.name.as_str());
            match api.options.iter().position(|group| group.name == name.value) {
                Some(index) if indices.contains(&index) => self.report(
                    Diagnostic::error(
                        Code::DuplicateKey,
                        name.span,
                        format!("the option `{}` is given twice", name.value),
                    )
                    .label("given again here")
                    .help("keep one of them"),
                ),
                Some(index) => indices.push(index),
                // A group that could not be read is still known.
                None if self.syntax.decl.options.keys().any(|declared| declared.value == name.value) => {}
                None if self.may_be_in_api(&self.syntax.decl.options) => {}
                None => self.report(unknown(Code::UnknownOption, "option", name, known, "`options`")),
            }
        }
        indices
    }
}

fn is_error_body(api: &Api, id: TypeId) -> bool {
    api.types.get(id.0).is_some_and(|def| matches!(def.shape, Shape::Object(_) | Shape::Union(_)))
}

fn title(api: &Api, operation: &Operation) -> String {
    let path = api.resources.get(operation.resource.0).map(|resource| resource.dotted()).unwrap_or_default();
    format!("{path}.{}", operation.name)
}

/// Whether a constant or a media type in the requests distinguishes the two operations.
fn distinguishable(one: &Operation, other: &Operation) -> bool {
    // A parameter that could not be read can be such a constant.
    let mut params = one.params.iter().chain(&other.params);
    if params.any(|param| param.field.ty == Type::Unparsed) {
        return true;
    }
    let sent = |operation: &Operation| operation.body.as_ref().map(|body| body.media_type.clone());
    let accepted = |operation: &Operation| operation.accept.as_ref().map(|accept| accept.media_type.clone());
    let is_json =
        |media_type: &Option<String>| media_type.as_deref().is_none_or(|it| it == "application/json");
    let differ_in =
        |one: Option<String>, other: Option<String>| one != other && !(is_json(&one) && is_json(&other));
    differ_in(sent(one), sent(other))
        || differ_in(accepted(one), accepted(other))
        || one.fixed.iter().any(|one| other.fixed.iter().any(|other| differ(one, other)))
}

/// Whether two constants have the same location and different values.
fn differ(one: &FixedParam, other: &FixedParam) -> bool {
    let values = match (&one.value, &other.value) {
        (FixedValue::Constant(one), FixedValue::Constant(other)) => one != other,
        _ => false,
    };
    values && one.location == other.location && one.wire == other.wire
}

fn clash(operation: &Operation, [title, other]: [String; 2], first: Span, second: Span) -> Diagnostic {
    let method = if operation.builds_url { "url:" } else { operation.method.as_str() };
    let what = format!("{method} {}", http::normalized(&operation.target()));
    let fragment =
        "; a fragment such as `#by_name` at the end of `http` only distinguishes them, and is not sent";
    let fragment = if operation.builds_url { "" } else { fragment };
    Diagnostic::error(Code::ClashingOperations, second, format!("`{title}` and `{other}` are both `{what}`"))
        .label("no constant or media type distinguishes their requests")
        .note(first, format!("`{other}` is this one"))
        .help(format!("change the path of one, describe them as one operation, or give both a parameter with a `const:` of its own{fragment}"))
}
