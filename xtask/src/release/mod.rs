//! `cargo xtask release`: checks the published crates as one release, and publishes them.
//!
//! Each check is a function from data to problems. All checks run, and all problems are printed.

mod workspace;
mod versions;
mod order;
mod changelog;
mod registry_rules;
mod docs_rs;
mod mode;
mod report;
mod cargo;

use anyhow::{Context as _, Result, bail};
use typefoundry::{CheckArgs, Command, Options, Repository, outln};
use typefoundry_codegen::settings::RUST_VERSION;

pub use cargo::metadata;
use mode::Mode;
use report::Report;
#[cfg(test)]
pub use workspace::Dependency;
pub use workspace::{Crate, Workspace};

use crate::extra_files::extra_files;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: mode::Flags,
    /// Leave out this crate, whose version is already published; can be repeated
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
}

/// Runs the checks, and publishes the crates if asked to. Returns whether all checks passed.
pub fn run(options: &Options, args: &Args) -> Result<bool> {
    let repository = options.repository()?;
    let workspace = metadata(&repository)?;
    let version = &workspace.get("typefoundry").context("the workspace has no crate typefoundry")?.version;
    let mode = args.flags.mode(version)?;
    let mut report = Report::default();

    let crates = released(&workspace, &args.exclude, &mut report)?;
    outln!("\nChecks of release {version}:");
    report.add("versions", &versions::check_versions(&workspace, version));
    report.add("rust versions", &versions::check_rust_versions(&workspace, RUST_VERSION));
    check_changelog(&repository, version, &crates, mode, &mut report)?;
    let problems = of_each(&crates, |krate| Ok(registry_rules::check_manifest(krate)))?;
    report.add("manifests: limits of crates.io", &problems);
    let problems = of_each(&crates, |krate| {
        let list = cargo::package_list(&repository, &krate.name)?;
        Ok(registry_rules::check_files(&list.lines().collect::<Vec<_>>()))
    })?;
    report.add("archives: licenses, README, no hidden files", &problems);

    if mode != Mode::Check {
        report.add("committed files", &uncommitted(&cargo::git_status(&repository)?));
        let is_fresh = Command::Check(CheckArgs::default()).run(options, extra_files)?;
        report.add("generated output", &failure(is_fresh, "run `cargo xtask generate`"));
        check_docs(&repository, &crates, &mut report)?;
    }
    publish(&repository, mode, &crates, &mut report)?;
    outln!("{}", report.summary());
    if mode == Mode::DryRun && !report.has_problems() {
        outln!("nothing was published; publish with `cargo xtask release --execute {version}`");
    }
    Ok(!report.has_problems())
}

/// Returns the crates of the release, and prints them in the order of publication.
fn released<'w>(workspace: &'w Workspace, exclude: &[String], report: &mut Report) -> Result<Vec<&'w Crate>> {
    if let Some(name) = exclude.iter().find(|name| !workspace.published().iter().any(|it| it.name == **name))
    {
        bail!("--exclude names {name}, which is not a published crate");
    }
    let (mut crates, problems) = match order::order(workspace) {
        Ok(crates) => (crates, Vec::new()),
        Err(names) => {
            (workspace.published(), vec![format!("these crates depend on each other: {}", names.join(", "))])
        }
    };
    crates.retain(|krate| !exclude.contains(&krate.name));
    outln!("Order of publication:");
    for (at, krate) in crates.iter().enumerate() {
        outln!("{:>3}. {} {}", at + 1, krate.name, krate.version);
    }
    report.add("order of publication", &problems);
    Ok(crates)
}

fn check_changelog(
    repository: &Repository,
    version: &str,
    crates: &[&Crate],
    mode: Mode,
    report: &mut Report,
) -> Result<()> {
    let own = versions::own_versions(crates);
    let own: Vec<_> = own.iter().map(|krate| (krate.name.as_str(), krate.version.as_str())).collect();
    let text = repository.read("CHANGELOG.md")?.unwrap_or_default();
    let outcome = changelog::check(&text, version, &own, mode != Mode::Execute);
    report.add("changelog", &outcome.problems);
    if let Some(note) = outcome.note {
        outln!("      note: {note}");
    }
    Ok(())
}

