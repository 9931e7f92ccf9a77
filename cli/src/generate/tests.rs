use super::{Args, Style, run};
use crate::members::Member;
use crate::plan::Gone;
use crate::repository::Repository;
use typefoundry_codegen::output::File;

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
fn acme() -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    repository.write("spec/acme/api.yaml", API).unwrap();
    repository.write("spec/acme/users.yaml", USERS).unwrap();
    (folder, repository)
}

/// No files in addition to the packages.
fn no_files(_: &Repository) -> anyhow::Result<Vec<File>> {
    Ok(Vec::new())
}

fn generate(repository: &Repository) -> anyhow::Result<bool> {
    run(repository, &Args::default(), no_files, Style::default())
}

fn check(repository: &Repository) -> anyhow::Result<bool> {
    run(repository, &Args { check: true, ..Args::default() }, no_files, Style::default())
}

fn remove(repository: &Repository, name: &str) -> anyhow::Result<bool> {
    let args = Args { remove_package: vec![name.to_owned()], ..Args::default() };
    run(repository, &args, no_files, Style::default())
}

#[test]
fn error_in_the_spec_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    repository.write("spec/acme/api.yaml", "package: {}\n").unwrap();
    assert!(!generate(&repository).unwrap());
    assert!(!repository.path("generated").exists());
    assert!(!repository.path("spec/schema").exists());
}

#[test]
fn empty_spec_is_an_error_and_removes_nothing() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    let gone = [repository.path("spec/acme/api.yaml"), repository.path("spec/acme/users.yaml")];
    gone.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    for run in [generate, check] {
        let error = run(&repository).unwrap_err().to_string();
        assert!(error.starts_with("nothing to generate: spec/ describes no API"), "{error}");
    }
    std::fs::remove_dir_all(repository.path("spec")).unwrap();
    assert!(generate(&repository).is_err() && check(&repository).is_err());
    assert!(repository.path("generated/acme/src/users/list.rs").exists());
}

#[test]
fn package_is_removed_only_by_name() {
    let (_folder, repository) = acme();
    repository.write("spec/other/api.yaml", &API.replace("name: acme", "name: other")).unwrap();
    assert!(generate(&repository).unwrap());
    std::fs::remove_dir_all(repository.path("spec/other")).unwrap();
    for run in [generate, check] {
        assert!(!run(&repository).unwrap());
    }
    assert!(!remove(&repository, "acme").unwrap(), "an API describes it");
    assert!(!remove(&repository, "nothing").unwrap(), "the package does not exist");
    assert!(repository.path("generated/other/Cargo.toml").exists(), "nothing was written");
    assert!(remove(&repository, "other").unwrap());
    assert!(!repository.path("generated/other").exists());
    assert!(check(&repository).unwrap());
}

#[test]
fn renamed_package_is_not_removed_silently() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    repository.write("spec/acme/api.yaml", &API.replace("name: acme", "name: acme-sdk")).unwrap();
    assert!(!generate(&repository).unwrap());
    assert!(repository.path("generated/acme").exists() && !repository.path("generated/acme-sdk").exists());
    assert!(remove(&repository, "acme").unwrap());
    assert!(!repository.path("generated/acme").exists() && repository.path("generated/acme-sdk").exists());
}

#[test]
fn package_with_dependents_is_not_removed() {
    let gone =
        Gone { name: "acme".into(), generated_from: None, strays: vec!["generated/acme/notes.txt".into()] };
    let user = Member {
        name: "app".into(),
        manifest: "app/Cargo.toml".into(),
        uses: [std::path::PathBuf::from("/x/generated/acme")].into(),
    };
    let refused = super::breaking(&Repository::at("/x"), &gone, &[user]);
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
        to remove it, run `typefoundry generate --remove-package acme`";
    assert_eq!(super::not_requested(&Repository::at(""), &gone), expected);
}

