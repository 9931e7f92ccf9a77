//! `typefoundry generate`: writes the packages, or checks that they are up to date.

use std::time::Instant;

use anyhow::{Result, anyhow, bail};
use typefoundry_codegen::diagnostic::{Severity, Style};
use typefoundry_codegen::output::{File, Output};
use typefoundry_codegen::{Settings, checksums};

use crate::lock::{self, Lock};
use crate::members::{CargoWorkspace, Member};
use crate::paths::{normalized, relative};
use crate::plan::{Gone, Plan};
use crate::repository::Repository;
use crate::{config, report};

#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// Write nothing; list stale, missing, orphaned and stray files, and fail if there are any, or warnings
    #[arg(long)]
    check: bool,
    /// Replace generated files that were edited by hand
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// Remove the package with this name, which no API describes; can be repeated
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    remove_package: Vec<String>,
    /// Print every problem instead of the first 50
    #[arg(long)]
    all: bool,
}

#[derive(clap::Args, Debug, Default)]
pub struct CheckArgs {
    /// Print every problem instead of the first 50
    #[arg(long)]
    all: bool,
}

/// Runs `check`, which is `generate --check`.
pub fn check(
    repository: &Repository,
    args: &CheckArgs,
    extra: impl Fn(&Repository) -> Result<Vec<File>> + Sync,
    style: Style,
) -> Result<bool> {
    run(repository, &Args { check: true, all: args.all, ..Args::default() }, extra, style)
}

/// Returns whether the descriptions have no errors and, with `--check`, no warnings, and all files are up to date.
pub fn run(
    repository: &Repository,
    args: &Args,
    extra: impl Fn(&Repository) -> Result<Vec<File>> + Sync,
    style: Style,
) -> Result<bool> {
    let start = Instant::now();
    check_folders(repository)?;
    let workspace = CargoWorkspace::around(repository)?;
    if let (None, [key, ..]) = (&workspace.patterns, repository.inherited().as_slice()) {
        bail!("`{key}` is inherited from a workspace, and {}/ is in none", repository.output());
    }
    let settings = repository.settings(workspace.neighbors())?;
    // The two are independent, so they run in parallel.
    let (generated, extra) = std::thread::scope(|scope| {
        let extra = scope.spawn(|| extra(repository));
        (typefoundry_codegen::generate(repository.sources(), &settings), extra.join())
    });
    let extra = extra.map_err(|_| anyhow!("failed to collect further files: the thread panicked"))??;
    if !generated.diagnostics.is_empty() {
        let limit = style.limit.filter(|_| !args.all);
        errln!("{}", generated.render_with(&Style { limit, ..style }));
    }
    let (errors, warnings) = (generated.count(Severity::Error), generated.count(Severity::Warning));
    let (spec, command) = (repository.spec(), repository.command());
    let Some(output) = &generated.output else {
        errln!("{errors} error(s), {warnings} warning(s) in {spec}/; nothing was written");
        return Ok(false);
    };
    if output.packages.is_empty() {
        bail!(
            "nothing to generate: {spec}/ describes no API; `{command} new api <name>` writes a description to fill in"
        );
    }
    let files = all_files(&settings, output, extra);
    let plan = Plan::new(repository, &files)?;
    let refused = refusals(repository, &plan, output, &workspace.members, &args.remove_package);
    if !refused.is_empty() {
        errln!("{}\n\nnothing was written", refused.join("\n\n"));
        return Ok(false);
    }
    note_omitted(repository, &workspace, output);
    if args.check {
        if plan.is_fresh() {
            outln!("{} file(s) match {spec}/", plan.unchanged.len());
        } else {
            outln!("{}", report::differences(repository, &plan));
        }
        if warnings > 0 {
            errln!("{warnings} warning(s) in {spec}/; `{command} check` denies warnings");
        }
        return Ok(plan.is_fresh() && warnings == 0);
    }
    let Some(plan) = write(repository, plan, &files, args.force)? else { return Ok(false) };
    out!("{}{}", report::changes(&plan), report::summary(repository, output, &plan, start.elapsed()));
    Ok(true)
}

