//! A scan of the tokens between the last node and the position of a failure.

use super::failure::Failure;
use crate::yaml::lines::{closing_quote, line_at};
use crate::yaml::node::Layout;

/// The tokens before a failure.
pub(super) struct Scan {
    /// The open brackets, outermost first.
    pub(super) open: Vec<usize>,
    /// The quotes of a quoted text that contains the failure or ends directly before it.
    pub(super) quoted: Option<(usize, Option<usize>)>,
    /// The start of the token at the failure.
    pub(super) token: usize,
    /// The closing bracket directly before the failure, if it matches an open one.
    pub(super) closed: Option<usize>,
}

impl Scan {
    pub(super) fn new(text: &str, failure: &Failure, at: usize) -> Self {
        let brackets = failure.frames.iter().filter(|frame| frame.layout == Layout::Flow);
        let open = brackets.map(|frame| frame.start.start).collect();
        let mut scan = Self { open, quoted: None, token: at, closed: None };
        let mut next = failure.reached.min(at);
        scan.closed = text.get(..next).and_then(closing_bracket);
        while next < at || (next == at && matches!(text.as_bytes().get(next), Some(b'"' | b'\''))) {
            match scan.step(text, next, at) {
                Some(after) => next = after,
                None => break,
            }
        }
        scan
    }

    /// Whether a bracket is open.
    pub(super) fn is_in_flow(&self) -> bool {
        !self.open.is_empty()
    }

    /// Reads one token, and returns the start of the next.
    ///
    /// Returns `None` at the end, and at a quoted text that reaches the failure.
    fn step(&mut self, text: &str, start: usize, at: usize) -> Option<usize> {
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        let after = start + first.len_utf8();
        match first {
            '"' | '\'' => {
                let close = closing_quote(text, start);
                let is_behind =
                    |close: usize| text.get(close + 1..at).is_none_or(|between| between.trim().is_empty());
                if close.is_none_or(is_behind) {
                    (self.quoted, self.token) = (Some((start, close)), start);
                    return None;
                }
                self.closed = None;
                close.map(|close| close + 1)
            }
            '#' => Some(line_at(text, start).end.max(after)),
            '[' | '{' => {
                self.open.push(start);
                self.closed = None;
                Some(after)
            }
            ']' | '}' => {
                self.open.pop();
                self.closed = Some(start);
                Some(after)
            }
            ' ' | '\t' | '\n' | '\r' => Some(after),
            ',' | ':' | '-' | '?' if !is_plain_start(text, after) => {
                self.closed = None;
                Some(after)
            }
            _ => {
                let end = start + self.plain_len(rest);
                if end >= at {
                    self.token = start;
                } else {
                    self.closed = None;
                }
                Some(end.max(after))
            }
        }
    }

    /// Returns the length of a plain scalar on its line.
    fn plain_len(&self, rest: &str) -> usize {
        let in_flow = self.is_in_flow();
        let line = rest.lines().next().unwrap_or("");
        let ends = |(at, c): (usize, char)| match c {
            ':' => line.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])),
            '#' => line.get(..at).is_some_and(|before| before.ends_with([' ', '\t'])),
            ',' | '[' | ']' | '{' | '}' => in_flow,
            _ => false,
        };
        line.char_indices().find(|found| ends(*found)).map_or(line.len(), |(at, _)| at)
    }
}

/// Whether `-`, `?`, `:` or `,` is part of a text, judged by the next character.
fn is_plain_start(text: &str, after: usize) -> bool {
    !matches!(text.as_bytes().get(after), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}'))
}

fn closing_bracket(read: &str) -> Option<usize> {
    let read = read.trim_end_matches([' ', '\t']);
    read.ends_with([']', '}']).then(|| read.len() - 1)
}
