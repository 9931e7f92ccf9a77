//! Doc comments: text of the spec, and paragraphs about the generated code.

use proc_macro2::TokenStream;
use quote::quote;

use crate::characters::escape_bidi;
use crate::model::{self, FieldLocation, Limits, Permission, ResourceId, Type};
use crate::rust::doc;
use crate::rust::format::DOC_LINE_END;
use crate::rust::lower::{Operation, Package, Resource, TypeItem};
use crate::value::Value;

use super::import_scope::ImportScope;

/// A doc comment under construction, as paragraphs separated by empty lines.
///
/// Remains empty in the pass that collects names, since docs mark none.
pub(super) struct Doc<'s, 'p, 'a> {
    scope: &'s ImportScope<'p, 'a>,
    /// The resource from which references are resolved.
    home: Option<ResourceId>,
    lines: Vec<String>,
}

impl<'s, 'p, 'a> Doc<'s, 'p, 'a> {
    pub(super) fn new(scope: &'s ImportScope<'p, 'a>, home: Option<ResourceId>) -> Self {
        Self { scope, home, lines: Vec::new() }
    }

    /// Adds text of the spec.
    pub(super) fn text(mut self, text: &str) -> Self {
        if self.scope.is_collecting() {
            return self;
        }
        let lines = doc::lines(text, &|reference| self.scope.link(self.home, reference));
        self.paragraph(lines);
        self
    }

    pub(super) fn package(&self) -> &'p Package<'a> {
        self.scope.package
    }

    /// Returns the first sentence of a text of the spec, on one line. References are resolved from `home`.
    pub(super) fn summary(&self, home: Option<ResourceId>, text: &str) -> String {
        if self.scope.is_collecting() {
            return String::new();
        }
        let lines = doc::lines(doc::summary(text), &|reference| self.scope.link(home, reference));
        lines.join(" ")
    }

    /// Adds a paragraph of the generator, which is Markdown. An empty line adds nothing.
    pub(super) fn line(mut self, line: impl Into<String>) -> Self {
        let line = line.into();
        if !line.is_empty() && !self.scope.is_collecting() {
            self.paragraph(wrap(&line, ""));
        }
        self
    }

    /// Adds a list. Items are indented by their leading spaces.
    pub(super) fn list(self, items: &[String]) -> Self {
        if self.scope.is_collecting() {
            return self;
        }
        let lines = items.iter().flat_map(|item| {
            let text = item.trim_start();
            let indent = " ".repeat(item.len() - text.len());
            let lines = wrap(text, "  ").into_iter();
            lines.map(move |line| format!("{indent}{line}")).collect::<Vec<_>>()
        });
        let lines = lines.collect();
        self.block(lines)
    }

    /// Adds a paragraph of several lines.
    pub(super) fn block(mut self, lines: Vec<String>) -> Self {
        self.paragraph(lines);
        self
    }

    /// Adds a heading with its paragraph, unless the paragraph is empty.
    pub(super) fn section(self, heading: &str, lines: Vec<String>) -> Self {
        if lines.is_empty() { self } else { self.line(format!("# {heading}")).block(lines) }
    }

    /// Adds a section with an example. The example is built lazily, since it is expensive.
    pub(super) fn example(self, lines: impl FnOnce() -> Vec<String>) -> Self {
        if self.scope.is_collecting() { self } else { self.section("Example", lines()) }
    }

