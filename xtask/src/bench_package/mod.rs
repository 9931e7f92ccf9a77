//! `cargo xtask bench-package`: measures the generated packages.
//!
//! Measures what affects users: the time to compile a package, its dependencies and its lines of code. The compile time is
//! compared with that of the same package with serde's derives instead of `json_object!`, which is the alternative design.

mod cargo;
mod lines;
mod serde_derives;
mod table;
mod tree;
mod twin;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use typefoundry_codegen::model::Api;

use crate::console::{out, outln};
use crate::workspace::Workspace;
use cargo::{Cargo, Features, Verb};
use table::Table;
use twin::Twin;

#[derive(clap::Args)]
pub struct Args {
    /// Number of times each compile is measured; the median is printed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also measure builds without a cache, with the default features and with `resources`; this takes minutes
    #[arg(long)]
    cold: bool,
}

/// A package in `generated/`.
struct Package {
    /// The name in its manifest, and the name of its folder in `generated/`.
    name: String,
    operations: usize,
}

/// Measures every package. Succeeds whenever cargo does, regardless of the figures.
pub fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    for package in packages(workspace)? {
        outln!("{} ({} operations)\n", package.name, package.operations);
        out!("{}", compile_times(workspace, &package, args.runs)?);
        out!("\n{}", lines::count(workspace, &package)?);
        out!("\n{}", tree::count(workspace, &package)?);
        if args.cold {
            out!("\n{}", cold_builds(workspace, &package)?);
        }
        outln!("");
    }
    Ok(true)
}

fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let (_, apis, _) = typefoundry_codegen::resolve_all(workspace.sources());
    let is_generated = |api: &Api| workspace.path(&api.generated("Cargo.toml")).exists();
    let packages: Vec<Package> = apis
        .into_iter()
        .filter(is_generated)
        .map(|api| Package { operations: api.operations.len(), name: api.package.name })
        .collect();
    ensure!(!packages.is_empty(), "there is no generated package; run `cargo xtask generate`");
    Ok(packages)
}

/// Measures the time to compile the package alone, as generated and with serde's derives.
fn compile_times(workspace: &Workspace, package: &Package, runs: u32) -> Result<Table> {
    let twins = [Twin::plain(workspace, package)?, Twin::with_serde(workspace, package)?];
    let mut table = Table::new(["compile the package alone", "generated", "serde derives", "ratio"]);
    for (verb, title) in [(Verb::Check, "cargo check"), (Verb::Build, "cargo build, dev")] {
        let times = twin::times(&twins, verb, runs)?;
        let [own, serde] = [median(&times[0])?, median(&times[1])?];
        let each = |time: Duration| milliseconds(time / package.operations.max(1) as u32);
        table.row([title.to_owned(), milliseconds(own), milliseconds(serde), ratio(serde, own)]);
        table.row(["  per operation".to_owned(), each(own), each(serde), String::new()]);
    }
    table.note(format!(
        "Median of {runs} runs: all resources, no transport, not incremental, dependencies already built.\n\
         The time of cargo itself is subtracted. With serde derives, IDs and enums keep their macros."
    ));
    Ok(table)
}

fn cold_builds(workspace: &Workspace, package: &Package) -> Result<Table> {
    let mut table = Table::new(["build without a cache, dev", "time"]);
    for (features, title) in
        [(Features::Default, "default features"), (Features::Resources, "all resources, no transport")]
    {
        let target = workspace.path("target/bench-package/cold");
        cargo::remove_folder(&target)?;
        let time = Cargo::new(workspace.root(), &target)
            .package(&package.name)
            .features(features)
            .timed(Verb::Build)?;
        cargo::remove_folder(&target)?;
        table.row([title.to_owned(), format!("{:.1} s", time.as_secs_f64())]);
    }
    Ok(table)
}

fn median(times: &[Duration]) -> Result<Duration> {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().context("no run was measured")
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

fn ratio(more: Duration, less: Duration) -> String {
    format!("{:.2} x", more.as_secs_f64() / less.as_secs_f64())
}
