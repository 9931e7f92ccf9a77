//! Checks of examples against the runtime. A rejected example would make docs and generated tests show a failing call.

use super::headers::{is_cookie_value, is_header_value};
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Api, Field, FieldLocation, Operation, ParamLocation, ParamStyle, Response, ResponseFormat, items,
    plain_text,
};
use crate::source::Span;
use crate::value::Value;

impl Resolver<'_> {
    /// Reports examples of parameters and options that the runtime rejects. All examples are known at this point.
    pub(super) fn check_examples_can_be_sent(&mut self, api: &Api) {
        for operation in &api.operations {
            let params = operation.example.params.iter().filter_map(|(index, value)| {
                let param = operation.params.get(*index).filter(|param| !param.flatten)?;
                let ambiguous = ambiguity(param.location, param.style, value);
                let text = match param.location {
                    ParamLocation::Header => ParamStyle::header_text(param.style, &param.field.wire, value),
                    _ => ParamStyle::text(param.style, &param.field.wire, value),
                };
                let label =
                    ambiguous.or_else(|| refusal(operation, param.location, &param.field.wire, &text))?;
                Some((&param.field.name, param.field.span, label))
            });
            let options = operation.example.options.iter().filter_map(|(group, header, value)| {
                let group = api.options.get(*operation.options.get(*group)?)?;
                let header = group.headers.get(*header)?;
                let label = refusal(operation, ParamLocation::Header, &header.header, &plain_text(value))?;
                Some((&header.name, header.span, label))
            });
            let refused: Vec<(&String, Span, &str)> = params.chain(options).collect();
            for (name, span, label) in refused {
                let message = format!("the example of `{name}` in `{}` cannot be sent", operation.name);
                self.report(
                    Diagnostic::error(Code::ExampleMismatch, span, message)
                        .label(label)
                        .help("give an `example` that the server would accept"),
                );
            }
            self.check_examples_of_headers(&operation.response);
            self.check_example_of_event(operation);
        }
    }

    /// Reports an example of an event that clients read as the end of the stream, or as another text.
    fn check_example_of_event(&mut self, operation: &Operation) {
        let Some(accept) = operation.accept.as_ref().filter(|accept| accept.format.has_events()) else {
            return;
        };
        let Some(example) = &operation.example.response else { return };
        let data = match (accept.format, example.as_text()) {
            (ResponseFormat::TextEvents, Some(text)) => text.to_owned(),
            _ => example.to_string(),
        };
        let (label, help) = if accept.end_marker.as_ref() == Some(&data) {
            ("equal to `end_marker`, which ends the stream", "give an example of an event before the end")
        } else if data.contains('\r') {
            ("events separate lines with `\\n` alone", "remove `\\r`")
        } else {
            return;
        };
        let message = format!("the example response of `{}` cannot be the data of an event", operation.name);
        self.report(
            Diagnostic::error(Code::ExampleMismatch, operation.span, message).label(label).help(help),
        );
    }

    /// Reports examples of headers in responses that clients read as another value.
    fn check_examples_of_headers(&mut self, response: &Response) {
        let fields: &[Field] = match response {
            Response::ByStatus(statuses) => {
                return statuses.iter().for_each(|status| self.check_examples_of_headers(&status.response));
            }
            Response::Object(object) => &object.fields,
            Response::Empty | Response::Type(_) => &[],
        };
        for field in fields.iter().filter(|field| field.location == FieldLocation::Header) {
            let Some(label) = misreading(&field.example) else { continue };
            let message = format!("the example of `{}` cannot be the header `{}`", field.name, field.wire);
            // A field of the envelope is in several responses.
            self.report_once(
                Diagnostic::error(Code::ExampleMismatch, field.span, message)
                    .label(label)
                    .help("give an `example` that a header can contain"),
            );
        }
    }
}

/// Returns the reason why a header in a response is read as another value.
fn misreading(value: &Value) -> Option<&'static str> {
    let items = match value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let texts = || items.iter().filter_map(Value::as_text);
    if texts().any(|text| text.trim() != text || text.is_empty()) {
        Some("text in a header is not empty and has no blanks around it")
    } else if texts().any(|text| text.contains(char::is_control)) {
        Some("a header is a single line without control characters")
    } else if matches!(value, Value::List(_)) && texts().any(|text| text.contains(',')) {
        Some("commas separate the items of a list in a header")
    } else {
        None
    }
}

/// Returns the reason why the parts of a value cannot be separated again.
fn ambiguity(location: ParamLocation, style: Option<ParamStyle>, value: &Value) -> Option<&'static str> {
    let is_several = matches!(value, Value::List(_) | Value::Map(_));
    let Some(style) = style else {
        let is_outside = !location.is_body() && location != ParamLocation::Bearer;
        return (is_outside && is_several).then_some("without a `style`, only a single text can be sent");
    };
    if style == ParamStyle::Brackets || style == ParamStyle::Repeat {
        return has_bracket(value).then_some("a key must not be empty or contain a bracket");
    }
    let separator = style.separator().filter(|_| is_several)?;
    let items = items(value);
    if items.is_empty() && location == ParamLocation::Path {
        return Some("a path parameter must not be empty or blank");
    }
    items
        .iter()
        .any(|item| item.is_empty() || item.contains(separator))
        .then_some("an item must not be empty or contain the separator of its `style`")
}

/// Whether a key of the value is ambiguous in brackets.
fn has_bracket(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(has_bracket),
        Value::Map(entries) => entries
            .iter()
            .any(|(key, value)| key.is_empty() || key.contains(['[', ']']) || has_bracket(value)),
        _ => false,
    }
}

/// Returns the reason why the runtime rejects a value.
fn refusal(operation: &Operation, place: ParamLocation, wire: &str, text: &str) -> Option<&'static str> {
    let fills_segment = || operation.path.split('/').any(|segment| segment == format!("{{{wire}}}"));
    match place {
        ParamLocation::Header if !is_header_value(text) => {
            Some("expected visible ASCII without blanks around it")
        }
        ParamLocation::Cookie if !is_cookie_value(text) => {
            Some("a cookie consists of visible ASCII without blanks, `\"`, `,`, `;` and `\\`")
        }
        ParamLocation::Bearer if !is_header_value(text) || text.contains(' ') => {
            Some("a bearer token consists of visible ASCII without blanks")
        }
        ParamLocation::Path if text.trim().is_empty() => Some("a path parameter must not be empty or blank"),
        ParamLocation::Path if matches!(text, "." | "..") && fills_segment() => {
            Some("a path segment must not be `.` or `..`")
        }
        _ => None,
    }
}
