//! Missing and empty credentials, and credentials from the environment. Each case of the environment runs in its own
//! process.

use typefoundry_tests::{Memory, is_child, output_of_child};
use workos_api::{Client, ErrorKind};

use crate::case::{API_KEY, BASE_URL, CLIENT_ID};

/// Runs in the child: builds the client and prints the result.
#[test]
#[ignore = "run by the other tests of this file, each in its own process"]
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

/// Returns the output of the child in this environment.
fn output_with(api_key: Option<&str>, client_id: Option<&str>) -> String {
    let variables = [("WORKOS_API_KEY", api_key), ("WORKOS_CLIENT_ID", client_id)];
    output_of_child("from_env::in_the_child", &variables)
}

#[test]
fn both_variables_configure_a_client() {
    let said = output_with(Some("sk_hush-of-the-env"), Some("client_of_the_env"));
    assert!(said.contains("made Client"), "{said}");
    assert!(said.contains("https://api.workos.com/sso/jwks/client_of_the_env"), "{said}");
    assert!(!said.contains("hush"), "{said}");
}

#[test]
fn missing_or_empty_variable_is_named() {
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

/// An empty credential from any source fails early, and not with status 401.
#[test]
fn empty_credential_fails_when_the_client_is_built() {
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
