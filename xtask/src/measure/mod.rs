//! `cargo xtask measure`: what a generated package costs.
//!
//! The figures that are watched here are those that users pay: the time to compile the package, the crates that come
//! with it and the lines that they may have to read. The compile time stands beside that of the same package with
//! serde's derives in place of `json_object!`, since that is the choice that it rests on.

mod cargo;
mod lines;
mod serde_twin;
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
    /// How often each compile is timed; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also build everything from nothing, once with the default features and once without; this takes minutes
    #[arg(long)]
    cold: bool,
}

/// A package in `generated/`.
struct Package {
    /// The name in its manifest, and its folder in `generated/`.
    name: String,
    operations: usize,
}

/// Measures every package. It always succeeds where cargo does: no figure is too bad.
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
    let made = |api: &Api| workspace.path(&api.generated("Cargo.toml")).exists();
    let packages: Vec<Package> = apis
        .into_iter()
        .filter(made)
        .map(|api| Package { operations: api.operations.len(), name: api.package.name })
        .collect();
    ensure!(!packages.is_empty(), "nothing is generated; run `cargo xtask generate`");
    Ok(packages)
}

/// The time to compile the package alone, as it is and with serde's derives.
fn compile_times(workspace: &Workspace, package: &Package, runs: u32) -> Result<Table> {
    let twins = [Twin::plain(workspace, package)?, Twin::with_serde(workspace, package)?];
    let mut table = Table::new(["compile the package alone", "as it is", "serde derives", "ratio"]);
    for (verb, title) in [(Verb::Check, "cargo check"), (Verb::Build, "cargo build, dev")] {
        let times = twin::times(&twins, verb, runs)?;
        let [own, serde] = [median(&times[0])?, median(&times[1])?];
        let each = |time: Duration| milliseconds(time / package.operations.max(1) as u32);
        table.row([title.to_owned(), milliseconds(own), milliseconds(serde), ratio(serde, own)]);
        table.row(["  an operation".to_owned(), each(own), each(serde), String::new()]);
    }
    table.note(format!(
        "Medians of {runs}: all resources, no transport, not incremental, dependencies built before;\n\
         what cargo takes when nothing is to be done is not counted. With serde derives, ids and enums keep their macros."
    ));
    Ok(table)
}

fn cold_builds(workspace: &Workspace, package: &Package) -> Result<Table> {
    let mut table = Table::new(["build from nothing, dev", "time"]);
    for (features, title) in
        [(Features::Default, "default features"), (Features::Resources, "all resources, no transport")]
    {
        let target = workspace.path("target/measure/cold");
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
    times.get(times.len() / 2).copied().context("no run was timed")
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

fn ratio(more: Duration, less: Duration) -> String {
    format!("{:.2} x", more.as_secs_f64() / less.as_secs_f64())
}