fn check_docs(repository: &Repository, crates: &[&Crate], report: &mut Report) -> Result<()> {
    let commands: Vec<_> = crates.iter().map(|krate| docs_rs::command(krate)).collect();
    let mut problems = Vec::new();
    for command in &commands {
        let line = format!("cargo {}", command.arguments.join(" "));
        problems.extend(failure(cargo::doc(repository, command)?, &format!("failed: {line}")));
    }
    report.add("docs, with the features that docs.rs builds", &problems);
    let skipped: Vec<_> = commands.iter().flat_map(|command| command.skipped.clone()).collect();
    let also = if skipped.is_empty() { String::new() } else { format!(", {}", skipped.join(", ")) };
    outln!("      note: skipped the nightly toolchain of docs.rs, and `--cfg docsrs`{also}");
    Ok(())
}

fn publish(repository: &Repository, mode: Mode, crates: &[&Crate], report: &mut Report) -> Result<()> {
    let names: Vec<&str> = crates.iter().map(|krate| krate.name.as_str()).collect();
    match mode.publish(&names, report.has_problems()) {
        Some(arguments) => {
            let line = format!("cargo {}", arguments.join(" "));
            outln!("\n{line}");
            let succeeded = cargo::run(repository, &arguments)?;
            report.add("cargo publish", &unpublished(succeeded, mode, &line));
        }
        None if mode == Mode::Execute => outln!("nothing was published: a check failed"),
        None => {}
    }
    Ok(())
}

/// Returns the problems of all crates, each with the name of its crate.
fn of_each(crates: &[&Crate], check: impl Fn(&Crate) -> Result<Vec<String>>) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for krate in crates {
        problems.extend(check(krate)?.into_iter().map(|problem| format!("{}: {problem}", krate.name)));
    }
    Ok(problems)
}

/// Returns the problems in the output of `git status --porcelain`.
fn uncommitted(status: &str) -> Vec<String> {
    status.lines().map(|line| format!("not committed: {}", line.get(3..).unwrap_or(line))).collect()
}

/// Returns the problem of a failed `cargo publish`, and how to continue after it.
fn unpublished(succeeded: bool, mode: Mode, line: &str) -> Vec<String> {
    let mut problems = failure(succeeded, &format!("failed: {line}"));
    if !succeeded && mode == Mode::Execute {
        problems.push(
            "crates that were published before the error stay published; to publish the others, run the command again with \
             `--exclude NAME` for each of them"
                .to_owned(),
        );
    }
    problems
}

fn failure(passed: bool, problem: &str) -> Vec<String> {
    if passed { Vec::new() } else { vec![problem.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::report::Report;
    use super::workspace::{Crate, Workspace};
    use super::{Mode, failure, of_each, released, uncommitted, unpublished};

    fn workspace(names: &[&str]) -> Workspace {
        let krate = |name: &&str| Crate { name: (*name).to_owned(), ..Crate::default() };
        Workspace { crates: names.iter().map(krate).collect() }
    }

    #[test]
    fn excluded_crates_are_not_released() {
        let workspace = workspace(&["a", "b"]);
        let mut report = Report::default();
        let crates = released(&workspace, &["a".to_owned()], &mut report).unwrap();
        assert_eq!(crates.iter().map(|krate| krate.name.as_str()).collect::<Vec<_>>(), ["b"]);
        assert!(!report.has_problems());
        let error = released(&workspace, &["c".to_owned()], &mut report).unwrap_err().to_string();
        assert_eq!(error, "--exclude names c, which is not a published crate");
    }

    #[test]
    fn problems_name_their_crates() {
        let workspace = workspace(&["a", "b"]);
        let check = |krate: &Crate| Ok(failure(krate.name == "a", "no README"));
        assert_eq!(of_each(&workspace.published(), check).unwrap(), ["b: no README"]);
    }

    #[test]
    fn partial_publication_can_be_continued() {
        assert_eq!(unpublished(true, Mode::Execute, "cargo publish"), [""; 0]);
        assert_eq!(unpublished(false, Mode::DryRun, "cargo publish"), ["failed: cargo publish"]);
        let problems = unpublished(false, Mode::Execute, "cargo publish");
        assert!(
            problems.len() == 2
                && problems[1].ends_with("run the command again with `--exclude NAME` for each of them")
        );
    }

    #[test]
    fn every_uncommitted_file_is_a_problem() {
        assert_eq!(uncommitted(""), [""; 0]);
        let expected = ["not committed: cli/src/lib.rs", "not committed: new.rs"];
        assert_eq!(uncommitted(" M cli/src/lib.rs\n?? new.rs\n"), expected);
    }
}
