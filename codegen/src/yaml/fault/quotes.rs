//! Errors of quoted text: a missing quote, text after the closing quote, or an invalid escape.

use super::context::{Context, Extent, Fault};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::lines::{content_of, indent_of, key_line, line_at, lines_between};
use crate::yaml::node::Layout;

/// Explains an error of a quoted text.
pub(super) fn quoted(context: &Context<'_>) -> Option<Fault> {
    let (open, close) = context.scan.quoted?;
    let is_double = context.char_at(open) == Some('"');
    let wrong = if is_double { escape(context, open, close.unwrap_or(context.text.len())) } else { None };
    if wrong.is_some() {
        return wrong;
    }
    match close {
        Some(close) if !contains_other_keys(context, open, close) => behind(context, open, close),
        _ => Some(unclosed(context, open)),
    }
}

/// Whether a quoted text contains lines that look like the keys after it, or leaves the block around it.
fn contains_other_keys(context: &Context<'_>, open: usize, close: usize) -> bool {
    let block = context.frames.iter().rev().find(|frame| frame.layout == Layout::Block);
    let column = block.map(|frame| indent_of(context.text, frame.start.start));
    lines_between(context.text, open, close).iter().skip(1).any(|line| {
        let start = content_of(context.text, line);
        start < line.end && column.is_some_and(|column| start - line.start <= column)
    })
}

fn unclosed(context: &Context<'_>, open: usize) -> Fault {
    let close = context.scan.quoted.and_then(|(_, close)| close);
    // Lines that are not keys are lines of the text.
    let is_key = |line: &std::ops::Range<usize>| key_line(context.text, line).is_some();
    let outdented =
        close.filter(|close| !lines_between(context.text, open, *close).iter().skip(1).any(is_key));
    let help = match outdented {
        Some(_) => "indent all lines of the text deeper than its key, or close the quotes where it ends",
        None => "close the quotes where the text ends",
    };
    let fault = context.fault(
        context.one(open),
        Extent::Value,
        "a quoted text is not closed",
        "the quotes open here",
        help,
    );
    Fault { until: outdented.map_or(0, |close| line_at(context.text, close).end), ..fault }
}

/// Explains the first invalid escape in double quotes.
fn escape(context: &Context<'_>, open: usize, close: usize) -> Option<Fault> {
    let mut chars = context.text.get(open + 1..close)?.char_indices();
    let mut high: Option<usize> = None;
    while let Some((at, c)) = chars.next() {
        let at = open + 1 + at;
        if c != '\\' {
            if let Some(high) = high {
                return Some(half_pair(context, high));
            }
            continue;
        }
        let (_, letter) = chars.next()?;
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let start = at + 1 + letter.len_utf8();
        let code = context
            .text
            .get(start..start + digits)
            .filter(|code| code.chars().all(|c| c.is_ascii_hexdigit()));
        let value = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let is_surrogate =
            |range: std::ops::RangeInclusive<u32>| digits == 4 && value.is_some_and(|v| range.contains(&v));
        match (high, is_surrogate(0xdc00..=0xdfff)) {
            (Some(high), false) => return Some(half_pair(context, high)),
            (None, true) => return Some(half_pair(context, at)),
            _ => {}
        }
        high = is_surrogate(0xd800..=0xdbff).then_some(at);
        if digits > 0 && high.is_none() && value.is_none() {
            return Some(short_code(context, at, start, digits));
        }
        if digits == 8 && value.is_some_and(|value| char::from_u32(value).is_none()) {
            return Some(short_code(context, at, start, digits));
        }
        if digits == 0 && !"0abtnvfre \"/\\N_LP\t\r\n".contains(letter) {
            return Some(unknown_escape(context, at, start));
        }
        for _ in 0..code.map_or(0, str::len) {
            chars.next();
        }
    }
    high.map(|high| half_pair(context, high))
}

fn unknown_escape(context: &Context<'_>, at: usize, end: usize) -> Fault {
    let escape = context.text.get(at..end).unwrap_or("");
    context.fault(
        context.span(at, end),
        Extent::Value,
        &format!("`{escape}` is not an escape"),
        "`\\` begins an escape in double quotes",
        &format!(
            "write `\\{escape}`, or put the text in single quotes, where `\\` is a character like others"
        ),
    )
}

fn short_code(context: &Context<'_>, at: usize, end: usize, digits: usize) -> Fault {
    let escape = context.text.get(at..end).unwrap_or("");
    context.fault(
        context.span(at, end),
        Extent::Value,
        &format!("`{escape}` is not followed by the code of a character"),
        &format!("expected {digits} hexadecimal digits of a character"),
        &format!("complete the code, or write `\\{escape}` for a backslash"),
    )
}

fn half_pair(context: &Context<'_>, at: usize) -> Fault {
    context.fault(
        context.span(at, at + 6),
        Extent::Value,
        "an escape is half of a surrogate pair",
        "half of a surrogate pair",
        "write both halves, or the character itself",
    )
}

/// Explains text after the closing quote.
fn behind(context: &Context<'_>, open: usize, close: usize) -> Option<Fault> {
    let line = line_at(context.text, close);
    let rest = context.text.get(close + 1..line.end)?;
    let text = rest.trim();
    let is_end = text.is_empty()
        || text.starts_with([',', ']', '}', ':'])
        || (text.starts_with('#') && rest.starts_with([' ', '\t']));
    if is_end {
        return None;
    }
    let start = close + 1 + (rest.len() - rest.trim_start().len());
    let is_double = context.char_at(open) == Some('"');
    let in_flow = context.scan.is_in_flow();
    let is_key = in_flow
        && text.find(':').is_some_and(|colon| text.get(..colon).is_some_and(|key| !key.contains(' ')));
    let all = context.text.get(open..line.end).unwrap_or("");
    let help = match (is_key, is_double, all.contains('\'')) {
        (true, ..) => "put a `,` after the quotes",
        (_, false, _) if !all.contains(['"', '\\']) && !in_flow => "put the whole text in double quotes",
        (_, false, _) => "write each `'` of the text twice, and close the quotes where the text ends",
        (_, true, false) if !in_flow => "put the whole text in single quotes",
        (_, true, _) => "write `\\\"` for each quote of the text, and put the whole text in double quotes",
    };
    let problem = Diagnostic::error(
        Code::NotYaml,
        context.span(start, start + first_word(text)),
        "text follows the end of a quoted text",
    )
    .label(if is_key { "a `,` is missing before this" } else { "the quoted text has ended before this" })
    .note(context.span(close, close + 1), "ends here")
    .help(help);
    Some(Fault::new(problem, Extent::Value))
}

fn first_word(text: &str) -> usize {
    text.split([' ', ',', ']', '}']).next().map_or(0, str::len).max(1)
}
