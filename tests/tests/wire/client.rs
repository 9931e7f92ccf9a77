//! The client: its server, its credentials, and the time of its requests.

use serde_json::json;
use stytch_b2b::organizations::members;
use stytch_b2b::organizations::members::params::CreateParams;
use stytch_b2b::organizations::members::requests::CreateRequestOptions;
use stytch_b2b::organizations::params::GetParams;
use stytch_b2b::organizations::{OrganizationId, RoleId};
use stytch_b2b::runtime::{Bytes, Endpoint, RequestContext, http};
use stytch_b2b::{Client, ErrorKind};
use typefoundry_tests::{CannedResponse, Memory, Received, Server, bounded};

use crate::case::{AUTHORIZATION, PROJECT_ID, REQUEST_ID, SECRET, SESSION_JWT, builder_of, client_of};
use crate::responses::{bare_organization, check_member_and_organization, member_and_organization};

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn organization() -> serde_json::Value {
    json!({"request_id": REQUEST_ID, "organization": bare_organization(), "status_code": 200})
}

#[tokio::test]
async fn project_id_selects_the_server() {
    for (project_id, server) in [
        ("project-live-1d2e", "https://api.stytch.com"),
        ("project-live-", "https://api.stytch.com"),
        ("project-test-1d2e", "https://test.stytch.com"),
        ("project-livery", "https://test.stytch.com"),
        ("PROJECT-LIVE-1d2e", "https://test.stytch.com"),
        ("my-project-live-1d2e", "https://test.stytch.com"),
    ] {
        let memory = Memory::responding(organization());
        let client = Client::builder(project_id, SECRET).transport(memory.clone()).build().expect("a client");
        assert!(format!("{client:?}").contains(&format!("{server:?}")), "{client:?}");
        bounded(client.organizations().get(organization_id()).send()).await.expect("an organization");
        let path = "/v1/b2b/organizations/organization-test-6f1c";
        assert_eq!(memory.sent()[0].uri().to_string(), format!("{server}{path}"));
    }
}

/// Building a client with the default transport opens no connection.
#[test]
fn client_is_built_without_io() {
    let client = Client::new("project-live-1d2e", SECRET).expect("a client");
    assert!(format!("{client:?}").contains("\"https://api.stytch.com\""));
}

#[tokio::test]
async fn base_url_can_contain_a_path() {
    let server = Server::start(CannedResponse::json(200, organization())).await;
    for base_url in [format!("{}/eu/v2", server.url()), format!("{}/eu/v2/", server.url())] {
        let client = client_of(&base_url);
        bounded(client.organizations().get(organization_id()).send()).await.expect("an organization");
    }
    let line = "GET /eu/v2/v1/b2b/organizations/organization-test-6f1c";
    let received = server.received();
    assert_eq!(received.iter().map(Received::line).collect::<Vec<_>>(), [line, line]);
}

#[tokio::test]
async fn user_agent_can_be_set() {
    let server = Server::start(CannedResponse::json(200, organization())).await;
    let client = builder_of(&server.url()).user_agent("night-watch/7 (+https://n.example)").build();
    let call = client.expect("a client").organizations().get(organization_id()).send();
    bounded(call).await.expect("an organization");
    let agent = ("user-agent".to_owned(), "night-watch/7 (+https://n.example)".to_owned());
    assert!(server.only_request().headers.contains(&agent));
}

#[test]
fn invalid_configuration_fails_when_the_client_is_built() {
    let memory = || Memory::responding("");
    for builder in [
        Client::builder("project:test", SECRET).transport(memory()),
        Client::builder("", SECRET).transport(memory()),
        Client::builder(PROJECT_ID, "").transport(memory()),
        Client::builder(PROJECT_ID, SECRET).transport(memory()).base_url("test.stytch.com"),
        Client::builder(PROJECT_ID, SECRET).transport(memory()).base_url("https://u:p@h.example"),
        Client::builder(PROJECT_ID, SECRET).transport(memory()).base_url("https://h.example/?a=b"),
        Client::builder(PROJECT_ID, SECRET).transport(memory()).user_agent("a\r\nb: c"),
    ] {
        let error = builder.build().expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert_eq!(error.operation(), None);
    }
}

