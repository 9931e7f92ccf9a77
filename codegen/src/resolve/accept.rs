//! The media type of a response, and the types that fit it.

use super::headers::{is_header_value, is_token};
use super::resolver::Resolver;
use super::responses::Responses;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Accept, Api, Field, FieldLocation, ResourceId, Response, ResponseFormat, Type};
use crate::source::Span;
use crate::syntax::{OperationDecl, ResponseDecl, Spanned};

/// Short names that authors write in place of media types.
const SHORT_NAMES: [(&str, &str); 11] = [
    ("binary", "application/octet-stream"),
    ("csv", "text/csv"),
    ("html", "text/html"),
    ("json", "application/json"),
    ("jsonl", "application/jsonl"),
    ("ndjson", "application/x-ndjson"),
    ("pdf", "application/pdf"),
    ("sse", "text/event-stream"),
    ("stream", "text/event-stream"),
    ("text", "text/plain"),
    ("xml", "application/xml"),
];

const BINARY: &str = "binary";
const TEXT: &str = "string";

/// The kind of a media type, which decides which responses fit it.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Json,
    Events,
    JsonLines,
    JsonSequence,
    Other,
}

impl<'s> Resolver<'s> {
    /// Resolves the media type and the responses of an operation.
    pub(super) fn accepted_responses(
        &mut self,
        api: &Api,
        envelope: &[Field],
        resource: ResourceId,
        decl: &'s OperationDecl,
    ) -> (Option<Accept>, Responses) {
        let accept = self.accept(resource, decl);
        let responses = match accept.as_ref().map(|accept| accept.format) {
            Some(ResponseFormat::Text | ResponseFormat::Binary) => only(Type::String),
            // The text is not the name of a type. Where it is not allowed, that is reported.
            _ if matches!(type_text(decl), Some((_, BINARY))) => only(self.unparsed_type()),
            // A response that does not fit its media type is already reported.
            None if decl.accept.as_ref().is_some_and(|it| family(it) != Family::Json) => {
                only(self.unparsed_type())
            }
            Some(ResponseFormat::Json) | None => self.responses(api, envelope, resource, decl),
            // Items have no envelope.
            Some(_) => self.stream_items(api, resource, decl),
        };
        (accept, responses)
    }

    /// Resolves the media type of a response, and checks that the response fits it.
    fn accept(&mut self, resource: ResourceId, decl: &'s OperationDecl) -> Option<Accept> {
        let media_type = decl.accept.as_ref().filter(|accept| self.check_media_type(accept));
        let family = media_type.map(|media_type| family(media_type));
        if let Some(marker) = decl.end_marker.as_ref().filter(|_| family != Some(Family::Events)) {
            self.check_no_marker(decl, marker);
        }
        let Some((media_type, family)) = media_type.zip(family) else {
            self.check_has_media_type(decl);
            return None;
        };
        let format = match family {
            Family::Json => {
                self.check_not_binary(decl, media_type);
                Some(ResponseFormat::Json)
            }
            Family::Events | Family::JsonLines | Family::JsonSequence => {
                self.item_format(resource, decl, media_type, family)
            }
            Family::Other => self.whole_format(resource, decl, media_type),
        };
        let format = format?;
        if format != ResponseFormat::Json {
            self.check_no_effect(decl, media_type);
        }
        let end_marker = decl.end_marker.as_ref().map(|marker| marker.value.clone());
        Some(Accept { media_type: media_type.value.clone(), format, end_marker })
    }

    /// Reports a text that is not a media type. Returns whether it is one.
    fn check_media_type(&mut self, accept: &Spanned<String>) -> bool {
        let text = accept.value.as_str();
        let essence = text.split(';').next().unwrap_or_default().trim_end();
        let is_valid = essence.split_once('/').is_some_and(|(ty, subtype)| is_token(ty) && is_token(subtype));
        if is_valid && is_header_value(text) {
            return true;
        }
        let lower = text.to_ascii_lowercase();
        let known = SHORT_NAMES.iter().find(|(short, _)| *short == lower);
        let (label, help) = match (known, text.contains(',')) {
            (Some((_, media_type)), _) => ("expected a type and a subtype", format!("write `{media_type}`")),
            (None, true) => (
                "several media types",
                "write the media type that the operation returns; describe others as operations of their own"
                    .to_owned(),
            ),
            (None, false) => {
                ("expected a type and a subtype", "write a media type such as `text/csv`".to_owned())
            }
        };
        let message = format!("`{text}` is not a media type");
        self.report(Diagnostic::error(Code::InvalidValue, accept.span, message).label(label).help(help));
        false
    }

