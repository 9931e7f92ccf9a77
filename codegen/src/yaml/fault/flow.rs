//! Errors of lists and maps in brackets.

use super::super::Layout;
use super::super::lines::{content_of, indent_of, key_line, line_at};
use super::{Extent, Fault, Place};
use crate::diagnostic::{Code, Diagnostic};

/// Explains an error of a list or a map in brackets.
pub(super) fn flow(place: &Place<'_>) -> Option<Fault> {
    let open = place.scan.open.last().copied()?;
    let at = place.at;
    // The parser returns to a bracket that is never closed.
    if place.scan.open.contains(&at) {
        return Some(unclosed(place, at));
    }
    if is_left(place, open) {
        return Some(unclosed(place, open));
    }
    match place.char_at(at) {
        Some(c @ (']' | '}')) if c != closing(place, open) => Some(mismatch(place, open, at)),
        Some('-') => Some(place.fault(
            place.one(at),
            Extent::Value,
            "`-` inside brackets",
            "items in brackets have no `-`",
            "separate the items by `,` and remove the `-`, or put the text in quotes",
        )),
        Some(c @ ('|' | '>')) => Some(place.fault(
            place.one(at),
            Extent::Value,
            &format!("a text without quotes begins with `{c}`"),
            "block text is not allowed inside brackets",
            place.quote(at),
        )),
        Some('[' | '{') => Some(bracket_in_text(place, at)),
        Some(':') => Some(colon(place, open)),
        _ => Some(no_comma(place, open)),
    }
}

fn closing(place: &Place<'_>, open: usize) -> char {
    if place.char_at(open) == Some('[') { ']' } else { '}' }
}

/// Whether the failure is outside the lines that can belong to the brackets.
///
/// That is the end of the file, or a key that is indented no deeper than the key of the brackets.
fn is_left(place: &Place<'_>, open: usize) -> bool {
    let line = line_at(place.text, place.at);
    if place.text.get(place.at..).is_none_or(|rest| rest.trim().is_empty()) {
        return true;
    }
    if line == line_at(place.text, open) {
        return false;
    }
    let block = place.frames.iter().rev().find(|frame| frame.layout == Layout::Block);
    let column = block.map_or(0, |frame| indent_of(place.text, frame.start.start));
    let is_key =
        key_line(place.text, &line).is_some() && place.char_at(content_of(place.text, &line)) != Some('"');
    block.is_some() && is_key && content_of(place.text, &line) - line.start <= column
}

fn unclosed(place: &Place<'_>, open: usize) -> Fault {
    if let Some(at) = wrong_bracket(place, open) {
        return mismatch(place, open, at);
    }
    let bracket = place.char_at(open).unwrap_or('{');
    place.fault(
        place.one(open),
        Extent::Value,
        &format!("`{bracket}` is not closed"),
        "opened here",
        &format!("put a `{}` where the value ends", closing(place, open)),
    )
}

/// Returns the mismatched bracket at the end of the line, unless an earlier bracket matches it.
fn wrong_bracket(place: &Place<'_>, open: usize) -> Option<usize> {
    let rest = place.rest_of_line(open);
    let (other, other_open) = if place.char_at(open) == Some('[') { ('}', '{') } else { (']', '[') };
    let is_matched = rest.matches(other).count() <= rest.matches(other_open).count()
        || place.scan.open.iter().any(|outer| *outer < open && place.char_at(*outer) == Some(other_open));
    (rest.ends_with(other) && !is_matched).then(|| open + rest.len() - 1)
}

fn mismatch(place: &Place<'_>, open: usize, at: usize) -> Fault {
    let (bracket, expected) = (place.char_at(open).unwrap_or('{'), closing(place, open));
    let found = place.char_at(at).unwrap_or('}');
    let problem =
        Diagnostic::error(Code::NotYaml, place.one(at), format!("`{found}` does not close `{bracket}`"))
            .label(format!("expected `{expected}`"))
            .note(place.one(open), "opened here")
            .help(format!("put a `{expected}` instead of it"));
    Fault::new(problem, Extent::Value)
}

/// Explains a bracket in an unquoted text: `{ doc: Lists [User]s. }`.
fn bracket_in_text(place: &Place<'_>, at: usize) -> Fault {
    let c = place.char_at(at).unwrap_or('[');
    place.fault(
        place.one(at),
        Extent::Value,
        &format!("a text without quotes contains `{c}`"),
        &format!("`{c}` opens a list or a map inside brackets"),
        quote_in_flow(place, at),
    )
}

/// Explains a misplaced colon: `{ doc: One: two }` or `{ type: string doc: Two. }`.
fn colon(place: &Place<'_>, open: usize) -> Fault {
    let text = place.last.and_then(|last| place.text.get(last.start..place.at)).unwrap_or("");
    let key = text.trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    if key.is_empty() {
        return no_comma(place, open);
    }
    if key.len() == text.trim_end().len() {
        return place.fault(
            place.one(place.at),
            Extent::Value,
            "a text without quotes contains `: `",
            "`:` before a blank ends a key",
            quote_in_flow(place, place.at),
        );
    }
    let start = place.at - (text.len() - text.rfind(key).unwrap_or(0));
    place.fault(
        place.span(start, place.at + 1),
        Extent::Value,
        "a text without quotes contains `: `",
        "`:` before a blank ends a key",
        &format!("put a `,` before `{key}` if it is a key; if it belongs to the text, put the whole text in double quotes"),
    )
}

fn no_comma(place: &Place<'_>, open: usize) -> Fault {
    if place.scan.closed.is_some() {
        let end =
            place.at + place.rest_of_line(place.at).split([' ', ',', ']', '}']).next().map_or(0, str::len);
        return place.fault(
            place.span(place.at, end),
            Extent::Value,
            "text follows a closing bracket",
            "the value has ended before this",
            "put a `,` before this if it is a key or an item; if it belongs to a text, put the whole text in double quotes",
        );
    }
    let expected = closing(place, open);
    let problem = Diagnostic::error(
        Code::NotYaml,
        place.one(place.at),
        format!("neither a `,` nor a `{expected}` follows a value in brackets"),
    )
    .label(format!("expected `,` or `{expected}`"))
    .note(place.one(open), "opened here")
    .help("put a `,` before this, or put the text in double quotes if this belongs to it");
    Fault::new(problem, Extent::Value)
}

fn quote_in_flow(place: &Place<'_>, at: usize) -> &'static str {
    place.quote(place.last.filter(|last| last.end <= at).map_or(at, |last| last.start))
}
