//! The candidate changes of an indentation, smallest first.

use std::collections::BTreeSet;

use super::lines::{Change, Lines};

/// The limit of lines below the first one that a change moves individually. Larger changes move whole keys.
const MAX_LINES: usize = 6;
const MAX_KEYS: usize = 16;
/// The keys before which a line can be missing, each with the column of that line. `None` is any column.
const SECTIONS: &[(&str, Option<usize>)] = &[
    ("types", Some(0)),
    ("operations", Some(0)),
    ("package", Some(0)),
    ("credentials", Some(0)),
    ("servers", Some(0)),
    ("pagination", Some(0)),
    ("envelope", Some(0)),
    ("errors", Some(0)),
    ("options", Some(0)),
    ("fields", Some(4)),
    ("params", Some(4)),
    ("response", Some(4)),
    ("headers", Some(4)),
    ("enum", Some(4)),
    ("one_of", Some(4)),
    ("codes", Some(2)),
];

/// Returns candidate changes around a line.
pub(super) fn changes(lines: &Lines, suspect: usize) -> Vec<Change> {
    let mut starts = vec![suspect];
    let above: Vec<usize> = (0..suspect).rev().filter(|line| !lines.is_blank(*line)).take(3).collect();
    starts.extend(above);
    let mut column = lines.column(suspect);
    while let Some(parent) = lines.parent(suspect, column).filter(|_| column > 0) {
        starts.push(parent);
        column = lines.column(parent);
    }
    starts.extend((suspect + 1..lines.count()).filter(|line| !lines.is_blank(*line)).take(1));
    let mut seen = BTreeSet::new();
    starts.retain(|start| seen.insert(*start));
    let mut all: Vec<(usize, usize, Change)> = Vec::new();
    for (rank, first) in starts.iter().copied().enumerate() {
        let columns = columns_near(lines, first);
        for last in ends(lines, first) {
            for column in &columns {
                let by = column.cast_signed() - lines.column(first).cast_signed();
                if by != 0 && by.unsigned_abs() <= 6 && fits(lines, first, last, by) {
                    all.push((last - first, rank, Change { first, last, by, above: None, column: 0 }));
                }
            }
        }
    }
    // Descriptions are indented by two spaces.
    let is_odd = |change: &Change| lines.column(change.first).saturating_add_signed(change.by) % 2;
    all.sort_by_key(|(count, rank, change)| {
        (*count, is_odd(change), *rank, change.by.unsigned_abs(), change.by)
    });
    let shifts = all.into_iter().map(|(.., change)| change);
    shifts.chain(starts.iter().flat_map(|first| additions(lines, *first))).collect()
}

/// Whether all lines stay at or after the first column.
fn fits(lines: &Lines, first: usize, last: usize, by: isize) -> bool {
    (first..=last).all(|line| lines.is_blank(line) || lines.column(line).checked_add_signed(by).is_some())
}

/// Returns the columns that a line was possibly meant to have.
fn columns_near(lines: &Lines, line: usize) -> Vec<usize> {
    let from = line.saturating_sub(12);
    let near = (from..(line + 12).min(lines.count())).filter(|line| !lines.is_blank(*line));
    let columns: BTreeSet<usize> = near.map(|line| lines.column(line)).collect();
    let here = lines.column(line);
    let beside = [Some(0), here.checked_sub(2), Some(here + 2), columns.last().map(|column| column + 2)];
    columns.into_iter().chain(beside.into_iter().flatten()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the lines at which a moved block can end: the next few lines, and the last lines of the next few sibling keys.
fn ends(lines: &Lines, first: usize) -> Vec<usize> {
    let mut ends: BTreeSet<usize> =
        (first..lines.count()).filter(|line| !lines.is_blank(*line)).take(MAX_LINES).collect();
    let column = lines.column(first);
    let mut last = first;
    let mut keys = 0;
    for line in first + 1..lines.count() {
        if lines.is_blank(line) {
            continue;
        }
        if lines.column(line) <= column {
            ends.insert(last);
            keys += 1;
        }
        if lines.column(line) < column || keys > MAX_KEYS {
            return ends.into_iter().collect();
        }
        last = line;
    }
    ends.insert(last);
    ends.into_iter().collect()
}

/// Returns candidate changes that add a key above a line.
fn additions(lines: &Lines, first: usize) -> Vec<Change> {
    let here = lines.column(first);
    let mut all = Vec::new();
    for (key, at) in SECTIONS {
        if *at == Some(0) && lines.has_section(key) {
            continue;
        }
        let deleted = here.checked_sub(2).filter(|column| at.is_none_or(|at| at == *column));
        if let Some(column) = deleted {
            all.push(Change { first, last: first, by: 0, above: Some(key), column });
        }
        if at.is_none_or(|at| at == here) {
            let ends = ends(lines, first).into_iter();
            all.extend(ends.map(|last| Change { first, last, by: 2, above: Some(key), column: here }));
        }
    }
    all
}
