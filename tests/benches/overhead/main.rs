//! The cost of a package compared with decoding JSON by derived code: time, instructions and allocations.
//!
//! `cargo bench -p typefoundry-tests --bench overhead`. Instructions are counted if valgrind is installed.
//! Allocations are counted by the bench `allocations`, which this one starts. A floor is the cost of `serde_json`
//! with derived `Deserialize` for the same document; the ratios in its row compare the case above with it.

mod cases;
mod documents;
mod floor;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cases::Case;

/// The number of timings of each case. Each runs in its own process, so that a case does not affect the heap and the
/// caches of the next one.
const ROUNDS: usize = 9;
const SAMPLES: usize = 101;
/// The minimum duration of a sample, long enough that the cost of reading the clock does not matter. Short, so that
/// other processes disturb few samples.
const SAMPLE: Duration = Duration::from_micros(400);

/// The numbers of runs under valgrind. Their difference excludes the cost of the process itself.
const COUNTED_RUNS: [u32; 2] = [4, 24];

/// The measurements of one case; `None` where a measurement is not available.
struct Measured {
    /// The median of the fastest round.
    seconds: Option<f64>,
    instructions: Option<f64>,
    allocations: Option<[String; 3]>,
}

fn main() {
    let cases = cases::all();
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name| -> Option<usize> {
        arguments.get(arguments.iter().position(|word| word == name)? + 1)?.parse().ok()
    };
    match (number("--case"), number("--times")) {
        (Some(case), Some(times)) => (0..times).for_each(|_| (cases[case].run)()),
        (Some(case), None) => println!("{}", seconds_here(&cases[case])),
        (None, _) => print_table(&cases, &measured(cases.len())),
    }
}

fn measured(cases: usize) -> Vec<Measured> {
    let mut rounds = vec![Vec::new(); cases];
    for _ in 0..ROUNDS {
        (0..cases).for_each(|case| rounds[case].extend(seconds(case)));
    }
    let mut allocations = allocations().into_iter();
    let of_case = |(case, seconds): (usize, Vec<f64>)| Measured {
        seconds: seconds.into_iter().min_by(f64::total_cmp),
        instructions: instructions(case),
        allocations: allocations.next(),
    };
    rounds.into_iter().enumerate().map(of_case).collect()
}

/// Runs this executable for one case only.
fn of_one_case(mut command: Command, case: usize, words: &[&str]) -> Option<std::process::Output> {
    command.args(["--case", &case.to_string()]).args(words).output().ok()
}

/// Measures the time of one run in a separate process.
fn seconds(case: usize) -> Option<f64> {
    let this = Command::new(std::env::current_exe().ok()?);
    String::from_utf8(of_one_case(this, case, &[])?.stdout).ok()?.trim().parse().ok()
}

fn seconds_here(case: &Case) -> f64 {
    let mut runs = 1;
    while time_of(case, runs) < SAMPLE {
        runs *= 2;
    }
    let samples = (0..SAMPLES).map(|_| time_of(case, runs).as_secs_f64() / f64::from(runs));
    median(samples.collect())
}

fn time_of(case: &Case, runs: u32) -> Duration {
    let start = Instant::now();
    (0..runs).for_each(|_| black_box(&case.run)());
    start.elapsed()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// Counts the instructions of one run with valgrind.
fn instructions(case: usize) -> Option<f64> {
    let [few, many] = COUNTED_RUNS;
    let counted = collected(case, many)? - collected(case, few)?;
    Some(counted / f64::from(many - few))
}

fn collected(case: usize, times: u32) -> Option<f64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe().ok()?);
    let output = of_one_case(valgrind, case, &["--times", &times.to_string()])?;
    let text = String::from_utf8(output.stderr).ok()?;
    text.lines().find_map(|line| line.split("Collected : ").nth(1))?.trim().parse().ok()
}

/// Returns the blocks, bytes and peak of each case from the bench that counts them.
fn allocations() -> Vec<[String; 3]> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["bench", "--quiet", "--package", env!("CARGO_PKG_NAME"), "--bench", "allocations"])
        .stderr(Stdio::inherit())
        .output();
    let text = output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).into());
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into().ok();
    text.lines().filter_map(columns).collect()
}

fn print_table(cases: &[Case], measured: &[Measured]) {
    println!("{:<48} {:>18} {:>18} {:>25}", "", "time", "instructions", "allocations");
    let head = ["median", "ratio", "count", "ratio", "blocks", "bytes", "peak"];
    print_row("", head.map(str::to_owned));
    let mut above = None;
    for (case, here) in cases.iter().zip(measured) {
        above = if case.is_floor { above } else { Some(here) };
        let ours = above.filter(|_| case.is_floor);
        let ratio = |of: fn(&Measured) -> Option<f64>| {
            let ratio = ours.and_then(of).zip(of(here)).map(|(ours, floor)| ours / floor);
            ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
        };
        let [blocks, bytes, peak] = here.allocations.clone().unwrap_or_default();
        let time = here.seconds.map_or_else(String::new, |seconds| format!("{:.2} µs", seconds * 1e6));
        let count = here.instructions.map_or_else(String::new, |count| format!("{count:.0}"));
        let (of_time, of_count) = (ratio(|one| one.seconds), ratio(|one| one.instructions));
        print_row(case.name, [time, of_time, count, of_count, blocks, bytes, peak]);
    }
    if measured.iter().any(|one| one.instructions.is_none()) {
        println!("Instructions: not measured, because valgrind is not installed.");
    }
}

fn print_row(name: &str, [time, of_time, count, of_count, blocks, bytes, peak]: [String; 7]) {
    println!("{name:<48} {time:>11} {of_time:>6} {count:>11} {of_count:>6} {blocks:>7} {bytes:>8} {peak:>8}");
}
