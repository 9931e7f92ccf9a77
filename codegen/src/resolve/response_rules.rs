//! Rules of whole responses: those without a body, and the envelope fields that an operation lists.

use super::resolver::Resolver;
use super::responses::Responses;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, FieldLocation, Method, Response, StatusResponse, Type};
use crate::source::Span;
use crate::syntax::OperationDecl;

impl Resolver<'_> {
    /// Reports a described body where HTTP has none: in a response to `HEAD`, and with some statuses.
    pub(super) fn check_bodies_of_responses(
        &mut self,
        method: Method,
        decl: &OperationDecl,
        responses: &Responses,
    ) {
        let Some(written) = &decl.response else { return };
        match &responses.response {
            Response::ByStatus(list) => {
                for StatusResponse { status, response, accepts_any_body, span, .. } in list {
                    if needs_body(response, *accepts_any_body) {
                        self.check_body_of_response(method, Some(*status), *span);
                    }
                }
            }
            response if needs_body(response, responses.accepts_any_body) => {
                self.check_body_of_response(method, responses.statuses.first().copied(), written.span);
            }
            _ => {}
        }
    }

    fn check_body_of_response(&mut self, method: Method, status: Option<u16>, span: Span) {
        let bodiless = status.filter(|status| matches!(status, 204 | 205 | 304));
        if method != Method::Head && bodiless.is_none() {
            return;
        }
        let message = match bodiless {
            Some(status) => format!("a response with the status {status} has no body"),
            None => "a response to a `HEAD` request has no body".to_owned(),
        };
        let help = match status {
            Some(_) => "write `none`, or describe only fields with `in: header`",
            None => "remove `response`, or describe only fields with `in: header`",
        };
        self.report(
            Diagnostic::error(Code::MisplacedParam, span, message).label("describes a body").help(help),
        );
    }

    /// Reports fields of the envelope that the operation lists, but none of its responses contains.
    pub(super) fn check_listed_envelope(
        &mut self,
        envelope: &[Field],
        decl: &OperationDecl,
        response: &Response,
    ) {
        // The key itself has no effect beside these keys, which is already reported.
        let is_refused = decl.url.is_some() || decl.accept.is_some();
        if is_refused || response.types().any(Type::contains_unparsed) {
            return;
        }
        for name in decl.envelope.iter().flatten() {
            let Some(field) = envelope.iter().find(|field| field.name == name.value) else { continue };
            if !contains(response, field) {
                let message = format!("the response does not contain the envelope field `{}`", name.value);
                self.report(
                    Diagnostic::error(Code::InvalidValue, name.span, message)
                        .label("only a response that is a map of fields has this field")
                        .help("remove it, or describe the response as a map of fields"),
                );
            }
        }
    }
}

/// Whether a response without a body is an error.
fn needs_body(response: &Response, accepts_any_body: bool) -> bool {
    match response {
        Response::Empty | Response::ByStatus(_) => false,
        Response::Type(ty) => !matches!(ty, Type::Nullable(_) | Type::Unparsed),
        Response::Object(object) => {
            let mut fields = object.fields.iter();
            match fields.find(|field| field.location == FieldLocation::WholeBody) {
                Some(whole) => !whole.optional && !whole.nullable && !whole.ty.contains_unparsed(),
                None => !accepts_any_body,
            }
        }
    }
}

fn contains(response: &Response, field: &Field) -> bool {
    match response {
        Response::Object(object) => {
            object.fields.iter().any(|own| own.wire == field.wire && own.location == field.location)
        }
        Response::ByStatus(statuses) => statuses.iter().any(|status| contains(&status.response, field)),
        Response::Empty | Response::Type(_) => false,
    }
}
