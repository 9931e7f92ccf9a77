//! Errors of text that needs quotes.

use super::block::no_colon;
use super::context::{Context, Extent, Fault};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::lines::{content_of, is_invisible, key_line, line_at, lines_between};

/// Explains a character that looks like a space where YAML requires a space.
pub(super) fn invisible(context: &Context<'_>) -> Option<Fault> {
    let from = context.last.map_or(context.at, |last| last.start.min(context.at));
    let found = lines_between(context.text, from, context.at)
        .into_iter()
        .find_map(|line| structural(context.text, line))?;
    let c = context.char_at(found)?;
    let line = line_at(context.text, found);
    let is_indent = context.text.get(line.start..found)?.trim().is_empty();
    Some(context.fault(
        context.one(found),
        if is_indent { Extent::Line } else { Extent::Value },
        &format!("U+{:04X} is not a blank", u32::from(c)),
        "a letter in YAML, although it looks like a blank",
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
pub(super) fn first_character(context: &Context<'_>) -> Option<Fault> {
    if let Some(fault) = curly_quotes(context) {
        return Some(fault);
    }
    if let Some(fault) = named(context) {
        return Some(fault);
    }
    let is_reserved = |at: &usize| matches!(context.char_at(*at), Some('@' | '`' | '%' | '&' | '*' | '!'));
    let start = [context.at, context.scan.token].into_iter().find(is_reserved).or_else(|| sign(context))?;
    Some(reserved(context, start))
}

/// Finds a sign without a meaning at the start of the value of the line.
fn sign(context: &Context<'_>) -> Option<usize> {
    let line = line_at(context.text, context.at);
    let value = key_line(context.text, &line).filter(|_| !context.scan.is_in_flow())?.value;
    let is_sign = match context.char_at(value)? {
        ',' | ']' | '}' => true,
        '?' => context.rest_of_line(value + 1).starts_with(' ') || context.rest_of_line(value + 1).is_empty(),
        _ => false,
    };
    is_sign.then_some(value)
}

fn reserved(context: &Context<'_>, start: usize) -> Fault {
    let c = context.char_at(start).unwrap_or(' ');
    let label = match c {
        '&' => "`&` begins the name of a value",
        '*' => "`*` begins the use of a named value",
        '!' => "`!` begins a tag",
        _ => "a character that YAML reserves",
    };
    let sign = if c == '`' { "a backtick".to_owned() } else { format!("`{c}`") };
    let message = format!("a text without quotes begins with {sign}");
    context.fault(context.one(start), Extent::Value, &message, label, context.quote(start))
}

/// Explains an anchor, an alias or a tag that is the start of a text.
fn named(context: &Context<'_>) -> Option<Fault> {
    let last = context.last?;
    let is_name = matches!(context.char_at(last.start), Some('&' | '*' | '!'));
    let is_on_line = context.text.get(last.end..context.at).is_some_and(|between| !between.contains('\n'));
    (is_name && is_on_line && last.end <= context.at).then(|| reserved(context, last.start))
}

/// Explains a directive without a `---` after it, or a line that looks like one.
pub(super) fn directive(context: &Context<'_>) -> Option<Fault> {
    let lines = lines_between(context.text, 0, context.at);
    let line = lines
        .iter()
        .rev()
        .find(|line| context.text.get(line.start..).is_some_and(|rest| rest.starts_with('%')))?;
    let is_first = context.last.is_none_or(|last| last.start > line.start || last.end < line.start);
    let rest = context.text.get(line.clone())?;
    if context.text.get(line.end..context.at).is_some_and(|behind| behind.contains("\n---")) || !is_first {
        return None;
    }
    let help = if context.last.is_none() && (rest.starts_with("%YAML") || rest.starts_with("%TAG")) {
        "put a line `---` after the directive, or remove it"
    } else {
        "remove the line, or begin it with `#` if it is a comment"
    };
    let span = context.span(line.start, line.end);
    Some(context.fault(span, Extent::Line, "a line begins with `%`", "`%` begins a directive", help))
}

/// Explains typographic quotes.
fn curly_quotes(context: &Context<'_>) -> Option<Fault> {
    let starts = [Some(context.scan.token), context.last.map(|last| last.start), Some(context.at)];
    let start = starts.into_iter().flatten().find(|at| {
        matches!(
            context.char_at(*at),
            Some('\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{ab}')
        )
    })?;
    if line_at(context.text, start) != line_at(context.text, context.at) {
        return None;
    }
    let c = context.char_at(start).unwrap_or(' ');
    Some(context.fault(
        context.one(start),
        Extent::Value,
        &format!("`{c}` is not a quotation mark of YAML"),
        "an ordinary letter in YAML",
        "put the text in straight quotes, `\"` or `'`",
    ))
}

/// Explains text after a closing bracket, or a comment inside a text.
pub(super) fn behind(context: &Context<'_>) -> Option<Fault> {
    if context.scan.is_in_flow() {
        return None;
    }
    if context.char_at(context.at) == Some('#') {
        return Some(comment(context));
    }
    if let Some(fault) = block_header(context) {
        return Some(fault);
    }
    let closed = context.scan.closed.filter(|closed| line_at(context.text, *closed).end >= context.at)?;
    let c = context.char_at(context.at)?;
    if matches!(c, ']' | '}') {
        return Some(context.fault(
            context.one(context.at),
            Extent::Value,
            &format!("no bracket is open for this `{c}`"),
            "all brackets are closed before this",
            &format!("remove the `{c}`"),
        ));
    }
    let line = line_at(context.text, closed);
    let start =
        key_line(context.text, &line).map_or_else(|| content_of(context.text, &line), |key| key.value);
    let end = context.at + context.rest_of_line(context.at).len();
    let problem =
        Diagnostic::error(Code::NotYaml, context.span(context.at, end), "text follows a closing bracket")
            .label("the value has ended before this")
            .note(context.one(closed), "ends here")
            .help(context.quote(start));
    Some(Fault::new(problem, Extent::Value))
}

/// Explains a comment between two lines of one text.
fn comment(context: &Context<'_>) -> Fault {
    let line = line_at(context.text, context.at);
    let start =
        key_line(context.text, &line).map_or_else(|| content_of(context.text, &line), |key| key.value);
    let help = if context.text.get(start..line.end).is_some_and(|text| text.contains(['"', '\\'])) {
        "write the text below a `|`, or move the comment to a line of its own above the key"
    } else {
        "put the whole text in double quotes if the `#` belongs to it; else move the comment above the key"
    };
    context.fault(
        context.span(context.at, line.end),
        Extent::Value,
        "a comment is inside a text",
        "the text continues after this comment",
        help,
    )
}

/// Explains text directly after the sign of a block text.
fn block_header(context: &Context<'_>) -> Option<Fault> {
    let line = line_at(context.text, context.at);
    let key = key_line(context.text, &line)?;
    let sign = context.char_at(key.value).filter(|c| matches!(c, '|' | '>'))?;
    let rest = context.text.get(key.value + 1..line.end)?;
    let text = rest.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if text.trim().is_empty() || text.trim_start().starts_with('#') {
        return None;
    }
    let start = line.end - text.trim_start().len();
    Some(context.fault(
        context.span(start, line.end),
        Extent::Value,
        &format!("text follows `{sign}` on its line"),
        &format!("the text of `{sign}` begins on the next line"),
        "move the text to the next line and indent it deeper than the key, or put all of it in quotes",
    ))
}

/// Explains a `:` where no key is allowed.
pub(super) fn colon(context: &Context<'_>) -> Option<Fault> {
    if context.scan.is_in_flow() || context.char_at(context.at) != Some(':') {
        return None;
    }
    let last = context.last.filter(|last| last.start < context.at)?;
    let (first, here) = (line_at(context.text, last.start), line_at(context.text, context.at));
    if first == here {
        return Some(in_text(context, last.start));
    }
    if key_line(context.text, &first).is_none() {
        return no_colon(context, &first);
    }
    let key = key_line(context.text, &here)?;
    let name = context.text.get(key.key.clone()).unwrap_or("");
    let upper = key_line(context.text, &first).and_then(|key| context.text.get(key.key)).unwrap_or("");
    let problem = Diagnostic::error(
        Code::WrongIndentation,
        context.span(key.key.start, key.key.end),
        format!("the key `{name}` is inside the text of `{upper}`"),
    )
    .label(format!("indented deeper than `{upper}`, so it continues that text"))
    .note(context.span(last.start, first.end), "the text begins here")
    .help(format!(
        "indent `{name}` like `{upper}`; if the line belongs to the text, write all of the text below a `|`"
    ));
    Some(Fault::new(problem, Extent::Value))
}

/// Explains a `: ` inside a text of one line.
fn in_text(context: &Context<'_>, start: usize) -> Fault {
    let line = line_at(context.text, start);
    let value = key_line(context.text, &line).map_or(start, |key| key.value).min(start);
    context.fault(
        context.one(context.at),
        Extent::Value,
        "a text without quotes contains `: `",
        "`:` before a blank ends a key",
        context.quote(value),
    )
}
