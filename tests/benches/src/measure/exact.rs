//! Figures that do not depend on the load of the machine: allocations, and instructions counted by valgrind.

use std::path::{Path, PathBuf};

use super::{command, output};

/// The number of runs before the counted one. They initialize values that are created once and kept, and bring the
/// heap into the state that later runs find and leave.
const RUNS_BEFORE: usize = 3;

/// The exact figures of one run.
#[derive(Clone, Copy)]
pub(crate) struct Exact {
    pub(crate) allocations: u64,
    pub(crate) bytes: u64,
    /// The highest number of bytes allocated at the same time.
    pub(crate) peak: u64,
    /// `None` if valgrind is not installed.
    pub(crate) instructions: Option<u64>,
}

/// Counts the allocations and the instructions of one run of a case.
pub(crate) fn exact(this: &Path, allocations: &Path, case: &str) -> Option<Exact> {
    let text = output(command(allocations).arg(case))?.0;
    let mut columns = text.split_whitespace().map(|column| column.parse().ok());
    let mut next = || columns.next().flatten();
    let (allocations, bytes, peak) = (next()?, next()?, next()?);
    Some(Exact { allocations, bytes, peak, instructions: instructions(this, case) })
}

/// Counts the instructions of one run with valgrind: those within [`counted`] and the functions that it calls.
fn instructions(this: &Path, case: &str) -> Option<u64> {
    let mut valgrind = command(&valgrind()?);
    valgrind.args([
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        "--toggle-collect=*::exact::counted*",
    ]);
    let text = output(valgrind.arg(this).args(["--count", case]))?.1;
    text.lines().find_map(|line| line.split("Collected : ").nth(1))?.trim().parse().ok()
}

/// Returns the path of valgrind. Commands with an empty environment do not find it by name.
fn valgrind() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join("valgrind")).find(|path| path.is_file())
}

/// Runs the work under valgrind, which counts only the last run.
pub(crate) fn run_counted(work: &dyn Fn()) {
    (0..RUNS_BEFORE).for_each(|_| work());
    counted(work);
}

/// A function that valgrind finds by name.
#[inline(never)]
fn counted(work: &dyn Fn()) {
    work();
}
