//! `cargo xtask ci`: the checks that a change must pass.

use std::time::Duration;

use anyhow::Result;

use crate::console::outln;
use crate::step::Step;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    /// Print the commands without running them
    #[arg(long)]
    list: bool,
}

/// Users get the runtime and the generated packages, which must not panic. The other crates can use assertions.
const NO_PANIC: &str = "clippy --workspace --exclude typefoundry-codegen --exclude xtask --exclude typefoundry-tests \
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
        downstream("downstream, default features", "test --quiet --locked"),
        downstream(
            "downstream, one resource, no transport",
            "test --quiet --locked --no-default-features --features one-resource",
        ),
        downstream("downstream, no features", "test --quiet --locked --no-default-features"),
        Step::cargo("tests", "test --workspace --all-features"),
    ]
}

/// Runs every step, even after a failure, and prints the result of each.
pub fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let steps = steps();
    if args.list {
        for step in &steps {
            outln!("{}", step.line());
        }
        return Ok(true);
    }
    let mut done: Vec<(&str, bool, Duration)> = Vec::new();
    for step in &steps {
        outln!("\n== {}: {}", step.name, step.line());
        let (passed, took) = step.run(workspace)?;
        done.push((step.name, passed, took));
    }
    outln!("\n== steps");
    for (name, passed, took) in &done {
        outln!("{:>7.1} s  {}  {name}", took.as_secs_f64(), if *passed { "ok  " } else { "FAIL" });
    }
    let total: Duration = done.iter().map(|(_, _, took)| *took).sum();
    outln!("{:>7.1} s  total", total.as_secs_f64());
    let failed = done.iter().filter(|(_, passed, _)| !passed).count();
    outln!("steps: {} passed, {failed} failed", done.len() - failed);
    Ok(failed == 0)
}