#[test]
fn api_with_the_name_of_a_workspace_package_is_rejected() {
    let (_folder, repository) = acme();
    repository.write("Cargo.toml", "[workspace]\nmembers = [\"tool\", \"generated/*\"]\n").unwrap();
    repository.write("tool/Cargo.toml", "[package]\nname = \"acme\"\n").unwrap();
    assert!(!generate(&repository).unwrap());
    assert!(!repository.path("generated").exists());
    repository.write("tool/Cargo.toml", "[package]\nname = \"tool\"\n").unwrap();
    assert!(generate(&repository).unwrap());
    assert!(check(&repository).unwrap(), "a generated package is not its own neighbor");
}

#[test]
fn edited_file_is_kept_unless_forced() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    let path = "generated/acme/src/users/list.rs";
    let edited = repository.read(path).unwrap().unwrap() + "// mine\n";
    repository.write(path, &edited).unwrap();
    // Other files are kept as well, because they belong together.
    repository.write("spec/acme/users.yaml", &USERS.replace("Lists all.", "Lists all users.")).unwrap();
    let readme = repository.read("generated/acme/README.md").unwrap();
    assert!(!generate(&repository).unwrap());
    assert_eq!(repository.read(path).unwrap(), Some(edited));
    assert_eq!(repository.read("generated/acme/README.md").unwrap(), readme);
    let args = Args { force: true, ..Args::default() };
    assert!(run(&repository, &args, no_files, Style::default()).unwrap());
    assert!(!repository.read(path).unwrap().unwrap().contains("// mine"));
    assert!(check(&repository).unwrap());
}

#[test]
fn files_with_other_line_ends_are_up_to_date() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    for path in repository.output_files().unwrap().iter().chain([&"generated.sha256".to_owned()]) {
        let text = repository.read(path).unwrap().unwrap();
        repository.write(path, &text.replace('\n', "\r\n")).unwrap();
    }
    for path in ["spec/acme/api.yaml", "spec/acme/users.yaml"] {
        let text = repository.read(path).unwrap().unwrap();
        repository.write(path, &text.replace('\n', "\r\n")).unwrap();
    }
    assert!(check(&repository).unwrap());
}

#[test]
fn files_of_cargo_in_a_package_are_not_strays() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    repository.write("generated/acme/Cargo.lock", "").unwrap();
    repository.write("generated/acme/target/debug/x", "").unwrap();
    assert!(check(&repository).unwrap());
    repository.write("generated/acme/src/target/x.rs", "").unwrap();
    assert!(!check(&repository).unwrap());
}

#[test]
fn further_files_are_written_and_checked() {
    let (_folder, repository) = acme();
    let files = |text: &'static str| move |_: &Repository| Ok(vec![File::new("notes/a.txt", text)]);
    assert!(run(&repository, &Args::default(), files("one"), Style::default()).unwrap());
    assert_eq!(repository.read("notes/a.txt").unwrap().as_deref(), Some("one"));
    let args = Args { check: true, ..Args::default() };
    assert!(run(&repository, &args, files("one"), Style::default()).unwrap());
    assert!(!run(&repository, &args, files("two"), Style::default()).unwrap(), "the file is stale");
}

#[test]
fn leftover_of_a_killed_run_is_removed() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    repository.write("generated/acme/src/lib.rs.7.typefoundry-tmp", "half").unwrap();
    assert!(!check(&repository).unwrap());
    assert!(generate(&repository).unwrap());
    assert!(check(&repository).unwrap());
}

/// The run was killed after it wrote some of its files, and the description changed before the next run.
#[test]
fn file_of_a_killed_run_does_not_count_as_edited() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    let old = repository.read("generated.sha256").unwrap().unwrap();
    repository.write("spec/acme/users.yaml", &USERS.replace("Lists all.", "Lists all users.")).unwrap();
    assert!(generate(&repository).unwrap());
    let new = repository.read("generated.sha256").unwrap().unwrap();
    repository.write("generated.sha256", &typefoundry_codegen::checksums::merged(&old, &new)).unwrap();
    repository.write("spec/acme/users.yaml", &USERS.replace("Lists all.", "Lists every user.")).unwrap();
    assert!(generate(&repository).unwrap());
    assert!(check(&repository).unwrap());
}

