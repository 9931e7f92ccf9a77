//! Responses: their statuses, and the parts that their fields are read from.

use std::collections::BTreeMap;

use super::references::unknown;
use super::resolver::Resolver;
use super::scalars::{ONE_WORD, is_scalar};
use super::types::WireNames;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Field, FieldLocation, Object, ResourceId, Response, StatusResponse, Type, TypeDef};
use crate::source::Span;
use crate::syntax::{
    ByStatusDecl, Entries, FieldDecl, ObjectFieldDecl, OperationDecl, ParamLocationDecl, ReceivedDecl,
    ResponseDecl, Spanned,
};

/// The responses of an operation.
pub(super) struct Responses {
    pub response: Response,
    /// Whether no body is described, so that any body is accepted.
    pub accepts_any_body: bool,
    /// The success statuses; empty for all 2xx statuses.
    pub statuses: Vec<u16>,
}

impl Default for Responses {
    fn default() -> Self {
        Self { response: Response::Empty, accepts_any_body: true, statuses: Vec::new() }
    }
}

/// The operation of a response, with the types and the envelope that it can use.
#[derive(Clone, Copy)]
struct Shared<'s, 'e> {
    api: &'e Api,
    envelope: &'e [Field],
    resource: ResourceId,
    decl: &'s OperationDecl,
}

impl<'s> Resolver<'s> {
    pub(super) fn responses(
        &mut self,
        api: &Api,
        envelope: &[Field],
        resource: ResourceId,
        decl: &'s OperationDecl,
    ) -> Responses {
        let shared = Shared { api, envelope, resource, decl };
        self.check_envelope(decl, envelope);
        match &decl.response {
            Some(Spanned { value: ResponseDecl::ByStatus(by_status), .. }) => {
                self.by_status(shared, by_status)
            }
            response => {
                let (response, accepts_any_body) = self.response(shared, response.as_ref());
                Responses { response, accepts_any_body, statuses: Vec::new() }
            }
        }
    }

