//! Credentials from the environment. Each case runs in its own process.

use stytch_b2b::Client;
use typefoundry_tests::{is_child, output_of_child};

/// Runs in the child: builds the client and prints the result.
#[test]
#[ignore = "run by the other tests of this file, each in its own process"]
fn in_the_child() {
    if is_child() {
        match Client::from_env() {
            Ok(client) => println!("made {client:?}"),
            Err(error) => println!("failed {:?}: {error}", error.kind()),
        }
    }
}

/// Returns the output of the child in this environment.
fn output_with(variables: &[(&str, &str)]) -> String {
    let mut all = vec![("STYTCH_PROJECT_ID", None), ("STYTCH_SECRET", None)];
    all.extend(variables.iter().map(|(name, value)| (*name, Some(*value))));
    output_of_child("from_env::in_the_child", &all)
}

#[test]
fn both_variables_configure_a_client() {
    let said =
        output_with(&[("STYTCH_PROJECT_ID", "project-live-1d2e"), ("STYTCH_SECRET", "hush-of-the-env")]);
    assert!(said.contains("made Client") && said.contains("\"https://api.stytch.com\""), "{said}");
    assert!(!said.contains("hush"), "{said}");
    let said =
        output_with(&[("STYTCH_PROJECT_ID", "project-test-1d2e"), ("STYTCH_SECRET", "hush-of-the-env")]);
    assert!(said.contains("made Client") && said.contains("\"https://test.stytch.com\""), "{said}");
}

#[test]
fn missing_or_invalid_variable_is_named() {
    let project = ("STYTCH_PROJECT_ID", "project-test-1d2e");
    let secret = ("STYTCH_SECRET", "hush-of-the-env");
    for (variables, named) in [
        (vec![], "STYTCH_PROJECT_ID"),
        (vec![secret], "STYTCH_PROJECT_ID"),
        (vec![("STYTCH_PROJECT_ID", ""), secret], "STYTCH_PROJECT_ID"),
        (vec![project], "STYTCH_SECRET"),
        (vec![project, ("STYTCH_SECRET", "")], "STYTCH_SECRET"),
        (vec![("STYTCH_PROJECT_ID", "project-test-1d2e\n"), secret], "STYTCH_PROJECT_ID"),
        (vec![project, ("STYTCH_SECRET", "hush-of-the-env\n")], "STYTCH_SECRET"),
        (vec![project, ("STYTCH_SECRET", "hush-of-the-env\r\n")], "STYTCH_SECRET"),
        (vec![project, ("STYTCH_SECRET", " hush-of-the-env")], "STYTCH_SECRET"),
        (vec![project, ("STYTCH_SECRET", " ")], "STYTCH_SECRET"),
    ] {
        let said = output_with(&variables);
        assert!(said.contains("failed Config: ") && said.contains(named), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
}
