//! The time of one run.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use super::{command, output};
use crate::case::{Case, Clock};

const SAMPLES: usize = 75;
/// The samples of work that is so long that [`SAMPLES`] would exceed [`PATIENCE`].
const FEWEST_SAMPLES: usize = 3;
const PATIENCE: Duration = Duration::from_millis(200);
/// The minimum duration of a sample, long enough that the cost of reading the clock does not matter. Short, so that
/// other processes disturb few samples.
const SAMPLE: Duration = Duration::from_micros(400);

/// Measures one run of a case in a separate process.
pub(crate) fn seconds(this: &Path, case: &str) -> Option<f64> {
    output(command(this).args(["--time", case]))?.0.trim().parse().ok()
}

/// Measures one request, or the whole work: the shortest of many samples, because other processes can only add time.
pub(crate) fn seconds_here(case: &Case) -> f64 {
    let work = case.prepare();
    let mut runs = 1;
    while time_of(&*work, runs, case.clock) < SAMPLE {
        runs *= 2;
    }
    let (start, mut shortest) = (Instant::now(), Duration::MAX);
    for sample in 0..SAMPLES {
        if sample >= FEWEST_SAMPLES && start.elapsed() > PATIENCE {
            break;
        }
        shortest = shortest.min(time_of(&*work, runs, case.clock));
    }
    shortest.as_secs_f64() / f64::from(runs * case.requests)
}

fn time_of(work: &dyn Fn(), runs: u32, clock: Clock) -> Duration {
    let run = || (0..runs).for_each(|_| black_box(work)());
    match clock {
        Clock::Wall => {
            let start = Instant::now();
            run();
            start.elapsed()
        }
        Clock::Cpu => {
            let start = ProcessTime::now();
            run();
            start.elapsed()
        }
    }
}

/// Returns the median, or `None` if there are no samples.
pub(crate) fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
}