#[tokio::test]
async fn nothing_is_sent_before_the_call_is_awaited() {
    let server = Server::start(CannedResponse::json(200, organization())).await;
    let client = client_of(&server.url());
    drop(client.organizations().delete(organization_id()).send());
    let call = client.organizations().get(organization_id()).send();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(server.received().is_empty());
    bounded(call).await.expect("an organization");
    assert_eq!(server.only_request().method, "GET");
}

/// A call borrows nothing, so another task can await it after the client is dropped.
#[tokio::test]
async fn call_outlives_its_client() {
    let server = Server::start(CannedResponse::json(200, organization())).await;
    let client = client_of(&server.url());
    let call = client.clone().organizations().get(organization_id()).send();
    drop(client);
    let response = bounded(tokio::spawn(call)).await.expect("a task").expect("an organization");
    assert_eq!(response.organization.organization_id.as_str(), "organization-test-b2");
}

fn create_params() -> CreateParams {
    let mut params = CreateParams::new(organization_id(), "grace@nightingale.example");
    params.roles = Some(vec![RoleId::new("reader")]);
    params
}

fn create_options() -> CreateRequestOptions {
    let mut options = CreateRequestOptions::default();
    options.session_jwt = Some(SESSION_JWT.into());
    options
}

/// Parameters become a request without a client, credentials or I/O.
#[test]
fn params_become_a_request() {
    let context: RequestContext = "https://proxy.example/b2b".parse().expect("a URL");
    let request = create_params().to_request(&context, &create_options()).expect("a request");
    assert_eq!(request.method(), "POST");
    let url = "https://proxy.example/b2b/v1/b2b/organizations/organization-test-6f1c/members";
    assert_eq!(request.uri(), url);
    assert_eq!(request.headers().len(), 3);
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["x-stytch-member-sessionjwt"], SESSION_JWT);
    let body = r#"{"email_address":"grace@nightingale.example","roles":["reader"]}"#;
    assert_eq!(request.body(), body);
}

#[test]
fn params_without_a_body_become_a_request_without_a_body() {
    let context: RequestContext = "https://proxy.example".parse().expect("a URL");
    let request = GetParams::new(organization_id()).to_request(&context, &()).expect("a request");
    assert_eq!(request.headers().len(), 1);
    assert!(request.body().is_empty());
    let params = GetParams::new(OrganizationId::new(".."));
    let error = params.to_request(&context, &()).expect_err("the parameters are rejected");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

/// The response is decoded from bytes alone.
#[test]
fn response_is_decoded_without_a_client() {
    let response = http::Response::new(Bytes::from(member_and_organization().to_string()));
    let read = CreateParams::from_response(&response).expect("a member");
    check_member_and_organization!(read);
}

/// An error is decoded from bytes as well: the operation has the error schema of the API.
#[test]
fn error_is_decoded_without_a_client() {
    let body = json!({"error_type": "duplicate_email", "error_message": "Taken.", "request_id": REQUEST_ID});
    let mut response = http::Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = http::StatusCode::CONFLICT;
    let error = CreateParams::from_response(&response).expect_err("an error");
    assert_eq!(error.operation(), Some("organizations.members.create"));
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message()), (Some("duplicate_email"), Some("Taken.")));
}

/// A parameters value can be stored, changed and sent without its builder.
#[tokio::test]
async fn params_are_sent_without_their_builder() {
    let server = Server::start(CannedResponse::json(200, member_and_organization())).await;
    let client = client_of(&server.url());
    let call = client.request(create_params()).options(create_options()).send();
    let response: members::CreateResponse = bounded(call).await.expect("a member");
    check_member_and_organization!(response);
    let request = server.only_request();
    assert_eq!(request.line(), "POST /v1/b2b/organizations/organization-test-6f1c/members");
    assert_eq!(request.text(), r#"{"email_address":"grace@nightingale.example","roles":["reader"]}"#);
    for (name, value) in [("authorization", AUTHORIZATION), ("x-stytch-member-sessionjwt", SESSION_JWT)] {
        assert!(request.headers.contains(&(name.to_owned(), value.to_owned())), "{name}");
    }
}