#[test]
fn error_names_the_files_that_were_written() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    repository.write("spec/acme/users.yaml", &USERS.replace("Lists all.", "Lists all users.")).unwrap();
    repository.write("spec/acme/teams.yaml", &USERS.replace("/users", "/teams")).unwrap();
    // A file is in the way of a folder.
    repository.write("generated/acme/src/teams", "").unwrap();
    let error = format!("{:#}", generate(&repository).unwrap_err());
    let (cause, done) = error.split_once("\n  changed before: ").unwrap_or_else(|| panic!("{error}"));
    assert!(cause.starts_with("failed to write generated/acme/src/teams/"), "{error}");
    assert_eq!(cause.matches("failed").count(), 1, "{error}");
    assert!(done.starts_with("generated.sha256, ") && done.ends_with(" more"), "{error}");
    assert!(!repository.path("generated/.typefoundry.lock").exists());
    repository.remove("generated/acme/src/teams").unwrap();
    assert!(generate(&repository).unwrap() && check(&repository).unwrap());
}

/// Files that a person put where files are generated.
#[test]
fn file_that_the_record_does_not_contain_is_kept_unless_forced() {
    let (_folder, repository) = acme();
    repository.write("generated/acme/README.md", "mine").unwrap();
    assert!(!generate(&repository).unwrap());
    assert_eq!(repository.read("generated/acme/README.md").unwrap().as_deref(), Some("mine"));
    repository.remove("generated/acme/README.md").unwrap();
    assert!(generate(&repository).unwrap());

    // An edited copy has the mark, and is not generated.
    let copy = repository.read("generated/acme/src/users/list.rs").unwrap().unwrap() + "// mine\n";
    repository.write("generated/acme/src/users/custom.rs", &copy).unwrap();
    assert!(!generate(&repository).unwrap());
    assert!(repository.path("generated/acme/src/users/custom.rs").exists());
    let args = Args { force: true, ..Args::default() };
    assert!(run(&repository, &args, no_files, Style::default()).unwrap());
    assert!(!repository.path("generated/acme/src/users/custom.rs").exists());

    // Without the record, nothing is known about a file that differs.
    let path = "generated/acme/src/lib.rs";
    let edited = repository.read(path).unwrap().unwrap() + "// mine\n";
    repository.write(path, &edited).unwrap();
    repository.remove("generated.sha256").unwrap();
    assert!(!generate(&repository).unwrap());
    assert_eq!(repository.read(path).unwrap(), Some(edited));
}

#[test]
fn conflict_marker_in_the_record_is_stale_and_removed() {
    let (_folder, repository) = acme();
    assert!(generate(&repository).unwrap());
    let record = repository.read("generated.sha256").unwrap().unwrap();
    repository
        .write("generated.sha256", &format!("<<<<<<< HEAD\n{record}=======\n{record}>>>>>>> other\n"))
        .unwrap();
    assert!(!check(&repository).unwrap());
    assert!(generate(&repository).unwrap());
    assert_eq!(repository.read("generated.sha256").unwrap(), Some(record));
}

#[test]
fn folder_that_is_a_file_is_an_error_with_its_name() {
    let (_folder, repository) = acme();
    repository.write("generated", "").unwrap();
    let error = generate(&repository).unwrap_err().to_string();
    assert!(error.starts_with("generated is not a folder"), "{error}");
    repository.remove("generated").unwrap();
    std::fs::rename(repository.path("spec"), repository.path("specs")).unwrap();
    let error = generate(&repository).unwrap_err().to_string();
    assert_eq!(error, "there is no folder spec/ with descriptions");
}

#[cfg(unix)]
#[test]
fn output_folder_can_be_a_link() {
    let (_folder, repository) = acme();
    std::fs::create_dir(repository.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(repository.path("elsewhere"), repository.path("generated")).unwrap();
    assert!(generate(&repository).unwrap() && check(&repository).unwrap());
    assert!(repository.path("elsewhere/acme/src/lib.rs").exists());
    // A link to a folder is a stray, and is not read.
    std::os::unix::fs::symlink(repository.path("spec"), repository.path("generated/acme/etc")).unwrap();
    assert!(!check(&repository).unwrap());
}
