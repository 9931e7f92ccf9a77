//! The printed results.

use crate::bench::Measured;
use crate::case::Case;

/// The figures of a row, each followed by its ratio.
const COLUMNS: [&str; 5] = ["time", "instructions", "allocations", "bytes", "peak"];

/// Prints a row for each case. The ratios in the row of a floor compare the case above with it.
pub(crate) fn print(cases: &[&Case], measured: &[Measured]) {
    let head = COLUMNS.map(|column| format!("{column:>13} {:>6}", "ratio"));
    println!("{:<44}{}", "", head.concat());
    let mut above = None;
    for (case, here) in cases.iter().zip(measured) {
        above = if case.floor_of.is_some() { above } else { Some(here) };
        let ratios = above.filter(|_| case.floor_of.is_some()).map_or([None; 5], |above| ratios(above, here));
        let cells = figures(here).into_iter().zip(ratios).map(|(figure, ratio)| {
            let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            format!("{:>13} {ratio:>6}", figure.unwrap_or_default())
        });
        let indent = if case.floor_of.is_some() { "  " } else { "" };
        println!("{:<44}{}", format!("{indent}{}", case.name), cells.collect::<String>().trim_end());
    }
    if cases.iter().zip(measured).any(|(case, one)| case.counts_instructions && one.instructions.is_none()) {
        println!("Instructions are not counted, because valgrind is not installed.");
    }
}

/// Prints a line for each case that is not a floor: its name, instructions, allocations, bytes and peak, separated by tabs.
pub(crate) fn print_figures(cases: &[&Case], measured: &[Measured]) {
    for (case, measured) in cases.iter().zip(measured) {
        let figures = exact_figures(measured)
            .map(|figure| figure.map_or_else(String::new, |figure| figure.to_string()));
        println!("{}\t{}", case.name, figures.join("\t"));
    }
}

fn figures(measured: &Measured) -> [Option<String>; 5] {
    let time = measured.seconds().map(|seconds| format!("{:.2} µs", seconds * 1e6));
    let [instructions, allocations, bytes, peak] =
        exact_figures(measured).map(|figure| figure.map(thousands));
    [time, instructions, allocations, bytes, peak]
}

fn ratios(above: &Measured, floor: &Measured) -> [Option<f64>; 5] {
    let pairs = exact_figures(above).into_iter().zip(exact_figures(floor));
    let mut exact =
        pairs.map(|(above, floor)| Some(above? as f64 / floor.filter(|floor| *floor > 0)? as f64));
    let mut next = || exact.next().flatten();
    [above.seconds_ratio(floor), next(), next(), next(), next()]
}

/// Returns the instructions, allocations, bytes and peak.
fn exact_figures(measured: &Measured) -> [Option<u64>; 4] {
    let [allocations, bytes, peak] = measured.allocations;
    [measured.instructions, allocations, bytes, peak]
}

/// Formats a number with separators.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}