    fn paragraph(&mut self, lines: Vec<String>) {
        if self.scope.is_collecting() {
            return;
        }
        if !self.lines.is_empty() && !lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// Returns the doc as `///` lines.
    pub(super) fn outer(&self) -> TokenStream {
        let text = self.joined().into_iter();
        quote!(#(#[doc = #text])*)
    }

    /// Returns the doc as `//!` lines.
    pub(super) fn inner(&self) -> TokenStream {
        let text = self.joined().into_iter();
        quote!(#(#![doc = #text])*)
    }

    /// Returns all lines as one text. An attribute per line would be a sixth of all tokens.
    fn joined(&self) -> Option<String> {
        let lines: Vec<_> = self.lines.iter().map(|line| spaced(line)).collect();
        (!lines.is_empty()).then(|| lines.join(DOC_LINE_END.encode_utf8(&mut [0; 1])))
    }
}

/// The maximum width of prose, unless a link or a code span is longer.
const WIDTH: usize = 100;

/// Breaks a line between words. Code and the text of links stay whole. `indent` precedes every line but the first.
fn wrap(line: &str, indent: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut chunk = String::new();
    for word in line.split(' ') {
        chunk.push_str(word);
        if chunk.matches('`').count() % 2 == 1 {
            chunk.push(' ');
            continue;
        }
        let full = lines.last().is_some_and(|last| {
            !last.trim().is_empty() && last.chars().count() + 1 + chunk.chars().count() > WIDTH
        });
        match lines.last_mut() {
            Some(last) if !full => {
                if !last.is_empty() || word.is_empty() {
                    last.push(' ');
                }
                last.push_str(&chunk);
            }
            _ => lines.push(format!("{indent}{chunk}")),
        }
        chunk.clear();
    }
    lines
}

/// Returns a line with the space after `///`. A wire name in it can contain a character that rustc rejects.
fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {}", escape_bidi(line)) }
}

/// Returns the summary of a setter, which starts with a verb where the text of the spec is a noun phrase.
pub(super) fn setter_summary(text: &str) -> String {
    const STARTS: [&str; 5] = ["The ", "A ", "An ", "Your ", "Whether "];
    let summary = doc::summary(text);
    let start = STARTS.into_iter().find_map(|start| Some((start, summary.strip_prefix(start)?)));
    match start {
        Some((start, rest)) => format!("Sets {}{rest}", start.to_lowercase()),
        None => summary.to_owned(),
    }
}

/// Returns the line about the feature that the items of an operation require.
pub(super) fn operation_feature_line(package: &Package<'_>, operation: &Operation<'_>) -> String {
    feature_line(package.resource(operation.model.resource))
}

/// Returns the line about the feature that a module, a handle or a method requires.
pub(super) fn feature_line(resource: &Resource<'_>) -> String {
    let feature = resource.path.first().unwrap_or(&resource.module).plain();
    format!("Requires the `{feature}` feature.")
}

/// Returns the method and the path of an operation.
pub(super) fn request_line(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.model.method.as_str(), operation.model.target())
}

/// Returns `#[deprecated]` with the replacement as its note.
pub(super) fn deprecation(note: Option<&String>) -> Option<TokenStream> {
    let note = doc::plain(note?);
    Some(quote!(#[deprecated(note = #note)]))
}

/// Returns the doc of a type, and its deprecation.
pub(super) fn type_attributes(scope: &ImportScope<'_, '_>, item: &TypeItem<'_>) -> TokenStream {
    let resource = scope.package.resource(item.model.resource);
    let doc = Doc::new(scope, Some(resource.id)).text(&item.model.doc);
    let doc = if item.model.is_webhook { doc.line(WEBHOOK.to_owned()) } else { doc };
    let doc = doc.line(feature_line(resource)).outer();
    let deprecated = deprecation(item.model.deprecated.as_ref());
    quote!(#doc #deprecated)
}

/// The note of the payload of a webhook.
const WEBHOOK: &str = "Payload of a webhook. [`json::from_slice`](crate::runtime::json::from_slice) decodes the body of its request.";

/// Returns the attribute that allows generated code to use deprecated fields.
pub(super) fn allow_deprecated<'f>(
    fields: impl IntoIterator<Item = &'f model::Field>,
) -> Option<TokenStream> {
    fields.into_iter().any(|field| field.deprecated.is_some()).then(|| quote!(#[allow(deprecated)]))
}

/// Returns the doc of a parameter or of a field that users set: its text, its default and its limits.
pub(super) fn sent_field_doc<'s, 'p, 'a>(
    scope: &'s ImportScope<'p, 'a>,
    home: ResourceId,
    field: &model::Field,
) -> Doc<'s, 'p, 'a> {
    let facts = default_and_limits(field);
    let permission =
        field.permission.as_ref().map(|permission| format!("Requires {}.", permission_phrase(permission)));
    let facts: Vec<_> = Some(facts).filter(|it| !it.is_empty()).into_iter().chain(permission).collect();
    received_field_doc(scope, home, field).line(facts.join(" "))
}

/// Returns the default and the limits of a field that users set; empty without any.
pub(super) fn default_and_limits(field: &model::Field) -> String {
    let default = field.server_default.as_ref().filter(|_| field.optional);
    let default = default.map(|default| format!("Defaults to `{}`.", shown(default)));
    default.into_iter().chain(limit_sentences(&field.limits)).collect::<Vec<_>>().join(" ")
}

/// Returns the doc of a received field: its text, and the value of a missing field.
pub(super) fn received_field_doc<'s, 'p, 'a>(
    scope: &'s ImportScope<'p, 'a>,
    home: ResourceId,
    field: &model::Field,
) -> Doc<'s, 'p, 'a> {
    let doc = Doc::new(scope, Some(home)).text(field_text(scope, field));
    let doc = if field.assume_utc { doc.line(ASSUMES_UTC.to_owned()) } else { doc };
    let doc = match field.location {
        FieldLocation::Header => doc.line(format!("Read from the header `{}`.", field.wire)),
        FieldLocation::Key | FieldLocation::WholeBody => doc,
    };
    match &field.when_missing {
        Some(default) => doc.line(format!("Defaults to `{}` when the response omits it.", shown(default))),
        None => doc,
    }
}

/// The note of a field with `default_zone: utc`.
const ASSUMES_UTC: &str = "A time without an offset is interpreted as UTC.";

/// Returns a value in readable form. Text is quoted only if it would otherwise be invisible.
fn shown(value: &Value) -> String {
    match value.as_text() {
        Some(text) if !text.trim().is_empty() && !text.contains('`') => text.to_owned(),
        _ => value.to_string(),
    }
}

/// Returns the doc of a field. If it only repeats the doc of its type, its first sentence suffices.
fn field_text<'f>(scope: &ImportScope<'_, '_>, field: &'f model::Field) -> &'f str {
    match field.ty {
        Type::Named(id) if scope.package.type_item(id).model.doc == field.doc => doc::summary(&field.doc),
        _ => &field.doc,
    }
}