/// Writes the files, and returns the plan that was carried out; `None` if an edit by hand would be lost.
fn write(repository: &Repository, plan: Plan, files: &[File], force: bool) -> Result<Option<Plan>> {
    let output = repository.path(repository.output());
    if !plan.has_changes() {
        lock::remove_leftover(&output);
        return Ok(Some(plan));
    }
    let _lock = Lock::acquire(&output, repository.output())?;
    // Another run can have written since.
    let plan = Plan::new(repository, files)?;
    if !plan.kept.is_empty() && !force {
        errln!("{}\n\nnothing was written", report::kept(repository, &plan));
        return Ok(None);
    }
    plan.apply(repository)?;
    Ok(Some(plan))
}

/// Checks that the folders are folders.
fn check_folders(repository: &Repository) -> Result<()> {
    let (spec, output) = (repository.spec(), repository.output());
    if !repository.path(spec).is_dir() {
        bail!("there is no folder {spec}/ with descriptions");
    }
    let path = repository.path(output);
    if path.symlink_metadata().is_ok() && !path.is_dir() {
        bail!("{output} is not a folder; remove it, or name another one");
    }
    Ok(())
}

/// Notes the packages that Cargo rejects, because the workspace around them does not mention them.
fn note_omitted(repository: &Repository, workspace: &CargoWorkspace, output: &Output) {
    let folder = |name: &str| format!("{}/{name}", repository.output());
    let omitted = output.packages.iter().map(|package| folder(&package.package));
    let omitted: Vec<String> = omitted.filter(|folder| workspace.omits(&repository.path(folder))).collect();
    if let (Some(first), Some(patterns)) = (omitted.first(), &workspace.patterns) {
        let folder = relative(&patterns.root, &repository.path(repository.output())).unwrap_or_default();
        let manifest = patterns.root.join("Cargo.toml");
        errln!(
            "note: {first} is not in the workspace around it; add `{folder}/*` to `members` in {}",
            manifest.display()
        );
    }
}

/// Returns the files to write: the output, the schema of the settings, further files, and the record of their checksums.
fn all_files(settings: &Settings, output: &Output, extra: Vec<File>) -> Vec<File> {
    let mut files: Vec<File> = output.files.iter().cloned().chain(extra).collect();
    files.push(config::schema(settings));
    files.push(checksums::record(settings, &files));
    files
}

/// Returns the reasons not to remove packages: no request, or a broken workspace.
fn refusals(
    repository: &Repository,
    plan: &Plan,
    output: &Output,
    members: &[Member],
    requested: &[String],
) -> Vec<String> {
    let not_requested = plan
        .gone
        .iter()
        .filter(|gone| !requested.contains(&gone.name))
        .map(|gone| not_requested(repository, gone));
    let removed = plan.gone.iter().filter(|gone| requested.contains(&gone.name));
    let breaking = removed.flat_map(|gone| breaking(repository, gone, members));
    let unknown = requested.iter().filter(|name| !plan.gone.iter().any(|gone| gone.name == **name)).map(|name| {
        match output.packages.iter().find(|package| package.package == *name) {
            Some(package) => format!(
                "error: failed to remove the package `{name}`: {}/{}/api.yaml describes it; remove that folder first",
                repository.spec(),
                package.api
            ),
            None => format!("error: failed to remove the package `{name}`: there is no generated package in {}/{name}", repository.output()),
        }
    });
    not_requested.chain(breaking).chain(unknown).collect()
}

fn not_requested(repository: &Repository, gone: &Gone) -> String {
    let name = &gone.name;
    let missing = gone
        .generated_from
        .as_ref()
        .map_or_else(String::new, |file| format!("; it was generated from {file}"));
    let kept = gone.generated_from.as_deref().unwrap_or("its description");
    let (spec, output, command) = (repository.spec(), repository.output(), repository.command());
    format!(
        "error: no API in {spec}/ describes the package `{name}` in {output}/{name}{missing}\n  \
         to keep the package, restore {kept}\n  \
         to remove it, run `{command} generate --remove-package {name}`"
    )
}

/// Cargo cannot load a workspace with a missing dependency, or with a member folder without a manifest.
fn breaking(repository: &Repository, gone: &Gone, members: &[Member]) -> Vec<String> {
    let name = &gone.name;
    let folder = normalized(&repository.path(repository.output()).join(name));
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

#[cfg(test)]
mod tests;
