//! `cargo xtask generate`: from `spec/` to `generated/`.

use std::io::IsTerminal as _;
use std::time::Instant;

use anyhow::Result;
use typefoundry_codegen::cast;
use typefoundry_codegen::diagnostic::Severity;

use crate::plan::Plan;
use crate::report;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; list every stale, missing and orphaned file and fail if there is any, or a warning
    #[arg(long)]
    check: bool,
}

/// Whether all went well: no error in the spec and, with `--check`, nothing to do and no warning.
pub fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let start = Instant::now();
    let cast = cast(workspace.sources()?);
    if !cast.diagnostics.is_empty() {
        eprintln!("{}", cast.render(std::io::stderr().is_terminal()));
    }
    let (errors, warnings) = (cast.count(Severity::Error), cast.count(Severity::Warning));
    let Some(output) = &cast.output else {
        eprintln!("{errors} error(s), {warnings} warning(s) in spec/; nothing was written");
        return Ok(false);
    };
    let plan = Plan::new(workspace, &output.files)?;
    if args.check {
        if plan.is_fresh() {
            println!("{} file(s) are as spec/ says", plan.unchanged.len());
        } else {
            println!("{}", report::differences(&plan));
        }
        if warnings > 0 {
            eprintln!("{warnings} warning(s) in spec/; --check takes none");
        }
        return Ok(plan.is_fresh() && warnings == 0);
    }
    plan.apply(workspace)?;
    print!("{}", report::summary(output, &plan, start.elapsed()));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{Args, run};
    use crate::workspace::Workspace;

    #[test]
    fn an_error_leaves_the_disk_alone() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        workspace.write("spec/acme/api.yaml", "package: {}\n").unwrap();
        assert!(!run(&workspace, &Args { check: false }).unwrap());
        assert!(!workspace.path("generated").exists());
        assert!(!workspace.path("spec/schema").exists());
    }

    /// The same check as CI makes, so that a plain `cargo test` says it too.
    #[test]
    fn what_is_committed_is_fresh() {
        assert!(
            run(&Workspace::find().unwrap(), &Args { check: true }).unwrap(),
            "run `cargo xtask generate`"
        );
    }

    /// So that every editor completes and checks while one types.
    #[test]
    fn every_description_names_its_schema() {
        let workspace = Workspace::find().unwrap();
        for source in workspace.sources().unwrap() {
            let name = if source.path.ends_with("/api.yaml") { "api" } else { "resource" };
            let up = "../".repeat(source.path.matches('/').count());
            let line = format!("# yaml-language-server: $schema={up}schema/{name}.json");
            assert_eq!(source.text.lines().next(), Some(line.as_str()), "spec/{}", source.path);
            assert!(workspace.path(&format!("spec/schema/{name}.json")).exists());
        }
    }

    #[test]
    fn twice_gives_the_same_bytes() {
        let workspace = Workspace::find().unwrap();
        let mut sources = workspace.sources().unwrap();
        let first = typefoundry_codegen::cast(sources.clone());
        sources.reverse();
        assert_eq!(first.output, typefoundry_codegen::cast(sources).output);
        assert!(first.output.is_some());
    }
}