fn limit_sentences(limits: &Limits) -> impl Iterator<Item = String> {
    let range = range_phrase(limits.min, limits.max).map(|phrase| format!("{phrase}."));
    let length =
        range_phrase(limits.min_length, limits.max_length).map(|phrase| format!("{phrase} characters."));
    let items = range_phrase(limits.min_items, limits.max_items).map(|phrase| format!("{phrase} items."));
    let unique = limits.unique_items.then(|| "Without duplicates.".to_owned());
    [range, length, items, unique].into_iter().flatten()
}

fn range_phrase<T: std::fmt::Display>(least: Option<T>, most: Option<T>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("From {least} to {most}")),
        (Some(least), None) => Some(format!("At least {least}")),
        (None, Some(most)) => Some(format!("At most {most}")),
        (None, None) => None,
    }
}

/// Returns the rows of `# Permissions`: the permissions of the call, and those of single parameters.
pub(super) fn permission_lines(operation: &model::Operation) -> Vec<String> {
    let call = operation
        .permission
        .iter()
        .map(|permission| format!("- The call requires {}.", permission_phrase(permission)));
    let params = operation.params.iter().filter_map(|param| {
        let permission = param.field.permission.as_ref()?;
        Some(format!("- `{}` requires {}.", param.field.name, permission_phrase(permission)))
    });
    call.chain(params).collect()
}

fn permission_phrase(permission: &Permission) -> String {
    let Permission { resource, action, self_resource } = permission;
    match self_resource {
        None => format!("`{action}` on `{resource}`"),
        Some(own) => format!("`{action}` on `{resource}`, or on `{own}` if the caller acts on itself"),
    }
}
