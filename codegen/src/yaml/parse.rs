//! Parsing of text to a tree, with recovery from syntax errors.

use std::collections::BTreeSet;
use std::ops::Range;

use super::build::Builder;
use super::fault::{Extent, Failure, Fault, explain, tabs};
use super::lines::{content_of, is_invisible, key_line, line_at, next_line};
use super::node::{Layout, Node};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The limit of syntax errors in one file. A file with more errors is probably not YAML.
const MAX_FAULTS: usize = 20;

/// The readable parts of one file.
#[derive(Debug)]
pub struct Document {
    /// The tree without its unreadable parts. Missing if no part is readable.
    pub root: Option<Node>,
    pub problems: Vec<Diagnostic>,
    /// Whether keys are missing in the tree, so that the declarations of the file are not fully known.
    pub lost: bool,
}

/// Reads one document. `file` is the index of the source in spans.
///
/// A syntax error makes one value or one line unreadable. That part is replaced by blanks, and the rest is parsed again.
pub fn parse(text: &str, file: usize) -> Document {
    let mut draft =
        Draft { text: text.to_owned(), file, gaps: BTreeSet::new(), problems: Vec::new(), lost: false };
    draft.remove_control_characters();
    draft.resolve_conflicts();
    let (mut read_to, mut faults) = (0, 0);
    loop {
        let (root, problems) = Builder::new(&draft.text, file, &draft.gaps).run();
        let failure = match root {
            Ok(root) => {
                // The declarations of a second document are not read.
                draft.lost |= problems.iter().any(|problem| {
                    problem.code == Code::UnsupportedYaml && problem.message.starts_with("a second document")
                });
                draft.problems.extend(problems);
                return draft.finish(Some(root));
            }
            Err(failure) => failure,
        };
        let fault = explain(&draft.text, file, &failure);
        faults += 1;
        // The blanks cause an error inside a blanked part.
        let blanked = (faults < MAX_FAULTS && fault.problem.span.start >= read_to)
            .then(|| draft.blank(&fault, &failure));
        if fault.problem.span.start >= read_to {
            draft.problems.push(fault.problem);
        }
        match blanked.flatten() {
            Some(end) => read_to = end,
            None => {
                draft.problems.extend(problems);
                draft.lost = true;
                return draft.finish(None);
            }
        }
    }
}

/// The text, with unreadable parts replaced by blanks so that all positions stay valid.
struct Draft {
    text: String,
    file: usize,
    /// The starts of the keys whose values are blanked.
    gaps: BTreeSet<usize>,
    problems: Vec<Diagnostic>,
    lost: bool,
}

impl Draft {
    fn finish(self, root: Option<Node>) -> Document {
        Document { root, problems: self.problems, lost: self.lost }
    }

    /// Replaces characters that YAML does not allow, and reports the first of each line.
    fn remove_control_characters(&mut self) {
        // Nearly every text has none. Its bytes are searched six times as fast as its characters.
        if !self.text.bytes().any(starts_control) {
            return;
        }
        let found: Vec<(usize, char)> = self.text.char_indices().filter(|(_, c)| is_control(*c)).collect();
        let mut last_line = None;
        for (at, c) in found {
            let line = line_at(&self.text, at).start;
            if last_line.replace(line) != Some(line) && self.problems.len() < MAX_FAULTS {
                let message = format!("the text contains U+{:04X}, a control character", u32::from(c));
                self.problems.push(
                    Diagnostic::error(Code::NotYaml, Span::new(self.file, at..at + c.len_utf8()), message)
                        .label("YAML does not allow this character")
                        .help("remove it"),
                );
            }
            self.fill(at, at + c.len_utf8());
        }
    }

