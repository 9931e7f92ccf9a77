//! The command line and the rounds of a bench.

use std::path::{Path, PathBuf};

use crate::case::Case;
use crate::measure::{allocations, instructions, median, run_counted, seconds, seconds_here};
use crate::server;
use crate::table;

/// The number of rounds. Each times every case once, so that a case and its floors are timed at about the same moment.
const ROUNDS: usize = 11;

/// The measurements of one case. An empty list and `None` mean that the measurement is not available.
pub(crate) struct Measured {
    /// The times of all rounds.
    seconds: Vec<f64>,
    pub(crate) instructions: Option<u64>,
    /// The allocations, the bytes, and the highest number of bytes that are allocated at the same time.
    pub(crate) allocations: [Option<u64>; 3],
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
/// `counter` is the path of the executable that calls [`print_allocations`](crate::print_allocations) with the same
/// cases. Without it, allocations are not counted.
///
/// Each argument on the command line selects the cases whose names contain it, with their floors. `--exact` omits the
/// times. `--figures` prints the exact figures of all cases without floors, as lines of tab-separated values.
pub fn bench(cases: &[Case], counter: Option<&str>) {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let counter = counter.map(Path::new);
    match arguments.as_slice() {
        [server::ARGUMENT] => server::serve(),
        ["--time", case] => println!("{}", seconds_here(find(cases, case))),
        ["--count", case] => run_counted(&*find(cases, case).prepare()),
        ["--exact", parts @ ..] => {
            let cases = selected(cases, parts);
            table::print(&cases, &measured(&cases, 0, counter));
        }
        ["--figures"] => {
            let cases: Vec<_> = cases.iter().filter(|case| case.floor_of.is_none()).collect();
            table::print_figures(&cases, &measured(&cases, 0, counter));
        }
        parts => {
            let cases = selected(cases, parts);
            table::print(&cases, &measured(&cases, ROUNDS, counter));
        }
    }
}

/// Returns the case with the name.
pub(crate) fn find<'a>(cases: &'a [Case], name: &str) -> &'a Case {
    cases.iter().find(|case| case.name == name).expect("the name of a case")
}

/// Returns the cases whose names contain one of the parts, and their floors. Returns all cases if there are no parts.
fn selected<'a>(cases: &'a [Case], parts: &[&str]) -> Vec<&'a Case> {
    let mut is_selected = false;
    let select = |case: &&Case| {
        if case.floor_of.is_none() {
            is_selected = parts.is_empty() || parts.iter().any(|part| case.name.contains(part));
        }
        is_selected
    };
    cases.iter().filter(select).collect()
}

fn measured(cases: &[&Case], rounds: usize, counter: Option<&Path>) -> Vec<Measured> {
    let this = std::env::current_exe().unwrap_or_else(|_| PathBuf::new());
    let of_case = |case: &&Case| Measured {
        seconds: Vec::new(),
        instructions: case.counts_instructions.then(|| instructions(&this, case)).flatten(),
        allocations: counter
            .and_then(|counter| allocations(counter, case))
            .map_or([None; 3], |all| all.map(Some)),
    };
    let mut measured: Vec<_> = cases.iter().map(of_case).collect();
    for _ in 0..rounds {
        for (case, measured) in cases.iter().zip(&mut measured) {
            measured.seconds.extend(seconds(&this, case.name));
        }
    }
    measured
}
