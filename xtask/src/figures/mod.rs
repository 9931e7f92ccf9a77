//! `cargo xtask figures`: compares exact figures of the packages with the recorded ones.
//!
//! The figures do not depend on the load of the machine, so a change of a figure is a change of the code. The file is
//! committed: reviewers see what a change costs, and what it saves.

mod compare;
mod file;
mod measure;

use std::time::Instant;

use anyhow::Result;

use compare::Comparison;
use file::{FILE, Figures};
use typefoundry::Repository;
use typefoundry::{errln, out, outln};

#[derive(clap::Args)]
pub struct Args {
    /// Record the measured figures in `tests/figures.toml`
    #[arg(long)]
    update: bool,
}

/// Measures the figures, and prints them beside the recorded ones. Returns whether they are equal within the tolerance.
pub fn run(repository: &Repository, args: &Args) -> Result<bool> {
    let start = Instant::now();
    let recorded =
        repository.read(FILE)?.map_or_else(|| Ok(Figures::default()), |text| Figures::parse(&text))?;
    let mut measured = measure::figures(repository)?;
    let comparison = Comparison::new(&recorded, &measured);
    out!("{}", comparison.table());
    outln!("measured in {:.0} s", start.elapsed().as_secs_f64());
    if args.update {
        measured.keep_uncounted(&recorded);
        repository.replace(FILE, &measured.to_text())?;
        outln!("written: {FILE}");
        return Ok(true);
    }
    let problems = comparison.problems();
    for problem in &problems {
        errln!("{problem}");
    }
    if !problems.is_empty() {
        errln!("to record the measured figures, run `cargo xtask figures --update` and commit {FILE}");
    }
    Ok(problems.is_empty())
}
