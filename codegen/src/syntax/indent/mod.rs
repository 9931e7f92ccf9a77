//! Diagnostics about wrong indentation, found by trial.
//!
//! A line at the wrong indentation is often valid YAML with another meaning, and one such line can invalidate many others.
//! Changes near the first problem are therefore tried, and the one that leaves the fewest problems becomes the advice. The
//! advice is then known to work. The changed text is read in place of the file, so that all other problems are reported as
//! well.

mod lines;
mod changes;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use changes::changes;
use lines::{Change, Lines};

pub use lines::Shifts;

/// The limit of changes to one file.
const MAX_CHANGES: usize = 6;
/// The limit of bytes that are read while changes to one file are tried.
const MAX_BYTES: usize = 6_000_000;

/// The result of reading a text.
pub(super) struct Trial {
    pub(super) problems: Vec<Diagnostic>,
    /// The unknown keys that are valid elsewhere.
    pub(super) strays: Vec<Span>,
    /// The number of keys and items in the text. A change that turns some into text is not a repair.
    pub(super) keys: usize,
}

impl Trial {
    /// Whether wrong indentation explains some of the problems.
    pub(super) fn is_suspicious(&self) -> bool {
        !suspects(self).is_empty()
    }
}

/// A text without suspicious indentation.
pub(super) struct Repaired {
    pub(super) text: String,
    pub(super) shifts: Shifts,
    /// The changes as diagnostics, with spans of the original text.
    pub(super) problems: Vec<Diagnostic>,
}

/// Changes the indentation of lines, or adds keys above them, until no problem suggests a wrong indentation.
pub(super) fn repair(
    text: &str,
    file: usize,
    mut trial: Trial,
    read: impl Fn(&str) -> Trial,
) -> Option<Repaired> {
    let mut lines = Lines::new(text);
    let mut problems = Vec::new();
    let mut budget = MAX_BYTES;
    while problems.len() < MAX_CHANGES
        && let Some((change, better)) = best(&lines, &trial, &read, &mut budget)
    {
        problems.push(describe(&lines, file, &change));
        lines = lines.with(&change);
        trial = better;
    }
    let text = lines.text();
    (!problems.is_empty()).then(|| Repaired { shifts: lines.shifts(), text, problems })
}

/// Returns the change that leaves the fewest problems, preferring small changes.
fn best(
    lines: &Lines,
    trial: &Trial,
    read: &impl Fn(&str) -> Trial,
    budget: &mut usize,
) -> Option<(Change, Trial)> {
    let suspects = suspects(trial);
    let first = lines.at(suspects.first()?.start);
    let mut found: Option<(usize, Change, Trial)> = None;
    for change in changes(lines, first) {
        let text = lines.with(&change).text();
        let Some(left) = budget.checked_sub(text.len()) else { break };
        *budget = left;
        let tried = read(&text);
        if tried.keys < trial.keys || adds_unknown_key(lines, &change, &tried) {
            continue;
        }
        let cost = cost(lines, trial, &change, &tried);
        if cost < found.as_ref().map_or(trial.problems.len(), |(least, ..)| *least) {
            found = Some((cost, change, tried));
        }
        if cost == 0 {
            break;
        }
    }
    found.map(|(_, change, tried)| (change, tried))
}

/// Whether a change adds a key that the file does not have at this place, or one that cannot contain the next line.
fn adds_unknown_key(lines: &Lines, change: &Change, after: &Trial) -> bool {
    let changed = lines.with(change);
    let is_added = |problem: &Diagnostic| {
        let line = changed.at(problem.span.start);
        problem.code == Code::UnknownKey && (line == change.first || line == change.first + 1)
    };
    change.above.is_some() && after.problems.iter().any(is_added)
}

/// Rates the problems that remain after a change. A new problem counts twice, since the change can be its cause.
fn cost(lines: &Lines, before: &Trial, change: &Change, after: &Trial) -> usize {
    let known: BTreeSet<(usize, &str)> = before
        .problems
        .iter()
        .map(|problem| (lines.at(problem.span.start), problem.message.as_str()))
        .collect();
    let changed = lines.with(change);
    let added = usize::from(change.above.is_some());
    let is_known = |problem: &&Diagnostic| {
        let line = changed.at(problem.span.start);
        let line = if line > change.first { line - added } else { line };
        known.contains(&(line, problem.message.as_str()))
    };
    let old = after.problems.iter().filter(is_known).count();
    old + 2 * (after.problems.len() - old)
}

/// Returns the spans that wrong indentation explains, in order.
fn suspects(trial: &Trial) -> Vec<Span> {
    let misplaced = trial.problems.iter().filter(|problem| problem.code == Code::WrongIndentation);
    let mut spans: Vec<Span> =
        misplaced.map(|problem| problem.span).chain(trial.strays.iter().copied()).collect();
    spans.sort();
    spans
}

/// Returns the diagnostic for a change, with spans of the original text.
fn describe(lines: &Lines, file: usize, change: &Change) -> Diagnostic {
    let original = |(start, end): (usize, usize)| Span::new(file, start..end);
    let span = original(lines.original_key(change.first));
    let name = lines.name(change.first);
    let run = match change.last - change.first {
        0 => "the line".to_owned(),
        _ => {
            let (first, last) = (lines.original_number(change.first), lines.original_number(change.last));
            format!("lines {first} to {last}")
        }
    };
    let by = match change.by {
        by if by < 0 => format!("{} less", spaces(by.unsigned_abs())),
        by => format!("{} more", spaces(by.unsigned_abs())),
    };
    let here = lines.column(change.first);
    if let Some(key) = change.above {
        let column = match change.column {
            0 => "without indentation".to_owned(),
            column => format!("indented by {}", spaces(column)),
        };
        let above = format!("add the line `{key}:` above this line, {column}");
        let help = match change.by {
            0 => above,
            _ => format!("{above}, and indent {run} by {by}"),
        };
        let message = format!("the key `{key}` is missing above `{name}`");
        return Diagnostic::error(Code::MissingKey, span, message)
            .label(format!("`{key}:` is expected above"))
            .help(help);
    }
    let target = here.saturating_add_signed(change.by);
    let problem =
        Diagnostic::error(Code::WrongIndentation, span, format!("`{name}` is at the wrong indentation"))
            .label(format!("indented by {}", spaces(here)))
            .help(match change.last - change.first {
                0 => format!("indent the line by {}", spaces(target)),
                _ => format!("indent {run} by {by}"),
            });
    match lines.parent(change.first, target) {
        Some(parent) => problem.note(original(lines.original_key(parent)), "belongs below this key"),
        None => problem,
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no spaces".to_owned(),
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    }
}

#[cfg(test)]
mod tests;
