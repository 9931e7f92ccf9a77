//! Errors of calls without a successful response.

use std::error::Error as _;
use std::time::{Duration, Instant};

use serde_json::json;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::{MemberId, MemberSelector};
use stytch_b2b::runtime::http::header::{HeaderName, LOCATION, WWW_AUTHENTICATE};
use stytch_b2b::runtime::{TransportError, TransportErrorKind};
use stytch_b2b::{Client, Error, ErrorKind};
use tokio::net::TcpListener;
use typefoundry_tests::{CannedResponse, RawServer, Server, bounded};

use crate::case::{REQUEST_ID, builder_of, call, client_of};

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

/// Returns the error of getting a member with this response.
async fn error_of(canned: CannedResponse) -> Error {
    let send = |client: &Client| {
        let members = client.organizations().members();
        members.get(organization_id(), MemberSelector::id(MemberId::new("member-test-9ab4"))).send()
    };
    let (response, received) = call(canned, send).await;
    assert_eq!(received.len(), 1, "the call is not retried");
    response.expect_err("an error")
}

#[tokio::test]
async fn error_response_is_an_api_error() {
    let body = json!({
        "status_code": 404,
        "request_id": REQUEST_ID,
        "error_type": "member_not_found",
        "error_message": "The member could not be found.",
        "error_url": "https://errors.example/member_not_found",
        "error_details": {"tried": ["member-test-9ab4"], "hint": null},
    });
    let error = error_of(CannedResponse::json(404, &body).header(WWW_AUTHENTICATE, "Basic")).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.operation(), Some("organizations.members.get"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    assert_eq!(error.body().expect("a body").as_ref(), body.to_string().as_bytes());
    assert_eq!(error.headers().expect("headers")[WWW_AUTHENTICATE], "Basic");
    let api = error.api_error().expect("an API error");
    assert_eq!(api.status().as_u16(), 404);
    assert_eq!(api.code(), Some("member_not_found"));
    assert_eq!(api.message(), Some("The member could not be found."));
    assert_eq!(api.url(), Some("https://errors.example/member_not_found"));
    let details = json!({"tried": ["member-test-9ab4"], "hint": null});
    assert_eq!(api.details(), Some(&details.into()));
    assert_eq!(api.request_id(), Some(REQUEST_ID));
    let text = error.to_string();
    for part in ["organizations.members.get", "404", "member_not_found", "could not be found", REQUEST_ID] {
        assert!(text.contains(part), "{text}");
    }
}

/// The status of the response is used, not the status in the body.
#[tokio::test]
async fn http_status_takes_precedence_over_the_body() {
    let error =
        error_of(CannedResponse::json(429, json!({"status_code": 200, "error_type": "too_many"}))).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    let api = error.api_error().expect("an API error");
    assert_eq!((api.status().as_u16(), api.code()), (429, Some("too_many")));
    assert_eq!((api.message(), api.url(), api.details()), (None, None, None));
}

#[tokio::test]
async fn html_page_of_a_proxy_is_an_api_error() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let header = HeaderName::from_static("x-request-id");
    let error = error_of(CannedResponse::html(502, page).header(header, "edge-17")).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(error.body().expect("a body").as_ref(), page.as_bytes());
    assert_eq!(error.request_id(), Some("edge-17"));
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message(), api.url(), api.details()), (None, None, None, None));
    let text = error.to_string();
    assert!(text.contains("502") && !text.contains("<h1>"), "{text}");
}

#[tokio::test]
async fn unexpected_error_body_is_kept() {
    for body in ["", "null", "[]", "\"down\"", "{", r#"{"error_type": {"a": 1}, "error_message": null}"#] {
        let error = error_of(CannedResponse::json(500, body)).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
        let api = error.api_error().expect("an API error");
        assert_eq!((api.code(), api.message()), (None, None), "{body}");
    }
}

/// A message of the server must not forge a second line in a log.
#[tokio::test]
async fn error_is_displayed_on_one_line() {
    let body = json!({"error_type": "a\nb", "error_message": "c\r\n2031-02-03 all is well\u{1b}[2J"});
    let text = error_of(CannedResponse::json(400, body)).await.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
}

#[tokio::test]
async fn refused_connection_is_a_connect_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = bounded(client_of(&url).organizations().get(organization_id()).send()).await;
    let error = error.expect_err("an error");
    check_transport(&error, TransportErrorKind::Connect);
    assert!(error.status().is_none() && error.body().is_none() && error.headers().is_none());
}

#[tokio::test]
async fn truncated_response_is_a_transport_error() {
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"request_id\":";
    for (canned, kind, body) in [
        ("", TransportErrorKind::Connection, None),
        (begun, TransportErrorKind::Connection, Some("{\"request_id\":")),
        ("nonsense\r\n\r\n", TransportErrorKind::Protocol, None),
    ] {
        let server = RawServer::responding(canned).await;
        let client = client_of(&server.url());
        let error = bounded(client.organizations().get(organization_id()).send()).await;
        let error = error.expect_err(canned);
        check_transport(&error, kind);
        assert_eq!(error.status().map(|status| status.as_u16()), body.map(|_| 200));
        assert_eq!(error.body().map(|body| body.as_ref()), body.map(str::as_bytes));
    }
}

fn check_transport(error: &Error, kind: TransportErrorKind) {
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.operation(), Some("organizations.get"));
    assert!(error.to_string().starts_with("organizations.get: "), "{error}");
    assert_eq!((error.request_id(), error.api_error().is_none()), (None, true));
    let source = error.source().and_then(|source| source.downcast_ref::<TransportError>());
    assert_eq!(source.map(TransportError::kind), Some(kind));
}

/// Covers a server that sends nothing and a server that stalls in the body.
#[tokio::test]
async fn stalled_server_is_a_timeout() {
    for canned in ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"request_id\":"] {
        let server = RawServer::stalling_after(canned).await;
        let client = builder_of(&server.url()).timeout(Duration::from_millis(250)).build().expect("a client");
        let start = Instant::now();
        let error =
            bounded(client.organizations().get(organization_id()).send()).await.expect_err("an error");
        assert!(start.elapsed() >= Duration::from_millis(250));
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(error.operation(), Some("organizations.get"));
        assert_eq!((error.status(), error.body()), (None, None));
        assert!(error.to_string().contains("250ms"), "{error}");
    }
}

/// The request carries the project's secret, which is for one server only.
#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::start(CannedResponse::json(200, json!({}))).await;
        let target = format!("{}/v1/b2b/organizations/stolen", elsewhere.url());
        let canned = CannedResponse::html(status, "moved").header(LOCATION, &target);
        let send = |client: &Client| client.organizations().create("Bare").send();
        let (response, received) = call(canned, send).await;
        let error = response.expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(error.headers().expect("headers")[LOCATION], target);
        assert_eq!(received.len(), 1);
        assert!(elsewhere.received().is_empty());
    }
}

/// Redirects to the same host and relative redirects are not followed either.
#[tokio::test]
async fn redirects_to_the_same_server_are_not_followed() {
    let canned = CannedResponse::html(307, "").header(LOCATION, "/v1/b2b/organizations/other");
    let send = |client: &Client| client.organizations().delete(organization_id()).send();
    let (response, received) = call(canned, send).await;
    assert_eq!(response.expect_err("an error").status().map(|found| found.as_u16()), Some(307));
    assert_eq!(received.len(), 1);
}