    /// Reports a marker of events that the response does not consist of.
    fn check_no_marker(&mut self, decl: &OperationDecl, marker: &Spanned<String>) {
        let problem =
            Diagnostic::error(Code::InvalidValue, marker.span, "`end_marker` has no effect without events")
                .label("data of an event");
        self.report(match &decl.accept {
            Some(accept) => problem.note(accept.span, "not a stream of events").help("remove `end_marker`"),
            None => problem.help("add `accept: text/event-stream`, or remove `end_marker`"),
        });
    }

    /// Reports a response of bytes without a media type.
    fn check_has_media_type(&mut self, decl: &OperationDecl) {
        let Some(span) = type_text(decl).filter(|(_, text)| *text == BINARY && decl.accept.is_none()) else {
            return;
        };
        self.report(
            Diagnostic::error(Code::MissingKey, span.0, "a binary response has no media type")
                .label("the client must know which media type to accept")
                .help("add `accept:` to the operation, such as `accept: application/octet-stream`"),
        );
    }

    fn check_not_binary(&mut self, decl: &OperationDecl, accept: &Spanned<String>) {
        if let Some((span, BINARY)) = type_text(decl) {
            let message = format!("a response of `{}` is JSON", accept.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, span, message)
                    .label("bytes are not JSON")
                    .help("write `json` to receive any JSON, or change `accept`"),
            );
        }
    }

    /// Returns the format of a stream of items.
    fn item_format(
        &mut self,
        resource: ResourceId,
        decl: &OperationDecl,
        accept: &Spanned<String>,
        family: Family,
    ) -> Option<ResponseFormat> {
        let written = decl.response.as_ref().filter(|_| !matches!(type_text(decl), Some((_, "none"))));
        let (item, example) = match family {
            Family::Events => ("event", "data"),
            _ => ("line", "a value"),
        };
        match written.map(|response| (response.span, &response.value)) {
            None => {
                let message = format!("the {item}s of `{}` have no type", accept.value);
                self.report(
                    Diagnostic::error(Code::MissingKey, accept.span, message)
                        .label(format!("each {item} has {example}"))
                        .help(format!("write `response:` with the type of one {item}")),
                );
                None
            }
            Some((span, ResponseDecl::ByStatus(_))) => {
                let message = "the statuses of a stream cannot be distinguished";
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, message)
                        .label("a response by status")
                        .note(accept.span, "a stream")
                        .help(format!("write the type of one {item}")),
                );
                None
            }
            Some((span, ResponseDecl::Type(text))) if text.value == BINARY => {
                let message = format!("the {item}s of `{}` are not binary", accept.value);
                self.report(
                    Diagnostic::error(Code::InvalidValue, span, message)
                        .label(format!("expected the type of one {item}"))
                        .help(match family {
                            Family::Events => "write `string` for data that is not JSON",
                            _ => "write `json` for any JSON",
                        }),
                );
                None
            }
            Some(_) => Some(match family {
                Family::Events if self.is_text(resource, decl) => ResponseFormat::TextEvents,
                Family::Events => ResponseFormat::Events,
                Family::JsonSequence => ResponseFormat::JsonSequence,
                _ => ResponseFormat::JsonLines,
            }),
        }
    }

    /// Whether the response is text, which can have a name of its own.
    fn is_text(&mut self, resource: ResourceId, decl: &OperationDecl) -> bool {
        let Some((_, mut text)) = type_text(decl) else { return false };
        let mut from = resource;
        // A name that refers to itself is reported at its definition.
        for _ in 0..=self.scope.types.len() {
            let Some(id) = self.scope.find(Some(from), text) else { break };
            let Some((_, written)) = self.alias_decl(id) else { break };
            let Some(declared) = self.scope.types.get(id.0) else { break };
            from = declared.resource;
            self.used_aliases.insert(id);
            text = written.value.trim();
        }
        text == TEXT
    }

    /// Returns the format of text or bytes.
    fn whole_format(
        &mut self,
        resource: ResourceId,
        decl: &OperationDecl,
        accept: &Spanned<String>,
    ) -> Option<ResponseFormat> {
        if matches!(type_text(decl), Some((_, BINARY))) {
            return Some(ResponseFormat::Binary);
        }
        if self.is_text(resource, decl) {
            self.check_charset(accept);
            return Some(ResponseFormat::Text);
        }
        let message = format!("a response of `{}` is text or bytes", accept.value);
        let help = help_for_whole(decl, accept);
        self.report(match decl.response.as_ref().map(|response| response.span) {
            Some(span) => Diagnostic::error(Code::InvalidValue, span, message)
                .label("expected `string` or `binary`")
                .note(accept.span, "not JSON")
                .help(help),
            None => {
                Diagnostic::error(Code::MissingKey, accept.span, message).label("no `response`").help(help)
            }
        });
        None
    }

    /// Reports keys that only a response of JSON can have.
    fn check_no_effect(&mut self, decl: &OperationDecl, accept: &Spanned<String>) {
        let envelope = decl.envelope.as_ref().and_then(|names| names.first()).map(|name| name.span);
        let paginate = decl.paginate.as_ref().map(|paginate| paginate.style.span);
        for (key, span) in [("envelope", envelope), ("paginate", paginate)] {
            let Some(span) = span else { continue };
            let message = format!("`{key}` has no effect beside `accept: {}`", accept.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, span, message)
                    .label("only a response of JSON has these fields")
                    .help(format!("remove `{key}`")),
            );
        }
    }

    /// Resolves the items of a stream.
    fn stream_items(&mut self, api: &Api, resource: ResourceId, decl: &'s OperationDecl) -> Responses {
        let items = self.responses(api, &[], resource, decl);
        if let Response::Object(object) = &items.response
            && let Some(part) = object.fields.iter().find(|field| field.location != FieldLocation::Key)
        {
            let message = format!("`{}` is not a part of an item", part.name);
            self.report(
                Diagnostic::error(Code::MisplacedParam, part.span, message)
                    .label("each item has only keys of JSON")
                    .help(
                        "remove `in`; the method `headers` of the stream returns the headers of the response",
                    ),
            );
        }
        if let (Response::Empty, Some(response)) = (&items.response, &decl.response) {
            let problem = Diagnostic::error(Code::InvalidValue, response.span, "the items have no fields");
            self.report(problem.label("expected the type of one item").help("write `json` for any JSON"));
        }
        items
    }
}

