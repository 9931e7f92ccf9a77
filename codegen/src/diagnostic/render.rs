//! Diagnostics as text, in the style of rustc.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;

use super::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};

/// The presentation of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// The columns of the terminal. Longer source lines are truncated.
    pub width: Option<usize>,
    /// The maximum number of problems in full, errors first. The others are only counted.
    pub limit: Option<usize>,
}

/// Renders all diagnostics. `sources` are those of the run, in its order.
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], color: bool) -> String {
    render_with(diagnostics, sources, &Style { color, ..Style::default() })
}

/// Renders diagnostics as [`render`] does, in a given style.
pub fn render_with(diagnostics: &[Diagnostic], sources: &[Source], style: &Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = style.width.map_or(renderer.clone(), |width| renderer.term_width(width));
    let texts: Vec<Text<'_>> = sources.iter().map(Text::new).collect();
    let groups = groups(diagnostics);
    let (shown, hidden) = split(&groups, style.limit);
    let mut rendered: Vec<String> =
        shown.into_par_iter().map(|cause| render_one(cause, &texts, &renderer)).collect();
    if !hidden.is_empty() {
        rendered.push(count(&hidden, &texts));
    }
    rendered.join("\n")
}

/// A problem, and the other locations of the same problem.
struct Cause<'d> {
    first: &'d Diagnostic,
    others: Vec<Span>,
}

impl Cause<'_> {
    fn spans(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.first.span).chain(self.others.iter().copied())
    }
}

/// Whether equal messages of this code have one cause: a name that is wrong at each use.
///
/// Messages of other codes do not name the item, so two equal messages are two mistakes.
fn is_of_one_name(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownKey
            | Code::UnknownType
            | Code::UnknownOption
            | Code::UnknownPagination
            | Code::UnknownResource
            | Code::UnknownCredential
            | Code::UnknownEnvelope
            | Code::UnknownOperation
            | Code::UnknownErrorCode
            | Code::UnknownServer
            | Code::DeadReference
    )
}

/// Groups problems by cause, in the order of their first locations.
fn groups(diagnostics: &[Diagnostic]) -> Vec<Cause<'_>> {
    let mut causes: Vec<Cause<'_>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for problem in diagnostics {
        let key = (problem.code, &problem.message, &problem.label, &problem.help, &problem.notes);
        match known.get(&key).filter(|_| is_of_one_name(problem.code)) {
            Some(at) => causes[*at].others.push(problem.span),
            None => {
                known.insert(key, causes.len());
                causes.push(Cause { first: problem, others: Vec::new() });
            }
        }
    }
    causes
}

/// Splits the causes into those in full and the rest.
fn split<'a, 'd>(causes: &'a [Cause<'d>], limit: Option<usize>) -> (Vec<&'a Cause<'d>>, Vec<&'a Cause<'d>>) {
    let limit = limit.unwrap_or(causes.len());
    let errors = causes.iter().filter(|cause| cause.first.severity == Severity::Error).count();
    let (mut errors_left, mut warnings_left) = (limit, limit.saturating_sub(errors));
    causes.iter().partition(|cause| {
        let left = match cause.first.severity {
            Severity::Error => &mut errors_left,
            Severity::Warning => &mut warnings_left,
        };
        let is_shown = *left > 0;
        *left = left.saturating_sub(1);
        is_shown
    })
}

/// The maximum number of listed locations or files.
const LISTED: usize = 8;

/// Counts the hidden problems of each code, with their files.
fn count(hidden: &[&Cause<'_>], texts: &[Text<'_>]) -> String {
    let mut codes: BTreeMap<(Severity, Code), BTreeMap<usize, usize>> = BTreeMap::new();
    let mut total = 0;
    for cause in hidden {
        let files = codes.entry((cause.first.severity, cause.first.code)).or_default();
        for span in cause.spans() {
            *files.entry(span.file).or_default() += 1;
            total += 1;
        }
    }
    let mut text = format!("{total} more, not shown here:\n");
    for ((severity, code), files) in codes {
        let name = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let all: usize = files.values().sum();
        let listed = files.iter().take(LISTED).map(|(file, count)| {
            format!("{count} in {}", texts.get(*file).map_or_else(String::new, |text| text.path.clone()))
        });
        let listed = listed.collect::<Vec<_>>().join(", ");
        let more = files.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(", the rest in {more} more file(s)") } else { String::new() };
        let _ = writeln!(text, "  {all} {name}(s) {}: {listed}{more}", code.as_str());
    }
    text
}

