//! The text around a syntax error, and the errors that are built from it.

use super::failure::Frame;
use super::scan::Scan;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::lines::{content_of, line_at};

/// A syntax error, and the extent of the unreadable text.
#[derive(Debug)]
pub(in crate::yaml) struct Fault {
    pub(in crate::yaml) problem: Diagnostic,
    pub(in crate::yaml) extent: Extent,
    /// A position that is unreadable in any case.
    pub(in crate::yaml) until: usize,
}

impl Fault {
    pub(super) fn new(problem: Diagnostic, extent: Extent) -> Self {
        Self { problem, extent, until: 0 }
    }
}

/// The extent of the text that an error makes unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::yaml) enum Extent {
    /// The value of the key on the line.
    Value,
    /// The value after the `:` that is at this position, or is missing there.
    ValueBehind(usize),
    /// The line and all deeper lines below it.
    Line,
    /// Every line with a tab in its indentation.
    Tabs,
}

/// The text around a failure.
pub(super) struct Context<'t> {
    pub(super) text: &'t str,
    pub(super) file: usize,
    pub(super) at: usize,
    pub(super) last: Option<Span>,
    pub(super) frames: &'t [Frame],
    pub(super) scan: Scan,
}

impl Context<'_> {
    /// Returns the text from a byte to the end of its line.
    pub(super) fn rest_of_line(&self, from: usize) -> &str {
        self.text.get(from..line_at(self.text, from).end).unwrap_or("").trim_end()
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start..end.max(start))
    }

    /// Returns the span of one character.
    pub(super) fn one(&self, at: usize) -> Span {
        self.span(at, at + self.char_at(at).filter(|c| *c != '\n').map_or(0, char::len_utf8))
    }

    /// Builds an error at a span.
    pub(super) fn fault(&self, span: Span, extent: Extent, message: &str, label: &str, help: &str) -> Fault {
        Fault::new(Diagnostic::error(Code::NotYaml, span, message).label(label).help(help), extent)
    }

    /// Returns the advice for a text that must be quoted. The kind of quotes depends on its content.
    pub(super) fn quote(&self, from: usize) -> &'static str {
        let text = self.rest_of_line(from);
        let (has_double, has_single) = (text.contains(['"', '\\']), text.contains('\''));
        match (has_double, has_single, self.scan.is_in_flow()) {
            (false, ..) => "put the whole text in double quotes",
            (true, false, _) => "put the whole text in single quotes",
            (true, true, false) => "write the text below a `|`, on a line of its own that is indented deeper",
            (true, true, true) => "put the whole text in single quotes, and write each `'` in it twice",
        }
    }

    pub(super) fn unknown(&self) -> Fault {
        let line = line_at(self.text, self.at);
        let start = self.at.max(content_of(self.text, &line)).min(line.end);
        self.fault(
            self.one(start),
            Extent::Line,
            "invalid YAML",
            "cannot be read from here",
            self.quote(start),
        )
    }
}