    /// Reports merge conflict markers, and keeps the first side.
    fn resolve_conflicts(&mut self) {
        let lines: Vec<_> = self.lines().collect();
        let mark = |line: &Range<usize>, text: &str, sign: char| {
            let line = text.get(line.clone()).unwrap_or("");
            let rest = line.trim_start_matches(sign);
            line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))
        };
        let (mut is_open, mut is_other) = (false, false);
        let text = self.text.clone();
        for line in lines {
            let begins = mark(&line, &text, '<');
            let ends = mark(&line, &text, '>');
            if begins || (ends && !is_open) {
                let span = Span::new(self.file, line.clone());
                self.problems.push(
                    Diagnostic::error(Code::NotYaml, span, "the file contains an unresolved merge conflict")
                        .label("a mark of the conflict")
                        .help("keep the intended lines, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"),
                );
            }
            is_other |= is_open && (mark(&line, &text, '=') || mark(&line, &text, '|'));
            if begins || ends || is_other {
                self.fill(line.start, line.end);
            }
            (is_open, is_other) = ((is_open || begins) && !ends, is_other && !ends);
        }
    }

    /// Blanks the unreadable part, and returns its end. Returns `None` if no line of it was found.
    fn blank(&mut self, fault: &Fault, failure: &Failure) -> Option<usize> {
        if fault.extent == Extent::Tabs {
            return self.blank_tabs();
        }
        let bracket = failure.frames.iter().find(|frame| frame.layout == Layout::Flow);
        let start = bracket.map_or(usize::MAX, |frame| frame.start.start).min(fault.problem.span.start);
        let line = line_at(&self.text, start);
        let content = content_of(&self.text, &line);
        let key = match fault.extent {
            Extent::ValueBehind(colon) => Some((content, colon + 1)),
            Extent::Value => key_line(&self.text, &line)
                .filter(|key| key.colon <= start)
                .map(|key| (key.key.start, key.colon)),
            Extent::Line | Extent::Tabs => None,
        };
        let (from, column) = match key {
            Some((key, colon)) => (colon, key - line.start),
            None => (line.start, content - line.start),
        };
        let end = self.deeper_lines(&line, column).max(fault.until);
        let end = if bracket.is_some() { self.closing_lines(end) } else { end };
        match (fault.extent, key) {
            (Extent::ValueBehind(colon), _) => self.text.replace_range(colon..=colon, ":"),
            _ if self.text.get(from..end).is_none_or(|text| text.trim().is_empty()) => return None,
            _ => {}
        }
        let is_unclear = self.text.get(content..).is_some_and(|text| text.starts_with(is_invisible));
        self.fill(from, end);
        match key {
            Some((key, _)) => {
                self.gaps.insert(key);
                self.lost |= column == 0;
            }
            // The intended depth of a line with such an indentation is unknown.
            None if is_unclear => {
                self.lose(&line, usize::MAX);
            }
            None => self.lose(&line, column),
        }
        Some(end)
    }

    /// Records that keys are missing in the map around a line.
    fn lose(&mut self, line: &Range<usize>, column: usize) {
        self.lost = true;
        let mut lines: Vec<Range<usize>> =
            self.lines().take_while(|other| other.start < line.start).collect();
        while let Some(line) = lines.pop() {
            let content = content_of(&self.text, &line);
            if content == line.end || content - line.start >= column {
                continue;
            }
            // A list of types or operations is known to be incomplete. The keys of a smaller map are unknown.
            if let Some(key) = key_line(&self.text, &line) {
                let is_empty = self.text.get(key.value..line.end).is_none_or(|value| value.trim().is_empty());
                if content > line.start || is_empty && !self.has_parts(&line) {
                    self.gaps.insert(key.key.start);
                }
            }
            return;
        }
    }

    /// Whether the deeper lines below a line contain any text.
    fn has_parts(&self, line: &Range<usize>) -> bool {
        let end = self.deeper_lines(line, content_of(&self.text, line) - line.start);
        self.text.get(line.end..end).is_some_and(|parts| !parts.trim().is_empty())
    }

    /// Returns the end of the following lines that are indented deeper than a column.
    fn deeper_lines(&self, line: &Range<usize>, column: usize) -> usize {
        let mut end = line.end;
        let mut last = line.clone();
        while let Some(next) = next_line(&self.text, &last) {
            let content = content_of(&self.text, &next);
            if content < next.end {
                if content - next.start <= column {
                    break;
                }
                end = next.end;
            }
            last = next;
        }
        end
    }

    /// Returns the end of the following lines that begin with a closing bracket.
    fn closing_lines(&self, end: usize) -> usize {
        let mut line = line_at(&self.text, end);
        while let Some(next) = next_line(&self.text, &line) {
            let content = content_of(&self.text, &next);
            if !self.text.get(content..).is_some_and(|rest| rest.starts_with([']', '}'])) {
                break;
            }
            line = next;
        }
        line.end.max(end)
    }

    fn blank_tabs(&mut self) -> Option<usize> {
        let indented: Vec<Range<usize>> =
            self.lines().filter(|line| tabs(&self.text, line).is_some()).collect();
        for line in &indented {
            self.fill(line.start, line.end);
        }
        for line in &indented {
            self.lose(line, usize::MAX);
        }
        indented.first().map(|line| line.end)
    }

    fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::successors(Some(line_at(&self.text, 0)), |line| next_line(&self.text, line))
    }

    /// Replaces bytes by blanks, except line ends.
    fn fill(&mut self, start: usize, end: usize) {
        let Some(text) = self.text.get(start..end) else { return };
        let blanks: String = text
            .chars()
            .flat_map(|c| std::iter::repeat_n(if matches!(c, '\n' | '\r') { c } else { ' ' }, c.len_utf8()))
            .collect();
        self.text.replace_range(start..end, &blanks);
    }
}

/// Whether YAML forbids the character everywhere.
/// Whether a byte is the first of a character that YAML does not allow. It can also be the first of another character.
fn starts_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xc2 | 0xef)
}

fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
