//! Operations: params and where they travel, options, response.

use std::collections::BTreeMap;

use super::api::{ONE_WORD, is_scalar, unknown};
use super::fields::permission;
use super::http::{self, HttpLine};
use super::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Api, Example, Field, Operation, OperationId, Param, Place, ResourceId, Response};
use crate::source::Span;
use crate::syntax::{FieldDecl, OperationDecl, PlaceDecl, ResponseDecl, Spanned};

impl<'s> Resolver<'s> {
    /// Adds all operations to the API. Its types and options are known by now.
    pub(super) fn operations(&mut self, api: &mut Api, envelope: &[Field]) {
        let syntax = self.syntax;
        let mut seen: BTreeMap<(&'static str, String), (String, Span)> = BTreeMap::new();
        for (at, resource) in syntax.resources.iter().enumerate() {
            for (name, decl) in resource.decl.operations.iter() {
                let Some(operation) = self.operation(api, envelope, ResourceId(at), name, decl) else {
                    continue;
                };
                let key = (operation.method.as_str(), http::normalized(&operation.path));
                let title = format!("{}.{}", resource.path.join("."), name.value);
                match seen.get(&key) {
                    Some((other, span)) => {
                        self.report(clash(&operation, &title, other, *span, decl.http.span))
                    }
                    None => {
                        seen.insert(key, (title, decl.http.span));
                    }
                }
                if let Some(resource) = api.resources.get_mut(at) {
                    resource.operations.push(OperationId(api.operations.len()));
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
        let options = self.option_indices(api, decl);
        let http = http::parse(&decl.http).map_err(|problem| self.report(*problem)).ok();
        let params = http.as_ref().map(|http| self.params(api, resource, http, decl)).unwrap_or_default();
        let response = self.response(envelope, resource, decl);
        let http = http?;
        let mut operation = Operation {
            resource,
            name: name.value.clone(),
            doc,
            see: text(decl.see.as_ref()),
            method: http.method,
            path: http.path,
            permission: decl.permission.as_ref().map(permission),
            dangerous: text(decl.dangerous.as_ref()),
            deprecated: text(decl.deprecated.as_ref()),
            params,
            options,
            response: response?,
            pagination: None,
            example: Example { params: Vec::new(), options: Vec::new(), response: None },
            span: name.span,
        };
        operation.pagination =
            decl.paginate.as_ref().and_then(|paginate| self.pagination(api, &operation, paginate));
        self.check_example(api, &mut operation, decl);
        Some(operation)
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
                // A group that could not be read is known all the same.
                None if self.syntax.decl.options.keys().any(|declared| declared.value == name.value) => {}
                None => self.report(unknown(Code::UnknownOption, "option", name, known, "`options`")),
            }
        }
        indices
    }

    fn params(
        &mut self,
        api: &Api,
        resource: ResourceId,
        http: &HttpLine,
        decl: &'s OperationDecl,
    ) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        for (name, field_decl) in decl.params.iter() {
            let Some(field) = self.field("the param", Some(resource), name, field_decl) else { continue };
            let place = place_of(&field, field_decl, http);
            self.check_place(api, &field, field_decl, place, http);
            self.check_wire_is_free(params.iter().map(|param| &param.field), &field);
            params.push(Param { field, place });
        }
        for (placeholder, span) in &http.placeholders {
            // A param that could not be read is known all the same.
            let described = params.iter().any(|param| param.field.wire == *placeholder)
                || decl.params.keys().any(|key| key.value == *placeholder);
            if !described {
                self.report(undescribed(placeholder, *span, &params));
            }
        }
        params
    }

    fn check_place(&mut self, api: &Api, field: &Field, decl: &FieldDecl, place: Place, http: &HttpLine) {
        let at = decl.place.as_ref().map_or(field.span, |place| place.span);
        self.check_path(field, at, place, http);
        if place == Place::Path && field.optional {
            let message = format!("the path param `{}` may be absent", field.name);
            self.report(
                Diagnostic::error(Code::PathParamOptional, decl.ty.span, message)
                    .label("without it there is no path")
                    .help("leave out the `?`, or describe the shorter path as an operation of its own"),
            );
        }
        if place == Place::Body && !http.method.has_body() {
            let message = format!("a {} request has no body", http.method.as_str());
            self.report(
                Diagnostic::error(Code::MisplacedParam, at, message).label("cannot travel in the body"),
            );
        }
        if place != Place::Body && !is_scalar(&field.ty, &api.types) {
            let code = if place == Place::Path { Code::PathParamType } else { Code::MisplacedParam };
            let message = format!("`{}` cannot travel in the {}", decl.ty.value, place.as_str());
            self.report(Diagnostic::error(code, decl.ty.span, message).label(ONE_WORD));
        }
    }

    /// A param is in the path if and only if the path names it.
    fn check_path(&mut self, field: &Field, at: Span, place: Place, http: &HttpLine) {
        let names = http.placeholders.iter().map(|(name, _)| name.as_str());
        let named = names.clone().any(|name| name == field.wire);
        if place == Place::Path && !named {
            let problem =
                Diagnostic::error(Code::PathParamUnused, at, format!("`{}` is not in the path", field.wire));
            self.report(match nearest(&field.wire, names) {
                Some(near) => problem.label(format!("the path has `{{{near}}}`")),
                None => problem.label(format!("the path is `{}`", http.path)),
            });
        }
        if named && place != Place::Path {
            let message = format!("`{}` stands in the path and cannot travel elsewhere", field.wire);
            self.report(Diagnostic::error(Code::PathParamUnused, at, message).label("leave `in` out"));
        }
    }

    fn response(
        &mut self,
        envelope: &[Field],
        resource: ResourceId,
        decl: &'s OperationDecl,
    ) -> Option<Response> {
        let mut fields: Vec<Field> = Vec::new();
        match decl.response.as_ref().map(|response| (response.span, &response.value)) {
            Some((span, ResponseDecl::Type(text))) => {
                let text = Spanned::new(span, text.value.clone());
                return self.type_of(Some(resource), &text).map(|(ty, _)| Response::Type(ty));
            }
            Some((_, ResponseDecl::Fields(decls))) => {
                for (name, field_decl) in decls.iter() {
                    let Some(field) = self.read_field("the field", Some(resource), name, field_decl) else {
                        continue;
                    };
                    self.check_wire_is_free(&fields, &field);
                    fields.push(field);
                }
            }
            None => {}
        }
        for field in self.envelope_of(envelope, decl) {
            if let Some(own) = fields.iter().find(|own| own.wire == field.wire) {
                self.report(in_envelope(own, field));
            } else {
                fields.push(field.clone());
            }
        }
        Some(if fields.is_empty() { Response::Empty } else { Response::Fields(fields) })
    }

    /// The envelope fields that come with the response of an operation.
    fn envelope_of<'e>(&mut self, envelope: &'e [Field], decl: &OperationDecl) -> Vec<&'e Field> {
        let Some(names) = &decl.envelope else { return envelope.iter().collect() };
        for name in names {
            if !self.syntax.decl.envelope.keys().any(|declared| declared.value == name.value) {
                let known = envelope.iter().map(|field| field.name.as_str());
                self.report(unknown(Code::UnknownEnvelope, "envelope field", name, known, "`envelope`"));
            }
        }
        envelope.iter().filter(|field| names.iter().any(|name| name.value == field.name)).collect()
    }
}

