//! `cargo xtask generate`: generates `generated/` from `spec/`, and lists the public API of the runtime.

use std::time::Instant;

use anyhow::{Result, anyhow, bail};
use typefoundry_codegen::diagnostic::{Severity, Style};
use typefoundry_codegen::output::{File, Output};
use typefoundry_codegen::{checksums, generate_beside, public_api};

use crate::console::{errln, out, outln};
use crate::members::{self, Member};
use crate::plan::{Gone, Plan};
use crate::report;
use crate::workspace::Workspace;

#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// Write nothing; list stale, missing, orphaned and stray files, and fail if there are any, or warnings
    #[arg(long)]
    check: bool,
    /// Remove the package with this name, which no API in spec/ describes; can be repeated
    #[arg(long, value_name = "NAME")]
    remove_package: Vec<String>,
    /// Print every problem in spec/ instead of the first 50
    #[arg(long)]
    all: bool,
}

/// Returns whether the spec has no errors and, with `--check`, no warnings, and all files are up to date.
pub fn run(workspace: &Workspace, args: &Args, style: Style) -> Result<bool> {
    let start = Instant::now();
    let members = members::read(workspace)?;
    let (sources, neighbors) = (workspace.sources(), members::neighbors(&members));
    // The two are independent, so they run in parallel.
    let (generated, listings) = std::thread::scope(|scope| {
        let listings = scope.spawn(|| hand_written_apis(workspace));
        (generate_beside(sources, &neighbors), listings.join())
    });
    let listings =
        listings.map_err(|_| anyhow!("failed to list the public API of runtime/: the thread panicked"))??;
    if !generated.diagnostics.is_empty() {
        let limit = style.limit.filter(|_| !args.all);
        errln!("{}", generated.render_with(&Style { limit, ..style }));
    }
    let (errors, warnings) = (generated.count(Severity::Error), generated.count(Severity::Warning));
    let Some(output) = &generated.output else {
        errln!("{errors} error(s), {warnings} warning(s) in spec/; nothing was written");
        return Ok(false);
    };
    if output.packages.is_empty() {
        bail!(
            "nothing to generate: spec/ describes no API; `cargo xtask new api <name>` writes a description to fill in"
        );
    }
    let files = all_files(output, listings);
    let plan = Plan::new(workspace, &files)?;
    let refusals = refusals(&plan, output, &members, &args.remove_package);
    if !refusals.is_empty() {
        errln!("{}\n\nnothing was written", refusals.join("\n\n"));
        return Ok(false);
    }
    if args.check {
        if plan.is_fresh() {
            outln!("{} file(s) match spec/ and runtime/", plan.unchanged.len());
        } else {
            outln!("{}", report::differences(&plan));
        }
        if warnings > 0 {
            errln!("{warnings} warning(s) in spec/; --check denies warnings");
        }
        return Ok(plan.is_fresh() && warnings == 0);
    }
    plan.apply(workspace)?;
    out!("{}{}", report::changes(&plan), report::summary(output, &plan, start.elapsed()));
    Ok(true)
}

/// Returns the files to write: the output, the lists of the public APIs of hand-written crates, and the record of their checksums.
fn all_files(output: &Output, listings: Vec<File>) -> Vec<File> {
    let mut files: Vec<File> = output.files.iter().cloned().chain(listings).collect();
    files.push(checksums::record(&files));
    files
}

/// Returns the reasons not to remove packages: no request, or a broken workspace.
fn refusals(plan: &Plan, output: &Output, members: &[Member], requested: &[String]) -> Vec<String> {
    let not_requested = plan.gone.iter().filter(|gone| !requested.contains(&gone.name)).map(not_requested);
    let removed = plan.gone.iter().filter(|gone| requested.contains(&gone.name));
    let breaking = removed.flat_map(|gone| breaking(gone, members));
    let unknown = requested.iter().filter(|name| !plan.gone.iter().any(|gone| gone.name == **name)).map(|name| {
        match output.packages.iter().find(|package| package.package == *name) {
            Some(package) => format!(
                "error: failed to remove the package `{name}`: spec/{}/api.yaml describes it; remove that folder first",
                package.api
            ),
            None => format!("error: failed to remove the package `{name}`: there is no generated/{name}"),
        }
    });
    not_requested.chain(breaking).chain(unknown).collect()
}

fn not_requested(gone: &Gone) -> String {
    let name = &gone.name;
    let missing = gone
        .generated_from
        .as_ref()
        .map_or_else(String::new, |file| format!("; it was generated from {file}"));
    let kept = gone.generated_from.as_deref().unwrap_or("its description");
    format!(
        "error: no API in spec/ describes the package `{name}` in generated/{name}{missing}\n  \
         to keep the package, restore {kept}\n  \
         to remove it, run `cargo xtask generate --remove-package {name}`"
    )
}

/// Cargo cannot load a workspace with a missing dependency, or with a member folder without a manifest.
fn breaking(gone: &Gone, members: &[Member]) -> Vec<String> {
    let name = &gone.name;
    let folder = format!("generated/{name}");
    let users = members.iter().filter(|member| member.uses.contains(&folder));
    let users = users.map(|member| {
        format!(
            "error: failed to remove the package `{name}`: {} depends on it; remove that dependency first",
            member.manifest
        )
    });
    let strays = gone.strays.iter().map(|path| {
        format!(
            "error: failed to remove the package `{name}`: {path} was not generated; move it elsewhere first"
        )
    });
    users.chain(strays).collect()
}

/// The hand-written crates that users depend on, each with its folder.
const LISTED: &[(&str, &str)] = &[
    ("typefoundry_runtime", "runtime"),
    ("typefoundry_reqwest", "runtime/bridges/reqwest"),
    ("typefoundry_tower", "runtime/bridges/tower"),
];

/// Lists the public API of each hand-written crate that the workspace contains.
fn hand_written_apis(workspace: &Workspace) -> Result<Vec<File>> {
    let listed = LISTED.iter().map(|(name, folder)| {
        let sources = workspace.rust_sources(folder)?;
        if sources.is_empty() {
            return Ok(None);
        }
        let outlines = public_api::outlines(&sources).map_err(|why| anyhow!("{folder}/{why}"))?;
        let listing = public_api::list(name, &format!("{folder}/src"), &outlines);
        Ok(Some(File::new(format!("{folder}/{}", public_api::FILE), listing)))
    });
    listed.filter_map(Result::transpose).collect()
}

#[cfg(test)]
mod tests;
