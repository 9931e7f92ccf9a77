//! `typefoundry init`: prepares a repository for descriptions and packages.
//!
//! The files are planned from the texts of the existing ones, checked by a generation in memory, and only then written.

mod choices;
mod place;
mod changes;
mod quoted;
mod lines;
mod manifest;
mod sample;
mod settings;
mod workflow;
mod xtask;
mod plan;
mod members;
mod ignored;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::ColorChoice;
use typefoundry_codegen::diagnostic::{Severity, Style};
use typefoundry_codegen::output::File;
use typefoundry_codegen::settings::mark_of;
use typefoundry_codegen::source::Source;

use crate::config::{self, Config};
use crate::members::CargoWorkspace;
use crate::paths::{relative, shown};
use crate::plan::{Plan as Output, record_path};
use crate::repository::{Folders, Repository};
use crate::{console, generate, scaffold};
use changes::Action;
use choices::{Choices, Ci};
use place::{Place, without_links};
use plan::Plan;

/// The crates of Typefoundry in a clone of its repository, by folder.
const CRATES: [(&str, &str); 2] = [("runtime", "typefoundry-runtime"), ("cli", "typefoundry")];

#[derive(clap::Args)]
pub struct Args {
    /// Folder to prepare: a new one, a package or a workspace
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Name of the sample API, which is also the name of its package
    ///
    /// Default: `acme`, or no sample if there are descriptions.
    #[arg(long, value_name = "NAME")]
    api: Option<String>,
    /// Add a package `xtask`, so that `cargo xtask generate` needs no installed program
    #[arg(long)]
    xtask: bool,
    /// Service that checks the packages after each push
    #[arg(long, value_enum, default_value_t = Ci::Github, value_name = "SERVICE")]
    ci: Ci,
    /// Clone of Typefoundry's repository, whose crates are used in place of published ones
    #[arg(long, value_name = "FOLDER")]
    source: Option<PathBuf>,
}

/// Writes the files, and generates the packages. Returns whether there was no problem.
pub fn run(args: &Args, folders: &Folders, color: ColorChoice) -> Result<bool> {
    let working = std::env::current_dir();
    let working = working.context("failed to find the working directory; nothing was written")?;
    let working = without_links(&working)?;
    let place = Place::find(&working.join(&args.folder))?;
    let style = console::style(color);
    let Some((plan, repository)) = prepare(args, folders, &working, &place, style)? else { return Ok(false) };
    changes::apply(&place.root, &plan.changes)?;
    for change in &plan.changes {
        let path = shown(&working, &place.path(&change.path));
        match &change.action {
            Action::Create(_) => outln!("created: {path}"),
            Action::Edit(_) => outln!("changed: {path}"),
            Action::Keep(reason) => outln!("kept: {path} ({reason})"),
        }
    }
    outln!("");
    let generated = generate::run(&repository, &generate::Args::default(), |_| Ok(Vec::new()), style);
    let generated = generated.map_err(|error| {
        let command = repository.command();
        anyhow!("{error:#}\n  the packages are incomplete; `{command} generate` writes the other files")
    })?;
    if let Some(note) = ignored::note(&place.root, &committed(&plan, &repository)?) {
        errln!("{note}");
    }
    if generated {
        outln!("\n{}", plan.next_steps(&repository, &shown(&working, &place.root)));
    }
    Ok(generated)
}

/// Returns the paths of all files that people commit.
fn committed(plan: &Plan, repository: &Repository) -> Result<Vec<String>> {
    let mut paths: Vec<_> = plan.changes.iter().map(|change| change.path.clone()).collect();
    paths.push(record_path(repository));
    paths.extend(repository.output_files()?);
    Ok(paths)
}

