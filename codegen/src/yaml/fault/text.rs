//! Errors of text that needs quotes.

use super::super::lines::{content_of, is_invisible, key_line, line_at, lines_between};
use super::{Extent, Fault, Place};
use crate::diagnostic::{Code, Diagnostic};

/// Explains a character that looks like a space where YAML requires a space.
pub(super) fn invisible(place: &Place<'_>) -> Option<Fault> {
    let from = place.last.map_or(place.at, |last| last.start.min(place.at));
    let found = lines_between(place.text, from, place.at)
        .into_iter()
        .find_map(|line| structural(place.text, line))?;
    let c = place.char_at(found)?;
    let line = line_at(place.text, found);
    let is_indent = place.text.get(line.start..found)?.trim().is_empty();
    Some(place.fault(
        place.one(found),
        if is_indent { Extent::Line } else { Extent::Value },
        &format!("U+{:04X} is not a blank", u32::from(c)),
        "looks like a blank, and is a letter to YAML",
        "type a plain blank instead",
    ))
}

/// Finds such a character before the text of a line, or after a `:`, `-` or `,`.
fn structural(text: &str, line: std::ops::Range<usize>) -> Option<usize> {
    let all = text.get(line.clone())?;
    let is_structural = |at: usize| {
        let before = all.get(..at).unwrap_or("");
        before.trim().is_empty() || before.ends_with([':', ',', '{', '[']) || before.trim_start() == "-"
    };
    all.char_indices().find(|(at, c)| is_invisible(*c) && is_structural(*at)).map(|(at, _)| line.start + at)
}

/// Explains text that begins with a character that YAML reserves.
pub(super) fn first_character(place: &Place<'_>) -> Option<Fault> {
    if let Some(fault) = curly_quotes(place) {
        return Some(fault);
    }
    if let Some(fault) = named(place) {
        return Some(fault);
    }
    let is_reserved = |at: &usize| matches!(place.char_at(*at), Some('@' | '`' | '%' | '&' | '*' | '!'));
    let start = [place.at, place.scan.token].into_iter().find(is_reserved).or_else(|| sign(place))?;
    Some(reserved(place, start))
}

/// Finds a sign without a meaning at the start of the value of the line.
fn sign(place: &Place<'_>) -> Option<usize> {
    let line = line_at(place.text, place.at);
    let value = key_line(place.text, &line).filter(|_| !place.scan.is_in_flow())?.value;
    let is_sign = match place.char_at(value)? {
        ',' | ']' | '}' => true,
        '?' => place.rest_of_line(value + 1).starts_with(' ') || place.rest_of_line(value + 1).is_empty(),
        _ => false,
    };
    is_sign.then_some(value)
}

fn reserved(place: &Place<'_>, start: usize) -> Fault {
    let c = place.char_at(start).unwrap_or(' ');
    let label = match c {
        '&' => "`&` begins the name of a value",
        '*' => "`*` begins the use of a named value",
        '!' => "`!` begins a tag",
        _ => "YAML keeps this character for itself",
    };
    let sign = if c == '`' { "a backtick".to_owned() } else { format!("`{c}`") };
    let message = format!("a text without quotes begins with {sign}");
    place.fault(place.one(start), Extent::Value, &message, label, place.quote(start))
}

/// Explains an anchor, an alias or a tag that is the start of a text.
fn named(place: &Place<'_>) -> Option<Fault> {
    let last = place.last?;
    let is_name = matches!(place.char_at(last.start), Some('&' | '*' | '!'));
    let is_on_line = place.text.get(last.end..place.at).is_some_and(|between| !between.contains('\n'));
    (is_name && is_on_line && last.end <= place.at).then(|| reserved(place, last.start))
}

/// Explains a directive without a `---` after it, or a line that looks like one.
pub(super) fn directive(place: &Place<'_>) -> Option<Fault> {
    let lines = lines_between(place.text, 0, place.at);
    let line = lines
        .iter()
        .rev()
        .find(|line| place.text.get(line.start..).is_some_and(|rest| rest.starts_with('%')))?;
    let is_first = place.last.is_none_or(|last| last.start > line.start || last.end < line.start);
    let rest = place.text.get(line.clone())?;
    if place.text.get(line.end..place.at).is_some_and(|behind| behind.contains("\n---")) || !is_first {
        return None;
    }
    let help = if place.last.is_none() && (rest.starts_with("%YAML") || rest.starts_with("%TAG")) {
        "put a line `---` after the directive, or remove it"
    } else {
        "remove the line, or begin it with `#` if it is a comment"
    };
    let span = place.span(line.start, line.end);
    Some(place.fault(span, Extent::Line, "a line begins with `%`", "`%` begins a directive", help))
}

