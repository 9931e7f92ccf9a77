//! Errors of lines and their indentation.

use std::ops::Range;

use super::context::{Context, Extent, Fault};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::lines::{content_of, indent_of, key_line, line_at, lines_between, next_line};

/// Explains a tab before the text of a line.
pub(super) fn tab(context: &Context<'_>) -> Option<Fault> {
    if context.scan.is_in_flow() || context.scan.quoted.is_some() {
        return None;
    }
    let from = context.last.map_or(context.at, |last| last.end.min(context.at));
    let mut lines = lines_between(context.text, from, context.at);
    // A line that continues a text fails at the start of the text.
    lines.extend(lines.last().and_then(|last| next_line(context.text, last)));
    let (start, end) = lines.iter().find_map(|line| tabs(context.text, line))?;
    Some(context.fault(
        context.span(start, end),
        Extent::Tabs,
        "a line is indented with a tab",
        "YAML does not allow tabs here",
        "indent with spaces",
    ))
}

/// Returns the tabs in the indentation of a line.
pub(in crate::yaml) fn tabs(text: &str, line: &Range<usize>) -> Option<(usize, usize)> {
    let content = content_of(text, line);
    let blank = text.get(line.start..content)?;
    let first = blank.find('\t')?;
    let last = blank.rfind('\t')?;
    (content < line.end).then_some((line.start + first, line.start + last + 1))
}

/// Explains a line that is neither a key nor an item of the block around it.
pub(super) fn line(context: &Context<'_>) -> Option<Fault> {
    let line = line_at(context.text, context.at);
    let start = content_of(context.text, &line);
    let text = context.text.get(start..line.end)?;
    if context.scan.is_in_flow() || text.is_empty() {
        return None;
    }
    if text.starts_with("- ") || text == "-" {
        return Some(item(context, start));
    }
    if text.starts_with('-')
        && context
            .frames
            .iter()
            .any(|frame| frame.is_list && column(context, frame.start.start) == start - line.start)
    {
        return Some(context.fault(
            context.one(start),
            Extent::Line,
            "a space is missing after `-`",
            "not an item of the list",
            "put a space after the `-`",
        ));
    }
    if let Some(key) = key_line(context.text, &line).filter(|_| !text.starts_with('/')) {
        if context.char_at(key.value) == Some('-') && context.at >= key.value {
            return Some(item_behind_key(context, key.value));
        }
        return Some(key_nowhere(context, &line, key.key));
    }
    no_colon(context, &line)
}

fn column(context: &Context<'_>, at: usize) -> usize {
    indent_of(context.text, at)
}

/// Explains an item on the line of its key: `key: - item`.
fn item_behind_key(context: &Context<'_>, at: usize) -> Fault {
    context.fault(
        context.one(at),
        Extent::Value,
        "a list item is on the line of its key",
        "a `-` begins an item on a line of its own",
        "move the items to lines of their own, or write them in brackets: `[first, second]`; put the text in quotes if the `-` belongs to it",
    )
}

/// Explains an item outside a list.
fn item(context: &Context<'_>, start: usize) -> Fault {
    let (here, above) = (column(context, start), columns_above(context, start));
    let is_deeper = above.first().is_none_or(|above| above.column < here);
    let map = context
        .frames
        .iter()
        .rev()
        .find(|frame| !frame.is_list && column(context, frame.start.start) == here);
    let problem = match map {
        Some(map) => {
            Diagnostic::error(Code::NotYaml, context.one(start), "a list item is among the keys of a map")
                .label("`-` begins an item")
                .note(context.one(map.start.start), "the map begins here")
                .help("remove the `- `, or indent the item below the key of its list")
        }
        None if is_deeper => {
            Diagnostic::error(Code::NotYaml, context.one(start), "a list item is below a value")
                .label("`-` begins an item")
                .help("remove the value after the key above, or the `- `")
        }
        None => wrong_column(context, start),
    };
    Fault::new(problem, Extent::Line)
}

/// The start of a line above that can be in the same block as the line with the error.
#[derive(Clone, Copy)]
struct Above {
    column: usize,
    at: usize,
    is_item: bool,
}

