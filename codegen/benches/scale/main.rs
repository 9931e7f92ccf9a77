//! Scaling of generation with the size of the spec: time, CPU time, memory and output for the descriptions of this repository,
//! and for 100, 500, 1,000 and 10,000 operations.
//!
//! `cargo bench -p typefoundry-codegen --bench scale [-- <operations>…]`. Growth is linear if the time and memory per
//! operation stay constant from line to line. With `--profile dev`, the generator is built as for `cargo xtask`.

mod spec;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use peak_alloc::PeakAlloc;
use typefoundry_codegen::output::Output;
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{Generated, generate};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 4] = [100, 500, 1_000, 10_000];
/// The time to spend on each size, within the minimum and maximum number of runs below.
const BUDGET: Duration = Duration::from_secs(5);
const RUNS: std::ops::RangeInclusive<usize> = 3..=25;

fn main() {
    // Cargo passes options such as `--bench`; numbers are sizes.
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    println!(
        "{:>10} {:>9} {:>5} {:>11} {:>11} {:>10} {:>11} {:>9} {:>8} {:>10}",
        "operations",
        "spec",
        "runs",
        "median",
        "CPU",
        "time/op",
        "peak memory",
        "memory/op",
        "files",
        "output"
    );
    println!("{}  (spec/)", line(&own_sources()));
    for size in sizes {
        println!("{}", line(&spec::sources(size)));
    }
}

/// Reads the descriptions of this repository.
fn own_sources() -> Vec<Source> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for benches");
    let root = Path::new(&package).join("../spec");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let name =
                    path.strip_prefix(&root).expect("below spec/").to_string_lossy().replace('\\', "/");
                sources.push(Source::new(name, std::fs::read_to_string(path).expect("a description")));
            }
        }
    }
    sources
}

/// Measures one spec.
fn line(sources: &[Source]) -> String {
    let (memory, output) = peak_of(|| output_of(generate(sources.to_vec(), &Settings::default())));
    let operations: usize = output.packages.iter().map(|package| package.operations).sum();
    let files = output.files.len();
    let bytes: usize = output.files.iter().map(|file| file.text.len()).sum();
    drop(output);
    let start = ProcessTime::now();
    let times = times_of(|| generate(sources.to_vec(), &Settings::default()));
    let cpu = start.elapsed().as_secs_f64() / times.len() as f64;
    let median = times[times.len() / 2].as_secs_f64();
    format!(
        "{operations:>10} {:>6.1} MB {:>5} {:>8.1} ms {:>8.1} ms {:>7.0} µs {:>8.1} MB {:>6.1} KB {files:>8} {:>7.1} MB",
        sources.iter().map(|source| source.text.len()).sum::<usize>() as f64 / 1e6,
        times.len(),
        median * 1e3,
        cpu * 1e3,
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
