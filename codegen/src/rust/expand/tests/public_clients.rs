//! Tests of the constructors without the optional credentials.

use crate::generate;
use crate::source::Source;

/// Returns the text of `client.rs` for these credentials, servers and this authentication.
fn client(credentials: &str, servers: &str, auth: &str) -> String {
    let api = format!(
        "doc: Things.\npackage: {{ name: acme, version: 0.1.0, doc: Things. }}\ncredentials:\n{credentials}servers:\n{servers}auth: {auth}\n"
    );
    let things = "doc: A Thing.\noperations:\n  list:\n    doc: Lists Things.\n    http: GET /v1/things\n";
    let run = generate(
        [Source::new("acme/api.yaml", api), Source::new("acme/things.yaml", things)],
        &crate::Settings::default(),
    );
    let output = run.output.as_ref().unwrap_or_else(|| panic!("{}", run.render(false)));
    let file = output.files.iter().find(|file| file.path == "generated/acme/src/client.rs");
    file.expect("the client").text.clone()
}

/// Returns the body of `public_builder`.
fn public_builder(text: &str) -> &str {
    let start = text.find("pub fn public_builder").expect("a builder of public clients");
    let body = &text[start..];
    &body[..body.find("\n    }\n").expect("its end")]
}

const SERVERS: &str = "  live: { url: 'https://a.example', doc: Real., when: { credential: key, starts_with: live_ } }\n  test: { url: 'https://b.example', doc: Play. }\n";

#[test]
fn public_client_lacks_the_password_of_basic_authentication() {
    let credentials =
        "  account: { doc: Who., env: A_ACCOUNT }\n  key: { type: secret?, doc: Proof., env: A_KEY }\n";
    let text = client(credentials, SERVERS, "{ basic: { username: account, password: key } }");
    let body = public_builder(&text);
    assert!(body.contains("public_builder(account: impl Into<String>)"), "{body}");
    assert!(body.contains("Auth::unavailable(\"key\")"), "{body}");
    assert!(body.contains("let _ = account;"), "an unused variable is a warning: {body}");
    assert!(!body.contains("starts_with"), "a missing credential chooses no server: {body}");
    assert!(body.contains("let base_url = \"https://b.example\";"), "{body}");
}

#[test]
fn public_client_without_any_credential_takes_no_argument() {
    let credentials = "  key: { type: secret?, doc: Proof., env: A_KEY }\n";
    let text = client(credentials, SERVERS, "{ bearer: { token: key } }");
    assert!(text.contains("pub fn public() -> Result<Self, Error>"), "{text}");
    assert!(text.contains("Self::public_builder().build()"), "{text}");
}

#[test]
fn api_without_optional_credentials_has_no_public_clients() {
    let credentials = "  key: { type: secret, doc: Proof., env: A_KEY }\n";
    let text = client(credentials, SERVERS, "{ bearer: { token: key } }");
    assert!(!text.contains("public_builder"), "{text}");
}
