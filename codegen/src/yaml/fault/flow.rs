//! Errors of lists and maps in brackets.

use super::context::{Context, Extent, Fault};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::lines::{content_of, indent_of, key_line, line_at};
use crate::yaml::node::Layout;

/// Explains an error of a list or a map in brackets.
pub(super) fn flow(context: &Context<'_>) -> Option<Fault> {
    let open = context.scan.open.last().copied()?;
    let at = context.at;
    // The parser returns to a bracket that is never closed.
    if context.scan.open.contains(&at) {
        return Some(unclosed(context, at));
    }
    if is_left(context, open) {
        return Some(unclosed(context, open));
    }
    match context.char_at(at) {
        Some(c @ (']' | '}')) if c != closing(context, open) => Some(mismatch(context, open, at)),
        Some('-') => Some(context.fault(
            context.one(at),
            Extent::Value,
            "`-` inside brackets",
            "items in brackets have no `-`",
            "separate the items by `,` and remove the `-`, or put the text in quotes",
        )),
        Some(c @ ('|' | '>')) => Some(context.fault(
            context.one(at),
            Extent::Value,
            &format!("a text without quotes begins with `{c}`"),
            "block text is not allowed inside brackets",
            context.quote(at),
        )),
        Some('[' | '{') => Some(bracket_in_text(context, at)),
        Some(':') => Some(colon(context, open)),
        _ => Some(no_comma(context, open)),
    }
}

fn closing(context: &Context<'_>, open: usize) -> char {
    if context.char_at(open) == Some('[') { ']' } else { '}' }
}

/// Whether the failure is outside the lines that can belong to the brackets.
///
/// That is the end of the file, or a key that is indented no deeper than the key of the brackets.
fn is_left(context: &Context<'_>, open: usize) -> bool {
    let line = line_at(context.text, context.at);
    if context.text.get(context.at..).is_none_or(|rest| rest.trim().is_empty()) {
        return true;
    }
    if line == line_at(context.text, open) {
        return false;
    }
    let block = context.frames.iter().rev().find(|frame| frame.layout == Layout::Block);
    let column = block.map_or(0, |frame| indent_of(context.text, frame.start.start));
    let is_key = key_line(context.text, &line).is_some()
        && context.char_at(content_of(context.text, &line)) != Some('"');
    block.is_some() && is_key && content_of(context.text, &line) - line.start <= column
}

fn unclosed(context: &Context<'_>, open: usize) -> Fault {
    if let Some(at) = wrong_bracket(context, open) {
        return mismatch(context, open, at);
    }
    let bracket = context.char_at(open).unwrap_or('{');
    context.fault(
        context.one(open),
        Extent::Value,
        &format!("`{bracket}` is not closed"),
        "opened here",
        &format!("put a `{}` where the value ends", closing(context, open)),
    )
}

/// Returns the mismatched bracket at the end of the line, unless an earlier bracket matches it.
fn wrong_bracket(context: &Context<'_>, open: usize) -> Option<usize> {
    let rest = context.rest_of_line(open);
    let (other, other_open) = if context.char_at(open) == Some('[') { ('}', '{') } else { (']', '[') };
    let is_matched = rest.matches(other).count() <= rest.matches(other_open).count()
        || context.scan.open.iter().any(|outer| *outer < open && context.char_at(*outer) == Some(other_open));
    (rest.ends_with(other) && !is_matched).then(|| open + rest.len() - 1)
}

fn mismatch(context: &Context<'_>, open: usize, at: usize) -> Fault {
    let (bracket, expected) = (context.char_at(open).unwrap_or('{'), closing(context, open));
    let found = context.char_at(at).unwrap_or('}');
    let problem =
        Diagnostic::error(Code::NotYaml, context.one(at), format!("`{found}` does not close `{bracket}`"))
            .label(format!("expected `{expected}`"))
            .note(context.one(open), "opened here")
            .help(format!("put a `{expected}` instead of it"));
    Fault::new(problem, Extent::Value)
}

/// Explains a bracket in an unquoted text: `{ doc: Lists [User]s. }`.
fn bracket_in_text(context: &Context<'_>, at: usize) -> Fault {
    let c = context.char_at(at).unwrap_or('[');
    context.fault(
        context.one(at),
        Extent::Value,
        &format!("a text without quotes contains `{c}`"),
        &format!("`{c}` opens a list or a map inside brackets"),
        quote_in_flow(context, at),
    )
}

/// Explains a misplaced colon: `{ doc: One: two }` or `{ type: string doc: Two. }`.
fn colon(context: &Context<'_>, open: usize) -> Fault {
    let text = context.last.and_then(|last| context.text.get(last.start..context.at)).unwrap_or("");
    let key = text.trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    if key.is_empty() {
        return no_comma(context, open);
    }
    if key.len() == text.trim_end().len() {
        return context.fault(
            context.one(context.at),
            Extent::Value,
            "a text without quotes contains `: `",
            "`:` before a blank ends a key",
            quote_in_flow(context, context.at),
        );
    }
    let start = context.at - (text.len() - text.rfind(key).unwrap_or(0));
    context.fault(
        context.span(start, context.at + 1),
        Extent::Value,
        "a text without quotes contains `: `",
        "`:` before a blank ends a key",
        &format!("put a `,` before `{key}` if it is a key; if it belongs to the text, put the whole text in double quotes"),
    )
}

fn no_comma(context: &Context<'_>, open: usize) -> Fault {
    if context.scan.closed.is_some() {
        let end = context.at
            + context.rest_of_line(context.at).split([' ', ',', ']', '}']).next().map_or(0, str::len);
        return context.fault(
            context.span(context.at, end),
            Extent::Value,
            "text follows a closing bracket",
            "the value has ended before this",
            "put a `,` before this if it is a key or an item; if it belongs to a text, put the whole text in double quotes",
        );
    }
    let expected = closing(context, open);
    let problem = Diagnostic::error(
        Code::NotYaml,
        context.one(context.at),
        format!("neither a `,` nor a `{expected}` follows a value in brackets"),
    )
    .label(format!("expected `,` or `{expected}`"))
    .note(context.one(open), "opened here")
    .help("put a `,` before this, or put the text in double quotes if this belongs to it");
    Fault::new(problem, Extent::Value)
}

fn quote_in_flow(context: &Context<'_>, at: usize) -> &'static str {
    context.quote(context.last.filter(|last| last.end <= at).map_or(at, |last| last.start))
}
