//! The duration of a fuzz run, and its report of a failure.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use fastrand::Rng;
use typefoundry_tests::PATIENCE;

/// The seed of all inputs, unless `FUZZ_SEED` is set.
const SEED: u64 = 0x7970_6566;

/// The number of inputs, unless `FUZZ_SECONDS` is set.
const INPUTS: u64 = 20_000;

/// Runs `tries` on one input after another and prints their number.
///
/// Each input has its own seed, which is printed on failure: `FUZZ_SEED` with that value makes it the first input. An
/// input that takes longer than [`PATIENCE`] is a failure too.
pub(crate) fn run(what: &'static str, mut tries: impl FnMut(&mut Rng) + Send + 'static) {
    let (progress, told) = channel();
    let work = std::thread::spawn(move || try_all(what, &progress, &mut tries));
    let mut last = None;
    loop {
        match told.recv_timeout(PATIENCE) {
            Ok(seed) => last = Some(seed),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                panic!("{what}: timed out at FUZZ_SEED={last:?}")
            }
        }
    }
    if let Err(panic) = work.join() {
        std::panic::resume_unwind(panic);
    }
}

fn try_all(what: &str, progress: &Sender<u64>, tries: &mut impl FnMut(&mut Rng)) {
    let first = number("FUZZ_SEED").unwrap_or(SEED);
    let budget = number("FUZZ_SECONDS").map(Duration::from_secs);
    let start = Instant::now();
    let mut inputs = 0;
    while budget.map_or(inputs < INPUTS, |budget| start.elapsed() < budget) {
        let seed = first.wrapping_add(inputs);
        progress.send(seed).expect("the main thread waits");
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| tries(&mut Rng::with_seed(seed)))) {
            eprintln!("{what}: failed at FUZZ_SEED={seed}");
            std::panic::resume_unwind(panic);
        }
        inputs += 1;
    }
    println!("{what}: {inputs} inputs from seed {first} in {:.1} s", start.elapsed().as_secs_f64());
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().expect("a number"))
}
