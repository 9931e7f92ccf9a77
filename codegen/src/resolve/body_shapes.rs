//! The values that each encoding of a body supports.

use super::described::Described;
use super::resolver::Resolver;
use super::scalars::is_scalar;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BodyEncoding, Field, ParamLocation, Type};
use crate::syntax::Spanned;

impl Resolver<'_> {
    /// Reports a parameter that the encoding of the body does not support. Returns whether there is no problem.
    pub(super) fn check_body(
        &mut self,
        described: Described<'_>,
        field: &Field,
        location: ParamLocation,
    ) -> bool {
        let is_whole = location == ParamLocation::WholeBody;
        if let Some(wire) = described.decl.wire_name.as_ref().filter(|_| is_whole) {
            let message = "`wire_name` has no effect beside `in: whole_body`";
            let problem = Diagnostic::error(Code::InvalidValue, wire.span, message);
            self.report(problem.label("only the value is sent").help("remove `wire_name`"));
        }
        let problem = match described.content_type.encoding() {
            BodyEncoding::Unparsed => None,
            BodyEncoding::Json => {
                field.ty.contains_binary().then(|| binary_in_json(described.written(), is_whole))
            }
            BodyEncoding::Form => form_problem(described, field, is_whole),
            BodyEncoding::Multipart => part_problem(described, field, is_whole),
            BodyEncoding::Raw => raw_problem(described, field, is_whole),
        };
        if let (BodyEncoding::Raw, None, Some(span)) =
            (described.content_type.encoding(), &problem, described.content_type.span)
            && field.ty != Type::Binary
        {
            let media_type = Spanned::new(span, described.content_type.body.media_type.clone());
            self.check_charset(&media_type);
        }
        let is_sound = problem.is_none();
        problem.into_iter().for_each(|problem| self.report(problem));
        is_sound
    }

    /// Reports bytes in a value that is JSON. `place` is the place of the value.
    pub(super) fn check_no_binary(&mut self, written: &Spanned<String>, ty: &Type, place: &str) {
        if ty.contains_binary() {
            let message = format!("`{}` is not allowed in {place}", written.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, written.span, message)
                    .label("bytes as they are, which JSON cannot contain")
                    .help(match place {
                        "a type" => {
                            "write `binary` where the type is used, or `bytes` for Base64 text"
                        }
                        "a response" => {
                            "write `response: binary` beside `accept:` for a response that is bytes, without statuses, fields and `?`, or `bytes` for Base64 text"
                        }
                        _ => "write `bytes` for Base64 text",
                    }),
            );
        }
    }
}

fn binary_in_json(written: &Spanned<String>, is_whole: bool) -> Diagnostic {
    let message = format!("`{}` cannot be sent in JSON", written.value);
    let problem = Diagnostic::error(Code::MisplacedParam, written.span, message)
        .label("bytes as they are, which JSON cannot contain");
    problem.help(match is_whole {
        true => "add `content_type:` with the media type of the bytes, such as `application/octet-stream`",
        false => {
            "write `bytes` for Base64 text, or add `content_type: multipart/form-data` to the operation for a file"
        }
    })
}

/// Returns the problem of a parameter in a form.
fn form_problem(described: Described<'_>, field: &Field, is_whole: bool) -> Option<Diagnostic> {
    if is_whole {
        let message = "a form consists of parameters";
        let problem = Diagnostic::error(Code::MisplacedParam, described.at(), message);
        return Some(problem.label("a whole body").help(
            "remove `in: whole_body`; with `flatten: true`, the keys of an object are parameters of the form",
        ));
    }
    let written = described.written();
    field.ty.contains_binary().then(|| {
        let message = format!("`{}` cannot be sent in a form", written.value);
        Diagnostic::error(Code::MisplacedParam, written.span, message)
            .label("bytes as they are, which a form cannot contain")
            .help("write `content_type: multipart/form-data` for a file, or `bytes` for Base64 text")
    })
}

/// Returns the problem of a parameter in a multipart form.
fn part_problem(described: Described<'_>, field: &Field, is_whole: bool) -> Option<Diagnostic> {
    if is_whole {
        let message = "a multipart form consists of parameters";
        let problem = Diagnostic::error(Code::MisplacedParam, described.at(), message);
        return Some(problem.label("a whole body").help("remove `in: whole_body`"));
    }
    let written = described.written();
    let is_files = matches!(&field.ty, Type::List(item) if **item == Type::Binary);
    let is_allowed = field.ty == Type::Binary || is_files || !field.ty.contains_binary();
    (!is_allowed).then(|| {
        let message = format!("`{}` cannot be sent in a multipart form", written.value);
        Diagnostic::error(Code::MisplacedParam, written.span, message)
            .label("expected `binary` or `list<binary>`, which are files")
    })
}

/// Returns the problem of a parameter in a body of text or bytes.
fn raw_problem(described: Described<'_>, field: &Field, is_whole: bool) -> Option<Diagnostic> {
    let media_type = &described.content_type.body.media_type;
    let written = described.written();
    if !is_whole {
        let message = format!("a body of the type `{media_type}` is one value");
        let problem = Diagnostic::error(Code::MisplacedParam, described.at(), message);
        return Some(problem.label("a part of the body").help("add `in: whole_body`, or `in: query`"));
    }
    let is_allowed = field.ty == Type::Binary || is_scalar(&field.ty, &described.api.types);
    (!is_allowed).then(|| {
        let message = format!("`{}` cannot be sent as `{media_type}`", written.value);
        Diagnostic::error(Code::MisplacedParam, written.span, message)
            .label("expected `binary` or text")
            .help("write `string` for text, `binary` for bytes, or a media type of JSON, such as `application/json`")
    })
}