fn place_of(field: &Field, decl: &FieldDecl, http: &HttpLine) -> Place {
    match decl.place.as_ref().map(|place| place.value) {
        Some(PlaceDecl::Path) => Place::Path,
        Some(PlaceDecl::Query) => Place::Query,
        Some(PlaceDecl::Header) => Place::Header,
        Some(PlaceDecl::Body) => Place::Body,
        None if http.placeholders.iter().any(|(name, _)| *name == field.wire) => Place::Path,
        None if http.method.has_body() => Place::Body,
        None => Place::Query,
    }
}

fn undescribed(placeholder: &str, span: Span, params: &[Param]) -> Diagnostic {
    let problem = Diagnostic::error(
        Code::PathParamMissing,
        span,
        format!("the path param `{placeholder}` is not described"),
    );
    let free =
        params.iter().filter(|param| param.place != Place::Path).map(|param| param.field.name.as_str());
    // `{id}` for `user_id` is as likely as a misspelling.
    let longer =
        || free.clone().find(|name| name.strip_suffix(placeholder).is_some_and(|rest| rest.ends_with('_')));
    match nearest(placeholder, free.clone()).or_else(longer) {
        Some(near) => problem.label(format!("did you mean `{{{near}}}`, which is described?")),
        None => problem
            .label("no param has this name")
            .help(format!("add `{placeholder}: {{ type: …, doc: … }}` to `params`")),
    }
}

fn in_envelope(own: &Field, envelope: &Field) -> Diagnostic {
    Diagnostic::error(
        Code::NameCollision,
        own.span,
        format!("`{}` comes with the envelope already", own.wire),
    )
    .label("described a second time")
    .note(envelope.span, "described here for every response")
    .help("leave it out here, or list in `envelope:` only what else comes with this operation")
}

fn clash(operation: &Operation, title: &str, other: &str, first: Span, second: Span) -> Diagnostic {
    let what = format!("{} {}", operation.method.as_str(), http::normalized(&operation.path));
    Diagnostic::error(Code::ClashingOperations, second, format!("`{title}` and `{other}` are both `{what}`"))
        .label("nothing in a request tells them apart")
        .note(first, format!("`{other}` is this one"))
        .help("change the method or the path of one, or describe them as one operation")
}
