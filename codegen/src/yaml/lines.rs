//! Lines, columns and keys of the text. They serve to explain errors, never to read a file.

use std::ops::Range;

use crate::source::Span;

/// Returns the line around a byte, without its end and without the byte order mark of the file.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let start = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    let len = text.get(start..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    let line = text.get(start..start + len).unwrap_or("");
    start..start + line.trim_end_matches('\r').len()
}

/// Returns the lines from one byte to another, both inclusive.
pub(super) fn lines_between(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    let mut lines = vec![line_at(text, from)];
    while let Some(line) = lines.last().and_then(|last| next_line(text, last)) {
        if line.start > to {
            break;
        }
        lines.push(line);
    }
    lines
}

/// Returns the next line.
pub(super) fn next_line(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let end = text.get(line.end..)?.find('\n')?;
    Some(line_at(text, line.end + end + 1))
}

/// Returns the column of a byte, counted from 0.
pub(super) fn indent_of(text: &str, at: usize) -> usize {
    at.saturating_sub(line_at(text, at).start)
}

/// Returns the start of the text of a line, or the end of an empty line.
pub(super) fn content_of(text: &str, line: &Range<usize>) -> usize {
    let all = text.get(line.clone()).unwrap_or("");
    line.start + (all.len() - all.trim_start_matches([' ', '\t']).len())
}

/// A line of the form `key: value`, after any `- `.
pub(super) struct KeyLine {
    pub(super) key: Range<usize>,
    /// The position after the colon.
    pub(super) colon: usize,
    /// The start of the value, or the end of the line if there is none.
    pub(super) value: usize,
}

/// Returns the key of a line, if it has one.
pub(super) fn key_line(text: &str, line: &Range<usize>) -> Option<KeyLine> {
    let mut start = content_of(text, line);
    let all = |from: usize| text.get(from..line.end).unwrap_or("");
    while all(start).starts_with("- ") {
        start += 1 + all(start + 1).len() - all(start + 1).trim_start_matches(' ').len();
    }
    let rest = all(start);
    let len = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            closing_quote(text, start).filter(|end| *end < line.end)? + quote.len_utf8() - start
        }
        '#' | '[' | ']' | '{' | '}' | ',' | '|' | '>' | '@' | '`' | '%' => return None,
        _ => plain_key(rest)?,
    };
    let colon = start + len;
    let behind = all(colon).trim_start_matches(' ').strip_prefix(':')?;
    if !behind.is_empty() && !behind.starts_with([' ', '\t']) {
        return None;
    }
    let value = line.end - behind.trim_start_matches([' ', '\t']).len();
    Some(KeyLine { key: start..start + len, colon: line.end - behind.len(), value })
}

fn plain_key(rest: &str) -> Option<usize> {
    let colon = rest.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = rest.get(at + 1..).unwrap_or("");
        behind.is_empty() || behind.starts_with([' ', '\t'])
    })?;
    let key = rest.get(..colon)?;
    (!key.contains(" #")).then_some(key.trim_end().len())
}

/// Returns the quote that ends a quoted text.
pub(super) fn closing_quote(text: &str, open: usize) -> Option<usize> {
    let quote = text.get(open..)?.chars().next()?;
    let mut chars = text.get(open + 1..)?.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            '\'' if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            c if c == quote => return Some(open + 1 + at),
            _ => {}
        }
    }
    None
}

/// Returns the comment after a plain scalar on its line.
pub(super) fn comment_behind(text: &str, span: Span) -> Option<Span> {
    let line = line_at(text, span.end);
    let rest = text.get(span.end..line.end)?;
    // The span of a missing value is at the colon.
    let rest = if span.start == span.end { rest.strip_prefix(':').unwrap_or(rest) } else { rest };
    let comment = rest.trim_start_matches([' ', '\t']);
    let has_blank = comment.len() < rest.len();
    (has_blank && comment.starts_with('#')).then(|| Span {
        start: line.end - comment.len(),
        end: line.end,
        ..span
    })
}

/// Returns the start of the character at or before a byte.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a character looks like a space or like nothing, and is not white space in YAML.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}
