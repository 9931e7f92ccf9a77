use super::extra_files;
use crate::this_repository;
use typefoundry::{CheckArgs, Command, Options, Repository};

#[test]
fn api_of_hand_written_crates_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    let source = "mod a { pub struct A; }\npub use a::A;\n";
    repository.write("runtime/src/lib.rs", source).unwrap();
    let listing = |at: usize| extra_files(&repository).unwrap()[at].clone();
    assert!(listing(0).text.contains("\npub struct typefoundry_runtime::A;\n"), "{}", listing(0).text);
    assert_eq!(listing(0).path, "runtime/public-api.txt");

    repository.write("runtime/bridges/tower/src/lib.rs", "pub struct B;\n").unwrap();
    assert_eq!(listing(1).path, "runtime/bridges/tower/public-api.txt");
    assert!(listing(1).text.contains("typefoundry_tower::B"), "{}", listing(1).text);

    repository.write("runtime/src/lib.rs", "pub struct").unwrap();
    let error = extra_files(&repository).unwrap_err().to_string();
    assert!(error.starts_with("runtime/src/lib.rs: "), "{error}");
}

/// The check of CI, so that `cargo test` also fails.
#[test]
fn committed_output_is_fresh() {
    let command = Command::Check(CheckArgs::default());
    assert!(command.run(&Options::default(), extra_files).unwrap(), "run `cargo xtask generate`");
}

/// Editors use the schema for completion and checks.
#[test]
fn every_description_names_its_schema() {
    let repository = this_repository();
    for source in repository.sources() {
        let name = if source.path.ends_with("/api.yaml") { "api" } else { "resource" };
        let up = "../".repeat(source.path.matches('/').count());
        let line = format!("# yaml-language-server: $schema={up}schema/{name}.json");
        assert_eq!(source.text.lines().next(), Some(line.as_str()), "spec/{}", source.path);
        assert!(repository.path(&format!("spec/schema/{name}.json")).exists());
    }
}

#[test]
fn output_does_not_depend_on_the_order_of_files() {
    let repository = this_repository();
    let mut sources = repository.sources();
    let settings = repository.settings(Vec::new()).unwrap();
    let first = typefoundry_codegen::generate(sources.clone(), &settings);
    sources.reverse();
    assert_eq!(first.output, typefoundry_codegen::generate(sources, &settings).output);
    assert!(first.output.is_some());
}
