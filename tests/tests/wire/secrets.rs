//! Secrets are sent to the server and never printed.

use std::error::Error as _;
use std::fmt::Debug;

use serde_json::{Value, json};
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::members::params::SearchParams;
use stytch_b2b::organizations::members::requests::SearchRequestOptions;
use stytch_b2b::runtime::{Call, Endpoint};
use stytch_b2b::{Client, Error, ErrorKind};
use typefoundry_tests::{CannedResponse, Memory, bounded};

use crate::case::{
    AUTHORIZATION, PROJECT_ID, REQUEST_ID, SECRET, SESSION_JWT, SESSION_TOKEN, call, client_of,
};

/// Part of every token in this file.
const HUSH: &str = "hush";

/// Checks that no secret appears in `Debug` output.
fn check_hidden(shown: &impl Debug) {
    let text = format!("{shown:?}\n{shown:#?}");
    let credentials = AUTHORIZATION.trim_start_matches("Basic ");
    for secret in [SECRET, credentials, SESSION_TOKEN, SESSION_JWT, HUSH] {
        assert!(!text.contains(secret), "{secret} appears in {text}");
    }
}

fn ids() -> (OrganizationId, MemberId) {
    (OrganizationId::new("organization-test-6f1c"), MemberId::new("member-test-9ab4"))
}

#[tokio::test]
async fn client_and_builder_hide_the_credentials() {
    let builder = Client::builder(PROJECT_ID, SECRET).base_url("https://u:hush@h.example");
    check_hidden(&builder);
    check_hidden(&builder.build().expect_err("a user name in the URL"));
    let client = client_of("http://127.0.0.1:1");
    check_hidden(&client);
    check_hidden(&client.organizations());
    check_hidden(&client.organizations().members().oauth_providers());
}

#[tokio::test]
async fn requests_and_calls_hide_the_session() {
    let client = client_of("http://127.0.0.1:1");
    let (organization_id, member_id) = ids();
    let members = client.organizations().members();
    let update = members.update(&organization_id, &member_id);
    let update = update.name("Ada").session_token(SESSION_TOKEN).session_jwt(SESSION_JWT);
    check_hidden(&update);
    check_hidden(&update.send());
    let revoke = members.connected_apps().revoke(
        &organization_id,
        &member_id,
        stytch_b2b::organizations::ConnectedAppId::new("connected-app-test-77"),
    );
    check_hidden(&revoke.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT));
}

fn search_options() -> SearchRequestOptions {
    let mut options = SearchRequestOptions::default();
    options.session_token = Some(SESSION_TOKEN.into());
    options.session_jwt = Some(SESSION_JWT.into());
    options
}

/// Secret headers are marked as sensitive, so that a transport does not log them.
#[tokio::test]
async fn options_and_headers_hide_the_session() {
    check_hidden(&search_options());
    let memory = Memory::responding("{}");
    let client = Client::builder(PROJECT_ID, SECRET).transport(memory.clone()).build().expect("a client");
    let params = SearchParams::new([ids().0]);
    let base = "https://h.example".parse().expect("a URL");
    check_hidden(&params.to_request(&base, &search_options()).expect("a request"));
    let call = client.request(params).options(search_options()).send();
    check_hidden(&bounded(call).await.expect_err("the response is empty"));
    let sent = memory.sent();
    check_hidden(&sent);
    for name in ["authorization", "x-stytch-member-session", "x-stytch-member-sessionjwt"] {
        assert!(sent[0].headers()[name].is_sensitive(), "{name}");
    }
    assert_eq!(sent[0].headers()["x-stytch-member-session"], SESSION_TOKEN);
}

async fn read<R>(canned: Value, send: impl FnOnce(&Client) -> Call<R>) -> R {
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    response.expect("a success")
}

