//! Scaling of generation with the size of the spec: time, memory and output for 100, 1,000 and 10,000 operations.
//!
//! `cargo bench -p typefoundry-codegen --bench scale [-- <operations>…]`. Growth is linear if the time and memory per
//! operation stay constant from line to line.

mod spec;

use std::hint::black_box;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use typefoundry_codegen::output::Output;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{Generated, generate};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// The time to spend on each size, within the minimum and maximum number of runs below.
const BUDGET: Duration = Duration::from_secs(5);
const RUNS: std::ops::RangeInclusive<usize> = 3..=25;

fn main() {
    // Cargo passes options such as `--bench`; numbers are sizes.
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    println!(
        "{:>10} {:>9} {:>5} {:>11} {:>9} {:>10} {:>11} {:>9} {:>8} {:>10}",
        "operations",
        "spec",
        "runs",
        "median",
        "ops/s",
        "time/op",
        "peak memory",
        "memory/op",
        "files",
        "output"
    );
    for size in sizes {
        println!("{}", line(&spec::sources(size)));
    }
}

/// Measures one spec.
fn line(sources: &[Source]) -> String {
    let (memory, output) = peak_of(|| output_of(generate(sources.to_vec())));
    let operations: usize = output.packages.iter().map(|package| package.operations).sum();
    let files = output.files.len();
    let bytes: usize = output.files.iter().map(|file| file.text.len()).sum();
    drop(output);
    let times = times_of(|| generate(sources.to_vec()));
    let median = times[times.len() / 2].as_secs_f64();
    format!(
        "{operations:>10} {:>6.1} MB {:>5} {:>8.1} ms {:>9.0} {:>7.0} µs {:>8.1} MB {:>6.1} KB {files:>8} {:>7.1} MB",
        sources.iter().map(|source| source.text.len()).sum::<usize>() as f64 / 1e6,
        times.len(),
        median * 1e3,
        operations as f64 / median,
        median * 1e6 / operations as f64,
        memory as f64 / 1e6,
        memory as f64 / 1e3 / operations as f64,
        bytes as f64 / 1e6,
    )
}

/// Returns the output. A spec with diagnostics would measure the wrong code.
fn output_of(generated: Generated) -> Output {
    assert!(generated.diagnostics.is_empty(), "{}", generated.render(false));
    generated.output.expect("a spec without problems has an output")
}

/// Returns the peak memory allocated by `work`, and its result.
fn peak_of<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let made = work();
    (MEMORY.peak_usage() - before, made)
}

/// Returns the times of many runs, sorted. Dropping the result is not measured.
fn times_of<T>(mut work: impl FnMut() -> T) -> Vec<Duration> {
    let mut times: Vec<Duration> = Vec::new();
    while times.len() < *RUNS.start()
        || (times.len() < *RUNS.end() && times.iter().sum::<Duration>() < BUDGET)
    {
        let start = Instant::now();
        let made = black_box(work());
        times.push(start.elapsed());
        drop(made);
    }
    times.sort();
    times
}
