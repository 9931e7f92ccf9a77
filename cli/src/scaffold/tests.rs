use super::{Args, Severity, Style, What, run};
use crate::repository::Repository;

fn new(repository: &Repository, what: What) -> bool {
    run(repository, &Args { what }, Style::default()).unwrap()
}

fn operation(name: &str, http: &str) -> What {
    What::Operation {
        api: "acme".into(),
        resource: "users.keys".into(),
        operation: name.into(),
        http: http.into(),
    }
}

#[test]
fn scaffolded_api_generates() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    assert!(new(&repository, What::Api { api: "acme".into(), url: "https://api.acme.example".into() }));
    for resource in ["users", "users.keys"] {
        assert!(new(&repository, What::Resource { api: "acme".into(), resource: resource.into() }));
    }
    assert!(new(&repository, operation("get", "GET /v1/users/{user_id}/keys/{key_id}")));
    assert!(new(&repository, operation("create", "POST /v1/keys")));
    assert!(!new(&repository, operation("again", "POST /v1/keys")), "the path is taken");

    let generated =
        typefoundry_codegen::generate(repository.sources(), &typefoundry_codegen::Settings::default());
    assert_eq!(generated.count(Severity::Error), 0, "{}", generated.render(false));
    assert!(generated.count(Severity::Warning) > 0, "a remaining TODO is a warning");
    let output = generated.output.unwrap();
    assert_eq!(output.packages[0].operations, 2);
}

#[test]
fn existing_file_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    let api = || What::Api { api: "acme".into(), url: "https://a.example".into() };
    assert!(new(&repository, api()));
    assert!(run(&repository, &Args { what: api() }, Style::default()).is_err());
}

#[test]
fn operation_is_added_behind_the_last_one() {
    let text = "doc: X\noperations:\n  a:\n    doc: A.\n    http: GET /a\n\ntypes: {}\n";
    let added = super::operation_text(None, "x", "b", "GET /b/{c}");
    let expected = "doc: X\noperations:\n  a:\n    doc: A.\n    http: GET /a\n\n  b:\n    doc: |\n      \
        TODO: describe the operation in one sentence.\n    http: GET /b/{c}\n    params:\n      \
        c: { type: string, doc: \"TODO: the meaning of the parameter.\" }\n    response: {} # TODO: the fields of the response, or its type\n\ntypes: {}\n";
    assert_eq!(super::with_operation(text, &added).unwrap(), expected);
    assert!(super::with_operation("operations: { a: { doc: A., http: GET /a } }\n", &added).is_err());
}

#[test]
fn invalid_names_are_rejected_before_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    let error = |what| run(&repository, &Args { what }, Style::default()).unwrap_err().to_string();
    let resource = |name: &str| What::Resource { api: "acme".into(), resource: name.into() };
    let text = error(resource("User-Keys"));
    assert!(text.starts_with("`User-Keys` is not a valid name of a resource: "), "{text}");
    assert!(text.ends_with("; try `user_keys`"), "{text}");
    for name in ["../users", "", "users.", "con"] {
        assert!(error(resource(name)).contains("is not a valid name of a resource"), "{name}");
    }
    let api = |name: &str| What::Api { api: name.into(), url: "https://a.example".into() };
    assert!(error(api("../acme")).contains("is not a valid name of an API"));
    assert!(error(operation("List All", "GET /v1/x")).contains("is not a valid name of an operation"));
    assert!(!repository.path("spec").exists());
}

/// `generate` reports the other problems.
#[test]
fn only_errors_of_the_new_description_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::at(folder.path());
    repository.write("spec/other/api.yaml", "nothing: of use\n").unwrap();
    assert!(new(&repository, What::Api { api: "acme".into(), url: "https://api.acme.example".into() }));
    let resource = |name: &str| What::Resource { api: "acme".into(), resource: name.into() };
    assert!(new(&repository, resource("users")) && new(&repository, resource("users.keys")));
    // A mistake in another file of the same API.
    repository.write("spec/acme/users.yaml", "doc: People.\noperatoins: {}\n").unwrap();
    assert!(new(&repository, operation("list", "GET /v1/keys")));
    assert!(!new(&repository, operation("broken", "GET v1 keys")), "the error is in the operation");
    assert!(!repository.read("spec/acme/users/keys.yaml").unwrap().unwrap().contains("broken"));
}

#[test]
fn operation_has_a_response_to_complete() {
    let text = super::operation_text(None, "users", "list", "GET /v1/users");
    assert!(text.contains("\n    response: {} # TODO: "), "{text}");
}
