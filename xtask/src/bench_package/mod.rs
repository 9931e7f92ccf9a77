//! `cargo xtask bench-package`: measures the generated packages.
//!
//! Measures what affects users: the CPU time and the memory to compile a package, its dependencies and its lines of code. The cost
//! of compiling is compared with that of the same package with serde's derives instead of `json_object!`, which is the alternative
//! design. A synthetic package shows the cost for a large API.

pub mod cargo;
pub mod lines;
mod serde_derives;
mod synthetic;
pub mod table;
pub mod tree;
mod twin;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use typefoundry_codegen::model::Api;

use cargo::{Cargo, Cost, Features, Verb};
use table::Table;
use twin::Twin;
use typefoundry::Repository;
use typefoundry::{out, outln};

#[derive(clap::Args)]
pub struct Args {
    /// Number of times each compile is measured; the least CPU time is printed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also measure builds without a cache, with the default features and with `resources`; this takes minutes
    #[arg(long)]
    cold: bool,
    /// Also measure a synthetic package with about this many operations
    #[arg(long, value_name = "OPERATIONS")]
    synthetic: Option<usize>,
}

/// A generated package.
pub struct Package {
    /// The name in its manifest.
    name: String,
    folder: PathBuf,
    operations: usize,
}

impl Package {
    fn title(&self) -> String {
        format!("{} ({} operations)\n", self.name, self.operations)
    }
}

/// Measures every package. Succeeds whenever cargo does, regardless of the figures.
pub fn run(repository: &Repository, args: &Args) -> Result<bool> {
    for package in packages(repository)? {
        outln!("{}", package.title());
        out!("{}", compile_costs(repository, &package, args.runs)?);
        out!("\n{}", lines::count(&package)?);
        out!("\n{}", tree::count(repository, &package)?);
        if args.cold {
            out!("\n{}", cold_builds(repository, &package)?);
        }
        outln!("");
    }
    if let Some(operations) = args.synthetic {
        let package = synthetic::generate(repository, operations)?;
        outln!("{}", package.title());
        out!("{}", compile_costs_alone(repository, &package, args.runs)?);
    }
    Ok(true)
}

fn packages(repository: &Repository) -> Result<Vec<Package>> {
    let (_, apis, _) = typefoundry_codegen::resolve_all(repository.sources());
    let is_generated =
        |api: &Api| repository.path("generated").join(&api.package.name).join("Cargo.toml").exists();
    let packages: Vec<Package> = apis
        .into_iter()
        .filter(is_generated)
        .map(|api| Package {
            folder: repository.path("generated").join(&api.package.name),
            operations: api.operations.len(),
            name: api.package.name,
        })
        .collect();
    ensure!(!packages.is_empty(), "there is no generated package; run `cargo xtask generate`");
    Ok(packages)
}

const VERBS: [(Verb, &str); 2] = [(Verb::Check, "cargo check"), (Verb::Build, "cargo build, dev")];

/// Measures the cost to compile the package alone, as generated and with serde's derives.
fn compile_costs(repository: &Repository, package: &Package, runs: u32) -> Result<Table> {
    let twins = [Twin::plain(repository, package)?, Twin::with_serde(repository, package)?];
    let mut table = Table::new(["compile the package alone", "generated", "serde derives", "ratio"]);
    for (verb, title) in VERBS {
        let costs = twin::costs(&twins, verb, runs)?;
        let [own, serde] = [least_cpu(&costs[0])?, least_cpu(&costs[1])?];
        let [memory, serde_memory] = [peak_memory(&costs[0]), peak_memory(&costs[1])];
        table.row([title.to_owned(), milliseconds(own), milliseconds(serde), ratio(serde, own)]);
        let [own, serde] = [own, serde].map(|time| each(time, package));
        table.row(["  per operation".to_owned(), own, serde, String::new()]);
        table.row(["  peak memory".to_owned(), megabytes(memory), megabytes(serde_memory), String::new()]);
    }
    table.note(note(runs) + "With serde derives, IDs and enums keep their macros.");
    Ok(table)
}

/// Measures the cost to compile the package alone, as generated.
fn compile_costs_alone(repository: &Repository, package: &Package, runs: u32) -> Result<Table> {
    let twins = [Twin::plain(repository, package)?];
    let mut table = Table::new(["compile the package alone", "generated"]);
    for (verb, title) in VERBS {
        let [costs] = twin::costs(&twins, verb, runs)?;
        let own = least_cpu(&costs)?;
        table.row([title.to_owned(), milliseconds(own)]);
        table.row(["  per operation".to_owned(), each(own, package)]);
        table.row(["  peak memory".to_owned(), megabytes(peak_memory(&costs))]);
    }
    table.note(note(runs));
    Ok(table)
}

fn note(runs: u32) -> String {
    format!(
        "CPU time in user mode, the least of {runs} runs that alternate: all resources, no transport, not incremental, dependencies \
         already built.\nThe time of cargo itself is subtracted.\n"
    )
}

fn cold_builds(repository: &Repository, package: &Package) -> Result<Table> {
    let mut table = Table::new(["build without a cache, dev", "CPU time"]);
    for (features, title) in
        [(Features::Default, "default features"), (Features::Resources, "all resources, no transport")]
    {
        let target = repository.path("target/bench-package/cold");
        cargo::remove_folder(&target)?;
        let cost = Cargo::new(repository.root(), &target)
            .package(&package.name)
            .features(features)
            .measure(Verb::Build)?;
        cargo::remove_folder(&target)?;
        table.row([title.to_owned(), format!("{:.1} s", cost.cpu.as_secs_f64())]);
    }
    Ok(table)
}

/// Returns the least CPU time: other processes can only add to it.
fn least_cpu(costs: &[Cost]) -> Result<Duration> {
    costs.iter().map(|cost| cost.cpu).min().context("no run was measured")
}

fn peak_memory(costs: &[Cost]) -> u64 {
    costs.iter().map(|cost| cost.memory).max().unwrap_or_default()
}

fn each(time: Duration, package: &Package) -> String {
    let operations = package.operations.max(1);
    format!("{:.1} ms", time.as_secs_f64() * 1e3 / operations as f64)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn ratio(more: Duration, less: Duration) -> String {
    format!("{:.2} x", more.as_secs_f64() / less.as_secs_f64())
}
