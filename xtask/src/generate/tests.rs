use super::{Args, Style, run};
use crate::members::Member;
use crate::plan::Gone;
use crate::workspace::Workspace;

const API: &str = "\
doc: People.
package: { name: acme, version: 0.1.0, doc: Typed client of the Acme API. }
credentials:
  key: { type: secret, doc: Proves who calls., env: ACME_KEY }
servers:
  live: { url: https://api.acme.test, doc: The one and only. }
auth: { bearer: { token: key } }
";
const USERS: &str = "doc: People.\noperations:\n  list: { doc: Lists all., http: GET /users }\n";

/// A workspace with one API.
fn acme() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(folder.path());
    workspace.write("spec/acme/api.yaml", API).unwrap();
    workspace.write("spec/acme/users.yaml", USERS).unwrap();
    (folder, workspace)
}

fn generate(workspace: &Workspace) -> anyhow::Result<bool> {
    run(workspace, &Args::default(), Style::default())
}

fn check(workspace: &Workspace) -> anyhow::Result<bool> {
    run(workspace, &Args { check: true, ..Args::default() }, Style::default())
}

fn remove(workspace: &Workspace, name: &str) -> anyhow::Result<bool> {
    run(workspace, &Args { remove_package: vec![name.to_owned()], ..Args::default() }, Style::default())
}

#[test]
fn error_in_the_spec_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(folder.path());
    workspace.write("spec/acme/api.yaml", "package: {}\n").unwrap();
    assert!(!generate(&workspace).unwrap());
    assert!(!workspace.path("generated").exists());
    assert!(!workspace.path("spec/schema").exists());
}

#[test]
fn empty_spec_is_an_error_and_removes_nothing() {
    let (_folder, workspace) = acme();
    assert!(generate(&workspace).unwrap());
    let gone = [workspace.path("spec/acme/api.yaml"), workspace.path("spec/acme/users.yaml")];
    gone.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    for run in [generate, check] {
        let error = run(&workspace).unwrap_err().to_string();
        assert!(error.starts_with("nothing to generate: spec/ describes no API"), "{error}");
    }
    std::fs::remove_dir_all(workspace.path("spec")).unwrap();
    assert!(generate(&workspace).is_err() && check(&workspace).is_err());
    assert!(workspace.path("generated/acme/src/users/list.rs").exists());
}

#[test]
fn package_is_removed_only_by_name() {
    let (_folder, workspace) = acme();
    workspace.write("spec/other/api.yaml", &API.replace("name: acme", "name: other")).unwrap();
    assert!(generate(&workspace).unwrap());
    std::fs::remove_dir_all(workspace.path("spec/other")).unwrap();
    for run in [generate, check] {
        assert!(!run(&workspace).unwrap());
    }
    assert!(!remove(&workspace, "acme").unwrap(), "an API describes it");
    assert!(!remove(&workspace, "nothing").unwrap(), "the package does not exist");
    assert!(workspace.path("generated/other/Cargo.toml").exists(), "nothing was written");
    assert!(remove(&workspace, "other").unwrap());
    assert!(!workspace.path("generated/other").exists());
    assert!(check(&workspace).unwrap());
}

#[test]
fn renamed_package_is_not_removed_silently() {
    let (_folder, workspace) = acme();
    assert!(generate(&workspace).unwrap());
    workspace.write("spec/acme/api.yaml", &API.replace("name: acme", "name: acme-sdk")).unwrap();
    assert!(!generate(&workspace).unwrap());
    assert!(workspace.path("generated/acme").exists() && !workspace.path("generated/acme-sdk").exists());
    assert!(remove(&workspace, "acme").unwrap());
    assert!(!workspace.path("generated/acme").exists() && workspace.path("generated/acme-sdk").exists());
}

#[test]
fn package_with_dependents_is_not_removed() {
    let gone =
        Gone { name: "acme".into(), generated_from: None, strays: vec!["generated/acme/notes.txt".into()] };
    let user = Member {
        name: "app".into(),
        manifest: "app/Cargo.toml".into(),
        uses: ["generated/acme".to_owned()].into(),
    };
    let refused = super::breaking(&gone, &[user]);
    assert_eq!(refused.len(), 2);
    assert!(refused[0].contains("app/Cargo.toml depends on it"), "{refused:?}");
    assert!(refused[1].contains("generated/acme/notes.txt was not generated"), "{refused:?}");
}