/// Returns a response with every token field of the five providers and of OIDC.
fn tokens() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "provider_type": "Any",
        "provider_subject": "107",
        "id_token": "hush-1",
        "access_token": "hush-2",
        "access_token_expires_in": 3600,
        "refresh_token": "hush-3",
        "registrations": [{
            "provider_subject": "107",
            "provider_tenant_id": "7",
            "provider_tenant_ids": ["7"],
            "connection_id": "oidc-connection-test-1",
            "id_token": "hush-4",
            "access_token": "hush-5",
            "access_token_expires_in": 3600,
            "refresh_token": "hush-6",
            "bot_access_token": "hush-7",
            "scopes": ["openid"],
            "bot_scopes": ["chat:write"],
        }],
        "scopes": ["openid"],
        "status_code": 200,
    })
}

#[tokio::test]
async fn responses_hide_their_tokens() {
    let (organization, member) = ids();
    let (organization, member) = (&organization, &member);
    macro_rules! check {
        ($client:ident => $request:expr) => {{
            let response = read(tokens(), |$client| $request.send()).await;
            check_hidden(&response);
            let written = serde_json::to_string(&response).expect("JSON");
            assert!(written.contains(HUSH), "the token is serialized");
        }};
    }
    check!(client => client.organizations().members().oidc_providers(organization, member));
    check!(client => client.organizations().members().oauth_providers().google(organization, member));
    check!(client => client.organizations().members().oauth_providers().microsoft(organization, member));
    check!(client => client.organizations().members().oauth_providers().slack(organization, member));
    check!(client => client.organizations().members().oauth_providers().hubspot(organization, member));
    check!(client => client.organizations().members().oauth_providers().github(organization, member));
}

/// Returns the error of a call with a session to a server with this response.
async fn error_of(canned: CannedResponse) -> Error {
    let send = |client: &Client| {
        let (organization_id, member_id) = ids();
        let request = client.organizations().members().get_connected_apps(organization_id, member_id);
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let (response, _) = call(canned, send).await;
    response.expect_err("an error")
}

/// Checks the printed forms of an error and all of its sources.
fn check_error_hides(error: &Error) {
    check_hidden(error);
    check_hidden(&error.to_string());
    let mut next = error.source();
    while let Some(source) = next {
        check_hidden(&source);
        check_hidden(&source.to_string());
        next = source.source();
    }
}

#[tokio::test]
async fn errors_hide_the_credentials_and_the_body() {
    let echo = json!({
        "error_type": "unauthorized_credentials",
        "error_details": {"session_token": SESSION_TOKEN, "secret": "hush-8"},
        "received": {"authorization": AUTHORIZATION},
    });
    let api = error_of(CannedResponse::json(401, echo)).await;
    assert_eq!(api.kind(), ErrorKind::Api);
    check_error_hides(&api);
    check_hidden(api.api_error().expect("an API error"));
    check_error_hides(
        &error_of(CannedResponse::html(502, format!("<pre>{AUTHORIZATION} hush-9</pre>"))).await,
    );
    check_error_hides(
        &error_of(CannedResponse::html(200, format!("<pre>{AUTHORIZATION} hush-9</pre>"))).await,
    );
}

/// Covers a token in place of another value, and another value in place of a token.
#[tokio::test]
async fn decode_errors_hide_the_values() {
    for (pointer, value) in [
        ("/scopes", json!("hush-10")),
        ("/access_token_expires_in", json!("hush-11")),
        ("/id_token", json!({"hush-12": "hush-13"})),
        ("/status_code", json!({"a": ["hush-14"]})),
    ] {
        let mut canned = tokens();
        *canned.pointer_mut(pointer).expect(pointer) = value;
        let (organization, member) = ids();
        let send = |client: &Client| {
            client.organizations().members().oauth_providers().google(organization, member).send()
        };
        let (response, _) = call(CannedResponse::json(200, canned), send).await;
        let error = response.expect_err(pointer);
        assert_eq!(error.kind(), ErrorKind::Decode);
        check_error_hides(&error);
    }
}

#[tokio::test]
async fn transport_errors_hide_the_credentials() {
    let (organization_id, _) = ids();
    // A privileged port, on which no server listens.
    let client = client_of("http://127.0.0.1:1");
    let call = client.organizations().delete(organization_id).session_token(SESSION_TOKEN).send();
    let error = bounded(call).await.expect_err("the connection is refused");
    assert_eq!(error.kind(), ErrorKind::Transport);
    check_error_hides(&error);
}
