//! `cargo xtask generate`: from `spec/` to `generated/`, and the public API of the runtime.

use std::io::IsTerminal as _;
use std::time::Instant;

use anyhow::{Result, anyhow};
use typefoundry_codegen::cast;
use typefoundry_codegen::diagnostic::Severity;
use typefoundry_codegen::output::File;
use typefoundry_codegen::public_api;

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
    let sources = workspace.sources()?;
    // The two know nothing of each other, so they are made side by side.
    let (cast, listing) = std::thread::scope(|scope| {
        let listing = scope.spawn(|| runtime_api(workspace));
        (cast(sources), listing.join())
    });
    let listing = listing.map_err(|_| anyhow!("listing the public API of runtime/ panicked"))??;
    if !cast.diagnostics.is_empty() {
        eprintln!("{}", cast.render(std::io::stderr().is_terminal()));
    }
    let (errors, warnings) = (cast.count(Severity::Error), cast.count(Severity::Warning));
    let Some(output) = &cast.output else {
        eprintln!("{errors} error(s), {warnings} warning(s) in spec/; nothing was written");
        return Ok(false);
    };
    let plan = Plan::new(workspace, output.files.iter().chain(&listing))?;
    if args.check {
        if plan.is_fresh() {
            println!("{} file(s) are as spec/ and runtime/ say", plan.unchanged.len());
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

/// The public API of the runtime, where there is one: it is as much a promise to users as what is generated.
fn runtime_api(workspace: &Workspace) -> Result<Option<File>> {
    let sources = workspace.rust_sources("runtime")?;
    if sources.is_empty() {
        return Ok(None);
    }
    let outlines = public_api::outlines(&sources).map_err(|why| anyhow!("runtime/{why}"))?;
    let listing = public_api::list("typefoundry_runtime", "runtime/src", &outlines);
    Ok(Some(File::new(format!("runtime/{}", public_api::FILE), listing)))
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

    #[test]
    fn the_api_of_the_runtime_is_listed_and_checked() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let source = "mod a { pub struct A; }\npub use a::A;\n";
        workspace.write("runtime/src/lib.rs", source).unwrap();
        let (write, check) = (Args { check: false }, Args { check: true });
        assert!(run(&workspace, &write).unwrap());
        let listing = || workspace.read("runtime/public-api.txt").unwrap().unwrap();
        assert!(listing().contains("\npub struct typefoundry_runtime::A;\n"), "{}", listing());
        assert!(run(&workspace, &check).unwrap());

        workspace.write("runtime/src/lib.rs", &source.replace("struct A;", "struct A(pub u8);")).unwrap();
        assert!(!run(&workspace, &check).unwrap(), "it is stale");
        assert!(run(&workspace, &write).unwrap());
        assert!(listing().contains("\npub struct typefoundry_runtime::A(pub u8)\n"), "{}", listing());

        workspace.write("runtime/src/lib.rs", "pub struct").unwrap();
        let error = run(&workspace, &check).unwrap_err().to_string();
        assert!(error.starts_with("runtime/src/lib.rs: "), "{error}");
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
