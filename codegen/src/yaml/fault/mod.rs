//! Explanations of YAML syntax errors, derived from the text at the failure.
//!
//! The parser reports its position. Its messages and error kinds are ignored: they describe the state of the parser, and led
//! to wrong advice.

mod block;
mod flow;
mod quotes;
mod scan;
mod text;

use super::Layout;
use super::lines::{content_of, floor, line_at};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use scan::Scan;

pub(super) use block::tabs;

/// The position of the parser at a syntax error.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) at: usize,
    /// The end of the text that was read before.
    pub(super) reached: usize,
    /// The last scalar or alias before the failure.
    pub(super) last: Option<Span>,
    /// The lists and maps around the failure.
    pub(super) frames: Vec<Frame>,
}

/// A list or a map that is not complete.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) layout: Layout,
    /// The span of its bracket, first key or first dash.
    pub(super) start: Span,
    pub(super) is_list: bool,
}

/// A syntax error, and the extent of the unreadable text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) problem: Diagnostic,
    pub(super) extent: Extent,
    /// A position that is unreadable in any case.
    pub(super) until: usize,
}

impl Fault {
    fn new(problem: Diagnostic, extent: Extent) -> Self {
        Self { problem, extent, until: 0 }
    }
}

/// The extent of the text that an error makes unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
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
struct Place<'t> {
    text: &'t str,
    file: usize,
    at: usize,
    last: Option<Span>,
    frames: &'t [Frame],
    scan: Scan,
}

/// Explains a failure.
pub(super) fn explain(text: &str, file: usize, failure: &Failure) -> Fault {
    let at = floor(text, failure.at);
    let scan = Scan::new(text, failure, at);
    let place = Place { text, file, at, last: failure.last, frames: &failure.frames, scan };
    let checks: [fn(&Place<'_>) -> Option<Fault>; 9] = [
        text::directive,
        block::tab,
        text::invisible,
        quotes::quoted,
        text::first_character,
        flow::flow,
        text::behind,
        text::colon,
        block::line,
    ];
    checks.iter().find_map(|check| check(&place)).unwrap_or_else(|| place.unknown())
}

impl Place<'_> {
    /// Returns the text from a byte to the end of its line.
    fn rest_of_line(&self, from: usize) -> &str {
        self.text.get(from..line_at(self.text, from).end).unwrap_or("").trim_end()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start..end.max(start))
    }

    /// Returns the span of one character.
    fn one(&self, at: usize) -> Span {
        self.span(at, at + self.char_at(at).filter(|c| *c != '\n').map_or(0, char::len_utf8))
    }

    /// Builds an error at a span.
    fn fault(&self, span: Span, extent: Extent, message: &str, label: &str, help: &str) -> Fault {
        Fault::new(Diagnostic::error(Code::NotYaml, span, message).label(label).help(help), extent)
    }

    /// Returns the advice for a text that must be quoted. The kind of quotes depends on its content.
    fn quote(&self, from: usize) -> &'static str {
        let text = self.rest_of_line(from);
        let (has_double, has_single) = (text.contains(['"', '\\']), text.contains('\''));
        match (has_double, has_single, self.scan.is_in_flow()) {
            (false, ..) => "put the whole text in double quotes",
            (true, false, _) => "put the whole text in single quotes",
            (true, true, false) => "write the text below a `|`, on a line of its own that is indented deeper",
            (true, true, true) => "put the whole text in single quotes, and write each `'` in it twice",
        }
    }

    fn unknown(&self) -> Fault {
        let line = line_at(self.text, self.at);
        let start = self.at.max(content_of(self.text, &line)).min(line.end);
        self.fault(
            self.one(start),
            Extent::Line,
            "this is not YAML",
            "cannot be read from here",
            self.quote(start),
        )
    }
}

/// Returns the error for a feature of YAML that the language excludes.
pub(super) fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::UnsupportedYaml, span, format!("{what} is not part of the spec language"))
        .label("not supported here")
}
