//! Checks of examples against the runtime. A rejected example would make docs and generated tests show a failing call.

use super::headers::is_header_value;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, ParamLocation};
use crate::source::Span;
use crate::value::Value;

impl Resolver<'_> {
    /// Reports examples of parameters and options that the runtime rejects. All examples are known at this point.
    pub(super) fn check_examples_can_be_sent(&mut self, api: &Api) {
        for operation in &api.operations {
            let params = operation.example.params.iter().filter_map(|(index, value)| {
                let param = operation.params.get(*index).filter(|param| !param.flatten)?;
                let label = refusal(operation, param.location, &param.field.wire, &plain_text(value))?;
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
        }
    }
}

/// Returns the text of a value without JSON quotes.
fn plain_text(value: &Value) -> String {
    value.as_text().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the reason why the runtime rejects a value.
fn refusal(operation: &Operation, place: ParamLocation, wire: &str, text: &str) -> Option<&'static str> {
    let fills_segment = || operation.path.split('/').any(|segment| segment == format!("{{{wire}}}"));
    match place {
        ParamLocation::Header if !is_header_value(text) => {
            Some("expected visible ASCII without blanks around it")
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