#[test]
fn refusal_names_the_package_the_description_and_the_flag() {
    let gone =
        Gone { name: "acme".into(), generated_from: Some("spec/acme/api.yaml".into()), strays: Vec::new() };
    let expected = "error: no API in spec/ describes the package `acme` in generated/acme; it was generated from spec/acme/api.yaml\n  \
        to keep the package, restore spec/acme/api.yaml\n  \
        to remove it, run `cargo xtask generate --remove-package acme`";
    assert_eq!(super::not_requested(&gone), expected);
}

#[test]
fn api_with_the_name_of_a_workspace_package_is_rejected() {
    let (_folder, workspace) = acme();
    workspace.write("Cargo.toml", "[workspace]\nmembers = [\"tool\", \"generated/*\"]\n").unwrap();
    workspace.write("tool/Cargo.toml", "[package]\nname = \"acme\"\n").unwrap();
    assert!(!generate(&workspace).unwrap());
    assert!(!workspace.path("generated").exists());
    workspace.write("tool/Cargo.toml", "[package]\nname = \"tool\"\n").unwrap();
    assert!(generate(&workspace).unwrap());
    assert!(check(&workspace).unwrap(), "a generated package is not its own neighbor");
}

#[test]
fn api_lists_of_hand_written_crates_are_written_and_checked() {
    let (_folder, workspace) = acme();
    let source = "mod a { pub struct A; }\npub use a::A;\n";
    workspace.write("runtime/src/lib.rs", source).unwrap();
    assert!(generate(&workspace).unwrap());
    let listing = || workspace.read("runtime/public-api.txt").unwrap().unwrap();
    assert!(listing().contains("\npub struct typefoundry_runtime::A;\n"), "{}", listing());
    assert!(check(&workspace).unwrap());

    workspace.write("runtime/src/lib.rs", &source.replace("struct A;", "struct A(pub u8);")).unwrap();
    assert!(!check(&workspace).unwrap(), "the list is stale");
    assert!(generate(&workspace).unwrap());
    assert!(listing().contains("\npub struct typefoundry_runtime::A(pub u8);\n"), "{}", listing());

    workspace.write("runtime/bridges/tower/src/lib.rs", "pub struct B;\n").unwrap();
    assert!(!check(&workspace).unwrap(), "the list of a bridge is missing");
    assert!(generate(&workspace).unwrap());
    let listing = workspace.read("runtime/bridges/tower/public-api.txt").unwrap().unwrap();
    assert!(listing.contains("typefoundry_tower::B"), "{listing}");

    workspace.write("runtime/src/lib.rs", "pub struct").unwrap();
    let error = check(&workspace).unwrap_err().to_string();
    assert!(error.starts_with("runtime/src/lib.rs: "), "{error}");
}

/// The check of CI, so that `cargo test` also fails.
#[test]
fn committed_output_is_fresh() {
    assert!(check(&Workspace::find().unwrap()).unwrap(), "run `cargo xtask generate`");
}

/// Editors use the schema for completion and checks.
#[test]
fn every_description_names_its_schema() {
    let workspace = Workspace::find().unwrap();
    for source in workspace.sources() {
        let name = if source.path.ends_with("/api.yaml") { "api" } else { "resource" };
        let up = "../".repeat(source.path.matches('/').count());
        let line = format!("# yaml-language-server: $schema={up}schema/{name}.json");
        assert_eq!(source.text.lines().next(), Some(line.as_str()), "spec/{}", source.path);
        assert!(workspace.path(&format!("spec/schema/{name}.json")).exists());
    }
}

#[test]
fn output_does_not_depend_on_the_order_of_files() {
    let workspace = Workspace::find().unwrap();
    let mut sources = workspace.sources();
    let first = typefoundry_codegen::generate(sources.clone());
    sources.reverse();
    assert_eq!(first.output, typefoundry_codegen::generate(sources).output);
    assert!(first.output.is_some());
}