/// Explains typographic quotes.
fn curly_quotes(place: &Place<'_>) -> Option<Fault> {
    let starts = [Some(place.scan.token), place.last.map(|last| last.start), Some(place.at)];
    let start = starts.into_iter().flatten().find(|at| {
        matches!(
            place.char_at(*at),
            Some('\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{ab}')
        )
    })?;
    if line_at(place.text, start) != line_at(place.text, place.at) {
        return None;
    }
    let c = place.char_at(start).unwrap_or(' ');
    Some(place.fault(
        place.one(start),
        Extent::Value,
        &format!("`{c}` is not a quotation mark of YAML"),
        "a letter like others to YAML",
        "put the text in straight quotes, `\"` or `'`",
    ))
}

/// Explains text after a closing bracket, or a comment inside a text.
pub(super) fn behind(place: &Place<'_>) -> Option<Fault> {
    if place.scan.is_in_flow() {
        return None;
    }
    if place.char_at(place.at) == Some('#') {
        return Some(comment(place));
    }
    if let Some(fault) = block_header(place) {
        return Some(fault);
    }
    let closed = place.scan.closed.filter(|closed| line_at(place.text, *closed).end >= place.at)?;
    let c = place.char_at(place.at)?;
    if matches!(c, ']' | '}') {
        return Some(place.fault(
            place.one(place.at),
            Extent::Value,
            &format!("no bracket is open for this `{c}`"),
            "all brackets are closed before this",
            &format!("remove the `{c}`"),
        ));
    }
    let line = line_at(place.text, closed);
    let start = key_line(place.text, &line).map_or_else(|| content_of(place.text, &line), |key| key.value);
    let end = place.at + place.rest_of_line(place.at).len();
    let problem =
        Diagnostic::error(Code::NotYaml, place.span(place.at, end), "text follows a closing bracket")
            .label("the value has ended before this")
            .note(place.one(closed), "ends here")
            .help(place.quote(start));
    Some(Fault::new(problem, Extent::Value))
}

/// Explains a comment between two lines of one text.
fn comment(place: &Place<'_>) -> Fault {
    let line = line_at(place.text, place.at);
    let start = key_line(place.text, &line).map_or_else(|| content_of(place.text, &line), |key| key.value);
    let help = if place.text.get(start..line.end).is_some_and(|text| text.contains(['"', '\\'])) {
        "write the text below a `|`, or move the comment to a line of its own above the key"
    } else {
        "put the whole text in double quotes if the `#` belongs to it; else move the comment above the key"
    };
    place.fault(
        place.span(place.at, line.end),
        Extent::Value,
        "a comment is inside a text",
        "the text continues after this comment",
        help,
    )
}

/// Explains text directly after the sign of a block text.
fn block_header(place: &Place<'_>) -> Option<Fault> {
    let line = line_at(place.text, place.at);
    let key = key_line(place.text, &line)?;
    let sign = place.char_at(key.value).filter(|c| matches!(c, '|' | '>'))?;
    let rest = place.text.get(key.value + 1..line.end)?;
    let text = rest.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if text.trim().is_empty() || text.trim_start().starts_with('#') {
        return None;
    }
    let start = line.end - text.trim_start().len();
    Some(place.fault(
        place.span(start, line.end),
        Extent::Value,
        &format!("text follows `{sign}` on its line"),
        &format!("the text of `{sign}` begins on the next line"),
        "move the text to the next line and indent it deeper than the key, or put all of it in quotes",
    ))
}

/// Explains a `:` where no key is allowed.
pub(super) fn colon(place: &Place<'_>) -> Option<Fault> {
    if place.scan.is_in_flow() || place.char_at(place.at) != Some(':') {
        return None;
    }
    let last = place.last.filter(|last| last.start < place.at)?;
    let (first, here) = (line_at(place.text, last.start), line_at(place.text, place.at));
    if first == here {
        return Some(in_text(place, last.start));
    }
    if key_line(place.text, &first).is_none() {
        return super::block::no_colon(place, &first);
    }
    let key = key_line(place.text, &here)?;
    let name = place.text.get(key.key.clone()).unwrap_or("");
    let upper = key_line(place.text, &first).and_then(|key| place.text.get(key.key)).unwrap_or("");
    let problem = Diagnostic::error(
        Code::WrongIndentation,
        place.span(key.key.start, key.key.end),
        format!("the key `{name}` is inside the text of `{upper}`"),
    )
    .label(format!("indented deeper than `{upper}`, so it continues that text"))
    .note(place.span(last.start, first.end), "the text begins here")
    .help(format!(
        "indent `{name}` like `{upper}`; if the line belongs to the text, write all of the text below a `|`"
    ));
    Some(Fault::new(problem, Extent::Value))
}

/// Explains a `: ` inside a text of one line.
fn in_text(place: &Place<'_>, start: usize) -> Fault {
    let line = line_at(place.text, start);
    let value = key_line(place.text, &line).map_or(start, |key| key.value).min(start);
    place.fault(
        place.one(place.at),
        Extent::Value,
        "a text without quotes contains `: `",
        "`:` before a blank ends a key",
        place.quote(value),
    )
}
