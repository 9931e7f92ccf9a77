//! The command line and the rounds of a bench.

use std::path::{Path, PathBuf};

use crate::case::Case;
use crate::measure::{Exact, exact, median, run_counted, seconds, seconds_here};
use crate::table;

/// The number of rounds. Each times every case once, so that a case and its floors are timed at about the same moment.
const ROUNDS: usize = 11;

/// The measurements of one case. `None` and an empty list stand for a measurement that is not available.
pub(crate) struct Measured {
    /// The times of all rounds.
    seconds: Vec<f64>,
    pub(crate) exact: Option<Exact>,
}

impl Measured {
    pub(crate) fn seconds(&self) -> Option<f64> {
        median(self.seconds.clone())
    }

    /// Returns the median ratio of the times of each round.
    pub(crate) fn seconds_ratio(&self, floor: &Self) -> Option<f64> {
        median(self.seconds.iter().zip(&floor.seconds).map(|(ours, floor)| ours / floor).collect())
    }
}

/// Measures the cases, and prints a table.
///
/// `allocations` is the path of the executable that calls [`print_allocations`](crate::print_allocations) with the same
/// cases.
///
/// The words of the command line select cases by parts of their names; the floors of a case are selected with it. With
/// `--exact`, only exact figures are measured, and printed as lines of tab-separated values.
pub fn bench(cases: &[Case], allocations: &str) {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--time", case] => println!("{}", seconds_here(&*find(cases, case).prepare())),
        ["--count", case] => run_counted(&*find(cases, case).prepare()),
        ["--exact", words @ ..] => {
            let cases = selected(cases, words);
            table::print_exact(&cases, &measured(&cases, 0, Path::new(allocations)));
        }
        words => {
            let cases = selected(cases, words);
            table::print(&cases, &measured(&cases, ROUNDS, Path::new(allocations)));
        }
    }
}

/// Returns the case with the name.
pub(crate) fn find<'a>(cases: &'a [Case], name: &str) -> &'a Case {
    cases.iter().find(|case| case.name == name).expect("the name of a case")
}

/// Returns the cases whose names contain one of the words, and their floors; all cases if there is no word.
fn selected<'a>(cases: &'a [Case], words: &[&str]) -> Vec<&'a Case> {
    let mut is_selected = false;
    let select = |case: &&Case| {
        if !case.is_floor {
            is_selected = words.is_empty() || words.iter().any(|word| case.name.contains(word));
        }
        is_selected
    };
    cases.iter().filter(select).collect()
}

fn measured(cases: &[&Case], rounds: usize, allocations: &Path) -> Vec<Measured> {
    let this = std::env::current_exe().unwrap_or_else(|_| PathBuf::new());
    let of_case =
        |case: &&Case| Measured { seconds: Vec::new(), exact: exact(&this, allocations, case.name) };
    let mut measured: Vec<_> = cases.iter().map(of_case).collect();
    for _ in 0..rounds {
        for (case, measured) in cases.iter().zip(&mut measured) {
            measured.seconds.extend(seconds(&this, case.name));
        }
    }
    measured
}
