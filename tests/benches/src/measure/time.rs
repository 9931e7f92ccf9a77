//! The time of one run.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{command, output};

const SAMPLES: usize = 75;
/// The minimum duration of a sample, long enough that the cost of reading the clock does not matter. Short, so that
/// other processes disturb few samples.
const SAMPLE: Duration = Duration::from_micros(400);

/// Measures one run of a case in a separate process.
pub(crate) fn seconds(this: &Path, case: &str) -> Option<f64> {
    output(command(this).args(["--time", case]))?.0.trim().parse().ok()
}

/// Measures one run of the work: the shortest of many samples, because other processes can only add time.
pub(crate) fn seconds_here(work: &dyn Fn()) -> f64 {
    let mut runs = 1;
    while time_of(work, runs) < SAMPLE {
        runs *= 2;
    }
    let samples = (0..SAMPLES).map(|_| time_of(work, runs).as_secs_f64() / f64::from(runs));
    samples.fold(f64::INFINITY, f64::min)
}

fn time_of(work: &dyn Fn(), runs: u32) -> Duration {
    let start = Instant::now();
    (0..runs).for_each(|_| black_box(work)());
    start.elapsed()
}

/// Returns the median, or `None` if there are no samples.
pub(crate) fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
}