/// Plans the files, and checks that the packages can be generated. `None` if problems were printed.
fn prepare(
    args: &Args,
    folders: &Folders,
    working: &Path,
    place: &Place,
    style: Style,
) -> Result<Option<(Plan, Repository)>> {
    let below = |flag: &str, given: &Option<PathBuf>| match given {
        Some(given) => relative(&place.root, &without_links(&working.join(given))?)
            .map(Some)
            .ok_or_else(|| anyhow!("{flag} and the folder of {} are on different drives", config::FILE)),
        None => Ok(None),
    };
    let choices = Choices {
        spec: below("--spec", &folders.spec)?,
        output: below("--out", &folders.output)?,
        source: match &args.source {
            Some(source) => Some(source_folder(&place.root, &without_links(&working.join(source))?)?),
            None => None,
        },
        xtask: args.xtask,
        ci: args.ci,
    };
    let manifest = place.read(&place.manifest)?;
    let text = settings::text(&choices, &manifest::inheritable(manifest.as_deref())?);
    let config = match Config::parse(&text) {
        Ok(config) => config,
        Err(problems) => {
            errln!("{}\n", config::render(&problems, config::FILE, &text, style.color));
            bail!(
                "invalid folders: {} would have {} problem(s); nothing was written",
                config::FILE,
                problems.len()
            );
        }
    };
    let repository = Repository::with_config(&place.root, config);
    let sources = repository.sources();
    let api = api(args, &repository, &sources)?;
    let workspace = CargoWorkspace::around(&repository)?;
    if choices.xtask
        && let Some(member) = workspace.members.iter().find(|member| member.name == "xtask")
        && !xtask::is_own(&|path| place.read(path))?
    {
        bail!("the workspace has a package `xtask` in {}: {}", member.manifest, xtask::BY_HAND);
    }
    let plan = Plan::new(place, &repository, &choices, text, api.as_deref(), &|path| place.read(path))?;
    let Some(generated) = generated_files(&repository, &workspace, sources, &plan, style)? else {
        return Ok(None);
    };
    if let Some(patterns) = &workspace.patterns {
        let written = plan.changes.iter().filter(|change| change.text().is_some());
        let paths = generated.iter().map(|file| &file.path).chain(written.map(|change| &change.path));
        let paths: Vec<_> = paths.map(|path| place.path(path)).collect();
        members::check(patterns, place, &choices.packages(repository.output()), &paths)?;
    }
    Ok(Some((plan, repository)))
}

/// Returns the path of a clone of Typefoundry's repository, relative to the root if possible.
fn source_folder(root: &Path, source: &Path) -> Result<String> {
    for (folder, name) in CRATES {
        let manifest = std::fs::read_to_string(source.join(folder).join("Cargo.toml")).unwrap_or_default();
        if !manifest.contains(&format!("name = \"{name}\"")) {
            bail!(
                "{} is not a clone of Typefoundry's repository: {folder}/ does not contain the crate `{name}`; nothing was \
                 written",
                source.display()
            );
        }
    }
    Ok(relative(root, source).unwrap_or_else(|| source.to_string_lossy().replace('\\', "/")))
}

/// Returns the name of the sample; `None` if there are other descriptions.
fn api(args: &Args, repository: &Repository, sources: &[Source]) -> Result<Option<String>> {
    match &args.api {
        Some(name) => {
            scaffold::check_api_name(name)?;
            if sources.iter().any(|source| source.path.starts_with(&format!("{name}/"))) {
                bail!(
                    "{}/{name} already exists: leave out --api to keep the descriptions without a sample, or choose another name; \
                     nothing was written",
                    repository.spec()
                );
            }
            Ok(Some(name.clone()))
        }
        None if sources.iter().any(|source| source.path.ends_with("/api.yaml")) => Ok(None),
        None => Ok(Some("acme".to_owned())),
    }
}

/// Generates the packages in memory. `None` if problems were printed.
fn generated_files(
    repository: &Repository,
    workspace: &CargoWorkspace,
    mut sources: Vec<Source>,
    plan: &Plan,
    style: Style,
) -> Result<Option<Vec<File>>> {
    sources.extend(plan.sample.iter().cloned());
    let settings = repository.settings(workspace.neighbors())?;
    let generated = typefoundry_codegen::generate(sources, &settings);
    let (spec, output) = (repository.spec(), repository.output());
    let errors = generated.count(Severity::Error);
    if let Some(error) = plan.error_of_sample(&generated) {
        bail!(
            "choose another name with --api, which is also a package name: {} ({}); nothing was written",
            error.message,
            error.label
        );
    }
    if errors > 0 {
        errln!("{}", generated.render_with(&style));
        errln!(
            "{errors} error(s) in {spec}/; nothing was written\n  for a folder with other files, choose another one with --spec; for \
             a package name that exists, choose another one with --api"
        );
        return Ok(None);
    }
    let files = generated.output.map(|output| output.files).unwrap_or_default();
    let found = Output::new(repository, &files)?;
    let foreign =
        found.stale.iter().filter(|change| mark_of(&change.on_disk).is_none()).map(|change| &change.path);
    let mut foreign = foreign.chain(&found.strays);
    if let Some(path) = foreign.next() {
        let more = foreign.count();
        let more = if more > 0 { format!(" and {more} more file(s)") } else { String::new() };
        bail!(
            "{path}{more} would be among the generated files in {output}/ and {spec}/schema/: choose other folders with --out and \
             --spec; nothing was written"
        );
    }
    Ok(Some(files))
}