/// Returns the lines above that can be in the same block, nearest first. The key after a `- ` is an entry of its own.
fn columns_above(context: &Context<'_>, start: usize) -> Vec<Above> {
    let mut lines = lines_between(context.text, 0, start);
    lines.pop();
    let mut columns: Vec<Above> = Vec::new();
    for line in lines.iter().rev() {
        let content = content_of(context.text, line);
        let text = context.text.get(content..line.end).unwrap_or("");
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let is_item = text.starts_with("- ") || text == "-";
        let key = key_line(context.text, line).filter(|_| is_item).map(|key| (key.key.start, false));
        for (at, is_item) in key.into_iter().chain([(content, is_item)]) {
            let column = at - line.start;
            if columns.last().is_none_or(|last| column < last.column) {
                columns.push(Above { column, at, is_item });
            }
        }
    }
    columns
}

/// Explains a key whose column matches no map.
fn key_nowhere(context: &Context<'_>, line: &Range<usize>, key: Range<usize>) -> Fault {
    let column_here = column(context, key.start);
    let among = context
        .frames
        .iter()
        .rev()
        .find(|frame| frame.is_list && column(context, frame.start.start) == column_here);
    let problem = match among {
        Some(list) => Diagnostic::error(
            Code::NotYaml,
            context.span(key.start, key.end),
            "a key is among the items of a list",
        )
        .label("not an item: no `- ` before it")
        .note(context.one(list.start.start), "the list begins here")
        .help("begin the line with `- `, or indent the key like the other keys of its item or of its map"),
        None => wrong_column(context, content_of(context.text, line)),
    };
    Fault::new(problem, Extent::Line)
}

fn wrong_column(context: &Context<'_>, start: usize) -> Diagnostic {
    let here = column(context, start);
    let is_item = context.rest_of_line(start).starts_with('-');
    let mut columns = columns_above(context, start);
    columns.retain(|above| above.is_item == is_item);
    let deeper = columns.iter().rev().find(|above| above.column > here);
    let shallower = columns.iter().find(|above| above.column < here);
    let near: Vec<Above> = [deeper, shallower].into_iter().flatten().copied().collect();
    let end = key_line(context.text, &line_at(context.text, start)).map_or(start + 1, |key| key.key.end);
    let problem = Diagnostic::error(
        Code::WrongIndentation,
        context.span(start, end),
        "the indentation matches no line above",
    )
    .label(format!("indented by {}", spaces(here)));
    let problem = near.iter().fold(problem, |problem, above| {
        problem.note(context.one(above.at), format!("indented by {}", spaces(above.column)))
    });
    let ways: Vec<String> = near.iter().map(|above| spaces(above.column)).collect();
    match ways.as_slice() {
        [] => problem.help("indent the line like its neighbors"),
        ways => problem.help(format!("indent it by {}", ways.join(" or by "))),
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no spaces".to_owned(),
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    }
}

/// Explains a line without the `: ` of a key where a key is expected.
pub(super) fn no_colon(context: &Context<'_>, line: &Range<usize>) -> Option<Fault> {
    let start = content_of(context.text, line);
    let text = context.text.get(start..line.end)?.trim_end();
    if text.starts_with("//") || text.starts_with("/*") {
        let span = context.span(start, start + 2);
        let label = "not a comment in YAML";
        return Some(context.fault(
            span,
            Extent::Line,
            "a comment begins as in another language",
            label,
            "begin comments with `#`",
        ));
    }
    let word = text.split([' ', ':', '=']).next().unwrap_or("");
    let behind = text.get(word.len()..).unwrap_or("");
    let is_name = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let sign = start + text.len() - behind.trim_start().len();
    let value = context.text.get(sign + 1..line.end).unwrap_or("").trim();
    if is_name && behind.starts_with(':') {
        return Some(context.fault(
            context.one(sign),
            Extent::ValueBehind(sign),
            "a space is missing after `:`",
            "a key ends with `:` and a space",
            &format!("write `{word}: {value}`"),
        ));
    }
    if is_name && behind.trim_start().starts_with('=') {
        return Some(context.fault(
            context.one(sign),
            Extent::ValueBehind(sign),
            "`=` after a key",
            "expected `:`",
            &format!("write `{word}: {value}`"),
        ));
    }
    let column = start - line.start;
    let has_parts = next_line(context.text, line).is_some_and(|next| {
        content_of(context.text, &next) < next.end && content_of(context.text, &next) - next.start > column
    });
    let help = if is_name
        && behind.is_empty()
        && (has_parts || context.last.is_none_or(|last| last.start >= start))
    {
        format!("write `{word}:`")
    } else {
        "indent the line like the text above if it continues that text; if it is a key, put a `:` after it"
            .to_owned()
    };
    Some(context.fault(
        context.span(start, start + text.len()),
        Extent::Line,
        "a line is not a key",
        "has no `:`",
        &help,
    ))
}
