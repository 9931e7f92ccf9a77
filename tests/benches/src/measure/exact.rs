//! Figures that do not depend on the load of the machine: allocations, and instructions counted by valgrind.

use std::path::{Path, PathBuf};

use super::{command, output};
use crate::case::Case;

/// The number of runs before the counted one. They initialize values that are created once and kept, and bring the
/// heap into the state that later runs find and leave.
const RUNS_BEFORE: usize = 3;

/// Returns the allocations, the bytes, and the highest number of bytes that are allocated at the same time.
pub(crate) fn allocations(counter: &Path, case: &Case) -> Option<[u64; 3]> {
    let text = output(command(counter).arg(case.name))?.0;
    let columns: Option<Vec<_>> = text.split_whitespace().map(|column| column.parse().ok()).collect();
    columns?.try_into().ok()
}

/// Counts the instructions of one request, or of the whole work if it has none, with valgrind: those within [`counted`] and the functions that it calls.
///
/// Returns `None` if valgrind is not installed.
pub(crate) fn instructions(this: &Path, case: &Case) -> Option<u64> {
    let mut valgrind = command(&valgrind()?);
    valgrind.args([
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        "--toggle-collect=*::exact::counted*",
    ]);
    let text = output(valgrind.arg(this).args(["--count", case.name]))?.1;
    let total: u64 = text.lines().find_map(|line| line.split("Collected : ").nth(1))?.trim().parse().ok()?;
    Some(total / u64::from(case.requests))
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
