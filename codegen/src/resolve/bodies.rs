//! The body of a request as a whole: its presence, and the parameters in it.

use super::content_type::ContentType;
use super::http::HttpLine;
use super::params::Params;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Body, BodyEncoding, Method, ParamLocation};
use crate::source::Span;
use crate::syntax::OperationDecl;

impl Resolver<'_> {
    /// Returns the body, if a parameter is in it, or the spec requests an empty object.
    pub(super) fn body(
        &mut self,
        http: &HttpLine,
        params: &Params,
        content_type: ContentType,
        decl: &OperationDecl,
    ) -> Option<Body> {
        let filled = params.locations().any(ParamLocation::is_body);
        let ContentType { body, span } = content_type;
        let is_json = matches!(body.encoding, BodyEncoding::Json | BodyEncoding::Unparsed);
        let empty = decl.body.as_ref().filter(|_| !http.builds_url);
        let problem = match (empty, span) {
            (Some(empty), _) if http.method == Method::Trace => {
                let problem =
                    Diagnostic::error(Code::InvalidValue, empty.span, "a TRACE request has no body");
                Some(problem.label("not allowed here"))
            }
            (Some(empty), _) if filled => {
                let message = "the parameters are sent in the body, which is `{}` if none is set";
                Some(Diagnostic::error(Code::InvalidValue, empty.span, message).label("not allowed here"))
            }
            (Some(empty), Some(span)) if !is_json => {
                let message = format!("an empty object is JSON, and not `{}`", body.media_type);
                let problem = Diagnostic::error(Code::InvalidValue, empty.span, message);
                Some(problem.label("not allowed here").note(span, "the media type of the body"))
            }
            (None, Some(span)) if !filled && !http.builds_url => Some(without_body(span)),
            _ => None,
        };
        problem.into_iter().for_each(|problem| self.report(problem));
        (filled || empty.is_some()).then_some(body)
    }

    /// Reports parameters in the body beside one that is the whole body.
    pub(super) fn check_one_body(&mut self, params: &Params) {
        let is_whole = |location| location == ParamLocation::WholeBody;
        let Some(whole) = params.given.iter().find(|param| is_whole(param.location)) else { return };
        let given = params.given.iter().map(|it| (&it.field.name, it.location, it.field.span));
        let fixed = params.fixed.iter().map(|it| (&it.wire, it.location, it.span));
        let others = given.chain(fixed).filter(|(_, location, span)| {
            location.is_body() && *span != whole.field.span && !self.syntax.is_unparsed(*span)
        });
        let problems: Vec<_> = others
            .map(|(name, _, span)| {
                let message = format!("`{name}` is in the body beside `{}`", whole.field.name);
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("also in the body")
                    .note(whole.field.span, "the whole body")
                    .help("move one of them with `in: query` or `in: header`, or remove `in: whole_body`")
            })
            .collect();
        problems.into_iter().for_each(|problem| self.report(problem));
    }
}

fn without_body(span: Span) -> Diagnostic {
    Diagnostic::error(Code::InvalidValue, span, "the operation has no body")
        .label("the media type of a body")
        .help("remove `content_type`, or add `in: body` or `in: whole_body` to a parameter")
}
