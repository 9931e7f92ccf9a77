//! Parameters in the request line: percent-encoded, or rejected before a request is sent.

use serde_json::json;
use stytch_b2b::organizations::members::{MemberId, MemberPasswordId, MemberSelector};
use stytch_b2b::organizations::{ConnectedAppId, OrganizationId};
use stytch_b2b::runtime::Call;
use stytch_b2b::{Client, Error, ErrorKind};
use typefoundry_tests::{CannedResponse, RawServer, bounded};

use crate::case::{REQUEST_ID, call, client_of};

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn member_id() -> MemberId {
    MemberId::new("member-test-9ab4")
}

/// Deletes a member and returns the request line without the version.
async fn line_of_deletion(member_id: &str) -> String {
    let canned = json!({"request_id": REQUEST_ID, "member_id": "member-test-9ab4", "status_code": 200});
    let send = |client: &Client| {
        client.organizations().members().delete(organization_id(), MemberId::new(member_id)).send()
    };
    let (response, received) = call(CannedResponse::json(200, canned), send).await;
    response.expect("a deletion");
    received[0].line()
}

#[tokio::test]
async fn id_stays_within_its_path_segment() {
    for (id, segment) in [
        ("a/b", "a%2Fb"),
        ("a?b=c&d", "a%3Fb%3Dc%26d"),
        ("a#b", "a%23b"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("Zoë 👩", "Zo%C3%AB%20%F0%9F%91%A9"),
        ("../../organizations", "..%2F..%2Forganizations"),
        ("..\\..", "..%5C.."),
        ("...", "..."),
        (".hidden", ".hidden"),
        ("a;b:c@d,e", "a%3Bb%3Ac%40d%2Ce"),
        ("a\r\nx: y", "a%0D%0Ax%3A%20y"),
        ("\0", "%00"),
        (" ", "%20"),
        ("AZaz09-._~", "AZaz09-._~"),
        ("[]{}|^`\"<>'()*!$", "%5B%5D%7B%7D%7C%5E%60%22%3C%3E%27%28%29%2A%21%24"),
    ] {
        let expected = format!("DELETE /v1/b2b/organizations/organization-test-6f1c/members/{segment}");
        assert_eq!(line_of_deletion(id).await, expected);
    }
}

/// Compares the bytes on the socket, without an HTTP library in between.
#[tokio::test]
async fn request_bytes_are_exact_on_the_socket() {
    let server = RawServer::responding("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
    let client = client_of(&server.url());
    let id = OrganizationId::new("../..//x?y#z");
    let request = client.organizations().members().update(id, MemberId::new("Ünal"));
    let error = bounded(request.name("Ünal").send()).await.expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Api);
    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let line = "PUT /v1/b2b/organizations/..%2F..%2F%2Fx%3Fy%23z/members/%C3%9Cnal HTTP/1.1";
    assert_eq!(head.lines().next(), Some(line));
    assert_eq!(body, r#"{"name":"Ünal"}"#);
}

#[tokio::test]
async fn query_is_percent_encoded() {
    for (email, query) in [
        ("a b@c.example", "a+b%40c.example"),
        ("a+b&c=d#e", "a%2Bb%26c%3Dd%23e"),
        ("zoë/?%", "zo%C3%AB%2F%3F%25"),
        // A value that is set is sent, even if it is empty.
        ("", ""),
    ] {
        let send = |client: &Client| {
            let selector = MemberSelector::email_address(email);
            client.organizations().members().get(organization_id(), selector).send()
        };
        let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
        let path = "/v1/b2b/organizations/organization-test-6f1c/member";
        assert_eq!(received[0].target, format!("{path}?email_address={query}"));
    }
}

/// Makes a call that must be rejected, and returns the error.
async fn rejection<R>(send: impl FnOnce(&Client) -> Call<R>) -> Error {
    let (response, received) = call(CannedResponse::json(200, json!({})), send).await;
    assert!(received.is_empty(), "{received:?}");
    let Err(error) = response else { panic!("the call was not rejected") };
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!((error.status(), error.body()), (None, None));
    error
}

fn check_names(error: &Error, operation: &str, param: &str) {
    assert_eq!(error.operation(), Some(operation));
    let text = error.to_string();
    assert!(text.contains(operation) && text.contains(&format!("`{param}`")), "{text}");
}

/// Servers and libraries normalize these segments, so the call would address another resource.
const FOLDED: [&str; 3] = ["", ".", ".."];

#[tokio::test]
async fn organization_id_that_changes_the_path_is_rejected() {
    for id in FOLDED.map(OrganizationId::new) {
        let send = |client: &Client| client.organizations().delete(&id).send();
        check_names(&rejection(send).await, "organizations.delete", "organization_id");
        let send = |client: &Client| client.organizations().update(&id).organization_name("x").send();
        check_names(&rejection(send).await, "organizations.update", "organization_id");
        let selector = MemberSelector::email_address("grace@nightingale.example");
        let send = |client: &Client| client.organizations().members().get(&id, selector).send();
        check_names(&rejection(send).await, "organizations.members.get", "organization_id");
    }
}

#[tokio::test]
async fn member_id_that_changes_the_path_is_rejected() {
    for id in FOLDED.map(MemberId::new) {
        let send = |client: &Client| client.organizations().members().delete(organization_id(), &id).send();
        check_names(&rejection(send).await, "organizations.members.delete", "member_id");
        let send = |client: &Client| client.organizations().members().dangerously_get(&id).send();
        check_names(&rejection(send).await, "organizations.members.dangerously_get", "member_id");
    }
}

#[tokio::test]
async fn other_id_that_changes_the_path_is_rejected() {
    for id in FOLDED {
        let password_id = MemberPasswordId::new(id);
        let send = |client: &Client| {
            client.organizations().members().delete_password(organization_id(), password_id).send()
        };
        let error = rejection(send).await;
        check_names(&error, "organizations.members.delete_password", "member_password_id");
        let app_id = ConnectedAppId::new(id);
        let send = |client: &Client| {
            let apps = client.organizations().members().connected_apps();
            apps.revoke(organization_id(), member_id(), app_id).send()
        };
        let error = rejection(send).await;
        check_names(&error, "organizations.members.connected_apps.revoke", "connected_app_id");
    }
}

/// A server ignores an empty session, and would act with the full permissions of the project.
#[tokio::test]
async fn empty_session_is_rejected() {
    let send = |client: &Client| client.organizations().delete(organization_id()).session_token("").send();
    let error = rejection(send).await;
    check_names(&error, "organizations.delete", "x-stytch-member-session");
}

/// A line break would start a header that an attacker controls.
#[tokio::test]
async fn header_with_a_line_break_is_rejected() {
    for token in ["hush\r\nx-evil: 1", "hush\n", "hush\0", "hüsh"] {
        let send =
            |client: &Client| client.organizations().delete(organization_id()).session_token(token).send();
        let error = rejection(send).await;
        check_names(&error, "organizations.delete", "x-stytch-member-session");
        assert!(!format!("{error} {error:?}").contains("sh\\"), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("evil"), "{error:?}");
    }
}