fn render_one(cause: &Cause<'_>, texts: &[Text<'_>], renderer: &Renderer) -> String {
    let problem = cause.first;
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&problem.message).id(problem.code.as_str()));
    for (span, marks) in marks(problem, texts) {
        group = group.element(snippet(span.file, &marks, texts));
    }
    if let Some(places) = places(&cause.others, problem.span, texts) {
        group = group.element(Level::NOTE.message(places));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group]) + "\n"
}

/// A marked span of a source with its text; either the problem or a related location.
struct Mark<'d> {
    kind: AnnotationKind,
    span: Span,
    label: &'d str,
}

/// The number of lines between two marks from which on they get separate snippets. The renderer scans all lines in between.
const FAR_APART: usize = 200;

/// Returns the marks of a problem with the snippet that contains each.
fn marks<'d>(problem: &'d Diagnostic, texts: &[Text<'_>]) -> Vec<(Span, Vec<Mark<'d>>)> {
    let line = |span: Span| texts.get(span.file).map_or(0, |text| text.line(text.range(span).start));
    let main = Mark { kind: AnnotationKind::Primary, span: problem.span, label: &problem.label };
    let mut snippets = vec![(problem.span, vec![main])];
    for (span, label) in &problem.notes {
        let mark = Mark { kind: AnnotationKind::Context, span: *span, label };
        let is_near = span.file == problem.span.file && line(*span).abs_diff(line(problem.span)) < FAR_APART;
        match snippets.first_mut().filter(|_| is_near) {
            Some((_, marks)) => marks.push(mark),
            None => snippets.push((*span, vec![mark])),
        }
    }
    snippets
}

/// Returns the lines from the first mark to the last. The renderer would scan the whole file otherwise.
fn snippet<'t>(file: usize, marks: &[Mark<'t>], texts: &'t [Text<'t>]) -> Snippet<'t, Annotation<'t>> {
    let Some(text) = texts.get(file) else { return Snippet::source("") };
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| text.range(mark.span)).collect();
    let first = ranges.iter().map(|range| text.line(range.start)).min().unwrap_or_default();
    let last = ranges.iter().map(|range| text.line(range.start)).max().unwrap_or_default();
    let start = text.starts.get(first).copied().unwrap_or_default();
    let end = text.starts.get(last + 1).copied().unwrap_or(text.text.len());
    let annotations = marks
        .iter()
        .zip(ranges)
        .map(|(mark, range)| mark.kind.span(range.start - start..range.end - start).label(mark.label));
    Snippet::source(text.text.get(start..end).unwrap_or_default())
        .line_start(first + 1)
        .path(text.path.as_str())
        .annotations(annotations.collect::<Vec<_>>())
}

/// Lists the other locations of the same problem.
fn places(others: &[Span], first: Span, texts: &[Text<'_>]) -> Option<String> {
    let mut file = first.file;
    let listed = others.iter().take(LISTED).filter_map(|span| {
        let text = texts.get(span.file)?;
        let (line, column) = text.position(text.range(*span).start);
        let place = if span.file == file { "" } else { &*format!("{}:", text.path) };
        file = span.file;
        Some(format!("{place}{line}:{column}"))
    });
    let listed: Vec<String> = listed.collect();
    let more = others.len() - listed.len();
    let more = if more > 0 { format!(" and at {more} more place(s)") } else { String::new() };
    (!listed.is_empty()).then(|| format!("the same at {}{more}", listed.join(", ")))
}

/// A character that some editors put at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A source with the starts of its lines, which are found once for all problems.
struct Text<'s> {
    path: String,
    /// The text without the byte order mark, which would be shown and take a column.
    text: &'s str,
    /// The length of the byte order mark in bytes.
    cut: usize,
    starts: Vec<usize>,
}

impl<'s> Text<'s> {
    fn new(source: &'s Source) -> Self {
        let text = source.text.trim_start_matches(BYTE_ORDER_MARK);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: source.shown_path(), text, cut: source.text.len() - text.len(), starts }
    }

    /// Returns the index of the line that contains a byte.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Returns the line and the column of a byte, counted from 1, in characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count());
        (line + 1, column + 1)
    }

    /// Returns the first line of the span, restricted to the text and to character boundaries.
    fn range(&self, span: Span) -> Range<usize> {
        let floor = |at: usize| {
            let at = at.saturating_sub(self.cut).min(self.text.len());
            (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
        };
        let start = floor(span.start);
        let all = self.text.get(start..floor(span.end)).unwrap_or("");
        start..start + all.lines().next().unwrap_or("").len()
    }
}

#[cfg(test)]
mod tests;