/// Returns the responses of an operation that returns one type.
fn only(ty: Type) -> Responses {
    Responses { response: Response::Type(ty), accepts_any_body: false, statuses: Vec::new() }
}

/// Returns the type expression of a response that is one.
fn type_text(decl: &OperationDecl) -> Option<(Span, &str)> {
    match decl.response.as_ref().map(|response| (response.span, &response.value)) {
        Some((span, ResponseDecl::Type(text))) => Some((span, text.value.trim())),
        _ => None,
    }
}

/// Returns the advice for a response that is neither text nor bytes.
fn help_for_whole(decl: &OperationDecl, accept: &Spanned<String>) -> String {
    if accept.value.to_ascii_lowercase().contains("event-stream") {
        return "write `accept: text/event-stream` for a stream of events".to_owned();
    }
    let types = match accept.value.starts_with("text/") {
        true => "write `response: string`, or `response: binary` to receive bytes",
        false => "write `response: binary`, or `response: string` for text in UTF-8",
    };
    let lacks = match decl.response.as_ref().map(|response| &response.value) {
        Some(ResponseDecl::ByStatus(_)) => "; such a response has no statuses",
        Some(ResponseDecl::Fields(_)) => "; such a response has no fields and no headers",
        Some(ResponseDecl::Type(text)) if text.value.trim() == "none" => {
            "; remove `accept` and `response` for a response without content"
        }
        Some(ResponseDecl::Type(text)) if text.value.contains(['?', '|']) => {
            "; such a response is always present"
        }
        _ => "",
    };
    format!("{types}{lacks}")
}

fn family(media_type: &str) -> Family {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/event-stream" => Family::Events,
        "application/jsonl"
        | "application/x-ndjson"
        | "application/ndjson"
        | "application/x-jsonlines"
        | "application/jsonlines" => Family::JsonLines,
        "application/json-seq" => Family::JsonSequence,
        "application/json" | "text/json" => Family::Json,
        other if other.ends_with("+json-seq") => Family::JsonSequence,
        other if other.ends_with("+json") => Family::Json,
        _ => Family::Other,
    }
}
