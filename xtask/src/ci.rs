//! `cargo xtask ci`: the checks that a change must pass.

use anyhow::Result;

use crate::step::{Cost, Step};
use typefoundry::Repository;
use typefoundry::outln;

#[derive(clap::Args)]
pub struct Args {
    /// Print the commands without running them
    #[arg(long)]
    list: bool,
}

/// Users get the runtime and the generated packages, which must not panic. The other crates can use assertions.
const NO_PANIC: &str = "clippy --workspace --exclude typefoundry --exclude typefoundry-codegen --exclude xtask --exclude typefoundry-tests \
     --exclude typefoundry-benches --exclude typefoundry-compile-tests --lib --all-features -- -D warnings -D clippy::unwrap_used \
     -D clippy::expect_used -D clippy::panic -D clippy::indexing_slicing -D clippy::string_slice \
     -D clippy::unreachable";

/// Returns the steps, fast ones first. Tests come last, so that the output ends with their result.
fn steps() -> Vec<Step> {
    let downstream = |name, arguments| Step::cargo(name, arguments).within("tests/downstream");
    vec![
        Step::cargo("format", "fmt --all --check"),
        Step::cargo("generated output", "run --quiet --package xtask -- generate --check"),
        Step::cargo("clippy, all features", "clippy --workspace --all-targets --all-features -- -D warnings"),
        Step::cargo(
            "clippy, no default features",
            "clippy --workspace --all-targets --no-default-features -- -D warnings",
        ),
        Step::cargo("clippy, no panics in the runtime and generated code", NO_PANIC),
        Step::cargo("docs", "doc --workspace --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"),
        Step::cargo("documented combinations of features", "run --quiet --package xtask -- check-features"),
        Step::cargo("oldest Rust version", "run --quiet --package xtask -- check-rust-version"),
        Step::cargo("published crates", "run --quiet --package xtask -- release --check"),
        downstream("downstream, default features", "test --quiet --locked"),
        downstream(
            "downstream, one resource, no transport",
            "test --quiet --locked --no-default-features --features one-resource",
        ),
        downstream("downstream, no features", "test --quiet --locked --no-default-features"),
        // `cargo test --workspace --all-features` in three parts, to print the cost of each.
        Step::cargo("build of the tests", "test --workspace --all-features --no-run"),
        Step::cargo("doctests", "test --workspace --all-features --doc"),
        Step::cargo("tests", "test --workspace --all-features --tests"),
    ]
}

/// Runs every step, even after a failure, and prints the result of each.
pub fn run(repository: &Repository, args: &Args) -> Result<bool> {
    let steps = steps();
    if args.list {
        for step in &steps {
            outln!("{}", step.line());
        }
        return Ok(true);
    }
    let mut done: Vec<(&str, bool, Cost)> = Vec::new();
    for step in &steps {
        outln!("\n== {}: {}", step.name, step.line());
        let (passed, cost) = step.run(repository)?;
        done.push((step.name, passed, cost));
    }
    outln!("\n== steps");
    for (name, passed, cost) in &done {
        outln!("{}  {}  {name}", columns(*cost), if *passed { "ok  " } else { "FAIL" });
    }
    let costs = || done.iter().map(|(_, _, cost)| cost);
    let total =
        Cost { elapsed: costs().map(|cost| cost.elapsed).sum(), cpu: costs().map(|cost| cost.cpu).sum() };
    outln!("{}  total", columns(total));
    let failed = done.iter().filter(|(_, passed, _)| !passed).count();
    outln!("steps: {} passed, {failed} failed", done.len() - failed);
    Ok(failed == 0)
}

/// Returns the elapsed time and the CPU time.
fn columns(cost: Cost) -> String {
    format!("{:>7.1} s {:>7.1} s CPU", cost.elapsed.as_secs_f64(), cost.cpu.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Cost, columns};

    #[test]
    fn columns_of_a_step_are_its_duration_and_its_cpu_time() {
        let cost = Cost { elapsed: Duration::from_millis(1240), cpu: Duration::from_millis(12500) };
        assert_eq!(columns(cost), "    1.2 s    12.5 s CPU");
    }
}