    /// Resolves responses by status. A single one is not a choice.
    fn by_status(&mut self, shared: Shared<'s, '_>, by_status: &'s ByStatusDecl) -> Responses {
        for key in &by_status.others {
            let message = format!("`{}` is not a status", key.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, key.span, message)
                    .label("the other keys are statuses")
                    .help("write each success status as a number, or describe the fields below one of them"),
            );
        }
        let mut responses: Vec<StatusResponse> = Vec::new();
        for (key, decl) in &by_status.statuses {
            let Some(status) = self.status(key) else { continue };
            let (response, accepts_any_body) = match decl {
                Some(Spanned { value: ResponseDecl::Type(text), .. }) if text.value == "none" => {
                    (Response::Empty, true)
                }
                Some(Spanned { value: ResponseDecl::ByStatus(nested), .. }) => {
                    self.report_nested(nested);
                    continue;
                }
                Some(decl) => self.response(shared, Some(decl)),
                None => (Response::Type(self.unparsed_type()), false),
            };
            if let Some(first) = responses.iter().find(|response| response.status == status) {
                let message = format!("the status {status} is described twice");
                let problem = Diagnostic::error(Code::DuplicateKey, key.span, message);
                self.report(problem.label("described again here").note(first.span, "described here"));
                continue;
            }
            responses.push(StatusResponse {
                status,
                response,
                accepts_any_body,
                example: None,
                span: key.span,
            });
        }
        let statuses = responses.iter().map(|response| response.status).collect();
        match <[StatusResponse; 1]>::try_from(responses) {
            Ok([StatusResponse { response, accepts_any_body, .. }]) => {
                Responses { response, accepts_any_body, statuses }
            }
            Err(responses) => {
                Responses { response: Response::ByStatus(responses), accepts_any_body: false, statuses }
            }
        }
    }

    /// Returns a success status. Reports any other status.
    fn status(&mut self, key: &Spanned<String>) -> Option<u16> {
        let status = key.value.parse().ok();
        let (label, help) = match status {
            Some(status @ 200..=399) => return Some(status),
            Some(400..=599) => (
                "a status of an error",
                "remove it; error bodies are described by `errors`, whatever their status",
            ),
            _ => ("a success status is between 200 and 399", "write a status such as `201`"),
        };
        let message = format!("`{}` is not a success status", key.value);
        self.report(Diagnostic::error(Code::InvalidValue, key.span, message).label(label).help(help));
        None
    }

    fn report_nested(&mut self, nested: &ByStatusDecl) {
        let Some((key, _)) = nested.statuses.first() else { return };
        self.report(
            Diagnostic::error(Code::InvalidValue, key.span, "a response by status contains statuses")
                .label("already below a status")
                .help("write the statuses beside each other"),
        );
    }

    /// Resolves the response of one status. Returns it and whether any body is accepted.
    fn response(
        &mut self,
        shared: Shared<'s, '_>,
        decl: Option<&'s Spanned<ResponseDecl>>,
    ) -> (Response, bool) {
        let mut object = match decl.map(|decl| (decl.span, &decl.value)) {
            Some((span, ResponseDecl::Type(text))) if text.value == "none" => {
                let problem =
                    Diagnostic::error(Code::InvalidValue, span, "`none` is allowed only below a status");
                self.report(
                    problem.label("an operation without content has no `response`").help("remove it"),
                );
                Object::default()
            }
            Some((span, ResponseDecl::Type(text))) => {
                let text = Spanned::new(span, text.value.clone());
                let bound = self.type_of(Some(shared.resource), &text);
                self.check_no_binary(&text, &bound.ty, "a response");
                let may_be_nothing = bound.optional || bound.nullable;
                let ty = if may_be_nothing { Type::Nullable(Box::new(bound.ty)) } else { bound.ty };
                return (Response::Type(ty), false);
            }
            Some((_, ResponseDecl::Fields(decls))) => {
                self.check_no_direction(decls);
                self.response_object(shared, decls)
            }
            None | Some((_, ResponseDecl::ByStatus(_))) => Object::default(),
        };
        let is_in_body = |field: &Field| field.location != FieldLocation::Header;
        let accepts_any_body = !object.fields.iter().any(is_in_body) && object.constants.is_empty();
        let has_whole_body = object.fields.iter().any(|field| field.location == FieldLocation::WholeBody);
        for field in envelope_of(shared.envelope, shared.decl) {
            let same = |own: &&Field| own.wire == field.wire && own.location == field.location;
            if let Some(own) = object.fields.iter().find(same) {
                self.report(in_envelope(own, field));
            } else if !has_whole_body || !is_in_body(field) {
                // Without a described body, any body is accepted, so the envelope can be missing.
                let optional = field.optional || (accepts_any_body && field.is_mandatory());
                object.fields.push(Field { optional, ..field.clone() });
            }
        }
        let is_empty = object.fields.is_empty() && object.constants.is_empty();
        (if is_empty { Response::Empty } else { Response::Object(object) }, accepts_any_body)
    }

    /// Resolves the fields of a response.
    fn response_object(&mut self, shared: Shared<'s, '_>, decls: &'s Entries<FieldDecl>) -> Object {
        let mut object = Object::default();
        let mut taken = WireNames::default();
        let mut headers = BTreeMap::new();
        for (name, decl) in decls.all() {
            let declared = decl.map(|decl| (decl, decl.as_object_field()));
            if let Some((decl, ObjectFieldDecl::Constant(constant))) = &declared {
                decl.location.iter().for_each(|place| self.constant_location(place.span));
                let constant = self.constant(name, decl, constant);
                self.claim_wire(&mut taken, &constant.wire, name);
                object.constants.push(constant);
                continue;
            }
            self.check_quoted_status(name);
            let field = match declared {
                Some((decl, ObjectFieldDecl::Typed(received))) => {
                    self.response_field(shared, name, decl, received)
                }
                _ => self.unparsed_field(name),
            };
            match field.location {
                FieldLocation::Key => self.claim_wire(&mut taken, &field.wire, name),
                FieldLocation::Header => self.claim_response_header(&mut headers, &field),
                FieldLocation::WholeBody => {}
            }
            object.fields.push(field);
        }
        self.check_whole_body(&object);
        object
    }

    fn response_field(
        &mut self,
        shared: Shared<'s, '_>,
        name: &Spanned<String>,
        decl: &'s FieldDecl,
        received: ReceivedDecl<'s>,
    ) -> Field {
        let location = received.location;
        let received = ReceivedDecl { location: None, ..received };
        let field = self.received_field("the field", Some(shared.resource), name, decl, &received);
        let location = self.field_location(&shared.api.types, decl, &received, &field, location);
        self.check_default_is_used(&received.typed, &field);
        Field { location, ..field }
    }

    /// Resolves the fields that every response contains.
    pub(super) fn envelope(&mut self, types: &[TypeDef]) -> Vec<Field> {
        let syntax = self.syntax;
        self.check_no_direction(&syntax.decl.envelope);
        let entries = syntax.decl.envelope.all();
        let fields = entries.map(|(name, decl)| {
            let Some(decl) = decl else { return self.unparsed_field(name) };
            let received = decl.as_received();
            let location = received.location;
            let received = ReceivedDecl { location: None, ..received };
            let field = self.received_field("the envelope field", None, name, decl, &received);
            if let Some(whole) = location.filter(|place| place.value == ParamLocationDecl::WholeBody) {
                let message = "a field of the envelope is not the whole body";
                let problem = Diagnostic::error(Code::MisplacedParam, whole.span, message);
                self.report(problem.label("not allowed here").help("write `in: header`, or remove `in`"));
                return field;
            }
            let location = self.field_location(types, decl, &received, &field, location);
            Field { location, ..field }
        });
        fields.collect()
    }

    /// Resolves and checks the location of a field of a response or of the envelope.
    fn field_location(
        &mut self,
        types: &[TypeDef],
        decl: &FieldDecl,
        received: &ReceivedDecl<'_>,
        field: &Field,
        location: Option<&Spanned<ParamLocationDecl>>,
    ) -> FieldLocation {
        let Some(location) = location else { return FieldLocation::Key };
        match location.value {
            ParamLocationDecl::Body => FieldLocation::Key,
            ParamLocationDecl::Header => {
                self.check_header_field(types, decl, received, field);
                FieldLocation::Header
            }
            ParamLocationDecl::WholeBody => {
                let default = received.typed.default.map(|default| ("default", default.head()));
                let wire_name = decl.wire_name.as_ref().map(|wire| ("wire_name", wire.span));
                let zone = received.typed.default_zone.map(|zone| ("default_zone", zone.span));
                for (key, span) in default.into_iter().chain(zone).chain(wire_name) {
                    let message = format!("`{key}` has no effect beside `in: whole_body`");
                    let problem = Diagnostic::error(Code::InvalidValue, span, message);
                    self.report(problem.label("the field is the body").help(format!("remove `{key}`")));
                }
                FieldLocation::WholeBody
            }
            _ => {
                let message = "a field of a response is in the body or in a header";
                let help = match location.value {
                    ParamLocationDecl::Cookie => {
                        "write `in: header` with `wire_name: Set-Cookie`, the header that sets cookies"
                    }
                    _ => "write `in: header` or `in: whole_body`; remove `in` for a key of the body",
                };
                self.report(
                    Diagnostic::error(Code::MisplacedParam, location.span, message)
                        .label("not a part of a response")
                        .help(help),
                );
                FieldLocation::Key
            }
        }
    }

    /// Checks a field in a header.
    fn check_header_field(
        &mut self,
        types: &[TypeDef],
        decl: &FieldDecl,
        received: &ReceivedDecl<'_>,
        field: &Field,
    ) {
        let span = decl.wire_name.as_ref().map_or(field.span, |wire| wire.span);
        self.check_header_token(&field.wire, span);
        self.check_header_is_named(decl, field);
        if let Some(zone) = received.typed.default_zone {
            let problem =
                Diagnostic::error(Code::InvalidValue, zone.span, "`default_zone` has no effect in a header");
            self.report(problem.label("not allowed here").help("remove `default_zone`"));
        }
        let Some(written) = received.typed.ty.written() else { return };
        let item = match &field.ty {
            Type::List(item) => item,
            ty => ty,
        };
        if !field.ty.contains_unparsed() && !is_scalar(item, types) {
            let message = format!("the header `{}` has an unsupported type", field.wire);
            self.report(
                Diagnostic::error(Code::MisplacedParam, written.span, message)
                    .label(format!("{ONE_WORD}, or a list of one of them"))
                    .help("use `string`, and decode the text in the program"),
            );
        } else if field.nullable {
            self.report(
                Diagnostic::error(Code::MisplacedParam, written.span, "a header cannot be null")
                    .label("null exists only in JSON")
                    .help("write `?` instead of `| null` if the header can be missing"),
            );
        } else {
            self.check_list_in_header(written, field);
        }
    }

    fn claim_response_header(&mut self, headers: &mut BTreeMap<String, Span>, field: &Field) {
        let Some(first) = headers.insert(field.wire.to_ascii_lowercase(), field.span) else { return };
        let message = format!("two fields are the header `{}`", field.wire);
        self.report(
            Diagnostic::error(Code::NameCollision, field.span, message)
                .label("the second")
                .note(first, "the first; header names do not differ by case")
                .help("remove one of them, or give it another `wire_name:`"),
        );
    }

    /// Reports fields beside one that is the whole body.
    fn check_whole_body(&mut self, object: &Object) {
        let mut whole = object.fields.iter().filter(|field| field.location == FieldLocation::WholeBody);
        let Some(first) = whole.next() else { return };
        for second in whole {
            let problem =
                Diagnostic::error(Code::MisplacedParam, second.span, "two fields are the whole body");
            self.report(problem.label("the second").note(first.span, "the first"));
        }
        let keys = object.fields.iter().filter(|field| field.location == FieldLocation::Key);
        let keys = keys.map(|field| (&field.name, field.span));
        let constants = object.constants.iter().map(|constant| (&constant.wire, constant.span));
        for (name, span) in keys.chain(constants) {
            if self.syntax.is_unparsed(span) {
                continue;
            }
            let message = format!("`{name}` is a key of the body, but `{}` is the whole body", first.name);
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("not allowed beside `in: whole_body`")
                    .note(first.span, "the whole body")
                    .help("add `in: header`, or remove `in: whole_body` from the other field"),
            );
        }
    }

    /// Reports a status in quotes, which would be the name of a field.
    fn check_quoted_status(&mut self, name: &Spanned<String>) {
        let text = name.value.as_str();
        let is_status = text.len() == 3
            && text.starts_with(|first| matches!(first, '1'..='5'))
            && (text.bytes().skip(1).all(|byte| byte.is_ascii_digit()) || text.ends_with("XX"));
        if is_status {
            let help = match text.ends_with("XX") {
                true => {
                    "write each success status as a number; without statuses, every 2xx status is a success"
                }
                false => "remove the quotes",
            };
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, format!("`{text}` is not a field"))
                    .label("expected a name, or a status without quotes")
                    .help(help),
            );
        }
    }

    fn constant_location(&mut self, span: Span) {
        let problem = Diagnostic::error(Code::InvalidValue, span, "`in` has no effect beside `const`");
        self.report(problem.label("a constant of a response is not read").help("remove `in`"));
    }

    /// Reports unknown and repeated names of envelope fields.
    fn check_envelope(&mut self, decl: &OperationDecl, envelope: &[Field]) {
        let Some(names) = &decl.envelope else { return };
        self.check_given_once("envelope", names);
        for name in names {
            let declared = &self.syntax.decl.envelope;
            let is_known = declared.keys().any(|declared| declared.value == name.value);
            if !is_known && !self.may_be_in_api(declared) {
                let known = envelope.iter().map(|field| field.name.as_str());
                self.report(unknown(Code::UnknownEnvelope, "envelope field", name, known, "`envelope`"));
            }
        }
    }
}

/// Returns the envelope fields in the response of an operation.
fn envelope_of<'e>(envelope: &'e [Field], decl: &OperationDecl) -> impl Iterator<Item = &'e Field> {
    envelope.iter().filter(move |field| {
        decl.envelope.as_ref().is_none_or(|names| names.iter().any(|name| name.value == field.name))
    })
}

fn in_envelope(own: &Field, envelope: &Field) -> Diagnostic {
    Diagnostic::error(
        Code::NameCollision,
        own.span,
        format!("`{}` is already a field of the envelope", own.wire),
    )
    .label("declared again here")
    .note(envelope.span, "declared here for every response")
    .help("remove it here, or list the other envelope fields of this operation under `envelope:`")
}
