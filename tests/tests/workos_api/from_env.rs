//! Credentials that are missing or empty, and those from the environment: each such case is a process of its own.

use typefoundry_tests::{Memory, is_child, output_of_child};
use workos_api::{Client, ErrorKind};

use crate::case::{API_KEY, BASE_URL, CLIENT_ID};

/// Runs in the child: makes the client and says how that went.
#[test]
#[ignore = "the other tests of this file run it, each in a process of its own"]
fn in_the_child() {
    if is_child() {
        match Client::from_env() {
            Ok(client) => {
                let url = client.user_management().session_tokens().jwks_url().url();
                println!("made {client:?} with {}", url.expect("a URL"));
            }
            Err(error) => println!("failed {:?}: {error}", error.kind()),
        }
    }
}

/// What the child says in this environment.
fn output_with(api_key: Option<&str>, client_id: Option<&str>) -> String {
    let variables = [("WORKOS_API_KEY", api_key), ("WORKOS_CLIENT_ID", client_id)];
    output_of_child("from_env::in_the_child", &variables)
}

#[test]
fn both_variables_make_a_client() {
    let said = output_with(Some("sk_hush-of-the-env"), Some("client_of_the_env"));
    assert!(said.contains("made Client"), "{said}");
    assert!(said.contains("https://api.workos.com/sso/jwks/client_of_the_env"), "{said}");
    assert!(!said.contains("hush"), "{said}");
}

#[test]
fn a_variable_that_is_missing_or_empty_is_named() {
    let (api_key, client_id) = (Some("sk_hush-of-the-env"), Some("client_of_the_env"));
    for (api_key, client_id, named) in [
        (None, None, "WORKOS_API_KEY"),
        (None, client_id, "WORKOS_API_KEY"),
        (Some(""), client_id, "WORKOS_API_KEY"),
        (api_key, None, "WORKOS_CLIENT_ID"),
        (api_key, Some(""), "WORKOS_CLIENT_ID"),
    ] {
        let said = output_with(api_key, client_id);
        assert!(said.contains("failed Config: ") && said.contains(named), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
}

/// Whoever keeps credentials elsewhere learns of an empty one as early, and not by a 401.
#[test]
fn an_empty_credential_is_named_when_the_client_is_made() {
    for (api_key, client_id, named) in
        [("", CLIENT_ID, "`api_key`"), (API_KEY, "", "`client_id`"), ("", "", "`api_key`")]
    {
        let memory = Memory::responding("{}");
        let builder = Client::builder(api_key, client_id).base_url(BASE_URL).transport(memory.clone());
        for error in [builder.build(), Client::new(api_key, client_id)].map(|made| made.expect_err("empty")) {
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Config, None), "{error}");
            assert!(error.to_string().contains(named), "{error}");
            assert!(!format!("{error} {error:?}").contains(API_KEY), "{error}");
        }
        assert!(memory.sent().is_empty());
    }
}
